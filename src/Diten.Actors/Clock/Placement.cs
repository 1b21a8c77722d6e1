namespace Diten.Actors;

/// <summary>Which node holds which zone: pieces of the city that hang together, so that little must cross between nodes.</summary>
internal static class Placement
{
    /// <summary>Places the zones of a city by cutting it in two, again and again, along its longer side.</summary>
    /// <param name="shares">How much each node can take, in any unit; positive, at least one.</param>
    /// <returns>For each zone, the index of its node. Every node gets a zone as long as there are enough.</returns>
    public static int[] Place(CityPlan plan, IReadOnlyList<int> shares)
    {
        var zones = new Tile[plan.Zones.Count];
        for (var zone = 0; zone < zones.Length; zone++)
            zones[zone] = TileOf(plan, zone);
        var nodeOf = new int[zones.Length];
        Cut(zones, [.. Enumerable.Range(0, shares.Count)], shares, nodeOf);
        return nodeOf;
    }

    private static void Cut(Tile[] zones, int[] nodes, IReadOnlyList<int> shares, int[] nodeOf)
    {
        if (nodes.Length == 1 || zones.Length == 0)
        {
            foreach (var zone in zones)
                nodeOf[zone.Zone] = nodes[0];
            return;
        }

        var (left, right) = (nodes[..(nodes.Length / 2)], nodes[(nodes.Length / 2)..]);
        var wide = zones.Max(z => z.X) - zones.Min(z => z.X) >= zones.Max(z => z.Y) - zones.Min(z => z.Y);
        Tile[] sorted = [.. wide ? zones.OrderBy(z => z.X).ThenBy(z => z.Y) : zones.OrderBy(z => z.Y).ThenBy(z => z.X)];
        double total = sorted.Sum(z => z.Weight);
        var wanted = total * left.Sum(n => shares[n]) / nodes.Sum(n => shares[n]);
        var (cut, sum) = (0, 0.0);
        while (cut < sorted.Length && sum + sorted[cut].Weight / 2.0 < wanted)
            sum += sorted[cut++].Weight;
        cut = Math.Clamp(cut, Math.Min(left.Length, sorted.Length), Math.Max(sorted.Length - right.Length, Math.Min(left.Length, sorted.Length)));
        Cut(sorted[..cut], left, shares, nodeOf);
        Cut(sorted[cut..], right, shares, nodeOf);
    }

    private static Tile TileOf(CityPlan plan, int zone)
    {
        var stations = plan.Stations(zone);
        var topology = plan.World.Topology;
        var (x, y) = (0.0, 0.0);
        foreach (var station in stations)
            (x, y) = (x + topology.X[station], y + topology.Y[station]);
        return new Tile(zone, x / stations.Length, y / stations.Length, plan.Weights[zone]);
    }

    private readonly record struct Tile(int Zone, double X, double Y, long Weight);
}
