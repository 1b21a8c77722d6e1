using Akka.Actor;
using Akka.Configuration;
using Diten.Actors.Nodes;
using Diten.Actors.Runtime;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Recovery;

/// <summary>A cluster's actors in one actor system, with a journal in memory: hosts and clocks can be lost and replaced, without processes or networks.</summary>
internal sealed class SmallCluster : IDisposable
{
    private static readonly Config Memory = ConfigurationFactory.ParseString("""
        akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        akka.persistence.snapshot-store.inmem.class = "Diten.Actors.Tests.Recovery.WatchedStore, Diten.Actors.Tests"
        """);

    private readonly SortedDictionary<string, IActorRef> _hosts = [];
    private readonly IActorRef _proxy;
    private readonly RunPlans _plans;
    private readonly TaskCompletionSource<RunOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _allowOtherCpus;
    private int _clocks;

    public SmallCluster(Scenario scenario, bool allowOtherCpus = false)
        : this(World.Create(scenario), allowOtherCpus)
    {
    }

    public SmallCluster(World world, bool allowOtherCpus = false)
        : this(RunPlans.Of(CityPlan.Create(world)), allowOtherCpus)
    {
    }

    public SmallCluster(RunPlans plans, bool allowOtherCpus = false)
    {
        _allowOtherCpus = allowOtherCpus;
        System = ActorSystem.Create("diten", Memory.WithFallback(NodeSettings.Load(2)));
        _plans = plans;
        _proxy = System.ActorOf(Props.Create(() => new Proxy()), "proxy");
        Clock = NewClock();
    }

    public ActorSystem System { get; }

    public IActorRef Clock { get; private set; }

    public Task<RunOutcome> Outcome => _outcome.Task;

    /// <summary>Starts a node.</summary>
    /// <param name="arithmetic">Hash of its numeric self-test.</param>
    public void Add(string node, string arithmetic = "")
    {
        var props = Props.Create(() => new NodeHostActor(new NodeDescription(node, arithmetic, "another CPU"), _plans, _proxy));
        _hosts[node] = System.ActorOf(EmulationProps.Entity(props, System, 0), node);
        ShowHosts();
    }

    /// <summary>
    /// Ends a node as a power cut would. The clock is told first: else what the others send to the node may be found lost before that, and
    /// open an epoch of its own in which the node is waited for once more.
    /// </summary>
    public void Kill(string node)
    {
        _hosts.Remove(node, out var host);
        ShowHosts();
        System.Stop(host);
    }

    /// <summary>Asks a node to leave; done when it may.</summary>
    public async Task LeaveAsync(string node)
    {
        await _hosts[node].Ask<MayLeave>(new Leave(), TimeSpan.FromSeconds(30));
        Kill(node);
    }

    /// <summary>Ends the clock, and starts another one that knows nothing.</summary>
    public void ReplaceClock()
    {
        System.Stop(Clock);
        Clock = NewClock();
        ShowHosts();
    }

    /// <summary>Submits a run.</summary>
    public void Run(int nodes, IRunObserver observer, int checkpointEvery = 5, RunHands? hands = null)
    {
        var options = new EmulationOptions { CheckpointEverySlots = checkpointEvery, TwinJournal = true, StuckAfterSeconds = 10 };
        var run = new RunSpec("run", "small", "", nodes, options);
        var watcher = System.ActorOf(Props.Create(() => new RunObserverActor(_proxy, run, observer, Array.Empty<byte[]>(), _outcome, "the cluster")), "observer");
        hands?.Take(watcher);
    }

    /// <summary>Submits a run of its own name; done when it has ended.</summary>
    public Task<RunOutcome> RunAnother(string runId, IRunObserver observer)
    {
        var outcome = new TaskCompletionSource<RunOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = new RunSpec(runId, "small", "", 1, new EmulationOptions { CheckpointEverySlots = 5, TwinJournal = true, StuckAfterSeconds = 10 });
        System.ActorOf(Props.Create(() => new RunObserverActor(_proxy, run, observer, Array.Empty<byte[]>(), outcome, "the cluster")));
        return outcome.Task;
    }

    /// <summary>Runs a scenario on nodes a, b, and so on, of which b dies at the end of a slot.</summary>
    /// <exception cref="TimeoutException">The run stands still.</exception>
    public static async Task<(RunOutcome Outcome, Doing Seen)> RunWithDeathAsync(Scenario scenario, int nodes, int slot)
    {
        SmallCluster? cluster = null;
        var observer = new Doing((slot, () => cluster!.Kill("b")));
        using (cluster = new SmallCluster(scenario))
        {
            for (var node = 'a'; node < 'a' + nodes; node++)
                cluster.Add($"{node}");
            cluster.Run(nodes, observer);
            return (await cluster.Outcome.WaitAsync(TimeSpan.FromSeconds(60)), observer);
        }
    }

    public void Dispose() => System.Dispose();

    private IActorRef NewClock()
    {
        var setup = new ClockSetup(_plans, ActorRefs.Nobody, "", _allowOtherCpus, Durable: true, LetZonesGo: true);
        var clock = System.ActorOf(
            EmulationProps.Entity(Props.Create(() => new SlotClockActor(setup)), System, 0), FormattableString.Invariant($"clock-{++_clocks}"));
        _proxy.Tell(clock);
        return clock;
    }

    private void ShowHosts() => Clock.Tell(new HostsSeen([.. _hosts.Select(h => new SeenHost(h.Key, h.Value, true))], []));

    /// <summary>Hands on to the clock that is there now.</summary>
    private sealed class Proxy : UntypedActor
    {
        private IActorRef _clock = ActorRefs.Nobody;

        protected override void OnReceive(object message)
        {
            if (message is IActorRef clock)
                _clock = clock;
            else
                _clock.Forward(message);
        }
    }
}

/// <summary>Keeps every report, and does something once at the end of a slot.</summary>
internal sealed class Doing(params (int Slot, Action Do)[] deeds) : IRunObserver
{
    private readonly List<RunNotice> _notices = [];

    public List<SlotReport> Slots { get; } = [];

    /// <summary>What was told, but for waiting.</summary>
    public IReadOnlyList<RunNotice> Notices => _notices;

    public void SlotCompleted(SlotReport report)
    {
        Slots.Add(report);
        foreach (var (slot, deed) in deeds)
            if (slot == report.Slot)
                deed();
    }

    public void Noticed(RunNotice notice) => _notices.Add(notice);
}
