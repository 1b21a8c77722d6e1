namespace Diten.Model.Records;

/// <summary>Sums over the twins of one slot, and, added up, over the slots of a run (model.md §10); null in their place where twins are not measured.</summary>
/// <remarks><see cref="TwinTotalsTable"/> names every field: whatever adds them up, sends or prints them walks that table.</remarks>
public record struct TwinTotals
{
    /// <summary>Bytes of one sync as it is counted: server, sequence number, slot and tasks of 4 bytes each, c of 8, and whether it is whole of 1.</summary>
    public const int SyncBytes = 25;

    /// <summary>Twin-slots; each has one condition.</summary>
    public long Twins;
    /// <summary>Σ slots since the newest accepted sync, and Σ slots since what a twin published was last right.</summary>
    public long Age, IncorrectAge;
    /// <summary>Twin-slots by condition.</summary>
    public long InSync, Suspect, Desynchronised, Resynchronising;
    /// <summary>Resyncs: a twin that had asked took over a whole state; and Σ slots that it took.</summary>
    public long Resyncs, ResyncSlots;
    /// <summary>Syncs that servers sent, and what became of them. A second copy counts as duplicated, and nowhere else.</summary>
    public long SyncsSent, SyncsAccepted, SyncsLost, SyncsLate, SyncsDuplicated, SyncsRefused;
    /// <summary>Σ (published − true of the slot before), its absolute value, hertz, and Σ |published − true of the slot before|, tasks.</summary>
    public double FreeLag, FreeLagAbsolute, TasksLagAbsolute;
    /// <summary>Σ work left over that faults took away, seconds.</summary>
    public double QueueLost;

    /// <summary>Syncs that have been sent and have not arrived, where this sums up a run from its begin.</summary>
    public readonly long SyncsOnTheirWay => SyncsSent - SyncsAccepted - SyncsLost - SyncsRefused;

    public void Add(in TwinTotals other)
    {
        var addend = other;
        foreach (var count in TwinTotalsTable.Counts)
            count.Of(ref this) += count.Of(ref addend);
        foreach (var sum in TwinTotalsTable.Sums)
            sum.Of(ref this) += sum.Of(ref addend);
    }
}
