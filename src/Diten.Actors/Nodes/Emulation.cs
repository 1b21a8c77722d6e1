using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Diten.Actors.Runtime;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Actors.Nodes;

/// <summary>Runs a scenario as a system of actors in this process.</summary>
public static class Emulation
{
    /// <summary>Runs all slots; returns when the last one is done or <paramref name="cancel"/> has stopped the run at a slot's end.</summary>
    /// <exception cref="EmulationFailedException">An entity failed, an invariant broke, or nothing moved for too long.</exception>
    public static Task<RunOutcome> RunAsync(
        Scenario scenario, EmulationOptions options, IRunObserver? observer = null, CancellationToken cancel = default) =>
        RunAsync(World.Create(scenario), options, observer, cancel);

    /// <summary>Runs a world that is ready.</summary>
    /// <inheritdoc cref="RunAsync(Scenario, EmulationOptions, IRunObserver?, CancellationToken)"/>
    public static async Task<RunOutcome> RunAsync(
        World world, EmulationOptions options, IRunObserver? observer = null, CancellationToken cancel = default) =>
        await RunAsync(world, options, observer, null, cancel);

    /// <summary>Runs a world that is ready, or goes on with a run, with a journal.</summary>
    /// <param name="learner">Recipe of the learner; needed for a training run.</param>
    /// <inheritdoc cref="RunAsync(Scenario, EmulationOptions, IRunObserver?, CancellationToken)"/>
    public static async Task<RunOutcome> RunAsync(
        World world, EmulationOptions options, IRunObserver? observer, EmulationJournal? journal, CancellationToken cancel,
        Func<ZoneStart, Props>? learner = null)
    {
        using var running = Start(world, options, observer, journal, learner);
        await using var registration = cancel.Register(running.StopAfterSlot);
        try
        {
            return await running.Outcome;
        }
        finally
        {
            await running.System.Terminate();
        }
    }

    /// <summary>Starts a run and returns at once; the caller terminates its system.</summary>
    internal static RunningEmulation Start(
        World world, EmulationOptions options, IRunObserver? observer, EmulationJournal? journal = null,
        Func<ZoneStart, Props>? learner = null)
    {
        var plan = CityPlan.Create(world);
        var settings = NodeSettings.Load(options.WorkerThreads);
        var system = journal is null
            ? ActorSystem.Create("diten", settings)
            : ActorSystem.Create("diten", journal.Setup.And(BootstrapSetup.Create().WithConfig(settings.WithFallback(journal.Settings))));
        var outcome = new TaskCompletionSource<RunOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var plans = journal?.Prepare is { } prepare
            ? new RunPlans(spec => spec.ScenarioText == journal.Run.ScenarioText ? new PreparedRun(plan, "") : prepare(spec), journal.Change)
            : RunPlans.Of(plan);
        var systemTwin = system.ActorOf(Props.Create(() => new SystemTwinActor(plans)), "system-twin");
        var setup = new ClockSetup(plans, systemTwin, "", Durable: journal is not null);
        var clock = system.ActorOf(EmulationProps.Entity(Props.Create(() => new SlotClockActor(setup)), system, 0), "clock");
        var host = system.ActorOf(
            EmulationProps.Entity(Props.Create(() => new NodeHostActor(new NodeDescription("here", "", ""), plans, clock, learner)), system, 0), "host");
        system.ActorOf(Props.Create(() => new LostMessageActor(host)), "lost-messages");
        clock.Tell(new HostsSeen([new SeenHost("here", host, true)], []));
        var run = journal?.Run ?? new RunSpec("run", "", "", 1, options with { CheckpointEverySlots = 0, TwinJournal = false });
        var taken = journal?.Taken ?? [];
        var watcher = system.ActorOf(Props.Create(() => new RunObserverActor(clock, run, observer, taken, outcome, "the clock")), "observer");
        journal?.Hands?.Take(watcher);
        return new RunningEmulation(system, watcher, systemTwin, outcome.Task);
    }
}

/// <summary>Where a run in this process is written down.</summary>
/// <param name="Run">The run, as its journal shall know it, or knows it already.</param>
/// <param name="Settings">Of Akka's journal and snapshot store.</param>
/// <param name="Setup">What these settings need besides.</param>
/// <param name="Taken">Digests of the slots whose results are kept from an earlier life of the run, in order.</param>
public sealed record EmulationJournal(RunSpec Run, Config Settings, ActorSystemSetup Setup, IReadOnlyList<byte[]> Taken)
{
    /// <summary>Makes the run ready again once it was changed; null = it is not changed.</summary>
    public Func<RunSpec, PreparedRun>? Prepare { get; init; }

    /// <summary>Makes a change in it from a slot on, see <see cref="RunPlans"/>.</summary>
    public Func<RunSpec, RunChange, int, ChangedRun>? Change { get; init; }

    /// <summary>Can change it while it goes on; null = nobody does.</summary>
    public RunHands? Hands { get; init; }
}

/// <summary>A run that goes on in its own actor system.</summary>
internal sealed record RunningEmulation(ActorSystem System, IActorRef Observer, IActorRef SystemTwin, Task<RunOutcome> Outcome) : IDisposable
{
    public void StopAfterSlot() => Observer.Tell(new StopAfterSlot());

    public void Dispose() => System.Dispose();
}
