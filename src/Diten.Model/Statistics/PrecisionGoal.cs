namespace Diten.Model.Statistics;

/// <summary>A mean that is to be known well enough.</summary>
/// <param name="Name">What it is the mean of.</param>
/// <param name="Values">One value a seed so far; for a comparison, the paired differences.</param>
/// <param name="Precision">How narrow its interval is to be.</param>
public sealed record PrecisionGoal(string Name, double[] Values, Precision Precision);
