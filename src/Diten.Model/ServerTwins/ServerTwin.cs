using Diten.Model.Randomness;
using Diten.Model.Scenarios;

namespace Diten.Model.ServerTwins;

/// <summary>The rules of a server's digital twin (model.md §2). It never guesses: what it missed, it asks for.</summary>
public static class ServerTwin
{
    /// <summary>Accepts the next sync, ignores an old one, asks for a full one where some are missing.</summary>
    public static TwinDecision Decide(in ServerTwinState state, SynchronizeTwin sync)
    {
        if (sync.Sequence <= state.Revision)
            return default;
        if (sync.Full)
            return new(new TwinResynchronized(sync.Sequence, sync.Slot, sync.FreeHertz, sync.Tasks), null);
        if (sync.Sequence == state.Revision + 1)
            return new(new TwinSynchronized(sync.Sequence, sync.Slot, sync.FreeHertz, sync.Tasks), null);
        var missing = state.Revision + 1;
        return new(state.Desynchronized ? null : new TwinDesynchronized(missing), new ResyncRequested(state.Server, missing));
    }

    /// <summary>The state after an event.</summary>
    public static ServerTwinState Apply(in ServerTwinState state, TwinEvent happened, TwinsSection twins) => happened switch
    {
        TwinSynchronized e => Accept(state, e.Sequence, e.Slot, e.FreeHertz, e.Tasks, twins),
        TwinResynchronized e => Accept(state, e.Sequence, e.Slot, e.FreeHertz, e.Tasks, twins),
        TwinDesynchronized => state with { Desynchronized = true },
        _ => throw new ArgumentException($"A twin knows no event {happened.GetType().Name}.", nameof(happened)),
    };

    /// <summary>Counts what a base station decided in this slot.</summary>
    public static ServerTwinState Apply(in ServerTwinState state, ReportPlacements placements) =>
        state with { Changes = state.Changes + placements.Change };

    /// <summary>Forgets the changes of the slot that ended: a new slot counts from the last accepted sync.</summary>
    public static ServerTwinState EndSlot(in ServerTwinState state) => state with { Changes = 0 };

    /// <summary>What the base stations in reach are told for a slot.</summary>
    public static TwinEstimate Publish(in ServerTwinState state, Scenario scenario, int slot) => new(
        state.Server, slot, state.Revision, slot - 1 - state.SyncedSlot, state.FreeHertz, state.Tasks,
        scenario.Twins.DeviationSource == DeviationSource.Injected
            ? InjectedDeviationHertz(scenario, state.Server, slot)
            : state.ErrorHertz);

    /// <summary>f̂ of a server and slot where the scenario injects it: a normal draw, the same for server and twin; hertz.</summary>
    public static double InjectedDeviationHertz(Scenario scenario, int server, int slot) =>
        scenario.Twins.DeviationMeanHertz
        + scenario.Twins.DeviationStandardDeviationHertz * RandomStreams.Normal(scenario.Seed, server, slot, Purpose.Deviation);

    private static ServerTwinState Accept(
        in ServerTwinState state, int sequence, int slot, double freeHertz, int tasks, TwinsSection twins)
    {
        var synced = state with { Revision = sequence, SyncedSlot = slot, SyncedTasks = tasks, Desynchronized = false };
        return CapacityEstimator.Update(synced, freeHertz, first: state.Revision < 0, twins);
    }
}
