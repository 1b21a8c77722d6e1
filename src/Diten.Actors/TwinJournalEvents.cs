using Diten.Model.ServerTwins;

namespace Diten.Actors;

/// <summary>All that happened to the twins of a zone in one slot, and what was true of its servers: one event of the journal, even if empty.</summary>
/// <param name="Slot">The slot; −1 for what came before the run.</param>
/// <param name="Twins">In the order of server ids, and of each server in the order in which it happened.</param>
/// <param name="Servers">In the order of server ids; empty for slot −1.</param>
public sealed record TwinSlotCommitted(int Zone, int Slot, IReadOnlyList<TwinHappening> Twins, IReadOnlyList<ServerTruth> Servers);

/// <summary>An event of one twin.</summary>
public readonly record struct TwinHappening(int Server, TwinEvent Event);

/// <summary>What was true of a server in a slot.</summary>
public readonly record struct ServerTruth(int Server, double FreeHertz, int Tasks);

/// <summary>Snapshot of a zone's twins, so that recovery need not begin at the first slot.</summary>
/// <param name="Slot">The slot that comes next.</param>
public sealed record TwinsSaved(int Zone, int Slot, IReadOnlyList<ServerTwinState> Twins);
