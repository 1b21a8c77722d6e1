
namespace Diten.Model.Space;

/// <summary>Which edge server stores the twin of each edge server (model.md §2, System cost).</summary>
/// <remarks>The area is cut into square blocks of stations; the host is the server nearest to the mean place of its block's stations.</remarks>
public sealed class TwinHosts
{
    private readonly int[] _hosts;

    private TwinHosts(int[] hosts) => _hosts = hosts;

    /// <summary>The server that stores a server's twin.</summary>
    public ServerId HostOf(ServerId server) => new(_hosts[server.Value]);

    /// <param name="topology">Stations and servers.</param>
    /// <param name="block">Side of a block in spacings of stations; at least 1.</param>
    public static TwinHosts Create(Topology topology, int block)
    {
        var side = block * topology.SpacingMetres;
        (int, int) BlockOf(int station) => (
            (int)Math.Floor((topology.X[station] - topology.Area.MinX) / side),
            (int)Math.Floor((topology.Y[station] - topology.Area.MinY) / side));

        var sums = new Dictionary<(int, int), (double X, double Y, int Count)>();
        for (var station = 0; station < topology.StationCount; station++)
        {
            var (x, y, count) = sums.GetValueOrDefault(BlockOf(station));
            sums[BlockOf(station)] = (x + topology.X[station], y + topology.Y[station], count + 1);
        }

        var hosts = new int[topology.ServerCount];
        for (var server = 0; server < hosts.Length; server++)
        {
            var (x, y, count) = sums[BlockOf(topology.StationOf(new ServerId(server)).Value)];
            hosts[server] = topology.Servers.Nearest(x / count, y / count);
        }

        return new TwinHosts(hosts);
    }
}
