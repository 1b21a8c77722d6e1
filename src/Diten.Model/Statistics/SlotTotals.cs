namespace Diten.Model.Statistics;

/// <summary>Sums over the device-slots of one station and slot, and, added up in the order of station ids, of anything larger.</summary>
/// <remarks>Latency sums leave uncovered tasks out; all times in seconds, costs in units of 𝒞.</remarks>
public record struct SlotTotals
{
    /// <summary>Device-slots; equals InTime + Late + Uncovered.</summary>
    public long Devices;
    public long InTime, Late, Uncovered;
    /// <summary>Migrations, h_t = 1, and device-slots in which one could be counted (not the first of a journey).</summary>
    public long Migrations, MigrationOpportunities;
    /// <summary>Devices that move to another station in the next slot; one that jumps to the next recorded journey does not move.</summary>
    public long HandOvers;
    /// <summary>Server-state queries of Fig. 9: one a candidate without twins, one a distinct twin host with them.</summary>
    public long QueriesWithoutTwins, QueriesWithTwins;
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

    public void Add(in SlotTotals other)
    {
        Devices += other.Devices;
        (InTime, Late, Uncovered) = (InTime + other.InTime, Late + other.Late, Uncovered + other.Uncovered);
        (Migrations, MigrationOpportunities) = (Migrations + other.Migrations, MigrationOpportunities + other.MigrationOpportunities);
        HandOvers += other.HandOvers;
        QueriesWithoutTwins += other.QueriesWithoutTwins;
        QueriesWithTwins += other.QueriesWithTwins;
        Latency += other.Latency;
        LatencyCapped += other.LatencyCapped;
        Uplink += other.Uplink;
        Propagation += other.Propagation;
        Queueing += other.Queueing;
        Computation += other.Computation;
        Outage += other.Outage;
        PredictionError += other.PredictionError;
        PredictionAbsoluteError += other.PredictionAbsoluteError;
        Reward += other.Reward;
        DeficitQueue += other.DeficitQueue;
    }
}
