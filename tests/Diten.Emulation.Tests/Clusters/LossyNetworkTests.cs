using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.Remote;
using Akka.Remote.Transport;
using Diten.Actors;
using Diten.Emulation.Tests.Results;
using Diten.Model.Statistics;
using Diten.Node.Hosting;
using Diten.Node.Scenarios;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>A network that loses messages costs time, and nothing else.</summary>
[Collection(OneAtATime.Name)]
public sealed class LossyNetworkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Messages_that_are_lost_are_sent_again_and_the_digest_stays_the_same()
    {
        var path = _folder.At("town.conf");
        File.WriteAllText(path, "slots = 40\narea.side = 800 m\ndevices.count = 150\nzones.columns = 2\nzones.rows = 2\n");
        var scenario = ScenarioFile.Load(path, [], null);
        await using var observer = Start(NodeRole.Observer);
        observer.FoundCluster();
        await using var a = Start(NodeRole.Emulation, NodeRole.Coordinator);
        await using var b = Start(NodeRole.Emulation, NodeRole.Coordinator);
        ClusterNode[] all = [observer, a, b];
        foreach (var node in all[1..])
            Cluster.Get(node.System).Join(observer.Address);
        var slots = new Counting(slot =>
        {
            if (slot == 3) // all have found each other
                foreach (var from in all)
                    foreach (var to in all.Where(to => to != from))
                        Lose(from, to, 0.01);
        });

        var run = new RunSpec("lossy", "town", ScenarioFile.Resolve(scenario), 2, new EmulationOptions());
        var outcome = await observer.RunAsync(run, slots, [], CancellationToken.None).WaitAsync(Program.Patience);

        var undisturbed = await Actors.Emulation.RunAsync(scenario, new EmulationOptions());
        Assert.Equal(Convert.ToHexString(undisturbed.Digest), Convert.ToHexString(outcome.Digest));
        Assert.Equal(40, slots.Count);
    }

    /// <summary>A node on a transport that can be told to lose messages.</summary>
    private static ClusterNode Start(params string[] roles)
    {
        var node = new NodeConfiguration { Roles = roles, EndsProcess = false, Silent = true, SaysGoodbye = false, Threads = 1 };
        var lossy = ConfigurationFactory.ParseString("""
            akka.remote.dot-netty.tcp.applied-adapters = ["gremlin"]
            akka.cluster.failure-detector.acceptable-heartbeat-pause = 20s
            """);
        return ClusterNode.Start(node with { Settings = lossy.WithFallback(node.Settings) });
    }

    private static void Lose(ClusterNode from, ClusterNode to, double share)
    {
        var provider = (RemoteActorRefProvider)((ExtendedActorSystem)from.System).Provider;
        var command = new FailureInjectorTransportAdapter.One(to.Address, new FailureInjectorTransportAdapter.Drop(share, 0));
        Assert.True(provider.Transport.ManagementCommand(command).Wait(TimeSpan.FromSeconds(10)));
    }

    private sealed class Counting(Action<int> completed) : IRunObserver
    {
        public int Count { get; private set; }

        public void SlotCompleted(SlotReport report)
        {
            Count++;
            completed(report.Slot);
        }
    }
}
