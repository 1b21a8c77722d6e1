using Diten.Model.Faults;
using Diten.Model.ServerTwins;

namespace Diten.Model.EdgeServers;

/// <summary>What a server tells a station that asks it itself, since the twin is suspect (model.md §10, <c>decisions.on-desync = query</c>).</summary>
public static class ServerAnswers
{
    /// <summary>Counts what stations decided in this slot. No fault of a link strikes these reports.</summary>
    public static void Apply(EdgeServerState state, ReportPlacements placements) => state.Changes += placements.Change;

    /// <summary>What the server answers in a slot: c and tasks of the slot before, and this slot's changes; null where it is down then.</summary>
    public static ServerAnswer? Of(EdgeServerState state, FaultPlan faults, int slot) => faults.IsDown(EntityKind.Server, state.Server, slot)
        ? null
        : new ServerAnswer(state.Server, slot, state.LastSlot.FreeHertz, Math.Max(0, state.LastSlot.Tasks + state.Changes));
}
