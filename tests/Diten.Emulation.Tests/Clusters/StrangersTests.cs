using System.Net;
using System.Net.Sockets;
using Akka.Cluster;
using Diten.Actors;
using Diten.Emulation.Tests.Results;
using Diten.Model.Input;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Runs.Hosting;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>
/// Somebody on this machine, who does not have the secret of a cluster, calls its nodes in mid-run: nobody is downed, nothing is created, and
/// the digest is the same.
/// </summary>
[Collection(OneAtATime.Name)]
public sealed class StrangersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _told = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Takes", "Seconds")]
    public Task A_run_does_not_hear_strangers() => Attacked(connections: 200, slots: 2000);

    [Fact]
    [Trait("Category", "Slow")]
    public Task A_run_does_not_hear_ten_thousand_strangers() => Attacked(connections: 10_000, slots: 6000);

    private async Task Attacked(int connections, int slots)
    {
        var town = new Scenario { Slots = slots, Pace = 200, AreaSideMetres = 800, Devices = new DevicesSection { Count = 50 } };
        await using var cluster = await LocalCluster.StartAsync(2, threads: 1, journal: null, _folder.At("logs"), Tell, CancellationToken.None);
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = cluster.Self.RunAsync(
            new RunSpec("strangers", "town", ScenarioFile.Resolve(town), 2, new EmulationOptions()), new Began(began), [], CancellationToken.None);
        await began.Task.WaitAsync(Program.Patience);

        var nodes = Cluster.Get(cluster.Self.System).State.Members.Select(member => member.Address).OrderBy(address => address.Port).ToArray();
        var strangers = new List<Socket>();
        try
        {
            for (var i = 0; i < connections; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                strangers.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, nodes[i % nodes.Length].Port!.Value);
                await Say(socket, Words(i / nodes.Length, nodes[(i + 1) % nodes.Length]));
            }

            Assert.False(run.IsCompleted, "The run was over before the strangers had called.");
            await Task.WhenAll(strangers.Select(ExpectClosed));
        }
        finally
        {
            strangers.ForEach(socket => socket.Dispose());
        }

        var outcome = await run.WaitAsync(Program.Patience);

        var alone = await Actors.Nodes.Emulation.RunAsync(town with { Pace = 0 }, new EmulationOptions());
        Assert.Equal(Convert.ToHexString(alone.Digest), Convert.ToHexString(outcome.Digest));
        Assert.Empty(_told);
        Assert.Equal(3, Cluster.Get(cluster.Self.System).State.Members.Count(member => member.Status == MemberStatus.Up));
    }

    /// <summary>What a stranger says: a kind after the other.</summary>
    private static byte[] Words(int kind, Akka.Actor.Address other) => (kind % 7) switch
    {
        0 => [],
        1 => [0, 0],
        2 => [.. "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8],
        3 => [0x7f, 0xff, 0xff, 0xff, 1, 2, 3],
        4 => [0xff, 0xff, 0xff, 0xff],
        5 => StrangersFrames.Associate(other),
        _ => [.. StrangersFrames.Associate(other), .. StrangersFrames.Create(other)],
    };

    private static async Task Say(Socket socket, byte[] words)
    {
        try
        {
            if (words.Length > 0)
                await socket.SendAsync(words);
        }
        catch (SocketException closed) when (closed.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            // That is one way not to be heard.
        }
    }

    /// <summary>A stranger is not kept for ever, however little it says.</summary>
    private static async Task ExpectClosed(Socket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            Assert.Equal(0, await socket.ReceiveAsync(new byte[100], patience.Token));
        }
        catch (SocketException closed)
        {
            Assert.Equal(SocketError.ConnectionReset, closed.SocketErrorCode);
        }
    }

    private void Tell(string what)
    {
        lock (_told)
            _told.Add(what);
    }

    private sealed class Began(TaskCompletionSource first) : IRunObserver
    {
        public void SlotCompleted(SlotReport report) => first.TrySetResult();
    }
}
