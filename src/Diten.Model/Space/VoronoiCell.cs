namespace Diten.Model.Space;

/// <summary>The part of the area that is nearer to one station than to any other: a convex polygon.</summary>
internal static class VoronoiCell
{
    private const double SamePointMetres = 1e-6;
    private const int FirstNeighbours = 16;

    /// <summary>Corners of a station's cell, in order around it, none twice; empty where the cell has no inside.</summary>
    /// <remarks>Stations at the very same place share a cell.</remarks>
    public static List<(double X, double Y)> Corners(Topology topology, int station)
    {
        var (x, y) = (topology.X[station], topology.Y[station]);
        var area = topology.Area;
        var corners = new List<(double X, double Y)>
        {
            (area.MinX, area.MinY), (area.MaxX, area.MinY), (area.MaxX, area.MaxY), (area.MinX, area.MaxY),
        };

        // The nearest few give a cell that is small already; then all that can still cut it, nearest first.
        Span<int> nearest = stackalloc int[FirstNeighbours];
        foreach (var other in nearest[..topology.Stations.Nearest(x, y, nearest)])
            Clip(corners, x, y, topology.X[other], topology.Y[other]);
        var others = topology.Stations.Within(x, y, 2 * Radius(corners, x, y));
        var distances = Array.ConvertAll(others, other => Square(topology.X[other] - x, topology.Y[other] - y));
        Array.Sort(distances, others);
        for (var k = 0; k < others.Length && Math.Sqrt(distances[k]) <= 2 * Radius(corners, x, y); k++)
            Clip(corners, x, y, topology.X[others[k]], topology.Y[others[k]]);
        Merge(corners);
        return corners;
    }

    /// <summary>Largest distance of a point to a corner, metres; 0 without corners.</summary>
    public static double Radius(List<(double X, double Y)> corners, double x, double y)
    {
        var square = 0.0;
        foreach (var corner in corners)
            square = Math.Max(square, Square(corner.X - x, corner.Y - y));
        return Math.Sqrt(square);
    }

    public static double Square(double dx, double dy) => dx * dx + dy * dy;

    /// <summary>Keeps what is not nearer to the other point (Sutherland-Hodgman with the bisector).</summary>
    private static void Clip(List<(double X, double Y)> corners, double x, double y, double otherX, double otherY)
    {
        var (dx, dy) = (otherX - x, otherY - y);
        if ((dx == 0 && dy == 0) || corners.Count == 0)
            return;
        // Positive on the other point's side of the bisector: half the difference of the squares of distances.
        var middle = Square(dx, dy) / 2;
        double Beyond((double X, double Y) corner) => (corner.X - x) * dx + (corner.Y - y) * dy - middle;
        var cut = false;
        foreach (var corner in corners)
            cut |= Beyond(corner) > 0;
        if (!cut)
            return;

        var kept = new List<(double X, double Y)>(corners.Count + 1);
        var from = corners[^1];
        var fromBeyond = Beyond(from);
        foreach (var to in corners)
        {
            var toBeyond = Beyond(to);
            if (fromBeyond > 0 != toBeyond > 0)
            {
                var share = fromBeyond / (fromBeyond - toBeyond);
                kept.Add((from.X + (to.X - from.X) * share, from.Y + (to.Y - from.Y) * share));
            }

            if (toBeyond <= 0)
                kept.Add(to);
            (from, fromBeyond) = (to, toBeyond);
        }

        corners.Clear();
        corners.AddRange(kept);
    }

    /// <summary>Makes one of corners that rounding, or a bisector through a corner, has made two.</summary>
    private static void Merge(List<(double X, double Y)> corners)
    {
        for (var k = corners.Count - 1; k >= 0 && corners.Count > 1; k--)
        {
            var before = corners[(k + corners.Count - 1) % corners.Count];
            if (Square(corners[k].X - before.X, corners[k].Y - before.Y) <= SamePointMetres * SamePointMetres)
                corners.RemoveAt(k);
        }

        if (corners.Count < 3)
            corners.Clear();
    }
}
