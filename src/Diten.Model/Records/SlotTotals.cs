using Diten.Model.Offloading;
using Diten.Model.Radio;

namespace Diten.Model.Records;

/// <summary>Sums over the device-slots of one station and slot, and, added up in the order of station ids, of anything larger.</summary>
/// <remarks>
/// Latency sums leave uncovered tasks out; all times in seconds, costs in units of 𝒞. <see cref="TotalsTable"/> names every field: whatever adds
/// totals up, sends or prints them walks that table.
/// </remarks>
public record struct SlotTotals
{
    /// <summary>Device-slots; each has one outcome: <see cref="TotalsTable.Outcomes"/>.</summary>
    public long Devices;
    public long InTime, Late, Uncovered, Lost;
    /// <summary>Migrations, h_t = 1, and device-slots in which one could be counted (not the first of a journey).</summary>
    public long Migrations, MigrationOpportunities;
    /// <summary>Devices that move to another station in the next slot; one that jumps to the next recorded journey does not move.</summary>
    public long HandOvers;
    /// <summary>Server-state queries of Fig. 9: one a candidate without twins, one a distinct twin host with them.</summary>
    public long QueriesWithoutTwins, QueriesWithTwins;
    /// <summary>Queries to servers themselves about which stations had doubts (model.md §10).</summary>
    public long ServerQueries;
    /// <summary>Tasks whose regret was measured, those with more than 1 ms of it, and all of them by age of the chosen twin: 0, 1–3, 4–10, more.</summary>
    public long RegretTasks, RegretWrong, RegretTasksAge0, RegretTasksAge3, RegretTasksAge10, RegretTasksOlder;
    /// <summary>Σ age of the chosen twin over tasks whose regret was measured, slots.</summary>
    public long ChosenAge;
    /// <summary>Σ regret, and by age of the chosen twin; seconds.</summary>
    public double Regret, RegretAge0, RegretAge3, RegretAge10, RegretOlder;
    /// <summary>Σ T_glob, Σ min(T_glob, γ), and the parts of T_glob; seconds.</summary>
    public double Latency, LatencyCapped, Uplink, Propagation, Queueing, Computation, Outage;
    /// <summary>Σ (predicted − actual T_glob) and Σ |predicted − actual|, seconds.</summary>
    public double PredictionError, PredictionAbsoluteError;
    /// <summary>Σ R_t (16); uncovered tasks left out.</summary>
    public double Reward;
    /// <summary>Σ Q(t + 1), after the slot.</summary>
    public double DeficitQueue;

    /// <summary>Completed tasks: those that a mean latency is over.</summary>
    public readonly long Completed => InTime + Late;

    /// <summary>Outcomes that were counted; equals <see cref="Devices"/> where each device-slot had one.</summary>
    public readonly long Outcomes
    {
        get
        {
            var (all, sum) = (this, 0L);
            foreach (var outcome in TotalsTable.Outcomes)
                sum += outcome.Of(ref all);
            return sum;
        }
    }

    public void Add(in SlotTotals other)
    {
        var addend = other;
        foreach (var count in TotalsTable.Counts)
            count.Of(ref this) += count.Of(ref addend);
        foreach (var sum in TotalsTable.Sums)
            sum.Of(ref this) += sum.Of(ref addend);
    }
}
