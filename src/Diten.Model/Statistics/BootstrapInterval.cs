namespace Diten.Model.Statistics;

/// <summary>A statistic of all seeds, and its percentile interval over resampled seeds.</summary>
/// <param name="Estimate">The statistic of the seeds as they are; NaN where it has no value.</param>
/// <param name="Low">Lower end; NaN for a single seed, or where no resample had a value.</param>
/// <param name="High">Upper end; NaN likewise.</param>
/// <param name="Defined">
/// Share of resamples in which the statistic had a finite value; the interval is of these only, so below 1 it is to be read with care.
/// </param>
/// <param name="Resamples">Number of resamples drawn.</param>
public readonly record struct BootstrapInterval(double Estimate, double Low, double High, double Defined, int Resamples)
{
    /// <summary>Whether the interval is defined and lies wholly on one side of <paramref name="value"/>.</summary>
    public bool Excludes(double value) => Low > value || High < value;
}
