using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster;
using Akka.Cluster.Tools.Singleton;
using Akka.Remote;
using Diten.Actors;
using Diten.Actors.Runtime;
using Diten.Model;
using Diten.Runs.Scenarios;

namespace Diten.Runs.Hosting;

/// <summary>One node of a cluster: its actor system, with what its roles ask for.</summary>
public sealed class ClusterNode : IAsyncDisposable
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private volatile IActorRef? _watcher;
    private volatile int _nodes = int.MaxValue;
    private volatile string? _failure;

    private ClusterNode(ActorSystem system, IActorRef clock, IActorRef? host, IReadOnlyList<NodeAddress> seeds) =>
        (System, Clock, Host, Seeds) = (system, clock, host, seeds);

    public ActorSystem System { get; }

    /// <summary>Stands for the clock, wherever it lives.</summary>
    public IActorRef Clock { get; }

    /// <summary>Holds this node's zones; null without the role for it.</summary>
    public IActorRef? Host { get; }

    /// <summary>Nodes that it asks to let it join; empty = it waits to be told.</summary>
    public IReadOnlyList<NodeAddress> Seeds { get; }

    /// <summary>Where the node listens.</summary>
    public Address Address => Cluster.Get(System).SelfAddress;

    /// <summary>The run that is watched here shall not wait for more nodes than this.</summary>
    public void ExpectNodes(int nodes)
    {
        _nodes = nodes; // a run that begins later takes it from here
        _watcher?.Tell(new ExpectNodes(nodes), ActorRefs.NoSender);
    }

    /// <summary>The run that is watched here cannot go on.</summary>
    public void FailRun(string why)
    {
        _failure = why;
        _watcher?.Tell(new RunFailed(why, null), ActorRefs.NoSender);
    }

    /// <summary>Starts a node; it joins the cluster of its seed nodes, if it has any.</summary>
    /// <exception cref="UserErrorException">The configuration cannot be used.</exception>
    public static ClusterNode Start(NodeConfiguration configuration) => NodeStart.Guarded(configuration, () => StartUnguarded(configuration));

    private static ClusterNode StartUnguarded(NodeConfiguration configuration)
    {
        var system = ActorSystem.Create(NodeConfiguration.SystemName, WithJournal(configuration));
        var plans = new RunPlans(RunReader.Prepare, ScenarioEdit.Apply);
        var clock = Singleton(system, "clock");
        var systemTwin = Singleton(system, "system-twin");
        IActorRef? host = null;
        if (configuration.Roles.Contains(NodeRole.Emulation))
        {
            var address = Cluster.Get(system).SelfAddress;
            var node = new NodeDescription($"{address.Host}:{address.Port}", NumericSelfTest.Hash(), NumericSelfTest.Describe());
            var learner = configuration.Roles.Contains(NodeRole.Learner) ? LearnerRecipe.Of : (Func<ZoneStart, Props>?)null;
            var props = Props.Create(() => new NodeHostActor(node, plans, clock, learner));
            host = system.ActorOf(EmulationProps.Entity(props, system, 0), "host");
            var watched = host;
            system.ActorOf(Props.Create(() => new LostMessageActor(watched)), "lost-messages");
        }

        if (configuration.Roles.Contains(NodeRole.Coordinator))
        {
            var setup = new ClockSetup(
                plans, systemTwin, NumericSelfTest.Hash(), configuration.AllowDifferentCpu, configuration.Journal is not null, LetZonesGo: true)
            {
                HostFinder = Props.Create(() => new HostFinderActor(NodeRole.Emulation)),
            };
            Manage(system, "clock", EmulationProps.Entity(Props.Create(() => new SlotClockActor(setup)), system, 0));
            Manage(system, "system-twin", Props.Create(() => new SystemTwinActor(plans)));
        }

        return new ClusterNode(system, clock, host, configuration.SeedNodes);
    }

    /// <summary>Makes a new cluster of this node alone, which others can join.</summary>
    public void FoundCluster() => Cluster.Get(System).Join(Address);

    /// <summary>The process that listens at an address has ended for sure: the cluster goes on without it.</summary>
    /// <remarks>
    /// To be declared down is not enough: a member is removed, and what lives once in a cluster moves on, only when somebody misses it, which takes two seconds of
    /// silence. Who is quarantined is missed at once.
    /// </remarks>
    internal void GiveUp(Address address)
    {
        var cluster = Cluster.Get(System);
        var member = cluster.State.Members.FirstOrDefault(member => member.Address == address);
        cluster.Down(address);
        if (member is not null)
            ((IRemoteActorRefProvider)((ExtendedActorSystem)System).Provider).Quarantine(address, member.UniqueAddress.Uid);
    }

    /// <summary>Submits a run; returns when it is over.</summary>
    /// <param name="taken">Digests of slots that the observer knows from an earlier life.</param>
    /// <param name="hands">Can change the run while it goes on; null = nobody does.</param>
    /// <exception cref="EmulationFailedException">The run failed.</exception>
    public async Task<RunOutcome> RunAsync(
        RunSpec run, IRunObserver observer, IReadOnlyList<byte[]> taken, CancellationToken cancel, RunHands? hands = null)
    {
        var outcome = new TaskCompletionSource<RunOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var whom = Seeds.Count > 0 ? string.Join(", ", Seeds) : "the cluster";
        var watcher = System.ActorOf(Props.Create(() => new RunObserverActor(Clock, run, observer, taken, outcome, whom)));
        _watcher = watcher;
        hands?.Take(watcher);
        if (_nodes < run.Nodes)
            ExpectNodes(_nodes);
        if (_failure is { } failure)
            FailRun(failure);
        await using var registration = cancel.Register(() => watcher.Tell(new StopAfterSlot(), ActorRefs.NoSender));
        _ = System.WhenTerminated.ContinueWith(
            _ => outcome.TrySetException(new EmulationFailedException("This node is no longer a member of the cluster.")), TaskScheduler.Default);
        return await outcome.Task;
    }

    /// <summary>Hands the zones of this node over and leaves the cluster.</summary>
    /// <param name="patience">How long to wait for the clock to let it go; it leaves after that all the same.</param>
    /// <returns>False where no clock has let it go: to a run that goes on the node is then one that was lost.</returns>
    public async Task<bool> LeaveAsync(TimeSpan patience)
    {
        var letGo = true;
        try
        {
            if (Host is not null && Cluster.Get(System).SelfMember.Status == MemberStatus.Up) // who never came to join has nothing to hand over
                await Host.Ask<MayLeave>(new Leave(), patience);
        }
        catch (AskTimeoutException)
        {
            letGo = false;
        }

        await CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
        return letGo;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await System.Terminate().WaitAsync(EndPatience);
            System.Dispose();
        }
        catch (TimeoutException)
        {
            // It waits for members that are gone to see it leave: nobody needs that, and it ends with the process.
        }
    }

    private static ActorSystemSetup WithJournal(NodeConfiguration configuration)
    {
        var setup = configuration.ToSetup();
        if (configuration.Journal is null)
            return setup;
        var journal = JournalLocation.Parse(configuration.Journal, "diten.journal");
        JournalSettings.Check(journal);
        return setup
            .And(BootstrapSetup.Create().WithConfig(configuration.ToAkkaConfig().WithFallback(JournalSettings.For(journal))))
            .And(JournalSettings.Setup(journal));
    }

    private static void Manage(ActorSystem system, string name, Props props) => system.ActorOf(
        ClusterSingletonManager.Props(
            props, PoisonPill.Instance, ClusterSingletonManagerSettings.Create(system).WithRole(NodeRole.Coordinator).WithSingletonName(name)),
        name + "-singleton");

    private static IActorRef Singleton(ActorSystem system, string name) => system.ActorOf(
        ClusterSingletonProxy.Props(
            $"/user/{name}-singleton",
            ClusterSingletonProxySettings.Create(system).WithRole(NodeRole.Coordinator).WithSingletonName(name)),
        name);
}
