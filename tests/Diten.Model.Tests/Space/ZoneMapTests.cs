using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Tests.Space;

public class ZoneMapTests
{
    [Fact]
    public void The_default_grid_is_cut_into_25_zones_of_about_40_stations()
    {
        var zones = ZoneMap.Create(Layouts.Of(StationLayout.Grid), new ZonesSection());

        Assert.Equal((5, 5, 25), (zones.Columns, zones.Rows, zones.Count));
        Assert.All(Enumerable.Range(0, 25), zone => Assert.InRange(zones.Stations(new ZoneId(zone)).Length, 36, 49));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(0, 4)]
    [InlineData(100, 100)]
    public void Each_station_is_in_exactly_one_zone_and_no_zone_is_empty(int columns, int rows)
    {
        var topology = Layouts.Of(StationLayout.Poisson);
        var zones = ZoneMap.Create(topology, new ZonesSection { Columns = columns, Rows = rows });

        var seen = new List<int>();
        for (var zone = 0; zone < zones.Count; zone++)
        {
            var stations = zones.Stations(new ZoneId(zone)).ToArray();
            Assert.NotEmpty(stations);
            Assert.Equal(stations.Order(), stations);
            Assert.All(stations, station => Assert.Equal(new ZoneId(zone), zones.ZoneOf(new StationId(station))));
            seen.AddRange(stations);
        }

        Assert.Equal(Enumerable.Range(0, topology.StationCount), seen.Order());
    }

    [Fact]
    public void Zones_are_numbered_row_by_row_and_empty_tiles_are_passed_over()
    {
        // Tiles of 50 × 50 m: south-west 0, south-east empty, north-west 1, north-east 2.
        var topology = new Topology([90, 10, 20, 100], [80, 60, 10, 100], [true, true, true, true], new Area(0, 0, 100, 100), 50);
        var zones = ZoneMap.Create(topology, new ZonesSection { Columns = 2, Rows = 2 });

        Assert.Equal(3, zones.Count);
        Assert.Equal([2], zones.Stations(new ZoneId(0)).ToArray());
        Assert.Equal([1], zones.Stations(new ZoneId(1)).ToArray());
        Assert.Equal([0, 3], zones.Stations(new ZoneId(2)).ToArray());
    }

    [Fact]
    public void A_few_stations_are_one_zone() =>
        Assert.Equal(1, ZoneMap.Create(Layouts.Of(StationLayout.Grid, side: 500), new ZonesSection()).Count);
}
