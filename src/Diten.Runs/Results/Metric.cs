using Diten.Actors;
using Diten.Model.Records;

namespace Diten.Runs.Results;

/// <summary>What a metric is taken from: the sums of some slots, and, of a whole run, what came of it.</summary>
/// <param name="UtilisationMean">Mean over servers and slots; NaN where only sums are at hand.</param>
/// <param name="Twins">Sums over the twins; null where they are not measured.</param>
public readonly record struct Measured(SlotTotals Total, double UtilisationMean = double.NaN, RunOutcome? Run = null, TwinTotals? Twins = null)
{
    /// <summary>A run that ended.</summary>
    public static Measured Of(RunOutcome run) => new(run.Total, run.UtilisationMean, run, run.Twins?.Total);
}

/// <summary>A figure of a run: <c>summary.json</c>, tables, comparisons and progress walk <see cref="All"/>, so that a new one is one row there.</summary>
/// <param name="Name">Its place in <c>summary.json</c>: of a nested object where there is a dot.</param>
/// <param name="Unit">SI; 1 = a mere number.</param>
/// <param name="Meaning">What it is, with the equation's number where there is one.</param>
/// <param name="Display">How people see it.</param>
/// <param name="Of">Takes it out of what was measured; NaN where nothing was.</param>
public sealed record Metric(string Name, string Unit, string Meaning, Display Display, Func<Measured, double> Of)
{
    /// <summary>Its column in the table of slots; null where that has what it is made of.</summary>
    public string? SlotColumn { get; private init; }

    /// <summary>Whether only runs tell it in which twins are measured (model.md §10); others have no such key, and no such row.</summary>
    public bool OnlyMeasured { get; private init; }

    /// <summary>The mean of T_glob.</summary>
    public static Metric Latency { get; } = Mean("latency.mean", "s", "Mean T_glob of completed tasks", new("latency, ms", 1e3, 2), t => t.Latency, "latency_mean_seconds");

    /// <summary>The mean of T_glob, no more than its deadline counted of any.</summary>
    public static Metric LatencyCapped { get; } = Mean("latency.meanCapped", "s", "Mean of min(T_glob, γ)", new("capped, ms", 1e3, 2), t => t.LatencyCapped, "latency_capped_mean_seconds");

    /// <summary>Mean of T_u.</summary>
    public static Metric Uplink { get; } = Mean("latency.uplinkMean", "s", "Mean T_u, eq. (5)", new("uplink, ms", 1e3, 2), t => t.Uplink, "uplink_mean_seconds");

    /// <summary>Share of device-slots without a result in time.</summary>
    public static Metric FailureRate { get; } = new("failureRate", "share", "(late + uncovered + lost) / devices", new("failed", 1, 4),
        m => (double)(m.Total.Late + m.Total.Uncovered + m.Total.Lost) / m.Total.Devices)
    { SlotColumn = "failure_rate" };

    /// <summary>Migrations per slot that is not the first of a journey.</summary>
    public static Metric MigrationRate { get; } = new("migrationRate", "share", "Migrations / device-slots that are not the first of a journey",
        new("migrated", 1, 4), m => (double)m.Total.Migrations / m.Total.MigrationOpportunities);

    /// <summary>The mean of eq. (16), which a policy makes as large as it can.</summary>
    public static Metric Reward { get; } = Mean("rewardPerSlot", "1", "Mean R_t, eq. (16); uncovered tasks left out", new("reward/slot", 1, 3), t => t.Reward, "reward_mean");

    /// <summary>Quantiles of T_glob, to 0.8 %.</summary>
    public static Metric Median { get; } = Quantile("latency.p50", 0.5, "median, ms");

    /// <inheritdoc cref="Median"/>
    public static Metric Latency95 { get; } = Quantile("latency.p95", 0.95, "95 %, ms");

    /// <inheritdoc cref="Median"/>
    public static Metric Latency99 { get; } = Quantile("latency.p99", 0.99, "99 %, ms");

    /// <summary>Mean of T_p.</summary>
    public static Metric Propagation { get; } = Mean("latency.propagationMean", "s", "Mean T_p, eq. (7)", new("propagation, ms", 1e3, 2), t => t.Propagation, "propagation_mean_seconds");

    /// <summary>Mean wait in a server's queue.</summary>
    public static Metric Queueing { get; } = Mean("latency.queueingMean", "s", "Mean time in a server's queue (fifo)", new("queueing, ms", 1e3, 2), t => t.Queueing, "queueing_mean_seconds");

    /// <summary>Mean of T_cmp.</summary>
    public static Metric Computation { get; } = Mean("latency.computationMean", "s", "Mean T_cmp, eq. (10)", new("computation, ms", 1e3, 2), t => t.Computation, "computation_mean_seconds");

    /// <summary>Mean delay by migrations.</summary>
    public static Metric Outage { get; } = Mean("latency.outageMean", "s", "Mean delay by moving a service", new("outage, ms", 1e3, 2), t => t.Outage, "outage_mean_seconds");

    /// <summary>Share of device-slots out of coverage.</summary>
    public static Metric UncoveredRate { get; } = PerDevice("uncoveredRate", "share", "Uncovered / devices", new("uncovered", 1, 4), t => t.Uncovered);

    /// <summary>Share of device-slots after which the device has moved to another station.</summary>
    public static Metric HandoverRate { get; } = PerDevice("handoverRate", "share", "Hand-overs / device-slots", new("handed over", 1, 4), t => t.HandOvers);

    /// <summary>Mean of predicted less actual T_glob.</summary>
    public static Metric PredictionError { get; } = Mean("prediction.errorMean", "s", "Mean of predicted − actual T_glob", new("prediction error, ms", 1e3, 2), t => t.PredictionError, "prediction_error_mean_seconds");

    /// <summary>Mean absolute value of predicted less actual T_glob.</summary>
    public static Metric PredictionAbsoluteError { get; } = Mean("prediction.absoluteErrorMean", "s", "Mean of \\|predicted − actual T_glob\\|", new("prediction |error|, ms", 1e3, 2), t => t.PredictionAbsoluteError,
        "prediction_absolute_error_mean_seconds");

    /// <summary>Mean Q after the last slot.</summary>
    public static Metric FinalQueue { get; } = new("deficitQueue.final", "units of 𝒞", "Mean Q over devices after the last slot, eq. (12)", new("final queue", 1, 3), m => m.Run?.FinalDeficitQueueMean ?? double.NaN);

    /// <summary>Queries for server state with twins.</summary>
    public static Metric QueriesWithTwins { get; } = PerDevice("systemCost.withTwinsPerSlot", "queries", "Queries for server state per device and slot, with twins", new("queries", 1, 3), t => t.QueriesWithTwins);

    /// <summary>Queries for server state without twins.</summary>
    public static Metric QueriesWithoutTwins { get; } = PerDevice("systemCost.withoutTwinsPerSlot", "queries", "Queries for server state per device and slot, without twins", new("queries without twins", 1, 3),
        t => t.QueriesWithoutTwins);

    /// <summary>Mean utilisation of servers.</summary>
    public static Metric Utilisation { get; } = new("servers.utilisationMean", "share", "Mean utilisation over servers", new("utilisation", 1, 4), m => m.UtilisationMean);

    /// <summary>Mean Q over all device-slots.</summary>
    public static Metric QueueMean { get; } = PerDevice("deficitQueue.mean", "units of 𝒞", "Mean Q(t + 1) over devices, eq. (12)", new("queue", 1, 3), t => t.DeficitQueue, "deficit_queue_mean");

    /// <summary>Share of device-slots whose server was down.</summary>
    public static Metric LostRate { get; } = PerDevice("lostRate", "share", "Lost / devices", new("lost", 1, 4), t => t.Lost) with { OnlyMeasured = true };

    /// <summary>Mean regret.</summary>
    public static Metric Regret { get; } = new(
        "regret.mean", "s", "Mean regret: T_glob less the least that any candidate would have given, all else as it was", new("regret, ms", 1e3, 2),
        m => m.Total.Regret / m.Total.RegretTasks)
    { OnlyMeasured = true, SlotColumn = "regret_mean_seconds" };

    /// <summary>95 % quantile of regret.</summary>
    public static Metric Regret95 { get; } = new(
        "regret.p95", "s", "0.95 quantile of regret, to 0.8 % and 1 µs", new("regret 95 %, ms", 1e3, 2), m => m.Run?.Regrets?.Quantile(0.95) ?? double.NaN)
    { OnlyMeasured = true };

    /// <summary>Share of tasks that would have been served faster elsewhere by more than 1 ms.</summary>
    public static Metric WrongShare { get; } = new(
        "regret.wrongShare", "share", "Tasks with a regret of more than 1 ms / those of which it was measured", new("wrong", 1, 3),
        m => (double)m.Total.RegretWrong / m.Total.RegretTasks)
    { OnlyMeasured = true, SlotColumn = "regret_wrong_share" };

    /// <summary>Tasks whose regret was measured.</summary>
    public static Metric RegretTasks { get; } = new(
        "regret.tasks", "tasks", "Tasks whose regret was measured", new("tasks measured", 1, 0), m => m.Total.RegretTasks == 0 ? double.NaN : m.Total.RegretTasks)
    { OnlyMeasured = true };

    /// <summary>Mean age of twins.</summary>
    public static Metric TwinAge { get; } = PerTwin("twins.ageMeanSlots", "slots", "Mean age of twins: slots since the newest accepted sync", new("age, slots", 1, 2), t => t.Age);

    /// <summary>95 % quantile of the age of twins.</summary>
    public static Metric TwinAge95 { get; } = new(
        "twins.ageP95Slots", "slots", "0.95 quantile of the age of twins, at most 1000", new("age 95 %, slots", 1, 0), m => m.Run?.Twins?.AgeQuantile(0.95) ?? double.NaN)
    { OnlyMeasured = true };

    /// <summary>Mean age of incorrect information.</summary>
    public static Metric IncorrectAge { get; } = PerTwin(
        "twins.incorrectAgeMeanSlots", "slots", "Mean of slots since c was within 5 % and tasks within ½ of the slot before", new("incorrect age, slots", 1, 2), t => t.IncorrectAge);

    /// <summary>Mean age of the twins of chosen servers.</summary>
    public static Metric ChosenAge { get; } = new(
        "twins.chosenAgeMeanSlots", "slots", "Mean age of the chosen server's twin, over tasks whose regret was measured", new("chosen age, slots", 1, 2),
        m => (double)m.Total.ChosenAge / m.Total.RegretTasks)
    { OnlyMeasured = true };

    /// <summary>Share of twin-slots in a condition.</summary>
    public static Metric InSyncShare { get; } = PerTwin("twins.inSyncShare", "share", "Twin-slots in sync", new("in sync", 1, 3), t => t.InSync);

    /// <inheritdoc cref="InSyncShare"/>
    public static Metric SuspectShare { get; } = PerTwin("twins.suspectShare", "share", "Twin-slots that are suspect", new("suspect", 1, 3), t => t.Suspect);

    /// <inheritdoc cref="InSyncShare"/>
    public static Metric DesynchronisedShare { get; } = PerTwin(
        "twins.desynchronisedShare", "share", "Twin-slots that are desynchronised", new("desynchronised", 1, 3), t => t.Desynchronised);

    /// <inheritdoc cref="InSyncShare"/>
    public static Metric ResynchronisingShare { get; } = PerTwin(
        "twins.resynchronisingShare", "share", "Twin-slots that wait for a whole state", new("resynchronising", 1, 3), t => t.Resynchronising);

    /// <summary>Mean length of a resync.</summary>
    public static Metric ResyncMean { get; } = Twins(
        "twins.resyncMeanSlots", "slots", "Mean of slots from the asking for a whole state to its taking over", new("resync, slots", 1, 2), t => (double)t.ResyncSlots / t.Resyncs);

    /// <summary>Resyncs.</summary>
    public static Metric Resyncs { get; } = Twins("twins.resyncs", "resyncs", "Whole states that a twin took over after it had asked", new("resyncs", 1, 0), t => t.Resyncs);

    /// <summary>Mean of published less true free capacity.</summary>
    public static Metric FreeLag { get; } = PerTwin(
        "twins.freeLagMeanHertz", "Hz", "Mean of published free capacity − true one of the slot before", new("lag, GHz", 1e-9, 3), t => t.FreeLag);

    /// <summary>Mean absolute value of published less true free capacity.</summary>
    public static Metric FreeLagAbsolute { get; } = PerTwin(
        "twins.freeLagAbsoluteMeanHertz", "Hz", "Mean of \\|published free capacity − true one of the slot before\\|", new("lag |c|, GHz", 1e-9, 3), t => t.FreeLagAbsolute);

    /// <summary>Mean absolute value of published less true tasks.</summary>
    public static Metric TasksLagAbsolute { get; } = PerTwin(
        "twins.tasksLagAbsoluteMean", "tasks", "Mean of \\|published tasks − true ones of the slot before\\|", new("lag, tasks", 1, 3), t => t.TasksLagAbsolute);

    /// <summary>Syncs that were sent, and what became of them.</summary>
    public static Metric SyncsSent { get; } = Twins("twins.syncsSent", "syncs", "Syncs that servers sent", new("syncs", 1, 0), t => t.SyncsSent);

    /// <inheritdoc cref="SyncsSent"/>
    public static Metric SyncsLost { get; } = Twins("twins.syncsLost", "syncs", "Syncs that never arrived", new("syncs lost", 1, 0), t => t.SyncsLost);

    /// <inheritdoc cref="SyncsSent"/>
    public static Metric SyncsLate { get; } = Twins("twins.syncsLate", "syncs", "Syncs that were delayed", new("syncs late", 1, 0), t => t.SyncsLate);

    /// <inheritdoc cref="SyncsSent"/>
    public static Metric SyncsDuplicated { get; } = Twins("twins.syncsDuplicated", "syncs", "Syncs that were delivered twice", new("syncs twice", 1, 0), t => t.SyncsDuplicated);

    /// <inheritdoc cref="SyncsSent"/>
    public static Metric SyncsRefused { get; } = Twins(
        "twins.syncsRefused", "syncs", "Syncs that arrived broken, too late to be of use, or where nobody listened", new("syncs refused", 1, 0), t => t.SyncsRefused);

    /// <summary>Traffic of syncs.</summary>
    public static Metric SyncBytes { get; } = Twins(
        "twins.syncBytes", "bytes", "Syncs sent × 25 bytes, what one takes", new("sync, kB", 1e-3, 1), t => t.SyncsSent * TwinTotals.SyncBytes);

    /// <summary>Queries to servers themselves per task.</summary>
    public static Metric QueriesPerTask { get; } = new(
        "twins.queriesPerTask", "queries", "Queries to servers themselves per task of a covered device", new("queries a task", 1, 2),
        m => (double)m.Total.ServerQueries / (m.Total.Devices - m.Total.Uncovered))
    { OnlyMeasured = true };

    /// <summary>Work that faults took out of queues.</summary>
    public static Metric QueueLost { get; } = Twins("servers.queueLostSeconds", "s", "Work left over that faults took away", new("queue lost, s", 1, 1), t => t.QueueLost);

    /// <summary>The five that every comparison shows, in the order of docs/reference.md.</summary>
    public static IReadOnlyList<Metric> Headline { get; } = [Latency, LatencyCapped, FailureRate, MigrationRate, Reward];

    /// <summary>All, in the order of <c>summary.json</c> and of the tables.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        FailureRate,
        Latency,
        LatencyCapped,
        Uplink,
        Propagation,
        Queueing,
        Computation,
        Outage,
        Median,
        Latency95,
        Latency99,
        UncoveredRate,
        MigrationRate,
        HandoverRate,
        PredictionError,
        PredictionAbsoluteError,
        Reward,
        FinalQueue,
        QueueMean,
        QueriesWithTwins,
        QueriesWithoutTwins,
        Utilisation,
        LostRate, Regret, Regret95, WrongShare, RegretTasks, TwinAge, TwinAge95, IncorrectAge, ChosenAge, InSyncShare, SuspectShare, DesynchronisedShare,
        ResynchronisingShare, ResyncMean, Resyncs, FreeLag, FreeLagAbsolute, TasksLagAbsolute, SyncsSent, SyncsLost, SyncsLate, SyncsDuplicated,
        SyncsRefused, SyncBytes, QueriesPerTask, QueueLost,
    ];

    /// <summary>All, those of <see cref="Headline"/> first.</summary>
    public static IReadOnlyList<Metric> HeadlineFirst { get; } = [.. Headline, .. All.Except(Headline)];

    private static Metric Mean(string name, string unit, string meaning, Display display, Func<SlotTotals, double> sum, string column) =>
        new(name, unit, meaning, display, m => sum(m.Total) / m.Total.Completed) { SlotColumn = column };

    private static Metric PerDevice(string name, string unit, string meaning, Display display, Func<SlotTotals, double> sum, string? column = null) =>
        new(name, unit, meaning, display, m => sum(m.Total) / m.Total.Devices) { SlotColumn = column };

    private static Metric Quantile(string name, double share, string title) => new(
        name, "s", FormattableString.Invariant($"{share} quantile of T_glob, to 0.8 %"), new(title, 1e3, 2), m => m.Run?.Latencies.Quantile(share) ?? double.NaN);

    private static Metric Twins(string name, string unit, string meaning, Display display, Func<TwinTotals, double> of) =>
        new(name, unit, meaning, display, m => m.Twins is { } twins ? of(twins) : double.NaN) { OnlyMeasured = true };

    private static Metric PerTwin(string name, string unit, string meaning, Display display, Func<TwinTotals, double> sum) =>
        Twins(name, unit, meaning, display, twins => sum(twins) / twins.Twins);
}
