using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Tests.Space;

/// <summary>Topologies to test on, and the slow and obvious way to look for the nearest.</summary>
internal static class Layouts
{
    public static Topology Of(StationLayout layout, double side = 5000, double perSquareKilometre = 40, double share = 1, ulong seed = 1) =>
        Topologies.Create(Scenario(layout, side, perSquareKilometre, share, seed)).Topology;

    private static Scenario Scenario(StationLayout layout, double side, double perSquareKilometre, double share, ulong seed) => new()
    {
        Seed = seed,
        AreaSideMetres = side,
        Stations = new StationsSection { Topology = layout, DensityPerSquareMetre = perSquareKilometre * 1e-6, ServersShare = share },
    };

    /// <summary>Places uniform in an area.</summary>
    public static (double X, double Y)[] Points(Area area, int count, ulong seed = 7) =>
    [
        .. Enumerable.Range(0, count).Select(k => RandomStreams.UniformPair(seed, k, 0, Purpose.Sampling))
            .Select(draw => (area.MinX + draw.First * area.Width, area.MinY + draw.Second * area.Height)),
    ];

    /// <summary>Ids of all places by (distance, id).</summary>
    public static int[] ByDistance(IReadOnlyList<(double X, double Y)> places, double x, double y) =>
    [
        .. Enumerable.Range(0, places.Count)
            .OrderBy(k => (places[k].X - x) * (places[k].X - x) + (places[k].Y - y) * (places[k].Y - y)).ThenBy(k => k),
    ];

    /// <summary>Whether a point is in an area or on its edge.</summary>
    internal static bool Contains(this Area area, double x, double y) => x >= area.MinX && x <= area.MaxX && y >= area.MinY && y <= area.MaxY;
}
