using ScottPlot;

namespace Diten.Runs.Plots;

/// <summary>Finds places for labels near their points, so that they cover neither one another nor what is drawn.</summary>
/// <remarks>
/// Each label tries places on rings around its point, nearest first, and takes the one that covers least; later ones give way to earlier
/// ones, and then all look again, now that they know the others. All lengths are pixels, y down. The same input gives the same places.
/// </remarks>
/// <param name="area">Where labels may stand.</param>
internal sealed class LabelPlacement(PixelRect area)
{
    private const int Directions = 24, Rounds = 4;
    private const double Gap = 3;   // between a label and anything else

    private static readonly double[] Rings = [9, 15, 23, 33, 45, 60, 80];

    private readonly List<(PixelRect Rect, double Weight)> _obstacles = [];

    /// <summary>Says that something is drawn here.</summary>
    /// <param name="weight">How bad it is to cover a square pixel of it; another label counts 10.</param>
    public void Avoid(PixelRect rect, double weight) => _obstacles.Add((rect, weight));

    /// <summary>Says that a line is drawn here.</summary>
    public void AvoidLine(Pixel from, Pixel to, double weight)
    {
        var pieces = Math.Max(1, (int)(Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)) / 4));
        for (var i = 0; i < pieces; i++)
        {
            var (x, y) = (from.X + (to.X - from.X) * (i + 0.5f) / pieces, from.Y + (to.Y - from.Y) * (i + 0.5f) / pieces);
            Avoid(new PixelRect(x - 2, x + 2, y + 2, y - 2), weight);
        }
    }

    /// <summary>Places labels.</summary>
    /// <param name="labels">Points, and widths and heights of their labels.</param>
    /// <returns>A rectangle a label.</returns>
    public PixelRect[] Place(IReadOnlyList<(Pixel Point, PixelSize Size)> labels)
    {
        var places = new PixelRect?[labels.Count];
        for (var round = 0; round < Rounds; round++)
        {
            for (var label = 0; label < places.Length; label++)
            {
                PixelRect[] others = [.. places.Where((_, other) => other != label).OfType<PixelRect>()];
                places[label] = Best(labels[label].Point, labels[label].Size, others);
            }
        }

        return [.. places.Select(place => place!.Value)];
    }

    private PixelRect Best(Pixel point, PixelSize size, PixelRect[] others)
    {
        var (best, least) = (default(PixelRect), double.PositiveInfinity);
        for (var ring = 0; ring < Rings.Length; ring++)
        {
            for (var direction = 0; direction < Directions; direction++)
            {
                var place = At(point, size, Rings[ring], 2 * Math.PI * direction / Directions);
                var cost = Cost(place, others) + Rings[ring] + LeaderCost(point, place, others);
                if (cost < least)
                    (best, least) = (place, cost);
            }
        }

        return best;
    }

    /// <summary>The rectangle in a direction from the point, 0 being east, whose edge or corner has that distance.</summary>
    private static PixelRect At(Pixel point, PixelSize size, double distance, double angle)
    {
        var (east, south) = (Math.Cos(angle), Math.Sin(angle));
        // Where the direction is nearly along an axis, the label stands centred on it.
        var x = point.X + distance * east + size.Width / 2 * Math.Clamp(1.6 * east, -1, 1);
        var y = point.Y + distance * south + size.Height / 2 * Math.Clamp(1.6 * south, -1, 1);
        return new PixelRect((float)x - size.Width / 2, (float)x + size.Width / 2, (float)y + size.Height / 2, (float)y - size.Height / 2);
    }

    private double Cost(PixelRect place, PixelRect[] others)
    {
        var cost = 100 * (place.Width * place.Height - Overlap(place, area, 0));
        foreach (var other in others)
            cost += 10 * Overlap(place, other, Gap);
        foreach (var (rect, weight) in _obstacles)
            cost += weight * Overlap(place, rect, Gap);
        return cost;
    }

    /// <summary>What a line from the point to the label would cross.</summary>
    private double LeaderCost(Pixel point, PixelRect place, PixelRect[] others)
    {
        var end = Nearest(place, point);
        var (length, cost) = (double.Hypot(end.X - point.X, end.Y - point.Y), 0.0);
        for (var at = 8.0; at < length; at += 3)
        {
            var (x, y) = (point.X + (end.X - point.X) * at / length, point.Y + (end.Y - point.Y) * at / length);
            var spot = new PixelRect((float)x - 1, (float)x + 1, (float)y + 1, (float)y - 1);
            foreach (var other in others)
                cost += 10 * Overlap(spot, other, 0);
            foreach (var (rect, weight) in _obstacles)
                cost += weight * Overlap(spot, rect, 0);
        }

        return cost;
    }

    /// <summary>The point of a rectangle that is nearest to another point.</summary>
    public static Pixel Nearest(PixelRect place, Pixel point) =>
        new(Math.Clamp(point.X, place.Left, place.Right), Math.Clamp(point.Y, place.Top, place.Bottom));

    private static double Overlap(PixelRect a, PixelRect b, double gap)
    {
        var width = Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left) + gap;
        var height = Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top) + gap;
        return width > 0 && height > 0 ? width * height : 0;
    }
}
