namespace Diten.Model.ServerTwins;

/// <summary>What the digital twin of one edge server believes, 𝒟_i of eq. (1). Immutable.</summary>
public readonly record struct ServerTwinState
{
    public int Server { get; init; }
    /// <summary>Sequence number of the last accepted sync; −1 before the first.</summary>
    public int Revision { get; init; }
    /// <summary>Slot that the last accepted sync reported.</summary>
    public int SyncedSlot { get; init; }
    /// <summary>Estimated free capacity c, hertz.</summary>
    public double FreeHertz { get; init; }
    /// <summary>The estimator's own error, true minus estimated, hertz (0 for last-value).</summary>
    public double ErrorHertz { get; init; }
    /// <summary>Variance of the estimate, Hz² (kalman only).</summary>
    public double VarianceSquareHertz { get; init; }
    /// <summary>Tasks there, as last synced.</summary>
    public int SyncedTasks { get; init; }
    /// <summary>Placements less departures that base stations reported in this slot.</summary>
    public int Changes { get; init; }
    /// <summary>A sync was missed, and a full one was asked for.</summary>
    public bool Desynchronized { get; init; }

    /// <summary>A twin that has not heard of its server yet.</summary>
    public static ServerTwinState Fresh(int server) => new() { Server = server, Revision = -1, SyncedSlot = -1 };

    /// <summary>Tasks there as far as the twin knows: last synced plus the changes of this slot, at least 0 (model.md §2).</summary>
    public int Tasks => Math.Max(0, SyncedTasks + Changes);
}
