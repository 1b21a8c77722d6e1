namespace Diten.Model.Statistics;

/// <summary>How narrow the 95 % interval of a mean is to be.</summary>
/// <param name="Bound">Largest half-width, positive: in the measure's unit, or as a share of the mean's absolute value.</param>
/// <param name="IsRelative">Whether the bound is such a share.</param>
public readonly record struct Precision(double Bound, bool IsRelative)
{
    /// <summary>At most this half-width, in the measure's unit.</summary>
    public static Precision Within(double halfWidth) => new(halfWidth, IsRelative: false);

    /// <summary>At most this share of the mean, as 0.01 for 1 %.</summary>
    public static Precision Relative(double share) => new(share, IsRelative: true);

    /// <summary>Largest half-width for this mean, in its unit.</summary>
    public double HalfWidthOf(double mean) => IsRelative ? Bound * Math.Abs(mean) : Bound;
}
