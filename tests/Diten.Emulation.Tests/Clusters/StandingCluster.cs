using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>Processes of a test that end with it, nodes of one cluster among them.</summary>
/// <param name="journal">File of the nodes' journal.</param>
internal sealed class StandingCluster(string journal) : IDisposable
{
    private readonly List<Program.Running> _started = [];

    /// <summary>All processes, in the order in which they were started.</summary>
    public IReadOnlyList<Program.Running> Started => _started;

    /// <summary>Where a node that was started listens, out of the line in which it says so.</summary>
    public static string AddressIn(string greeting) => Regex.Match(greeting, @"diten@([0-9.]+:\d+)").Groups[1].Value;

    /// <summary>A port where nothing listens now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts a node and waits until it listens.</summary>
    /// <param name="seed">A node to join; null = it founds the cluster by naming itself.</param>
    /// <param name="interruptible">Whether signals are sent to it.</param>
    public async Task<(Program.Running Process, string Address)> NodeAsync(string? seed, bool interruptible = false)
    {
        var port = seed is null ? $"{FreePort()}" : "0";
        var process = Node(port, seed ?? $"127.0.0.1:{port}", interruptible);
        return (process, AddressIn(await process.Line("listens on")));
    }

    /// <summary>Starts a node.</summary>
    public Program.Running Node(string port, string seed, bool interruptible = false, params string[] more)
    {
        string[] args = ["node", "--port", port, "--seed-node", seed, "--journal", "sqlite:" + journal, "--threads", "1", .. more];
        return Keep(interruptible ? Signals.Interruptible(args) : Program.Start(args));
    }

    /// <summary>This process ends with the test, too.</summary>
    public Program.Running Keep(Program.Running running)
    {
        _started.Add(running);
        return running;
    }

    public void Dispose()
    {
        foreach (var running in _started)
            running.Dispose();
    }
}
