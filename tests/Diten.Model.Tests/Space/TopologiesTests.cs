using Diten.Model.Input;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Tests.Space;

public class TopologiesTests
{
    [Fact]
    public void The_default_grid_has_32_by_32_stations_156_metres_apart()
    {
        var report = Topologies.Create(new Scenario());
        var topology = report.Topology;

        Assert.Equal((1024, 1024), (report.Stations, report.Servers));
        Assert.Null(report.Sites);
        Assert.Equal(156.25, topology.SpacingMetres);
        Assert.Equal(new Area(0, 0, 5000, 5000), topology.Area);
        // Row 3, column 5 is station 101 at (3.5 a, 5.5 a).
        Assert.Equal((546.875, 859.375), (topology.X[101], topology.Y[101]));
    }

    [Theory]
    [InlineData(25, 25)]
    [InlineData(60, 39)]
    [InlineData(80, 45)]
    [InlineData(0.0001, 1)]
    public void A_grid_has_the_square_number_nearest_to_the_density(double perSquareKilometre, int side) =>
        // √(25 · 25) = 25, √(25 · 60) = 38.7, √(25 · 80) = 44.7.
        Assert.Equal(side * side, Layouts.Of(StationLayout.Grid, perSquareKilometre: perSquareKilometre).StationCount);

    [Fact]
    public void Poisson_stations_are_as_many_as_expected_spread_evenly_and_drawn_from_the_seed()
    {
        var topology = Layouts.Of(StationLayout.Poisson, perSquareKilometre: 400);

        Assert.Equal(10_000, topology.StationCount);
        Assert.Equal(50, topology.SpacingMetres);
        var tiles = new int[100];
        for (var station = 0; station < 10_000; station++)
            tiles[(int)(topology.X[station] / 500) * 10 + (int)(topology.Y[station] / 500)]++;
        // Chi-square with 99 degrees of freedom: 0.999 within.
        Assert.InRange(tiles.Sum(n => (n - 100.0) * (n - 100) / 100), 50, 149);
        Assert.Equal(topology.X, Layouts.Of(StationLayout.Poisson, perSquareKilometre: 400).X);
        Assert.NotEqual(topology.X[0], Layouts.Of(StationLayout.Poisson, perSquareKilometre: 400, seed: 2).X[0]);
    }

    [Fact]
    public void In_a_hexagonal_layout_six_neighbours_are_equally_near()
    {
        var topology = Layouts.Of(StationLayout.Hexagonal);
        var (x, y) = (topology.X[500], topology.Y[500]);
        var step = Math.Sqrt(2 / Math.Sqrt(3) / 40e-6);

        var nearest = new int[8];
        topology.Stations.Nearest(x, y, nearest);
        var distances = nearest.Select(s => Math.Sqrt(Math.Pow(topology.X[s] - x, 2) + Math.Pow(topology.Y[s] - y, 2))).ToArray();

        Assert.All(distances[1..7], distance => Assert.Equal(step, distance, tolerance: 1e-6));
        Assert.Equal(step * Math.Sqrt(3), distances[7], tolerance: 1e-6);
        Assert.InRange(topology.StationCount, 970, 1030);
        for (var station = 0; station < topology.StationCount; station++)
            Assert.True(topology.Area.Contains(topology.X[station], topology.Y[station]));
    }

    [Theory]
    [InlineData(0.5, 512)]
    [InlineData(0.0001, 1)]
    [InlineData(1, 1024)]
    public void A_share_of_the_stations_at_least_one_carries_a_server(double share, int servers) =>
        Assert.Equal(servers, Layouts.Of(StationLayout.Grid, share: share).ServerCount);

    [Fact]
    public void A_greater_share_keeps_the_servers_of_a_smaller_one()
    {
        var (few, many) = (Topologies.CarriesServer(1000, 0.2, 3), Topologies.CarriesServer(1000, 0.6, 3));

        Assert.All(Enumerable.Range(0, 1000), station => Assert.True(many[station] || !few[station]));
        Assert.NotEqual(few, Topologies.CarriesServer(1000, 0.2, 4));
    }

    [Fact]
    public void Servers_are_numbered_in_the_order_of_their_stations()
    {
        var topology = new Topology([0, 10, 20, 30], [0, 0, 0, 0], [false, true, false, true], new Area(0, 0, 30, 10), 10);

        Assert.Equal(ServerId.None, topology.ServerAt(new StationId(0)));
        Assert.Equal(new ServerId(1), topology.ServerAt(new StationId(3)));
        Assert.Equal(new StationId(1), topology.StationOf(new ServerId(0)));
        Assert.Equal(1, topology.Servers.Nearest(26, 0));
    }

    [SkippableFact]
    public void The_sites_of_Melbourne_are_125_stations_of_1_3_by_2_kilometres()
    {
        var report = FromSites(RealData.Require("sites-eua/edge-servers/site-optus-melbCBD.csv"));
        var area = report.Topology.Area;

        Assert.Equal((125, 125, 0, 0, 0), Counts(report.Sites!));
        // Extent counted apart from this code, plus 150 m of coverage on each side.
        Assert.Equal(1992.73 + 300, area.Width, tolerance: 0.01);
        Assert.Equal(1319.77 + 300, area.Height, tolerance: 0.01);
        Assert.Equal(Math.Sqrt(area.SquareMetres / 125), report.Topology.SpacingMetres, tolerance: 1e-9);
    }

    [SkippableTheory]
    [InlineData("users-aus.csv", 4748, 113.6594, 153.6021)]
    [InlineData("users-melbcbd-generated.csv", 816, 144.95174470517404, 144.9744434939978)]
    public void Users_of_Australia_are_read_by_a_header_in_another_case(string name, int rows, double west, double east)
    {
        var (x, y, report) = SitesFile.Read(RealData.Require("sites-eua/users/" + name));

        Assert.Equal((rows, rows, 0, 0, 0), Counts(report));
        Assert.Equal(west, report.Ground!.Value.ToDegrees(x.Min(), y[0]).Longitude, tolerance: 1e-9);
        Assert.Equal(east, report.Ground!.Value.ToDegrees(x.Max(), y[0]).Longitude, tolerance: 1e-9);
    }

    [SkippableTheory]
    [InlineData("tn_lte_raw.csv", 7048, 868)]
    [InlineData("tn_lte_filtered.csv", 1184, 148)]
    public void OpenCelliD_cells_of_Trento_are_read_without_a_header_and_without_their_duplicates(string name, int rows, int stations)
    {
        var report = FromSites(RealData.Require("sites-opencellid-trento/" + name));

        Assert.Equal((rows, stations, rows - stations, 0, 0), Counts(report.Sites!));
        // Trento lies along a valley: higher than wide. Swapped columns would make it wider than high.
        Assert.True(report.Topology.Area.Height > report.Topology.Area.Width);
        Reach.Create(report.Topology, 5);
    }

    [SkippableFact]
    public void A_file_without_header_needs_the_columns_numbers()
    {
        var file = RealData.Require("sites-opencellid-trento/mean_points.csv");

        var problem = Assert.Throws<InputFileException>(() => FromSites(file));
        Assert.Contains("no header", problem.Message, StringComparison.Ordinal);
        Assert.Equal((66, 66, 0, 0, 0), Counts(FromSites(file, "1", "0").Sites!));
    }

    [Fact]
    public void Sites_need_a_file() => Assert.Throws<ArgumentException>(() => Topologies.Create(
        new Scenario { Stations = new StationsSection { Topology = StationLayout.Sites } }));

    private static (int Rows, int Kept, int Duplicates, int Unreadable, int OutOfRange) Counts(SitesReport report) =>
        (report.RowsRead, report.Kept, report.Duplicates, report.Unreadable, report.OutOfRange);

    [Fact]
    public void Sites_in_columns_x_and_y_are_metres()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "x,y\n0,0\n80,0\n0,80\n80,80\n500,1000\n");

            var (x, y, report) = SitesFile.Read(file);

            Assert.Equal([0, 80, 0, 80, 500], x);
            Assert.Equal([0, 0, 80, 80, 1000], y);
            Assert.Equal((5, 0), (report.Kept, report.OutOfRange));
            Assert.Null(report.Ground);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Sites_in_kilometres_are_refused_with_a_hint()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "x,y\n0.5,0.5\n1.5,0.5\n0.5,1.5\n1.5,1.5\n");

            Assert.Contains("within 1 m × 1 m: columns x and y are metres", Assert.Throws<Diten.Model.Input.InputFileException>(() => SitesFile.Read(file)).Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static TopologyReport FromSites(string file, string? longitude = null, string? latitude = null) =>
        Topologies.Create(new Scenario
        {
            Stations = new StationsSection
            {
                Topology = StationLayout.Sites,
                SitesFile = file,
                SitesLongitudeColumn = longitude,
                SitesLatitudeColumn = latitude,
            },
        });
}
