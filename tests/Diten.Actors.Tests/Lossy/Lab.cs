using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using Diten.Actors.Nodes;
using Diten.Actors.Runtime;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Lossy;

/// <summary>
/// Three nodes on a real network, on loopback: "watch" has the observer, "left" the clock and a host, "right" a host, the learner's
/// place and the twin of the system. What crosses between them passes a <see cref="Postman"/>. One run after the other, each with actors of its own.
/// </summary>
public class Lab : IDisposable
{
    private static int _labs;

    private readonly string _name = FormattableString.Invariant($"lab-{Interlocked.Increment(ref _labs)}");
    private int _runs;

    public Lab()
    {
        Postman = new Postman(_name);
        (Watch, Left, Right) = (Start("watch"), Start("left"), Start("right"));
    }

    public Postman Postman { get; }

    private ExtendedActorSystem Watch { get; }

    private ExtendedActorSystem Left { get; }

    private ExtendedActorSystem Right { get; }

    /// <summary>Starts a run on both hosts.</summary>
    /// <param name="learner">Recipe of a learner on "right"; null = nobody learns.</param>
    public LabRun Begin(Scenario scenario, EmulationOptions options, IRunObserver? observer = null, Func<ZoneStart, Props>? learner = null) =>
        Begin(RunPlans.Of(CityPlan.Create(World.Create(scenario))), options, observer, learner);

    /// <summary>Starts a run of which plans are made on both hosts.</summary>
    /// <inheritdoc cref="Begin(Scenario, EmulationOptions, IRunObserver?, Func{ZoneStart, Props}?)"/>
    public LabRun Begin(RunPlans plans, EmulationOptions options, IRunObserver? observer = null, Func<ZoneStart, Props>? learner = null)
    {
        var number = ++_runs;
        var run = new RunSpec(FormattableString.Invariant($"{_name}-run-{number}"), "small", "", 2, options);
        var systemTwin = Right.ActorOf(Props.Create(() => new SystemTwinActor(plans)), Name("system-twin"));
        var setup = new ClockSetup(plans, Seen(Left, Right, systemTwin), "", Durable: true, LetZonesGo: true);
        var clock = Left.ActorOf(EmulationProps.Entity(Props.Create(() => new SlotClockActor(setup)), Left, 0), Name("clock"));
        var left = Left.ActorOf(HostProps(Left, "left", plans, clock, null), Name("host"));
        var right = Right.ActorOf(HostProps(Right, "right", plans, Seen(Right, Left, clock), learner), Name("host"));
        clock.Tell(new HostsSeen([new SeenHost("left", left, true), new SeenHost("right", Seen(Left, Right, right), true)], []), ActorRefs.NoSender);
        var outcome = new TaskCompletionSource<RunOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var far = Seen(Watch, Left, clock);
        var watcher = Watch.ActorOf(Props.Create(() => new RunObserverActor(far, run, observer, Array.Empty<byte[]>(), outcome, "the cluster")), Name("observer"));
        return new LabRun(outcome.Task, watcher, left, right, clock, [.. new[] { watcher, clock, left, right, systemTwin }]);

        string Name(string role) => FormattableString.Invariant($"{role}-{number}");
    }

    /// <summary>Lets somebody on "right" look on at a run.</summary>
    public void Follow(LabRun run, IRunFollower follower)
    {
        var (clock, over) = (Seen(Right, Left, run.Clock), new TaskCompletionSource());
        run.Stops(Right.ActorOf(Props.Create(() => new RunFollowerActor(clock, follower, over))));
    }

    /// <summary>Ends entities of the zones that a host on "right" holds, as an exception would.</summary>
    public void Kill(IActorRef host, string entities) =>
        Right.ActorSelection(host.Path / "zone-*" / entities).Tell(Akka.Actor.Kill.Instance, ActorRefs.NoSender);

    /// <summary>Waits until something holds.</summary>
    public async Task Until(Func<bool> holds)
    {
        for (var waited = Stopwatch.StartNew(); !holds(); await Task.Delay(5))
            if (waited.Elapsed > TimeSpan.FromSeconds(30))
                throw new TimeoutException($"It does not come to hold. The last letters:{Environment.NewLine}{Postman.Story}");
    }

    public void Dispose()
    {
        foreach (var system in (ActorSystem[])[Watch, Left, Right])
            system.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>An actor as it is seen from another node.</summary>
    private static IActorRef Seen(ExtendedActorSystem from, ExtendedActorSystem home, IActorRef actor) =>
        from.Provider.ResolveActorRef(actor.Path.ToSerializationFormatWithAddress(home.Provider.DefaultAddress));

    private static Props HostProps(ActorSystem system, string node, RunPlans plans, IActorRef clock, Func<ZoneStart, Props>? learner) => EmulationProps.Entity(
        Props.Create(() => new NodeHostActor(new NodeDescription(node, "", ""), plans, clock, learner)), system, 0);

    private ExtendedActorSystem Start(string name) => (ExtendedActorSystem)ActorSystem.Create(name, ConfigurationFactory.ParseString($$"""
        diten-lab = {{_name}}
        akka.actor.provider = remote
        akka.remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0, applied-adapters = ["post"] }
        akka.remote.adapters.post = "{{typeof(PostmanProvider).FullName}},{{typeof(PostmanProvider).Assembly.GetName().Name}}"
        akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        akka.persistence.snapshot-store.inmem.class = "Akka.Persistence.Snapshot.MemorySnapshotStore, Akka.Persistence"
        """).WithFallback(NodeSettings.Load(1)));
}

/// <summary>A run in a lab.</summary>
public sealed class LabRun(Task<RunOutcome> outcome, IActorRef observer, IActorRef leftHost, IActorRef rightHost, IActorRef clock, List<IActorRef> actors) : IDisposable
{
    /// <summary>An actor ends with the run.</summary>
    public void Stops(IActorRef actor) => actors.Add(actor);

    public Task<RunOutcome> Outcome => outcome;

    public IActorRef Observer => observer;

    /// <summary>The host on "left".</summary>
    public IActorRef LeftHost => leftHost;

    /// <summary>The host on "right".</summary>
    public IActorRef RightHost => rightHost;

    public IActorRef Clock => clock;

    public void Dispose()
    {
        foreach (var actor in actors)
            ((IInternalActorRef)actor).Stop();
    }
}
