using Diten.Model.Faults;
using Diten.Model.Records;
using Diten.Model.ServerTwins;

namespace Diten.Runs.Results;

/// <summary>All tables of a run folder. The data dictionary is made from these definitions.</summary>
internal static class Tables
{
    /// <summary>A row per slot.</summary>
    public static Table<SlotRow> Slots { get; } = new(
        "slots", "One row per slot: sums and means over all devices and servers, the same however the area is cut into zones.",
        [
            Int<SlotRow>("slot", "slot", "Number of the slot, from 0", static (in SlotRow r) => r.Slot),
            .. Counts(0, DevicesAndOutcomes), .. SlotMetrics(), .. Counts(DevicesAndOutcomes, TotalsTable.Counts.Length),
            Real<SlotRow>("utilisation_mean", "share", "Mean utilisation over servers", static (in SlotRow r) => r.UtilisationMean),
            Real<SlotRow>("twin_free_error_mean_hertz", "Hz", "Mean over servers of true − published free capacity", static (in SlotRow r) => r.TwinFreeErrorMeanHertz),
            Real<SlotRow>("twin_free_error_absolute_mean_hertz", "Hz", "Mean over servers of \\|true − published free capacity\\|", static (in SlotRow r) => r.TwinFreeErrorAbsoluteMeanHertz),
            Real<SlotRow>("twin_tasks_error_absolute_mean", "tasks", "Mean over servers of \\|tasks − tasks published before the slot's decisions\\|", static (in SlotRow r) => r.TwinTasksErrorAbsoluteMean),
            Real<SlotRow>("twin_age_mean_slots", "slots", "Mean age of what the twins published", static (in SlotRow r) => r.TwinAgeMeanSlots),
            .. TwinSums(), .. RegretSums(),
            Text<SlotRow>("digest", "hex", "SHA-256 over the stations' digests in the order of station ids", static (in SlotRow r) => r.Digest),
        ]);

    /// <summary>A row per server and slot.</summary>
    public static Table<ServerSlotRecord> Servers { get; } = new(
        "servers", "One row per slot and server: what was true, and what its twin had published for that slot.",
        Int<ServerSlotRecord>("slot", "slot", "Number of the slot, from 0", static (in ServerSlotRecord r) => r.Slot),
        Int<ServerSlotRecord>("server", "id", "Server, from 0", static (in ServerSlotRecord r) => r.Server),
        Real<ServerSlotRecord>("capacity_hertz", "Hz", "F", static (in ServerSlotRecord r) => r.CapacityHertz),
        Real<ServerSlotRecord>("free_hertz", "Hz", "c, capacity less background", static (in ServerSlotRecord r) => r.FreeHertz),
        Int<ServerSlotRecord>("tasks", "tasks", "Tasks that ran there in this slot", static (in ServerSlotRecord r) => r.Tasks),
        Real<ServerSlotRecord>("utilisation", "share", "min(1, background + Σλ / (F · slot length))", static (in ServerSlotRecord r) => r.Utilisation),
        Real<ServerSlotRecord>("deviation_hertz", "Hz", "f̂ that was in force (injected), or 0; eqs. (8)–(10)", static (in ServerSlotRecord r) => r.DeviationHertz),
        Real<ServerSlotRecord>("twin_free_hertz", "Hz", "Free capacity that the twin published", static (in ServerSlotRecord r) => r.TwinFreeHertz),
        Int<ServerSlotRecord>("twin_tasks", "tasks", "Number of tasks that the twin published, before the slot's decisions", static (in ServerSlotRecord r) => r.TwinTasks),
        Real<ServerSlotRecord>("twin_deviation_hertz", "Hz", "f̂ that the twin published, eq. (1)", static (in ServerSlotRecord r) => r.TwinDeviationHertz),
        Int<ServerSlotRecord>("twin_age_slots", "slots", "Slots since the last accepted sync", static (in ServerSlotRecord r) => r.Twin?.AgeSlots ?? r.TwinAgeSlots),
        OnlyMeasured(Text<ServerSlotRecord>("twin_condition", "word", "How the twin stood to its server: `in-sync`, `suspect`, `desynchronised` or `resynchronising`", static (in ServerSlotRecord r) => Word(r.Twin?.Condition ?? default))),
        OnlyMeasured(Real<ServerSlotRecord>("twin_free_lag_hertz", "Hz", "Published free capacity − true one of the slot before; 0 in slot 0", static (in ServerSlotRecord r) => r.Twin?.FreeLagHertz ?? double.NaN)),
        OnlyMeasured(Real<ServerSlotRecord>("twin_tasks_lag", "tasks", "Published tasks − true ones of the slot before; 0 in slot 0", static (in ServerSlotRecord r) => r.Twin?.TasksLag ?? double.NaN)),
        OnlyMeasured(Int<ServerSlotRecord>("twin_incorrect_age_slots", "slots", "Slots since these were within 5 % of c and less than ½ task", static (in ServerSlotRecord r) => r.Twin?.IncorrectAgeSlots ?? 0)),
        OnlyMeasured(Int<ServerSlotRecord>("syncs_sent", "syncs", "Syncs that the server sent in this slot", static (in ServerSlotRecord r) => r.Twin?.SyncsSent ?? 0)),
        OnlyMeasured(Int<ServerSlotRecord>("syncs_lost", "syncs", "Of these, those that never arrive", static (in ServerSlotRecord r) => r.Twin?.SyncsLost ?? 0)),
        OnlyMeasured(Int<ServerSlotRecord>("syncs_late", "syncs", "Of these, those that are delayed", static (in ServerSlotRecord r) => r.Twin?.SyncsLate ?? 0)),
        OnlyMeasured(Int<ServerSlotRecord>("syncs_duplicated", "syncs", "Of these, those that are delivered twice", static (in ServerSlotRecord r) => r.Twin?.SyncsDuplicated ?? 0)),
        OnlyMeasured(Int<ServerSlotRecord>("syncs_refused", "syncs", "Syncs that arrived in this slot broken, too late to be of use, or where nobody listened", static (in ServerSlotRecord r) => r.Twin?.SyncsRefused ?? 0)));

    /// <summary>A row per sampled device and slot.</summary>
    public static Table<DeviceSlotRecord> Devices { get; } = new(
        "devices", "One row per slot and sampled device, as the base station that it was attached to recorded it.",
        Int<DeviceSlotRecord>("slot", "slot", "Number of the slot, from 0", static (in DeviceSlotRecord r) => r.Slot),
        Int<DeviceSlotRecord>("device", "id", "Device, from 0", static (in DeviceSlotRecord r) => r.Device),
        Int<DeviceSlotRecord>("station", "id", "Base station that it is attached to", static (in DeviceSlotRecord r) => r.Station),
        Real<DeviceSlotRecord>("x_metres", "m", "East coordinate", static (in DeviceSlotRecord r) => r.X),
        Real<DeviceSlotRecord>("y_metres", "m", "North coordinate", static (in DeviceSlotRecord r) => r.Y),
        Int<DeviceSlotRecord>("server", "id", "Server that ran the task; −1 where uncovered", static (in DeviceSlotRecord r) => r.Server),
        Text<DeviceSlotRecord>("outcome", "word", "`in-time` (T_glob ≤ γ), `late`, `uncovered`, or `lost` where the server was down", static (in DeviceSlotRecord r) => Word(r.Outcome)),
        Int<DeviceSlotRecord>("migrated", "0 or 1", "h_t, eq. (3)", static (in DeviceSlotRecord r) => r.Migrated ? 1 : 0),
        Real<DeviceSlotRecord>("deadline_seconds", "s", "γ", static (in DeviceSlotRecord r) => r.DeadlineSeconds),
        Real<DeviceSlotRecord>("latency_seconds", "s", "T_glob", static (in DeviceSlotRecord r) => r.LatencySeconds),
        Real<DeviceSlotRecord>("predicted_seconds", "s", "T_glob as predicted when it was decided", static (in DeviceSlotRecord r) => r.PredictedSeconds),
        Real<DeviceSlotRecord>("uplink_seconds", "s", "T_u, eq. (5)", static (in DeviceSlotRecord r) => r.UplinkSeconds),
        Real<DeviceSlotRecord>("propagation_seconds", "s", "T_p, eq. (7)", static (in DeviceSlotRecord r) => r.PropagationSeconds),
        Real<DeviceSlotRecord>("queueing_seconds", "s", "Time in the server's queue (fifo)", static (in DeviceSlotRecord r) => r.QueueingSeconds),
        Real<DeviceSlotRecord>("computation_seconds", "s", "T_cmp, eq. (10)", static (in DeviceSlotRecord r) => r.ComputationSeconds),
        Real<DeviceSlotRecord>("outage_seconds", "s", "Delay by moving the service", static (in DeviceSlotRecord r) => r.OutageSeconds),
        Real<DeviceSlotRecord>("deficit_queue", "units of 𝒞", "Q(t + 1), eq. (12)", static (in DeviceSlotRecord r) => r.Queue),
        Real<DeviceSlotRecord>("reward", "1", "R_t, eq. (16); 0 where uncovered or lost", static (in DeviceSlotRecord r) => r.Reward),
        OnlyMeasured(Real<DeviceSlotRecord>("regret_seconds", "s", "T_glob less the least that any candidate would have given, all else as it was; NaN where it was not measured", static (in DeviceSlotRecord r) => r.RegretSeconds)),
        OnlyMeasured(Int<DeviceSlotRecord>("chosen_age_slots", "slots", "Age of the chosen server's twin when it was decided; −1 where nothing was chosen", static (in DeviceSlotRecord r) => r.ChosenAgeSlots)));

    /// <summary>A row per station.</summary>
    public static Table<StationRow> Stations { get; } = new(
        "stations", "One row per base station: its place, and its sums over the run. `zone` says how the area was cut; all else does not depend on it.",
        Int<StationRow>("station", "id", "Base station, from 0", static (in StationRow r) => r.Station),
        Real<StationRow>("x_metres", "m", "East coordinate", static (in StationRow r) => r.X),
        Real<StationRow>("y_metres", "m", "North coordinate", static (in StationRow r) => r.Y),
        Int<StationRow>("server", "id", "Server that it carries; −1 for none", static (in StationRow r) => r.Server),
        Int<StationRow>("zone", "id", "Zone that it ran in", static (in StationRow r) => r.Zone),
        Long<StationRow>("devices", "device-slots", "Device-slots attached there", static (in StationRow r) => r.Total.Devices),
        Long<StationRow>("late", "tasks", "Tasks of its devices completed after their deadline", static (in StationRow r) => r.Total.Late),
        Long<StationRow>("uncovered", "tasks", "Tasks of its devices out of coverage", static (in StationRow r) => r.Total.Uncovered),
        OnlyMeasured(Long<StationRow>("lost", "tasks", "Tasks of its devices whose server was down", static (in StationRow r) => r.Total.Lost)),
        Real<StationRow>("latency_mean_seconds", "s", "Mean T_glob of its devices' completed tasks; NaN without any", static (in StationRow r) => r.Total.Latency / r.Total.Completed),
        Real<StationRow>("uplink_mean_seconds", "s", "Mean T_u, eq. (5)", static (in StationRow r) => r.Total.Uplink / r.Total.Completed),
        Long<StationRow>("migrations", "migrations", "Migrations of its devices", static (in StationRow r) => r.Total.Migrations));

    /// <summary>A row per stretch of slots of a station that stands out.</summary>
    public static Table<StationStretch> StationStretches { get; } = new(
        "station_stretches", "One row per stretch of slots, by figure and slot, of the base station with the highest mean of that figure over the run, beside all stations together.",
        Text<StationStretch>("by", "word", "The figure by which the station stands out: `failures`, `latency` or `regret`", static (in StationStretch r) => r.By),
        Int<StationStretch>("station", "id", "The station, the first of several alike; none stands out where all are", static (in StationStretch r) => r.Station),
        Int<StationStretch>("slot", "slot", "First slot of the stretch", static (in StationStretch r) => r.Slot),
        Int<StationStretch>("slots", "slots", "Slots of the stretch; 1 in a run of up to 120 slots, unless it has many stations", static (in StationStretch r) => r.Slots),
        Real<StationStretch>("failed", "share", "Share of its devices' tasks that were late, uncovered or lost", static (in StationStretch r) => r.Own.Failed),
        Real<StationStretch>("latency_mean_seconds", "s", "Mean T_glob of its devices' completed tasks; NaN without any", static (in StationStretch r) => r.Own.LatencySeconds),
        OnlyMeasured(Real<StationStretch>("regret_mean_seconds", "s", "Mean regret of its devices' tasks of which it was measured; NaN without any", static (in StationStretch r) => r.Own.RegretSeconds)),
        Real<StationStretch>("failed_all", "share", "The share over all stations", static (in StationStretch r) => r.All.Failed),
        Real<StationStretch>("latency_mean_all_seconds", "s", "The mean T_glob over all stations", static (in StationStretch r) => r.All.LatencySeconds),
        OnlyMeasured(Real<StationStretch>("regret_mean_all_seconds", "s", "The mean regret over all stations", static (in StationStretch r) => r.All.RegretSeconds)));

    /// <summary>A row per server.</summary>
    public static Table<ServerMean> ServerMeans { get; } = new(
        "server_means", "One row per server: means over the slots of the run.",
        Int<ServerMean>("server", "id", "Server, from 0", static (in ServerMean r) => r.Server),
        Int<ServerMean>("station", "id", "Station that carries it", static (in ServerMean r) => r.Station),
        Real<ServerMean>("x_metres", "m", "East coordinate", static (in ServerMean r) => r.X),
        Real<ServerMean>("y_metres", "m", "North coordinate", static (in ServerMean r) => r.Y),
        Real<ServerMean>("capacity_hertz", "Hz", "F", static (in ServerMean r) => r.CapacityHertz),
        Real<ServerMean>("tasks_mean", "tasks per slot", "Mean number of tasks of a slot", static (in ServerMean r) => (double)r.Tasks / r.Slots),
        Int<ServerMean>("tasks_maximum", "tasks", "Most tasks of any slot", static (in ServerMean r) => r.TasksMaximum),
        Real<ServerMean>("utilisation_mean", "share", "Mean utilisation", static (in ServerMean r) => r.UtilisationSum / r.Slots),
        Real<ServerMean>("utilisation_maximum", "share", "Highest utilisation of any slot", static (in ServerMean r) => r.UtilisationMaximum),
        Real<ServerMean>("twin_free_error_absolute_mean_hertz", "Hz", "Mean of \\|true − published free capacity\\|", static (in ServerMean r) => r.TwinFreeErrorAbsoluteSumHertz / r.Slots));

    /// <summary>The distribution of latencies.</summary>
    public static Table<LatencyPoint> Latencies { get; } = new(
        "latencies", "Cumulative distribution of T_glob over all completed tasks: one row per bin of 0.8 % relative width that holds any.",
        Real<LatencyPoint>("latency_seconds", "s", "Upper edge of the bin", static (in LatencyPoint r) => r.Seconds),
        Real<LatencyPoint>("share", "share", "Share of completed tasks with at most this latency", static (in LatencyPoint r) => r.Share));

    /// <summary>The distribution of the age of twins.</summary>
    public static Table<AgePoint> Ages { get; } = new(
        "ages", "Twin-slots by age, where twins are measured: one row per age that any had. The last possible one, 1000, holds all that is older, too.",
        Int<AgePoint>("age_slots", "slots", "Slots since the newest accepted sync", static (in AgePoint r) => r.AgeSlots),
        Long<AgePoint>("twin_slots", "twin-slots", "Twins times slots of this age", static (in AgePoint r) => r.Count),
        Real<AgePoint>("share_at_least", "share", "Share of all twin-slots of at least this age", static (in AgePoint r) => r.ShareAtLeast));

    /// <summary>Of a run with faults: a row per fault, target and stretch of slots.</summary>
    public static Table<FaultStretch> Faults { get; } = new(
        "faults", "One row per stretch of slots in which a fault of the scenario is in force at a target, by fault, target and slot: what was decided before the run "
        + $"began. Of a fault with more than {FaultStretch.MostOfFault.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} stretches the others are left out, and its last row has target −1.",
        Text<FaultStretch>("fault", "name", "Name of the fault", static (in FaultStretch r) => r.Fault),
        Int<FaultStretch>("target", "id", "Server (of a link or of twins: the one whose twin it is) or station, by what the fault strikes", static (in FaultStretch r) => r.Target),
        Int<FaultStretch>("from", "slot", "First slot in which it is in force", static (in FaultStretch r) => r.From),
        Int<FaultStretch>("to", "slot", "The slot after the last one; not beyond the run's end", static (in FaultStretch r) => r.To));

    /// <summary>Of a training run: a row per version of the policy.</summary>
    public static Table<TrainingRow> Training { get; } = new(
        "training", "One row per version of a policy that was trained, and what happened in the slots since the one before.",
        Int<TrainingRow>("version", "version", "The version that was made, from 1", static (in TrainingRow r) => r.Report.Version),
        Int<TrainingRow>("slots", "slots", "Slots whose decisions were known then", static (in TrainingRow r) => r.Report.Slots),
        Int<TrainingRow>("journeys", "journeys", "Journeys that ended in the emulation since the version before: what it was trained on, unless that was the system's twin", static (in TrainingRow r) => r.Report.JourneyRewards.Count),
        Long<TrainingRow>("critic_rows", "decisions", "Decisions that trained the critic", static (in TrainingRow r) => r.Report.Rows.Critic),
        Long<TrainingRow>("policy_rows", "decisions", "Decisions that trained the policy", static (in TrainingRow r) => r.Report.Rows.Policy),
        Real<TrainingRow>("journey_reward_mean", "1", "Mean over these journeys of the sum of R_t, eq. (16)", static (in TrainingRow r) => r.Report.JourneyRewardMean),
        Trained(Metric.Reward, "reward_mean"),
        Trained(Metric.Latency, "latency_mean_seconds"),
        Trained(Metric.FailureRate, "failure_rate"),
        Trained(Metric.MigrationRate, "migration_rate"),
        Real<TrainingRow>("policy_loss", "1", "What the policy's update minimised, mean over its steps", static (in TrainingRow r) => r.Report.PolicyLoss),
        Real<TrainingRow>("value_loss", "1", "Mean squared error of the critic, on scaled rewards", static (in TrainingRow r) => r.Report.ValueLoss),
        Real<TrainingRow>("entropy", "nats", "Entropy of the policy", static (in TrainingRow r) => r.Report.Entropy),
        Real<TrainingRow>("clip_fraction", "share", "Decisions whose probability moved as far as it may", static (in TrainingRow r) => r.Report.ClipFraction),
        Real<TrainingRow>("divergence", "nats", "Kullback-Leibler divergence of the new policy from the one that decided", static (in TrainingRow r) => r.Report.Divergence),
        Real<TrainingRow>("explained_variance", "share", "Share of the variance of returns that the critic explains; at most 1", static (in TrainingRow r) => r.Report.ExplainedVariance),
        Real<TrainingRow>("top_action_share", "share", "Decisions for the candidate of the rank that was chosen most", static (in TrainingRow r) => r.Report.TopActionShare));

    /// <summary>Of a training run: a row per journey.</summary>
    public static Table<JourneyRow> Journeys { get; } = new(
        "journeys", "One row per journey that ended in the emulation while a policy was trained, by first slot and device.",
        Int<JourneyRow>("journey", "number", "Number, from 1", static (in JourneyRow r) => r.Number),
        Int<JourneyRow>("version", "version", "The version that was made next", static (in JourneyRow r) => r.Version),
        Real<JourneyRow>("reward", "1", "Sum of R_t, eq. (16)", static (in JourneyRow r) => r.Reward));

    /// <summary>The data dictionary of all tables, Markdown.</summary>
    public static string Describe() => string.Join(
        '\n', Slots.Describe(), Servers.Describe(), Devices.Describe(), Stations.Describe(), StationStretches.Describe(), ServerMeans.Describe(), Latencies.Describe(),
        Ages.Describe(), Faults.Describe(), Training.Describe(), Journeys.Describe());

    private static int DevicesAndOutcomes => 1 + TotalsTable.Outcomes.Length;

    private static IEnumerable<Column<SlotRow>> Counts(int from, int to) => TotalsTable.Counts[from..to].ToArray().Select(count =>
        OnlyMeasured(
            Long<SlotRow>(count.Name, count.Unit, count.Meaning, (in SlotRow r) =>
            {
                var total = r.Total;
                return count.Of(ref total);
            }), count.OnlyMeasured));

    private static IEnumerable<Column<SlotRow>> RegretSums() => TotalsTable.Sums.ToArray().Where(sum => sum.OnlyMeasured).Select(sum =>
        OnlyMeasured(Real<SlotRow>($"{sum.Name}_sum_seconds", sum.Unit, sum.Meaning, (in SlotRow r) =>
        {
            var total = r.Total;
            return sum.Of(ref total);
        })));

    private static IEnumerable<Column<SlotRow>> TwinSums() =>
    [
        .. TwinTotalsTable.Counts.ToArray().Select(count => OnlyMeasured(Long<SlotRow>(count.Name, count.Unit, Cell(count.Meaning), (in SlotRow r) =>
        {
            var twins = r.Twins ?? default;
            return count.Of(ref twins);
        }))),
        .. TwinTotalsTable.Sums.ToArray().Select(sum => OnlyMeasured(Real<SlotRow>(sum.Name, sum.Unit, Cell(sum.Meaning), (in SlotRow r) =>
        {
            var twins = r.Twins ?? default;
            return sum.Of(ref twins);
        }))),
    ];

    /// <summary>A bar would end the cell of a Markdown table.</summary>
    private static string Cell(string meaning) => meaning.Replace("|", "\\|");

    private static IEnumerable<Column<SlotRow>> SlotMetrics() => Metric.All.Where(metric => metric.SlotColumn is not null).Select(metric =>
        OnlyMeasured(
            Real<SlotRow>(metric.SlotColumn!, metric.Unit, metric.Meaning, (in SlotRow r) => metric.Of(new Measured(r.Total, r.UtilisationMean))),
            metric.OnlyMeasured));

    private static Column<TrainingRow> Trained(Metric metric, string column) =>
        Real<TrainingRow>(column, metric.Unit, metric.Meaning, (in TrainingRow r) => metric.Of(new Measured(r.Slots)));

    private static string Word(TaskOutcome outcome) => outcome switch
    {
        TaskOutcome.InTime => "in-time",
        TaskOutcome.Late => "late",
        TaskOutcome.Uncovered => "uncovered",
        TaskOutcome.Lost => "lost",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such outcome of a task."),
    };

    private static string Word(TwinCondition condition) => condition switch
    {
        TwinCondition.InSync => "in-sync",
        TwinCondition.Suspect => "suspect",
        TwinCondition.Desynchronised => "desynchronised",
        _ => "resynchronising",
    };

    private static Column<T> OnlyMeasured<T>(Column<T> column, bool only = true)
    {
        column.OnlyMeasured = only;
        return column;
    }

    private static NumberColumn<T, int> Int<T>(string name, string unit, string meaning, Take<T, int> take) => new(name, unit, meaning, take);

    private static NumberColumn<T, long> Long<T>(string name, string unit, string meaning, Take<T, long> take) => new(name, unit, meaning, take);

    private static NumberColumn<T, double> Real<T>(string name, string unit, string meaning, Take<T, double> take) => new(name, unit, meaning, take);

    private static TextColumn<T> Text<T>(string name, string unit, string meaning, Take<T, string> take) => new(name, unit, meaning, take);
}
