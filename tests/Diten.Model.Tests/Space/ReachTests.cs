using System.Diagnostics;
using Diten.Model.Scenarios;
using Diten.Model.Space;
using Diten.Model.Worlds;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit.Abstractions;

namespace Diten.Model.Tests.Space;

public class ReachTests(ITestOutputHelper output)
{
    public static TheoryData<StationLayout, double, int> Worlds => new()
    {
        { StationLayout.Grid, 1, 1 }, { StationLayout.Grid, 1, 5 }, { StationLayout.Grid, 1, 10 }, { StationLayout.Grid, 0.3, 5 },
        { StationLayout.Poisson, 1, 1 }, { StationLayout.Poisson, 1, 5 }, { StationLayout.Poisson, 1, 10 },
        { StationLayout.Poisson, 0.1, 5 },
        { StationLayout.Hexagonal, 1, 5 }, { StationLayout.Hexagonal, 0.5, 10 }, { StationLayout.Poisson, 0.0001, 5 },
    };

    [Theory]
    [MemberData(nameof(Worlds))]
    public void The_nearest_servers_of_any_point_are_in_the_reach_of_its_nearest_station(StationLayout layout, double share, int candidates)
    {
        var topology = Layouts.Of(layout, share: share);
        var reach = Reach.Create(topology, candidates);

        RequireReached(topology, reach, candidates, Layouts.Points(topology.Area, 20_000));
        output.WriteLine($"{layout}, share {share}, N = {candidates}: {Sizes(topology, reach)}");
    }

    /// <summary>There, a last place of a squared distance is more than a ties' usual tolerance.</summary>
    [Theory]
    [InlineData(1_000e3, 0.00002e-6)]
    [InlineData(220e3, 0.00005e-6)]
    public void Stations_hundreds_of_kilometres_apart_have_a_reach(double side, double density)
    {
        foreach (var layout in new[] { StationLayout.Grid, StationLayout.Poisson, StationLayout.Hexagonal })
        {
            var topology = World.Create(new Scenario
            {
                AreaSideMetres = side,
                Stations = new StationsSection { Topology = layout, DensityPerSquareMetre = density },
                Devices = new DevicesSection { Count = 1 },
            }).Topology;

            RequireReached(topology, Reach.Create(topology, 5), 5, Layouts.Points(topology.Area, 2_000));
        }
    }

    [Fact]
    public void Points_on_corners_and_borders_of_a_grids_cells_are_reached_too()
    {
        var topology = Layouts.Of(StationLayout.Grid);
        var half = topology.SpacingMetres / 2;
        var points = from i in Enumerable.Range(0, 65) from j in Enumerable.Range(0, 65) select (i * half, j * half);

        foreach (var candidates in new[] { 1, 2, 3, 4, 5, 8, 10 })
            RequireReached(topology, Reach.Create(topology, candidates), candidates, [.. points]);
    }

    [Fact]
    public void Of_a_grids_inner_station_five_candidates_come_from_nine_servers()
    {
        var topology = Layouts.Of(StationLayout.Grid);
        var reach = Reach.Create(topology, 5);

        // Row 10, column 10: itself, its four neighbours and the four at the corners.
        Assert.Equal([297, 298, 299, 329, 330, 331, 361, 362, 363], reach.ServersOf(new StationId(330)).ToArray());
        Assert.Equal(156.25 / Math.Sqrt(2), reach.CellRadius(new StationId(330)), tolerance: 1e-5);
    }

    [Fact]
    public void Who_reaches_whom_is_told_from_both_sides()
    {
        var topology = Layouts.Of(StationLayout.Poisson, share: 0.5);
        var reach = Reach.Create(topology, 5);

        for (var station = 0; station < topology.StationCount; station++)
            for (var server = 0; server < topology.ServerCount; server++)
                Assert.Equal(
                    reach.ServersOf(new StationId(station)).Contains(server), reach.StationsOf(new ServerId(server)).Contains(station));
        for (var server = 0; server < topology.ServerCount; server++)
            Assert.Equal(reach.StationsOf(new ServerId(server)).ToArray().Order(), reach.StationsOf(new ServerId(server)).ToArray());
    }

    [Fact]
    public void Fewer_servers_than_candidates_are_all_in_reach()
    {
        var topology = new Topology([10, 90, 50], [10, 10, 90], [true, false, true], new Area(0, 0, 100, 100), 50);
        var reach = Reach.Create(topology, 5);

        Assert.Equal(2, reach.CandidateCount);
        for (var station = 0; station < 3; station++)
            Assert.Equal([0, 1], reach.ServersOf(new StationId(station)).ToArray());
    }

    [Fact]
    public void Stations_at_the_same_place_are_legal()
    {
        double[] x = [10, 10, 10, 60, 60, 90], y = [10, 10, 10, 60, 60, 20];
        var topology = new Topology(x, y, [true, true, true, true, true, true], new Area(0, 0, 100, 100), 50);

        for (var candidates = 1; candidates <= 7; candidates++)
            RequireReached(
                topology, Reach.Create(topology, candidates), candidates, [.. Layouts.Points(topology.Area, 2000), (10, 10), (60, 60)]);
    }

    /// <summary>Stations on a raster of 100 m, so that many are equally near, in line or at the same place; some carry a server.</summary>
    public static class Rasters
    {
        public static Arbitrary<Topology> Topology()
        {
            var place = Gen.Zip(Gen.Choose(0, 8), Gen.Choose(0, 8));
            return Gen.Choose(1, 50).SelectMany(count => Gen.Zip(place.ArrayOf(count), Gen.Elements(true, true, false).ArrayOf(count)))
                .Select(both => new Topology(
                    [.. both.Item1.Select(p => p.Item1 * 100.0)], [.. both.Item1.Select(p => p.Item2 * 100.0)],
                    [true, .. both.Item2.Skip(1)], new Area(-50, -50, 850, 850), 100))
                .ToArbitrary();
        }
    }

    [Property(Arbitrary = [typeof(Rasters)], MaxTest = 150)]
    public void However_stations_stand_the_nearest_servers_of_any_point_are_in_reach(Topology topology, PositiveInt candidates)
    {
        var number = candidates.Get % 12 + 1;
        // Corners and borders of cells are where ties are: many of them lie on a raster of 50 m.
        var raster = from i in Enumerable.Range(-1, 19) from j in Enumerable.Range(-1, 19) select (i * 50.0, j * 50.0);

        RequireReached(topology, Reach.Create(topology, number), number, [.. raster, .. Layouts.Points(topology.Area, 500)]);
    }

    [Fact]
    public void Stations_in_dense_clusters_far_apart_are_no_harder()
    {
        // 20 clusters of 500 stations in 100 m each, on a plane of 50 km: cells at their rims are many kilometres long.
        var centres = Layouts.Points(new Area(0, 0, 50_000, 50_000), 20, seed: 3);
        var offsets = Layouts.Points(new Area(-50, -50, 50, 50), 10_000, seed: 4);
        var places = offsets.Select((offset, k) => (X: centres[k % 20].X + offset.X, Y: centres[k % 20].Y + offset.Y)).ToArray();
        var topology = new Topology([.. places.Select(p => p.X)], [.. places.Select(p => p.Y)],
            [.. Enumerable.Repeat(true, 10_000)], new Area(-100, -100, 50_100, 50_100), 500);
        var clock = Stopwatch.StartNew();
        var reach = Reach.Create(topology, 5);

        output.WriteLine($"{clock.Elapsed.TotalSeconds:F2} s, {Sizes(topology, reach)}");
        RequireReached(topology, reach, 5, [.. Layouts.Points(topology.Area, 5000), .. places]);
    }

    [Fact]
    public void A_lone_station_has_the_whole_area_for_its_cell()
    {
        var topology = new Topology([30], [40], [true], new Area(0, 0, 60, 80), 50);

        Assert.Equal(50, Reach.Create(topology, 5).CellRadius(new StationId(0)), tolerance: 1e-5);
    }

    [Fact]
    public void A_device_is_within_the_cell_radius_of_its_nearest_station()
    {
        var topology = Layouts.Of(StationLayout.Poisson);
        var reach = Reach.Create(topology, 5);

        foreach (var (x, y) in Layouts.Points(topology.Area, 20_000))
        {
            var station = topology.Stations.Nearest(x, y);
            var distance = Math.Sqrt(Math.Pow(topology.X[station] - x, 2) + Math.Pow(topology.Y[station] - y, 2));
            Assert.True(distance <= reach.CellRadius(new StationId(station)));
        }
    }

    [Theory]
    [InlineData(StationLayout.Grid)]
    [InlineData(StationLayout.Poisson)]
    public void Ten_thousand_stations_take_seconds_at_most(StationLayout layout)
    {
        var topology = Layouts.Of(layout, side: 10_000, perSquareKilometre: 100);
        var clock = Stopwatch.StartNew();
        var reach = Reach.Create(topology, 10);

        output.WriteLine($"{layout}: {topology.StationCount} stations in {clock.Elapsed.TotalSeconds:F2} s, {Sizes(topology, reach)}");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"took {clock.Elapsed}");
    }

    private static void RequireReached(Topology topology, Reach reach, int candidates, (double X, double Y)[] points)
    {
        var (expected, found) = (new int[candidates], new int[candidates]);
        foreach (var (x, y) in points)
        {
            var station = new StationId(topology.Stations.Nearest(x, y));
            var count = topology.Servers.Nearest(x, y, expected);
            foreach (var server in expected.AsSpan(0, count))
                Assert.True(reach.ServersOf(station).Contains(server), $"server {server} is near ({x}, {y}), out of reach of {station}");
            Assert.Equal(count, reach.Candidates(station, x, y, found));
            Assert.Equal(expected, found);
        }
    }

    private static string Sizes(Topology topology, Reach reach)
    {
        var sizes = Enumerable.Range(0, topology.StationCount).Select(station => reach.ServersOf(new StationId(station)).Length).ToArray();
        return $"servers in reach {sizes.Min()} to {sizes.Max()}, mean {sizes.Average():F1}";
    }
}
