namespace Diten.Model.Records;

/// <summary>Where a total of twins is.</summary>
public delegate ref T TwinFieldOf<T>(ref TwinTotals totals)
    where T : struct;

/// <summary>One of the sums that <see cref="TwinTotals"/> holds.</summary>
/// <param name="Name">snake_case: of its column in the table of slots.</param>
/// <param name="Unit">In words, for people.</param>
/// <param name="Meaning">What is counted or summed up.</param>
/// <param name="Of">Where it is.</param>
public sealed record TwinTotal<T>(string Name, string Unit, string Meaning, TwinFieldOf<T> Of)
    where T : struct;

/// <summary>All that <see cref="TwinTotals"/> holds, in the order of the wire: what is new goes to the end of its list.</summary>
public static class TwinTotalsTable
{
    private static readonly TwinTotal<long>[] AllCounts =
    [
        new("twins", "twins", "Twins: in_sync + suspect + desynchronised + resynchronising", (ref TwinTotals t) => ref t.Twins),
        new("twin_age_sum_slots", "slots", "Σ slots since the newest accepted sync; 0 = in sync", (ref TwinTotals t) => ref t.Age),
        new("twin_incorrect_age_sum_slots", "slots", "Σ slots since what was published was last right: c within 5 %, tasks within ½ of the slot before",
            (ref TwinTotals t) => ref t.IncorrectAge),
        new("twins_in_sync", "twins", "Twins in sync, as they published it", (ref TwinTotals t) => ref t.InSync),
        new("twins_suspect", "twins", "Twins older than twins.suspect-age", (ref TwinTotals t) => ref t.Suspect),
        new("twins_desynchronised", "twins", "Twins older than twins.desync-age, or that forgot in a crash", (ref TwinTotals t) => ref t.Desynchronised),
        new("twins_resynchronising", "twins", "Twins that have asked for a whole state", (ref TwinTotals t) => ref t.Resynchronising),
        new("resyncs", "resyncs", "Whole states that a twin took over after it had asked", (ref TwinTotals t) => ref t.Resyncs),
        new("resync_slots", "slots", "Σ slots from the asking to the taking over of these", (ref TwinTotals t) => ref t.ResyncSlots),
        new("syncs_sent", "syncs", "Syncs that servers sent", (ref TwinTotals t) => ref t.SyncsSent),
        new("syncs_accepted", "syncs", "Syncs that twins took over", (ref TwinTotals t) => ref t.SyncsAccepted),
        new("syncs_lost", "syncs", "Syncs of this slot that never arrive", (ref TwinTotals t) => ref t.SyncsLost),
        new("syncs_late", "syncs", "Syncs of this slot that are delayed", (ref TwinTotals t) => ref t.SyncsLate),
        new("syncs_duplicated", "syncs", "Syncs of this slot that are delivered twice", (ref TwinTotals t) => ref t.SyncsDuplicated),
        new("syncs_refused", "syncs", "Syncs that arrived broken, too late to be of use, or where nobody listened", (ref TwinTotals t) => ref t.SyncsRefused),
    ];

    private static readonly TwinTotal<double>[] AllSums =
    [
        new("twin_free_lag_sum_hertz", "Hz", "Σ (published free capacity − true one of the slot before)", (ref TwinTotals t) => ref t.FreeLag),
        new("twin_free_lag_absolute_sum_hertz", "Hz", "Σ |published free capacity − true one of the slot before|", (ref TwinTotals t) => ref t.FreeLagAbsolute),
        new("twin_tasks_lag_absolute_sum", "tasks", "Σ |published tasks − true ones of the slot before|", (ref TwinTotals t) => ref t.TasksLagAbsolute),
        new("queue_lost_seconds", "s", "Σ work left over that faults took away", (ref TwinTotals t) => ref t.QueueLost),
    ];

    /// <summary>What is counted.</summary>
    public static ReadOnlySpan<TwinTotal<long>> Counts => AllCounts;

    /// <summary>What is summed up.</summary>
    public static ReadOnlySpan<TwinTotal<double>> Sums => AllSums;
}
