using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Cluster;
using Diten.Actors;
using Diten.Emulation.Tests.Results;
using Diten.Runs.Hosting;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>A cluster whose entities are busy all the time hears its heartbeats.</summary>
[Collection(OneAtATime.Name)]
[Trait("Category", "Slow")]
public sealed class FullLoadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Under_full_load_no_member_is_ever_seen_unreachable()
    {
        var scenario = ScenarioFile.Load(
            ScenarioFiles.Shipped("city-100k"), [("slots", "60"), ("devices.count", "20000"), ("devices.journey-slots", "20")], null);
        await using var cluster = await LocalCluster.StartAsync(3, threads: 2, journal: null, _folder.At("logs"), _ => { }, CancellationToken.None);
        var unreachable = new ConcurrentQueue<string>();
        var watcher = cluster.Self.System.ActorOf(Props.Create(() => new Watcher(unreachable)));
        Cluster.Get(cluster.Self.System).Subscribe(watcher, typeof(ClusterEvent.UnreachableMember), typeof(ClusterEvent.MemberDowned));

        var run = new RunSpec("full-load", "city", ScenarioFile.Resolve(scenario), 3, new EmulationOptions { ServerRecords = false });
        var outcome = await cluster.Self.RunAsync(run, new Nobody(), [], CancellationToken.None).WaitAsync(Program.Patience);

        Assert.Equal(60, outcome.SlotsCompleted);
        Assert.Empty(unreachable);
    }

    private sealed class Watcher(ConcurrentQueue<string> unreachable) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is ClusterEvent.UnreachableMember or ClusterEvent.MemberDowned)
                unreachable.Enqueue(message.ToString()!);
        }
    }

    private sealed class Nobody : IRunObserver
    {
        public void SlotCompleted(Model.Records.SlotReport report)
        {
        }
    }
}
