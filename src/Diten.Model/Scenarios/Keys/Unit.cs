namespace Diten.Model.Scenarios.Keys;

/// <summary>A unit as people write it: one of it is 10^<paramref name="Exponent"/> · <paramref name="Multiplier"/> /
/// <paramref name="Divisor"/> of the SI unit. The power of ten is kept apart, so that <c>0.3 GHz</c> is exactly the double <c>0.3e9</c>.</summary>
/// <param name="Symbol">Text after the number; empty for a plain number.</param>
/// <param name="Exponent">Power of ten.</param>
/// <param name="Multiplier">Whole factor, such as 8 bits a byte.</param>
/// <param name="Divisor">Whole divisor, such as 3600 seconds an hour.</param>
internal sealed record Unit(string Symbol, int Exponent = 0, double Multiplier = 1, double Divisor = 1);
