namespace Diten.Model.Statistics;

/// <summary>Mean of independent runs with its 95 % confidence interval, by Student's t.</summary>
/// <param name="Mean">Arithmetic mean; NaN where a value was.</param>
/// <param name="HalfWidth">Half the width of the interval; NaN for a single value, which tells nothing about its spread.</param>
/// <param name="Count">Number of values, at least 1.</param>
public readonly record struct MeanInterval(double Mean, double HalfWidth, int Count)
{
    /// <summary>Lower end; NaN where the interval is undefined.</summary>
    public double Low => Mean - HalfWidth;

    /// <summary>Upper end; NaN where the interval is undefined.</summary>
    public double High => Mean + HalfWidth;

    /// <summary>Whether the interval is defined and lies wholly on one side of <paramref name="value"/>.</summary>
    public bool Excludes(double value) => Low > value || High < value;

    /// <summary>Mean and interval of a sample; values that are all the same have a width of exactly 0.</summary>
    /// <exception cref="ArgumentException">The sample is empty.</exception>
    public static MeanInterval Of(ReadOnlySpan<double> values) => StandardError.Of(values).Interval;
}
