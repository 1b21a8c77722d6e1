using Diten.Model.Faults;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;

namespace Diten.Model.ServerTwins;

/// <summary>The rules of a server's digital twin (model.md §2, §10): what it believes, and what it publishes. How it takes syncs: <see cref="TwinSyncs"/>.</summary>
public static class ServerTwin
{
    /// <summary>The state after an event.</summary>
    public static ServerTwinState Apply(in ServerTwinState state, TwinEvent happened, TwinsSection twins) => happened switch
    {
        TwinSynchronized e => Accept(state, e.Sequence, e.Slot, e.FreeHertz, e.Tasks, twins),
        TwinResynchronized e => Accept(state, e.Sequence, e.Slot, e.FreeHertz, e.Tasks, twins),
        TwinDesynchronized => state with { Desynchronized = true },
        TwinCounted e => state with { Counted = state.Counted.Add(e.Slot, e.Change) },
        TruthShown e => state with { Shown = new ShownTruth(e.FreeHertz, e.Tasks) },
        TwinForgot e => ServerTwinState.Fresh(state.Server) with { SyncedSlot = e.Slot, FreeHertz = e.FreeHertz },
        _ => throw new ArgumentException($"A twin knows no event {happened.GetType().Name}.", nameof(happened)),
    };

    /// <summary>Counts what base stations decided.</summary>
    /// <param name="slot">The slot that goes on.</param>
    public static ServerTwinState Apply(in ServerTwinState state, ReportPlacements placements, int slot, Scenario scenario) =>
        LoadEstimator.Count(state, placements, slot, scenario);

    /// <summary>
    /// Ends a slot. Its changes are forgotten, since a new slot counts from the last accepted sync; a twin that reckons keeps those of slots after
    /// that one.
    /// </summary>
    /// <param name="happened">Receives what is kept.</param>
    public static ServerTwinState EndSlot(in ServerTwinState state, int slot, TwinsSection twins, List<TwinEvent> happened)
    {
        var ended = state with { Changes = 0, Late = PlacementChanges.None };
        if (twins.Load != TwinLoad.Reckoned)
            return ended;
        foreach (var late in state.Late.All)
            ended = Keep(ended, late, twins, happened);
        return Keep(ended, new SlotChange(slot, state.Changes), twins, happened);
    }

    /// <summary>What a crash makes of a twin that does not keep its state: the prior, as old as the crash; nothing happens where it is that already.</summary>
    /// <param name="since">First slot of the crash.</param>
    public static ServerTwinState Forget(in ServerTwinState state, int since, Scenario scenario, List<TwinEvent> happened)
    {
        if (state.Revision < 0 && state.Counted.IsEmpty && !state.Desynchronized)
            return state;
        var capacity = scenario.Servers.FrequencyHertz;
        var forgot = new TwinForgot(state.Revision < 0 ? state.SyncedSlot : since - 1, (capacity.Low + capacity.High) / 2);
        happened.Add(forgot);
        return Apply(state, forgot, scenario.Twins);
    }

    /// <summary>Takes what was true of the server in the slot that ends, for what the twin publishes as it is (<c>twins.exact</c>).</summary>
    /// <param name="happened">Receives that it was shown.</param>
    public static ServerTwinState Show(in ServerTwinState state, ShowTruth truth, TwinsSection twins, List<TwinEvent> happened)
    {
        var shown = new TruthShown(truth.FreeHertz, truth.Tasks);
        happened.Add(shown);
        return Apply(state, shown, twins);
    }

    /// <summary>How a twin stands to its server in a slot: the first that holds, resynchronising before desynchronised before suspect.</summary>
    public static TwinCondition ConditionOf(in ServerTwinState state, TwinsSection twins, int slot)
    {
        if (state.Desynchronized)
            return TwinCondition.Resynchronising;
        var age = slot - 1 - state.SyncedSlot;
        return state.Revision < 0 || age > twins.DesyncAgeSlots ? TwinCondition.Desynchronised
            : age > twins.SuspectAgeSlots ? TwinCondition.Suspect
            : TwinCondition.InSync;
    }

    /// <summary>What the base stations in reach are told for a slot before it begins, where there are no faults.</summary>
    public static TwinEstimate Publish(in ServerTwinState state, Scenario scenario, int slot) =>
        Publish(state, scenario, FaultPlan.None, slot - 1, -1);

    /// <summary>What the base stations in reach are told by a twin that lives.</summary>
    /// <param name="slot">The slot in which it publishes.</param>
    /// <param name="round">Decision round after which it publishes; −1 at the slot's end, for the next one.</param>
    /// <remarks>
    /// A frozen twin tells what it told for the slot in which it froze, and how old that is now: what moves with age stands still, and so do faults
    /// that distort what it tells.
    /// </remarks>
    public static TwinEstimate Publish(in ServerTwinState state, Scenario scenario, FaultPlan faults, int slot, int round)
    {
        var twins = scenario.Twins;
        var frozen = faults.TroubleOf(state.Server, slot).FrozenSince;
        var toldFor = round < 0 ? slot + 1 : slot;
        var age = Math.Max(0, (frozen < 0 ? toldFor : frozen) - 1 - state.SyncedSlot); // a skewed clock may have it look younger than new
        var (said, after) = frozen < 0 ? (slot, round) : (frozen - 1, -1);
        var (free, tasks) = faults.Distort(
            state.Server, said, after, CapacityEstimator.Predict(state, twins, age), LoadEstimator.Predict(state, twins, age));
        var whole = (int)Math.Floor(tasks + 0.5);
        return new TwinEstimate(
            state.Server, toldFor, state.Revision, Math.Max(0, toldFor - 1 - state.SyncedSlot), free, whole,
            twins.DeviationSource == DeviationSource.Injected ? InjectedDeviationHertz(scenario, state.Server, toldFor) : CapacityEstimator.Error(state, twins))
        {
            Round = round,
            TasksPart = tasks - whole,
            Changes = scenario.Decisions.Answers == AnswerUse.Use ? state.Changes : 0,
            SpreadHertz = CapacityEstimator.Spread(state, scenario, age),
            Condition = ConditionOf(state, twins, toldFor),
        };
    }

    /// <summary>What stations believe of a twin that tells nothing: what it told last, as old as it is by now.</summary>
    /// <param name="slot">The slot in which they do.</param>
    public static TwinEstimate Silent(in ServerTwinState state, TwinEstimate told, TwinsSection twins, int slot) => told with
    {
        Slot = slot,
        Round = -1,
        AgeSlots = told.AgeSlots + slot - told.Slot,
        Condition = ConditionOf(state, twins, slot),
    };

    /// <summary>f̂ of a server and slot where the scenario injects it: a normal draw, the same for server and twin; hertz.</summary>
    public static double InjectedDeviationHertz(Scenario scenario, int server, int slot) =>
        scenario.Twins.DeviationMeanHertz
        + scenario.Twins.DeviationStandardDeviationHertz * RandomStreams.Normal(scenario.Seed, server, slot, Purpose.Deviation);

    private static ServerTwinState Keep(in ServerTwinState state, SlotChange change, TwinsSection twins, List<TwinEvent> happened)
    {
        if (change.Change == 0 || change.Slot <= state.SyncedSlot)
            return state;
        var counted = new TwinCounted(change.Slot, change.Change);
        happened.Add(counted);
        return Apply(state, counted, twins);
    }

    private static ServerTwinState Accept(
        in ServerTwinState state, int sequence, int slot, double freeHertz, int tasks, TwinsSection twins)
    {
        var first = state.Revision < 0;
        var slots = Math.Max(1, slot - state.SyncedSlot);
        var remembers = CapacityEstimator.Remembers(twins) || LoadEstimator.Remembers(twins);
        var synced = LoadEstimator.Update(state, slot, tasks, first, twins) with
        {
            Revision = sequence,
            SyncedSlot = slot,
            Desynchronized = false,
            Readings = remembers ? (first ? 0 : state.Readings) + 1 : 0,
        };
        return CapacityEstimator.Update(synced, freeHertz, first, twins, slots);
    }
}
