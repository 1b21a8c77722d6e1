using System.Globalization;
using Diten.Model.Input;

namespace Diten.Model.EdgeServers;

/// <summary>Recorded CPU utilisation of one machine: each value holds until the next, gaps included. Immutable and thread-safe.</summary>
public sealed class CpuTrace
{
    private static readonly string[] TimeNames = ["timestamp", "time", "datetime", "date"];
    private static readonly string[] ValueNames = ["value", "percent", "cpu", "utilization", "utilisation"];

    private readonly double[] _seconds, _utilisation;

    private CpuTrace(string file, double[] seconds, double[] utilisation, int unreadable, int outOfOrder)
    {
        (File, _seconds, _utilisation, Unreadable, OutOfOrder) = (file, seconds, utilisation, unreadable, outOfOrder);
        var steps = new double[seconds.Length - 1];
        for (var row = 0; row < steps.Length; row++)
            steps[row] = seconds[row + 1] - seconds[row];
        Gaps = 0;
        StepSeconds = 1;
        if (steps.Length > 0)
        {
            StepSeconds = steps.Order().ElementAt(steps.Length / 2);
            Gaps = steps.Count(step => step > 1.5 * StepSeconds);
        }

        DurationSeconds = seconds[^1] + StepSeconds;
    }

    /// <summary>The file that was read.</summary>
    public string File { get; }

    /// <summary>Rows that are used.</summary>
    public int Kept => _seconds.Length;

    /// <summary>Rows dropped since time or value is missing or not understood.</summary>
    public int Unreadable { get; }

    /// <summary>Rows dropped since they are not later than the one before.</summary>
    public int OutOfOrder { get; }

    /// <summary>Rows of data in the file.</summary>
    public int RowsRead => Kept + Unreadable + OutOfOrder;

    /// <summary>Steps longer than one and a half times the usual, over which the last value is held.</summary>
    public int Gaps { get; }

    /// <summary>The usual (median) time from row to row, seconds; also how long the last row lasts.</summary>
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

    /// <summary>Reads a file, or all *.csv files of a folder and the folders in it, in ordinal order of their paths.</summary>
    /// <exception cref="InputFileException">A file is not understood, or there is none.</exception>
    public static IReadOnlyList<CpuTrace> ReadAll(string path)
    {
        if (!Directory.Exists(path))
            return [Read(path)];
        var files = Directory.GetFiles(path, "*.csv", SearchOption.AllDirectories)
            .OrderBy(file => Path.GetRelativePath(path, file).Replace('\\', '/'), StringComparer.Ordinal).ToArray();
        return files.Length > 0 ? [.. files.Select(Read)] : throw new InputFileException(path, 0, "holds no .csv file");
    }

    /// <summary>
    /// Reads rows of time (date and time, or seconds) and utilisation in percent: the columns named so, or the first two of a file
    /// without a header.
    /// </summary>
    /// <exception cref="InputFileException">The file is no CSV, has no such columns, or not one usable row.</exception>
    public static CpuTrace Read(string file)
    {
        var table = CsvTable.Read(file);
        var timeAt = table.Header.Count > 0 ? table.Column(null, TimeNames) : 0;
        var valueAt = table.Header.Count > 0 ? table.Column(null, ValueNames) : 1;
        var (seconds, utilisation) = (new List<double>(), new List<double>());
        var (first, unreadable, outOfOrder) = (0.0, 0, 0);
        foreach (var row in table.Rows)
        {
            if (!TryTime(row, timeAt, out var time) || !row.TryNumber(valueAt, out var percent))
            {
                unreadable++;
                continue;
            }

            if (seconds.Count == 0)
                first = time;
            if (seconds.Count > 0 && time - first <= seconds[^1])
            {
                outOfOrder++;
                continue;
            }

            seconds.Add(time - first);
            utilisation.Add(percent / 100);
        }

        return seconds.Count > 0
            ? new CpuTrace(file, [.. seconds], [.. utilisation], unreadable, outOfOrder)
            : throw new InputFileException(file, 0, FormattableString.Invariant(
                $"has no row with a time and a percentage ({unreadable} rows read)"));
    }

    /// <summary>Seconds since some fixed moment.</summary>
    private static bool TryTime(CsvRow row, int column, out double seconds)
    {
        if (row.TryNumber(column, out seconds))
            return true;
        var read = DateTime.TryParse(row[column], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time);
        seconds = read ? (time - DateTime.UnixEpoch).TotalSeconds : 0;
        return read;
    }
}
