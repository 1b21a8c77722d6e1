namespace Diten.Model;

/// <summary>A closed range of numbers [Low, High]; what they measure, and in which SI unit, says the owner's name.</summary>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>The point at <paramref name="fraction"/> (0 to 1) of the way from low to high.</summary>
    public double At(double fraction) => Low + (High - Low) * fraction;

    /// <summary>Arithmetic mean of the ends: the mean of a uniform draw.</summary>
    public double Mean => (Low + High) / 2;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"[{Low}, {High}]");
}
