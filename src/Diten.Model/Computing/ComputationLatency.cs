namespace Diten.Model.Computing;

/// <summary>Computation latency of a task on a server whose twin misjudges its free CPU; eqs. (8) to (10).</summary>
/// <param name="EstimatedSeconds">T̃ = λ/f (8).</param>
/// <param name="GapSeconds">G = −λf̂/(f(f + f̂)) (9).</param>
internal readonly record struct ComputationLatency(double EstimatedSeconds, double GapSeconds)
{
    /// <summary>Least share of the undisturbed frequency that a deviation can leave (model.md §2).</summary>
    public const double FloorShare = 0.1;

    /// <summary>T = T̃ + G = λ/(f + f̂) (10), seconds.</summary>
    public double Seconds => EstimatedSeconds + GapSeconds;

    /// <summary>The three latencies of eqs. (8) to (10).</summary>
    /// <param name="cycles">Work λ, CPU cycles; positive.</param>
    /// <param name="estimatedHertz">Free CPU frequency that the twin reports, f, hertz; positive.</param>
    /// <param name="deviationHertz">True minus estimated frequency, f̂, hertz; above −f.</param>
    /// <exception cref="ArgumentOutOfRangeException">Work or a frequency is not positive.</exception>
    public static ComputationLatency Of(double cycles, double estimatedHertz, double deviationHertz)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cycles);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(estimatedHertz);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(estimatedHertz + deviationHertz, nameof(deviationHertz));
        return new ComputationLatency(
            cycles / estimatedHertz,
            -cycles * deviationHertz / (estimatedHertz * (estimatedHertz + deviationHertz)));
    }

    /// <summary>Frequency that a task really gets: its share plus the deviation, at least a tenth of the share (model.md §2).</summary>
    /// <param name="shareHertz">s, the task's share of the free capacity, hertz; positive.</param>
    /// <param name="deviationHertz">f̂, hertz.</param>
    public static double DeviatedHertz(double shareHertz, double deviationHertz) =>
        Math.Max(shareHertz + deviationHertz, FloorShare * shareHertz);
}
