using MathNet.Numerics.Distributions;

namespace Diten.Model.Statistics;

/// <summary>Mean of a sample and the standard error of this mean, s/√n; what every interval and test by Student's t is made of.</summary>
/// <param name="Mean">Arithmetic mean; NaN where a value was.</param>
/// <param name="Error">Standard error; exactly 0 where all values are the same, NaN for a single value or where a value was NaN.</param>
/// <param name="Count">Number of values n, at least 1.</param>
internal readonly record struct StandardError(double Mean, double Error, int Count)
{
    /// <summary>Mean and error of a sample.</summary>
    /// <exception cref="ArgumentException">The sample is empty.</exception>
    public static StandardError Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            throw new ArgumentException("A mean needs at least one value.", nameof(values));
        if (values.Length == 1)
            return new StandardError(values[0], double.NaN, 1);
        // The sum rounds: the mean of three times 0.1 is not 0.1, and would have a spread that is not there.
        if (!values.ContainsAnyExcept(values[0]))
            return new StandardError(values[0], double.IsFinite(values[0]) ? 0 : double.NaN, values.Length);
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        var mean = sum / values.Length;
        var squares = 0.0;
        foreach (var value in values)
            squares += (value - mean) * (value - mean);
        return new StandardError(mean, Math.Sqrt(squares / (values.Length - 1) / values.Length), values.Length);
    }

    /// <summary>The mean with its 95 % interval.</summary>
    public MeanInterval Interval => new(Mean, HalfWidth(0.95), Count);

    /// <summary>Half the width of the two-sided interval of this confidence, in (0, 1), around the mean.</summary>
    public double HalfWidth(double confidence) => Error is 0 or double.NaN ? Error : StudentQuantile.Of(Count - 1, (1 + confidence) / 2) * Error;

    /// <summary>How many standard errors the mean lies above a value: 0 where it is the value, infinite where it is not and nothing spreads.</summary>
    public double DistanceFrom(double value) => Mean == value && Error == 0 ? 0 : (Mean - value) / Error;

    /// <summary>Probability that a t of n − 1 degrees of freedom is at most <paramref name="t"/>; NaN for NaN.</summary>
    public double Below(double t) => t switch
    {
        double.NaN => double.NaN,
        double.NegativeInfinity => 0,
        double.PositiveInfinity => 1,
        _ => StudentT.CDF(0, 1, Count - 1, t),
    };
}
