namespace Diten.Model.BackgroundLoad;

/// <summary>Recorded CPU utilisation of one machine: each value holds until the next, gaps included. Immutable and thread-safe.</summary>
public sealed class CpuTrace
{
    private readonly double[] _seconds, _utilisation;

    /// <param name="file">The file that was read.</param>
    /// <param name="seconds">Times since the first row, seconds, ascending from 0; at least one.</param>
    /// <param name="utilisation">As many shares of the CPU.</param>
    /// <param name="stepSeconds">The usual time from row to row; null = the median.</param>
    internal CpuTrace(string file, double[] seconds, double[] utilisation, double? stepSeconds = null)
    {
        (File, _seconds, _utilisation) = (file, seconds, utilisation);
        var steps = new double[seconds.Length - 1];
        for (var row = 0; row < steps.Length; row++)
            steps[row] = seconds[row + 1] - seconds[row];
        StepSeconds = stepSeconds ?? (steps.Length > 0 ? steps.Order().ElementAt(steps.Length / 2) : 1);
        Gaps = steps.Count(step => step > 1.5 * StepSeconds);
        DurationSeconds = seconds[^1] + StepSeconds;
        Clamped = utilisation.Count(value => value != BackgroundLoads.Clamp(value));
    }

    /// <summary>The file that was read.</summary>
    public string File { get; }

    /// <summary>Rows that are used.</summary>
    public int Kept => _seconds.Length;

    /// <summary>Rows dropped since time or value is missing or not understood.</summary>
    public int Unreadable { get; internal init; }

    /// <summary>Rows dropped since they are not later than the one before.</summary>
    public int OutOfOrder { get; internal init; }

    /// <summary>Rows of data in the file.</summary>
    public int RowsRead => Kept + Unreadable + OutOfOrder;

    /// <summary>Steps longer than one and a half times the usual, over which the last value is held.</summary>
    public int Gaps { get; }

    /// <summary>Kept values below 0 or above <see cref="BackgroundLoads.Maximum"/>, which servers take for the nearer of the two.</summary>
    public int Clamped { get; }

    /// <summary>The usual time from row to row, seconds; also how long the last row lasts.</summary>
    public double StepSeconds { get; }

    /// <summary>Time from the first row to the end of the last, seconds.</summary>
    public double DurationSeconds { get; }

    /// <summary>Utilisation at a time after the first row, as a share (1 = all of the CPU), not clamped; wraps round at the end.</summary>
    /// <param name="seconds">Not negative.</param>
    public double At(double seconds)
    {
        var row = Array.BinarySearch(_seconds, seconds % DurationSeconds);
        return _utilisation[row >= 0 ? row : ~row - 1];
    }
}
