using Diten.Model.ServerTwins;

namespace Diten.Actors;

/// <summary>All that happened to the twins of a zone in one slot, and what was true of its servers: one event of the journal, even if empty.</summary>
/// <param name="Slot">The slot; −1 for what came before the run.</param>
/// <param name="Twins">In the order of server ids, and of each server in the order in which it happened.</param>
/// <param name="Servers">In the order of server ids; empty for slot −1.</param>
public sealed record TwinSlotCommitted(int Zone, int Slot, IReadOnlyList<TwinHappening> Twins, IReadOnlyList<ServerTruth> Servers)
{
    /// <summary>Of the run that it belongs to: <see cref="RunSpec.Mark"/>; 0 where an older build wrote it.</summary>
    public ulong RunMark { get; init; }

    /// <summary>Whether the same happened, to the bit.</summary>
    public bool SameAs(TwinSlotCommitted other) =>
        Zone == other.Zone && Slot == other.Slot && Twins.SequenceEqual(other.Twins) && Servers.SequenceEqual(other.Servers);

    /// <summary>The first server for which not the same happened; null = none.</summary>
    public int? FirstDifference(TwinSlotCommitted other)
    {
        var servers = Twins.Except(other.Twins).Concat(other.Twins.Except(Twins)).Select(twin => twin.Server)
            .Concat(Servers.Except(other.Servers).Concat(other.Servers.Except(Servers)).Select(server => server.Server));
        return servers.Cast<int?>().Min();
    }
}

/// <summary>A slot that was run again gave something else than the first time: the same scenario and seed did not give the same bits.</summary>
internal sealed class NotDeterministicException(int slot, int? server) : Exception(
    $"Slot {slot} was run again and gave something else than before{(server is { } id ? $", first at server {id}" : "")}: Diten is not deterministic here. "
    + "That is an error in Diten, or the nodes' CPUs compute differently.");

/// <summary>An event of one twin.</summary>
public readonly record struct TwinHappening(int Server, TwinEvent Event);

/// <summary>What was true of a server in a slot.</summary>
public readonly record struct ServerTruth(int Server, double FreeHertz, int Tasks);

/// <summary>Snapshot of a zone's twins, so that recovery need not begin at the first slot.</summary>
/// <param name="Slot">The slot that comes next.</param>
public sealed record TwinsSaved(int Zone, int Slot, IReadOnlyList<ServerTwinState> Twins)
{
    /// <summary>Of the run that it belongs to: <see cref="RunSpec.Mark"/>.</summary>
    public ulong RunMark { get; init; }
}
