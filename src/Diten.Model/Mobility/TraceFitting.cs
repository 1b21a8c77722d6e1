using Diten.Model.Space;

namespace Diten.Model.Mobility;

/// <summary>How recorded metres become metres of the area: X = centre + scale · (x − middle), and the same for y.</summary>
internal readonly record struct TraceFitting(double Scale, double MiddleX, double MiddleY, double CentreX, double CentreY)
{
    /// <summary>Share of the points that may lie beyond the fitted box on each of its sides.</summary>
    public const double OutermostShare = 0.02;

    /// <summary>The recorded frame is the area's.</summary>
    public static TraceFitting AsItIs => new(1, 0, 0, 0, 0);

    /// <summary>
    /// The box of all points but the outermost 2 % on each side fills the area, aspect kept, middle on middle. (⌊2 % of n − 1⌋ are left out,
    /// none of 50 or fewer, so that a few excursions do not shrink the city.)
    /// </summary>
    public static TraceFitting Scaled(List<List<TracePoint>> pieces, Area area)
    {
        var (lowX, highX) = Range(Sorted(pieces, point => point.X));
        var (lowY, highY) = Range(Sorted(pieces, point => point.Y));
        var factor = Math.Min(area.Width / (highX - lowX), area.Height / (highY - lowY));
        // A recording on one spot has no size to scale.
        return About((lowX + highX) / 2, (lowY + highY) / 2, area) with { Scale = double.IsFinite(factor) ? factor : 1 };
    }

    /// <summary>Lengths as recorded; the median point, where most is going on, lies in the middle of the area.</summary>
    public static TraceFitting Cropped(List<List<TracePoint>> pieces, Area area)
    {
        var (x, y) = (Sorted(pieces, point => point.X), Sorted(pieces, point => point.Y));
        return About(x[x.Length / 2], y[y.Length / 2], area);
    }

    public TracePoint Apply(TracePoint point) =>
        point with { X = CentreX + Scale * (point.X - MiddleX), Y = CentreY + Scale * (point.Y - MiddleY) };

    private static TraceFitting About(double middleX, double middleY, Area area) =>
        new(1, middleX, middleY, (area.MinX + area.MaxX) / 2, (area.MinY + area.MaxY) / 2);

    private static double[] Sorted(List<List<TracePoint>> pieces, Func<TracePoint, double> value)
    {
        double[] values = [.. pieces.SelectMany(piece => piece).Select(value)];
        Array.Sort(values);
        return values;
    }

    private static (double Low, double High) Range(double[] values)
    {
        var left = (int)(OutermostShare * (values.Length - 1));
        return (values[left], values[^(left + 1)]);
    }
}
