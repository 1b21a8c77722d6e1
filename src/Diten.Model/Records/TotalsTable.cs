using Diten.Model.Scenarios.Keys;

namespace Diten.Model.Records;

/// <summary>Where a total is.</summary>
public delegate ref T FieldOf<T>(ref SlotTotals totals)
    where T : struct;

/// <summary>One of the sums that <see cref="SlotTotals"/> holds.</summary>
/// <param name="Name">snake_case: of its column in tables, and of its field on the wire.</param>
/// <param name="Unit">In words, for people.</param>
/// <param name="Meaning">What is counted or summed up.</param>
/// <param name="Of">Where it is.</param>
public sealed record Total<T>(string Name, string Unit, string Meaning, FieldOf<T> Of)
    where T : struct
{
    /// <summary>Whether tables have it only of runs in which twins are measured (model.md §10): elsewhere it is 0.</summary>
    public bool OnlyMeasured { get; init; }
}

/// <summary>All that <see cref="SlotTotals"/> holds, in the order of the wire. A new total is a field there and a row here.</summary>
public static class TotalsTable
{
    private static readonly Total<long>[] AllOutcomes =
    [
        new("in_time", "tasks", "Tasks with T_glob ≤ γ", (ref SlotTotals t) => ref t.InTime),
        new("late", "tasks", "Tasks completed after their deadline: failed", (ref SlotTotals t) => ref t.Late),
        new("uncovered", "tasks", "Tasks of devices out of everybody's coverage: failed, no latency", (ref SlotTotals t) => ref t.Uncovered),
        new("lost", "tasks", "Tasks whose server was down: failed, no latency (model.md §10)", (ref SlotTotals t) => ref t.Lost) { OnlyMeasured = true },
    ];

    private static readonly Total<long>[] AllCounts =
    [
        new("devices", "device-slots", "Devices of the slot: in_time + late + uncovered + lost", (ref SlotTotals t) => ref t.Devices),
        .. AllOutcomes,
        new("migrations", "migrations", "Device-slots with h_t = 1, eq. (3)", (ref SlotTotals t) => ref t.Migrations),
        new("migration_opportunities", "device-slots", "Device-slots that are not the first of a journey", (ref SlotTotals t) => ref t.MigrationOpportunities),
        new("hand_overs", "hand-overs", "Devices that move to where another station serves them in the next slot; jumps to the next recorded journey do not count",
            (ref SlotTotals t) => ref t.HandOvers),
        new("queries_without_twins", "queries", "Queries for server state, one per candidate", (ref SlotTotals t) => ref t.QueriesWithoutTwins),
        new("queries_with_twins", "queries", "Queries for server state, one per distinct twin host", (ref SlotTotals t) => ref t.QueriesWithTwins),
        new("server_queries", "queries", "Queries to servers themselves, where their twins were suspect (model.md §10)", (ref SlotTotals t) => ref t.ServerQueries) { OnlyMeasured = true },
        new("regret_tasks", "tasks", "Tasks whose regret was measured", (ref SlotTotals t) => ref t.RegretTasks) { OnlyMeasured = true },
        new("regret_wrong", "tasks", "Tasks with a regret of more than 1 ms", (ref SlotTotals t) => ref t.RegretWrong) { OnlyMeasured = true },
        new("regret_tasks_age_0", "tasks", "Tasks whose regret was measured, chosen twin of age 0", (ref SlotTotals t) => ref t.RegretTasksAge0) { OnlyMeasured = true },
        new("regret_tasks_age_3", "tasks", "The same, of age 1 to 3", (ref SlotTotals t) => ref t.RegretTasksAge3) { OnlyMeasured = true },
        new("regret_tasks_age_10", "tasks", "The same, of age 4 to 10", (ref SlotTotals t) => ref t.RegretTasksAge10) { OnlyMeasured = true },
        new("regret_tasks_older", "tasks", "The same, older than 10", (ref SlotTotals t) => ref t.RegretTasksOlder) { OnlyMeasured = true },
        new("chosen_age", "slots", "Σ age of the chosen twin over tasks whose regret was measured", (ref SlotTotals t) => ref t.ChosenAge) { OnlyMeasured = true },
    ];

    private static readonly Total<double>[] AllSums =
    [
        new("latency", "s", "Σ T_glob", (ref SlotTotals t) => ref t.Latency),
        new("latency_capped", "s", "Σ min(T_glob, γ)", (ref SlotTotals t) => ref t.LatencyCapped),
        new("uplink", "s", "Σ T_u, eq. (5)", (ref SlotTotals t) => ref t.Uplink),
        new("propagation", "s", "Σ T_p, eq. (7)", (ref SlotTotals t) => ref t.Propagation),
        new("queueing", "s", "Σ time in a server's queue (fifo)", (ref SlotTotals t) => ref t.Queueing),
        new("computation", "s", "Σ T_cmp, eq. (10)", (ref SlotTotals t) => ref t.Computation),
        new("outage", "s", "Σ delay by moving a service", (ref SlotTotals t) => ref t.Outage),
        new("prediction_error", "s", "Σ (predicted − actual T_glob)", (ref SlotTotals t) => ref t.PredictionError),
        new("prediction_absolute_error", "s", "Σ |predicted − actual T_glob|", (ref SlotTotals t) => ref t.PredictionAbsoluteError),
        new("reward", "1", "Σ R_t, eq. (16); uncovered tasks left out", (ref SlotTotals t) => ref t.Reward),
        new("deficit_queue", "units of 𝒞", "Σ Q(t + 1), eq. (12)", (ref SlotTotals t) => ref t.DeficitQueue),
        new("regret", "s", "Σ regret: T_glob less the least that any candidate would have given, all else as it was (model.md §10)", (ref SlotTotals t) => ref t.Regret) { OnlyMeasured = true },
        new("regret_age_0", "s", "Σ regret, chosen twin of age 0", (ref SlotTotals t) => ref t.RegretAge0) { OnlyMeasured = true },
        new("regret_age_3", "s", "Σ regret, of age 1 to 3", (ref SlotTotals t) => ref t.RegretAge3) { OnlyMeasured = true },
        new("regret_age_10", "s", "Σ regret, of age 4 to 10", (ref SlotTotals t) => ref t.RegretAge10) { OnlyMeasured = true },
        new("regret_older", "s", "Σ regret, older than 10", (ref SlotTotals t) => ref t.RegretOlder) { OnlyMeasured = true },
    ];

    /// <summary>How a device-slot can end.</summary>
    public static ReadOnlySpan<Total<long>> Outcomes => AllOutcomes;

    /// <summary>Device-slots, their outcomes, and what else is counted.</summary>
    public static ReadOnlySpan<Total<long>> Counts => AllCounts;

    /// <summary>What is summed up.</summary>
    public static ReadOnlySpan<Total<double>> Sums => AllSums;
}
