namespace Diten.Model.ServerTwins;

/// <summary>What the digital twin of one edge server believes, 𝒟_i of eq. (1). Immutable.</summary>
public readonly record struct ServerTwinState
{
    private readonly PlacementChanges? _counted, _late; // null = none, so that a state is equal to itself however it was made

    public int Server { get; init; }
    /// <summary>Sequence number of the last accepted sync; −1 before the first, and after a crash in which the twin forgot.</summary>
    public int Revision { get; init; }
    /// <summary>Slot that the last accepted sync reported; where it forgot, the slot before the crash.</summary>
    public int SyncedSlot { get; init; }
    /// <summary>Free capacity c as of the last accepted sync: estimated, or for mean-reverting as it was read; hertz.</summary>
    public double FreeHertz { get; init; }
    /// <summary>The estimator's own error, true minus estimated, hertz (0 for last-value, mean-reverting and mean).</summary>
    public double ErrorHertz { get; init; }
    /// <summary>Variance of the estimate when it was last synced, Hz² (kalman only).</summary>
    public double VarianceSquareHertz { get; init; }
    /// <summary>Tasks there, as last synced.</summary>
    public int SyncedTasks { get; init; }
    /// <summary>Placements less departures of this slot that base stations reported.</summary>
    public int Changes { get; init; }
    /// <summary>A sync was missed, and a full one was asked for.</summary>
    public bool Desynchronized { get; init; }
    /// <summary>Accepted syncs since the twin knows of its server (mean-reverting, aged and mean only).</summary>
    public int Readings { get; init; }
    /// <summary>Sum of the free capacities that they told, hertz (mean-reverting and mean only).</summary>
    public double FreeHertzSum { get; init; }
    /// <summary>Sum of the tasks that they told (aged and mean only).</summary>
    public long TasksSum { get; init; }

    /// <summary>What was true of the server in the slot before; null unless <c>twins.exact</c> has it shown.</summary>
    public ShownTruth? Shown { get; init; }

    /// <summary>Changes of slots after the synced one that were reported in the slots before this one (reckoned only).</summary>
    public PlacementChanges Counted
    {
        get => _counted ?? PlacementChanges.None;
        init => _counted = value.IsEmpty ? null : value;
    }

    /// <summary>Changes of earlier slots that were reported in this one (reckoned only); none between two slots.</summary>
    internal PlacementChanges Late
    {
        get => _late ?? PlacementChanges.None;
        init => _late = value.IsEmpty ? null : value;
    }

    /// <summary>A twin that has not heard of its server yet.</summary>
    public static ServerTwinState Fresh(int server) => new() { Server = server, Revision = -1, SyncedSlot = -1 };

    /// <summary>Tasks there as far as the twin knows: last synced plus the changes that it counts, at least 0 (model.md §2).</summary>
    public int Tasks => Math.Max(0, unchecked(SyncedTasks + (_counted?.Sum ?? 0) + (_late?.Sum ?? 0) + Changes));
}
