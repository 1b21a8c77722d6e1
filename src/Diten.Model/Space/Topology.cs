namespace Diten.Model.Space;

/// <summary>Base stations and edge servers on the plane; immutable, shared by all who need to look a place up.</summary>
/// <remarks>Stations have ids 0 to B − 1; servers have ids 0 to S − 1 in the order of their stations. All coordinates in metres.</remarks>
public sealed class Topology
{
    private readonly double[] _x, _y;
    private readonly int[] _serverOfStation, _stationOfServer;

    /// <param name="x">East coordinate of each station, metres.</param>
    /// <param name="y">North coordinate of each station, metres.</param>
    /// <param name="carriesServer">Whether each station carries an edge server; at least one does.</param>
    /// <param name="area">The rectangle in which devices move.</param>
    /// <param name="spacingMetres">Typical distance between neighbouring stations: the grid's, else 1/√density.</param>
    /// <exception cref="ArgumentException">No station, no server, or arrays of different lengths.</exception>
    public Topology(double[] x, double[] y, bool[] carriesServer, Area area, double spacingMetres)
    {
        if (x.Length == 0 || x.Length != y.Length || x.Length != carriesServer.Length)
            throw new ArgumentException("A topology needs at least one station, and as many coordinates as stations.", nameof(x));
        (_x, _y, Area, SpacingMetres) = ((double[])x.Clone(), (double[])y.Clone(), area, spacingMetres);
        _serverOfStation = new int[x.Length];
        var servers = new List<int>();
        for (var station = 0; station < x.Length; station++)
        {
            _serverOfStation[station] = carriesServer[station] ? servers.Count : -1;
            if (carriesServer[station])
                servers.Add(station);
        }

        if (servers.Count == 0)
            throw new ArgumentException("At least one station must carry an edge server.", nameof(carriesServer));
        _stationOfServer = [.. servers];
        Stations = new NearestSites(_x, _y, area);
        Servers = servers.Count == x.Length
            ? Stations
            : new NearestSites([.. servers.Select(s => x[s])], [.. servers.Select(s => y[s])], area);
    }

    public Area Area { get; }

    /// <summary>How longitude and latitude map to the plane where the stations are real sites; null where they are made by a rule.</summary>
    public Input.GeoProjection? Ground { get; init; }

    /// <summary>Typical distance between neighbouring stations, metres.</summary>
    public double SpacingMetres { get; }

    public int StationCount => _x.Length;

    public int ServerCount => _stationOfServer.Length;

    /// <summary>East coordinates of the stations, metres.</summary>
    public ReadOnlySpan<double> X => _x;

    /// <summary>North coordinates of the stations, metres.</summary>
    public ReadOnlySpan<double> Y => _y;

    /// <summary>Nearest-station look-up (ids are station ids).</summary>
    public NearestSites Stations { get; }

    /// <summary>Nearest-server look-up (ids are server ids).</summary>
    public NearestSites Servers { get; }

    /// <summary>The server that a station carries, or <see cref="ServerId.None"/>.</summary>
    public ServerId ServerAt(StationId station) => new(_serverOfStation[station.Value]);

    /// <summary>The station that carries a server.</summary>
    public StationId StationOf(ServerId server) => new(_stationOfServer[server.Value]);
}
