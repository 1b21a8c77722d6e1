using Diten.Model.Space;

namespace Diten.Model.Mobility;

/// <summary>What models that move on straight lines share.</summary>
internal static class StraightLine
{
    /// <summary>The point of an area at a pair of fractions of its width and height.</summary>
    public static (double X, double Y) At(this Area area, (double First, double Second) fractions) =>
        (area.MinX + area.Width * fractions.First, area.MinY + area.Height * fractions.Second);

    /// <summary>Moves a state one step towards its target (A, B); returns whether it arrived, and then it stands exactly there.</summary>
    public static bool Step(ref MobilityState state, double stepMetres)
    {
        var (dx, dy) = (state.A - state.X, state.B - state.Y);
        var square = dx * dx + dy * dy;
        if (square <= stepMetres * stepMetres)
        {
            (state.X, state.Y) = (state.A, state.B);
            return true;
        }

        var fraction = stepMetres / Math.Sqrt(square);
        state.X += dx * fraction;
        state.Y += dy * fraction;
        return false;
    }

    /// <summary>Folds a coordinate back into [low, high]; <paramref name="flipped"/> says whether the direction has changed sign.</summary>
    public static double Reflect(double value, double low, double high, ref bool flipped)
    {
        if (high <= low)
            return low;
        while (value < low || value > high)
        {
            value = value < low ? 2 * low - value : 2 * high - value;
            flipped = !flipped;
        }

        return value;
    }
}
