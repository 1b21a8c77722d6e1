using Diten.Model.Scenarios;

namespace Diten.Model.Space;

/// <summary>The area cut into columns × rows equal tiles; the stations of a tile are a zone. Immutable; never changes a result.</summary>
/// <remarks>Zones have ids 0 to Z − 1 in row-major order of their tiles (rows from south, columns from west); empty tiles have none.</remarks>
public sealed class ZoneMap
{
    private const double StationsPerZone = 40;

    private readonly int[] _zoneOf;
    private readonly int[] _start, _stations;
    private readonly long[] _tiles;

    private ZoneMap(int columns, int rows, long[] tileOf)
    {
        (Columns, Rows) = (columns, rows);
        var tiles = _tiles = [.. tileOf.Distinct().Order()];
        _zoneOf = [.. tileOf.Select(tile => Array.BinarySearch(tiles, tile))];
        _stations = [.. Enumerable.Range(0, tileOf.Length).OrderBy(station => _zoneOf[station]).ThenBy(station => station)];
        _start = new int[tiles.Length + 1];
        foreach (var zone in _zoneOf)
            _start[zone + 1]++;
        for (var zone = 0; zone < tiles.Length; zone++)
            _start[zone + 1] += _start[zone];
    }

    /// <summary>Tiles from west to east.</summary>
    public int Columns { get; }

    /// <summary>Tiles from south to north.</summary>
    public int Rows { get; }

    /// <summary>Number of zones: of tiles that have a station.</summary>
    public int Count => _start.Length - 1;

    /// <summary>Cuts a topology's area; a number of columns or rows of 0 is chosen for nearly square tiles of about 40 stations.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Columns or rows are negative.</exception>
    public static ZoneMap Create(Topology topology, ZonesSection zones)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(zones.Columns);
        ArgumentOutOfRangeException.ThrowIfNegative(zones.Rows);
        var area = topology.Area;
        var wanted = Math.Max(1, topology.StationCount / StationsPerZone);
        var aspect = area.Width / area.Height;
        var (columns, rows) = (zones.Columns, zones.Rows) switch
        {
            (0, 0) => (AtLeastOne(Math.Sqrt(wanted * aspect)), AtLeastOne(Math.Sqrt(wanted / aspect))),
            (0, var given) => (AtLeastOne(wanted / given), given),
            (var given, 0) => (given, AtLeastOne(wanted / given)),
            var given => given,
        };
        var tileOf = new long[topology.StationCount];
        for (var station = 0; station < tileOf.Length; station++)
            tileOf[station] = (long)Tile(topology.Y[station] - area.MinY, area.Height, rows) * columns
                + Tile(topology.X[station] - area.MinX, area.Width, columns);
        return new ZoneMap(columns, rows, tileOf);
    }

    /// <summary>The zone of a station.</summary>
    public ZoneId ZoneOf(StationId station) => new(_zoneOf[station.Value]);

    /// <summary>The tile of a zone: its number from west, and from south.</summary>
    public (int Column, int Row) TileOf(ZoneId zone) => ((int)(_tiles[zone.Value] % Columns), (int)(_tiles[zone.Value] / Columns));

    /// <summary>Ids of a zone's stations, ascending; at least one.</summary>
    public ReadOnlySpan<int> Stations(ZoneId zone) => _stations.AsSpan(_start[zone.Value].._start[zone.Value + 1]);

    private static int AtLeastOne(double number) => Math.Max(1, (int)Math.Round(number, MidpointRounding.AwayFromZero));

    private static int Tile(double offset, double length, int tiles) => Math.Clamp((int)(offset / length * tiles), 0, tiles - 1);
}
