namespace Diten.Model.Space;

/// <summary>
/// For each station the servers that can be among the N nearest ones of a device attached to it (model.md §1, Candidates),
/// and the inverse: who has to talk with whom. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// <para>A server is left out of a station's reach where N others precede it, in the order by (distance, id), all over the station's
/// Voronoi cell. The difference of the squares of two distances is linear in the point, so it is enough to look at the cell's corners.</para>
/// <para>Corners of a regular layout are as far from many servers at once. There a tie is decided as for a device that stands on the
/// corner: by the lower id. So the reach is exact up to rounding: a device within some 10⁻⁸ m of a corner could, by rounding, find a
/// server that its station does not reach. Whoever looks for candidates among the reach only, as <see cref="Candidates"/> does, never
/// finds one.</para>
/// </remarks>
public sealed class Reach
{
    private const double TieSquareMetres = 1e-6;

    /// <summary>Some last places of a double.</summary>
    private const double TieShare = 2e-15;
    private const double RadiusSlackMetres = 1e-6;

    private readonly Topology _topology;
    private readonly int[] _serverStart, _servers, _stationStart, _stations;
    private readonly double[] _radius;

    private Reach(Topology topology, int candidates, int[][] serversOf, double[] radius)
    {
        (_topology, CandidateCount, _radius) = (topology, Math.Min(candidates, topology.ServerCount), radius);
        _serverStart = new int[serversOf.Length + 1];
        _stationStart = new int[topology.ServerCount + 1];
        for (var station = 0; station < serversOf.Length; station++)
        {
            _serverStart[station + 1] = _serverStart[station] + serversOf[station].Length;
            foreach (var server in serversOf[station])
                _stationStart[server + 1]++;
        }

        for (var server = 0; server < topology.ServerCount; server++)
            _stationStart[server + 1] += _stationStart[server];
        _servers = [.. serversOf.SelectMany(servers => servers)];
        _stations = new int[_servers.Length];
        var next = _stationStart[..^1];
        for (var station = 0; station < serversOf.Length; station++)
            foreach (var server in serversOf[station])
                _stations[next[server]++] = station;
    }

    /// <summary>Candidates of every device: N, or the number of servers where that is less.</summary>
    public int CandidateCount { get; }

    /// <summary>Works out the reach of all stations.</summary>
    /// <param name="topology">Stations and servers.</param>
    /// <param name="candidates">N, the number of candidate servers; positive.</param>
    public static Reach Create(Topology topology, int candidates)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(candidates);
        var serversOf = new int[topology.StationCount][];
        var radius = new double[topology.StationCount];
        for (var station = 0; station < topology.StationCount; station++)
        {
            var corners = VoronoiCell.Corners(topology, station);
            var (x, y) = (topology.X[station], topology.Y[station]);
            if (corners.Count == 0)
                corners = [(x, y)];
            radius[station] = VoronoiCell.Radius(corners, x, y) + RadiusSlackMetres;
            serversOf[station] = ServersOf(topology, station, corners, radius[station], Math.Min(candidates, topology.ServerCount));
        }

        return new Reach(topology, candidates, serversOf, radius);
    }

    /// <summary>Ids of the servers that a station's devices can choose among, ascending; at least <see cref="CandidateCount"/>.</summary>
    public ReadOnlySpan<int> ServersOf(StationId station) => _servers.AsSpan(_serverStart[station.Value].._serverStart[station.Value + 1]);

    /// <summary>Ids of the stations whose devices can choose a server, ascending.</summary>
    public ReadOnlySpan<int> StationsOf(ServerId server) => _stations.AsSpan(_stationStart[server.Value].._stationStart[server.Value + 1]);

    /// <summary>Largest distance from a station at which a device can be attached to it, metres, rounded up by a micrometre.</summary>
    public double CellRadius(StationId station) => _radius[station.Value];

    /// <summary>The candidate servers of a device: those of its station's reach nearest to it, nearest first, ties by id.</summary>
    /// <param name="station">The station nearest to the device.</param>
    /// <param name="x">East coordinate of the device, metres.</param>
    /// <param name="y">North coordinate, metres.</param>
    /// <param name="servers">Filled with server ids; at least <see cref="CandidateCount"/> long.</param>
    /// <returns>How many were written: <see cref="CandidateCount"/>.</returns>
    public int Candidates(StationId station, double x, double y, Span<int> servers)
    {
        Span<double> squares = CandidateCount <= 128 ? stackalloc double[CandidateCount] : new double[CandidateCount];
        var found = 0;
        foreach (var server in ServersOf(station))
            found = NearestSites.Insert(servers[..CandidateCount], squares, found, server,
                VoronoiCell.Square(_topology.Servers.X(server) - x, _topology.Servers.Y(server) - y));
        return found;
    }

    private static int[] ServersOf(Topology topology, int station, List<(double X, double Y)> corners, double radius, int candidates)
    {
        var (x, y, servers) = (topology.X[station], topology.Y[station], topology.Servers);
        var own = topology.ServerAt(new StationId(station)).Value;
        var nearest = new int[candidates];
        servers.Nearest(x, y, nearest);
        // From anywhere in the cell, N servers are at most as far as the station's N-th plus the way to the station.
        var farthest = Math.Sqrt(VoronoiCell.Square(servers.X(nearest[^1]) - x, servers.Y(nearest[^1]) - y));
        var near = servers.Within(x, y, farthest + 2 * radius);
        var squares = new double[near.Length];
        for (var k = 0; k < near.Length; k++)
            squares[k] = VoronoiCell.Square(servers.X(near[k]) - x, servers.Y(near[k]) - y);
        Array.Sort(squares, near);

        var owned = corners.ConvertAll(corner => Owns(topology, station, corner)).ToArray();
        var reached = new List<int>();
        foreach (var server in near)
        {
            var before = 0;
            for (var k = 0; k < near.Length && before < candidates; k++)
                if (near[k] != server && Precedes(servers, near[k], server, near[k] == own, corners, owned))
                    before++;
            if (before < candidates)
                reached.Add(server);
        }

        reached.Sort();
        return [.. reached];
    }

    /// <summary>Whether a device on a corner of a station's cell is attached to it: of stations equally near the lowest id counts.</summary>
    private static bool Owns(Topology topology, int station, (double X, double Y) corner)
    {
        var square = VoronoiCell.Square(topology.X[station] - corner.X, topology.Y[station] - corner.Y);
        return topology.Stations.Within(corner.X, corner.Y, Math.Sqrt(square + TieAt(square)))[0] >= station;
    }

    /// <summary>What squares of distances may differ by and still count as equal: over long ways rounding alone is more than the usual.</summary>
    private static double TieAt(double square) => Math.Max(TieSquareMetres, square * TieShare);

    /// <summary>Whether a server comes before another one, by distance and then id, for every device in the cell.</summary>
    private static bool Precedes(NearestSites servers, int first, int second, bool isOwn, List<(double X, double Y)> corners, bool[] owned)
    {
        var ((x1, y1), (x2, y2)) = ((servers.X(first), servers.Y(first)), (servers.X(second), servers.Y(second)));
        if (x1 == x2 && y1 == y2)
            return first < second;
        // The server of the station that is nearest of all is the nearest of all.
        if (isOwn)
            return true;
        var (ties, sum, least) = (0, 0.0, 0.0);
        for (var k = 0; k < corners.Count; k++)
        {
            var (x, y) = corners[k];
            var square = VoronoiCell.Square(x2 - x, y2 - y);
            var (farther, tie) = (VoronoiCell.Square(x1 - x, y1 - y) - square, TieAt(square));
            if (farther > tie)
                return false;
            (sum, least) = (sum + farther, least + tie);
            // A tie goes to the lower id. It matters on a corner that belongs to this cell, and on the edge between two.
            if (farther >= -tie && first > second && (owned[k] || ++ties > 1))
                return false;
        }

        return sum < -least;
    }
}
