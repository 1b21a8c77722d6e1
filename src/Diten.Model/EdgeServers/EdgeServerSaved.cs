using Diten.Model.Faults;
using Diten.Model.ServerTwins;

namespace Diten.Model.EdgeServers;

/// <summary>All that an edge server remembers between two slots, for a checkpoint.</summary>
/// <param name="Services">Slots served so far, for each device whose service lives here, ascending by device id.</param>
public sealed record EdgeServerSaved(
    int Server, double Background, double CarriedSeconds, IReadOnlyList<ServiceState> Services, int NextSync, bool ResyncDue)
{
    /// <summary>While <see cref="ResyncDue"/>: sequence number of the first whole sync since the twin asked.</summary>
    public int FirstWhole { get; init; }

    /// <summary>What the twin was told last; where syncs are sent on change, else nothing.</summary>
    public ToldState LastTold { get; init; }

    /// <summary>What the server was like in the last slot; where it can be asked, else nothing.</summary>
    public ToldState LastSlot { get; init; }

    /// <summary>Syncs on their way, in the order of sending: beside the server's state, since no fault of it takes them away.</summary>
    public IReadOnlyList<InTransit<SynchronizeTwin>> Syncs { get; init; } = [];
}

/// <summary>What a server was like in a slot, as it tells it.</summary>
/// <param name="FreeHertz">c, hertz.</param>
/// <param name="Tasks">Tasks that were sent there.</param>
public readonly record struct ToldState(int Slot, double FreeHertz, int Tasks);
