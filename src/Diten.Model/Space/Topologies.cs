using Diten.Model.Input;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;

namespace Diten.Model.Space;

/// <summary>Makes the base stations and edge servers of a scenario (model.md §1, Space).</summary>
internal static class Topologies
{
    /// <summary>Places stations in the square [0, side]² by the scenario's rule, or where its file of sites says.</summary>
    /// <remarks>
    /// The lattices draw nothing; <see cref="StationLayout.Poisson"/> takes the expected number of stations, uniformly placed
    /// (a Poisson process given its count), so that the density is what the scenario says in every run.
    /// </remarks>
    /// <exception cref="Input.InputFileException">The file of sites is missing or not understood.</exception>
    /// <exception cref="ArgumentException">Sides, density or share are not positive.</exception>
    public static TopologyReport Create(Scenario scenario)
    {
        var (stations, side) = (scenario.Stations, scenario.AreaSideMetres);
        if (!(side > 0) || !(stations.DensityPerSquareMetre > 0) || !(stations.ServersShare > 0))
            throw new ArgumentException("Area, density and the share of servers must be positive.", nameof(scenario));
        var area = new Area(0, 0, side, side);
        return stations.Topology switch
        {
            StationLayout.Grid => Grid(scenario, area),
            StationLayout.Poisson => new(ByDensity(scenario, Poisson(scenario, area), area), null),
            StationLayout.Hexagonal => new(ByDensity(scenario, Hexagonal(scenario, area), area), null),
            StationLayout.Sites => Sites(scenario),
            _ => throw new ArgumentOutOfRangeException(nameof(scenario), stations.Topology, "Unknown layout of stations."),
        };
    }

    /// <summary>
    /// Which stations carry a server: the round(share · B) stations, at least one, with the smallest draws (ties by id).
    /// So a greater share adds servers and moves none.
    /// </summary>
    public static bool[] CarriesServer(int stations, double share, ulong seed)
    {
        var servers = Math.Clamp((int)Math.Round(share * stations, MidpointRounding.AwayFromZero), 1, stations);
        var carries = new bool[stations];
        foreach (var station in Enumerable.Range(0, stations)
                     .OrderBy(s => RandomStreams.Uniform(seed, s, 0, Purpose.ServerPlace)).ThenBy(s => s).Take(servers))
            carries[station] = true;
        return carries;
    }

    /// <summary>n × n stations, n the rounded root of density · area; station n·i + j at ((i + ½)a, (j + ½)a).</summary>
    private static TopologyReport Grid(Scenario scenario, Area area)
    {
        var n = AtLeastOne(Math.Sqrt(scenario.Stations.DensityPerSquareMetre * area.SquareMetres));
        var spacing = area.Width / n;
        var (x, y) = (new double[n * n], new double[n * n]);
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                (x[n * i + j], y[n * i + j]) = ((i + 0.5) * spacing, (j + 0.5) * spacing);
        return new(Build(scenario, (x, y), area, spacing), null);
    }

    private static (double[] X, double[] Y) Poisson(Scenario scenario, Area area)
    {
        var count = AtLeastOne(scenario.Stations.DensityPerSquareMetre * area.SquareMetres);
        var (x, y) = (new double[count], new double[count]);
        for (var station = 0; station < count; station++)
        {
            var (first, second) = RandomStreams.UniformPair(scenario.Seed, station, 0, Purpose.StationPlace);
            (x[station], y[station]) = (first * area.Width, second * area.Height);
        }

        return (x, y);
    }

    /// <summary>Triangular lattice, each station the centre of a hexagon of area 1/density; without those outside of the area.</summary>
    private static (double[] X, double[] Y) Hexagonal(Scenario scenario, Area area)
    {
        var step = Math.Sqrt(2 / (Math.Sqrt(3) * scenario.Stations.DensityPerSquareMetre));
        var rowStep = step * Math.Sqrt(3) / 2;
        var (x, y) = (new List<double>(), new List<double>());
        for (var row = 0; row == 0 || (row + 0.5) * rowStep <= area.Height; row++)
        {
            var offset = row % 2 == 0 ? 0.25 : 0.75;
            for (var column = 0; (column + offset) * step <= area.Width; column++)
            {
                x.Add((column + offset) * step);
                y.Add(Math.Min((row + 0.5) * rowStep, area.Height));
            }
        }

        // An area smaller than one cell still has a station.
        return x.Count > 0 ? ([.. x], [.. y]) : ([area.Width / 2], [area.Height / 2]);
    }

    private static TopologyReport Sites(Scenario scenario)
    {
        var stations = scenario.Stations;
        if (stations.SitesFile is not { Length: > 0 } file)
            throw new ArgumentException("stations.topology = sites needs stations.sites-file.", nameof(scenario));
        var (x, y, report) = SitesFile.Read(file, stations.SitesLongitudeColumn, stations.SitesLatitudeColumn);
        var margin = stations.CoverageMetres;
        var area = new Area(x.Min() - margin, y.Min() - margin, x.Max() + margin, y.Max() + margin);
        return new(ByDensity(scenario, (x, y), area, report.Ground), report);
    }

    private static Topology ByDensity(Scenario scenario, (double[] X, double[] Y) places, Area area, GeoProjection? ground = null) =>
        Build(scenario, places, area, Math.Sqrt(area.SquareMetres / places.X.Length), ground);

    private static Topology Build(
        Scenario scenario, (double[] X, double[] Y) places, Area area, double spacing, GeoProjection? ground = null) =>
        new(places.X, places.Y, CarriesServer(places.X.Length, scenario.Stations.ServersShare, scenario.Seed), area, spacing)
        {
            Ground = ground,
        };

    private static int AtLeastOne(double count) => Math.Max(1, (int)Math.Round(count, MidpointRounding.AwayFromZero));
}
