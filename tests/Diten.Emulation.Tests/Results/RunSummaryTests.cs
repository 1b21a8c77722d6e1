using System.Text.Json.Nodes;
using Diten.Actors;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Statistics;
using Diten.Runs.Reports;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Results;

public sealed class RunSummaryTests : IDisposable
{
    // Ten devices: six in time, two late, two uncovered; worked out by hand.
    private static readonly SlotTotals Ten = new()
    {
        Devices = 10,
        InTime = 6,
        Late = 2,
        Uncovered = 2,
        Migrations = 3,
        MigrationOpportunities = 6,
        HandOvers = 4,
        QueriesWithoutTwins = 50,
        QueriesWithTwins = 15,
        Latency = 1.2,
        LatencyCapped = 1.0,
        Uplink = 0.2,
        Propagation = 0.1,
        Queueing = 0.05,
        Computation = 0.8,
        Outage = 0.05,
        PredictionError = -0.04,
        PredictionAbsoluteError = 0.08,
        Reward = -20,
        DeficitQueue = 5,
    };

    private static readonly RunDescription Run = new SyntheticRun(2, 1).Description;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rates_are_over_all_device_slots_and_means_over_completed_tasks()
    {
        var latencies = new LatencyHistogram();
        for (var i = 1; i <= 100; i++)
            latencies.Record([LatencyHistogram.BinOf(i * 0.01)]);
        var outcome = new RunOutcome(1, [0xAB, 0xCD], Ten, latencies, 0.25, 0.4, Cancelled: false, StartSeconds: 1, RunSeconds: 4);

        var s = RunSummary.From(outcome, Run with { Name = "ten", Scenario = new Scenario { Seed = 5 } }, peakBytes: 12345);

        Assert.Equal("abcd", s.Digest);
        Assert.Equal((10L, 5UL, "ten"), (s.DeviceSlots, s.Seed, s.Scenario));
        Assert.Equal(0.15, s[Metric.Latency], 12);             // 1.2 / 8
        Assert.Equal(0.125, s[Metric.LatencyCapped], 12);
        Assert.Equal(0.025, s[Metric.Uplink], 12);
        Assert.Equal(0.0125, s[Metric.Propagation], 12);
        Assert.Equal(0.1, s[Metric.Computation], 12);
        Assert.InRange(s[Metric.Median], 0.496, 0.504);
        Assert.InRange(s[Metric.Latency99], 0.982, 0.998);
        Assert.Equal(0.4, s[Metric.FailureRate], 12);               // (2 + 2) / 10
        Assert.Equal(0.2, s[Metric.UncoveredRate], 12);
        Assert.Equal(0.5, s[Metric.MigrationRate], 12);             // 3 / 6
        Assert.Equal(0.4, s[Metric.HandoverRate], 12);
        Assert.Equal(-2.5, s[Metric.Reward], 12);            // -20 / 8
        Assert.Equal(0.25, s[Metric.FinalQueue]);
        Assert.Equal(0.5, s[Metric.QueueMean], 12);
        Assert.Equal(-0.005, s[Metric.PredictionError], 12);
        Assert.Equal(1.5, s[Metric.QueriesWithTwins], 12);
        Assert.Equal(5, s[Metric.QueriesWithoutTwins], 12);
        Assert.Equal(2.5, s.Rate.DeviceSlotsPerSecond, 12); // 10 / 4 s
        Assert.Equal(12345, s.Memory.PeakBytes);
    }

    [Fact]
    public void The_file_has_the_documented_keys_and_reads_back()
    {
        var run = RunFolder.Open(new SyntheticRun(2, 2).WriteTo(_folder.At("run")));

        var json = JsonNode.Parse(File.ReadAllText(run.SummaryFile))!;

        string[] keys =
        [
            "digest", "deviceSlots", "latency.mean", "latency.meanCapped", "latency.uplinkMean", "latency.p50", "latency.p95", "latency.p99",
            "failureRate", "uncoveredRate", "migrationRate", "handoverRate", "rewardPerSlot", "deficitQueue.final", "servers.utilisationMean",
            "rate.deviceSlotsPerSecond", "rate.wallSeconds", "memory.peakBytes", "scenario", "seed", "version", "cancelled", "platform.runtime",
        ];
        foreach (var key in keys)
            Assert.True(key.Split('.').Aggregate((JsonNode?)json, (node, part) => node?[part]) is not null, key);
        var summary = RunSummary.Read(run.SummaryFile);
        summary.Write(_folder.At("again.json"));
        Assert.Equal(File.ReadAllText(run.SummaryFile), File.ReadAllText(_folder.At("again.json")));
    }

    [Fact]
    public void A_run_without_faults_tells_nothing_of_them()
    {
        var json = Written(new SyntheticRun(2, 2));

        foreach (var key in (string[])["lostRate", "regret", "twins", "faults"])
            Assert.False(json.ContainsKey(key), key);
        Assert.Equal(["utilisationMean"], json["servers"]!.AsObject().Select(pair => pair.Key));
        Assert.Equal(
            [
                "scenario", "seed", "version", "digest", "slots", "slotsCompleted", "cancelled", "deviceSlots", "failureRate", "latency", "uncoveredRate",
                "migrationRate", "handoverRate", "prediction", "rewardPerSlot", "deficitQueue", "systemCost", "servers", "world", "rate", "memory",
                "platform", "changedKeys", "filesRead",
            ],
            json.Select(pair => pair.Key));
    }

    [Fact]
    public void A_run_with_faults_tells_what_they_did_and_what_became_of_twins()
    {
        var run = SyntheticRun.WithFaults(2, 4);

        var json = Written(run);

        Assert.Equal(
            [
                "ageMeanSlots", "ageP95Slots", "incorrectAgeMeanSlots", "chosenAgeMeanSlots", "inSyncShare", "suspectShare", "desynchronisedShare",
                "resynchronisingShare", "resyncMeanSlots", "resyncs", "freeLagMeanHertz", "freeLagAbsoluteMeanHertz", "tasksLagAbsoluteMean", "syncsSent",
                "syncsLost", "syncsLate", "syncsDuplicated", "syncsRefused", "syncBytes", "queriesPerTask",
            ],
            json["twins"]!.AsObject().Select(pair => pair.Key));
        Assert.Equal(["mean", "p95", "wrongShare", "tasks"], json["regret"]!.AsObject().Select(pair => pair.Key));
        Assert.All(json["regret"]!.AsObject(), pair => Assert.Null(pair.Value)); // it was not measured
        Assert.Equal(0, (double)json["lostRate"]!);
        // Every other slot all four syncs were lost: 16 sent, 8 lost, age 0 and 1 in turn.
        Assert.Equal((0.5, 1, 16, 8, 400), (
            (double)json["twins"]!["ageMeanSlots"]!, (double)json["twins"]!["ageP95Slots"]!, (int)json["twins"]!["syncsSent"]!,
            (int)json["twins"]!["syncsLost"]!, (int)json["twins"]!["syncBytes"]!));
        Assert.Equal((0.25e9, 0.5e9), ((double)json["twins"]!["freeLagMeanHertz"]!, (double)json["twins"]!["freeLagAbsoluteMeanHertz"]!));
        Assert.Null(json["twins"]!["resyncMeanSlots"]);
        Assert.Equal(
            """[{"name":"loss","kind":"drop","what":"sync","targets":4,"slots":[[0,4]],"offered":16,"hit":8},"""
            + """{"name":"out_age","kind":"down","what":"servers","targets":4,"slots":[[1,3]],"offered":8,"hit":8}]""",
            json["faults"]!.ToJsonString());
        var summary = RunSummary.Read(Path.Combine(_folder.At("run"), "summary.json"));
        Assert.Equal(0.5, summary[Metric.TwinAge]);
        Assert.True(summary.Has(Metric.Regret));
        summary.Write(_folder.At("again.json"));
        Assert.Equal(File.ReadAllText(Path.Combine(_folder.At("run"), "summary.json")), File.ReadAllText(_folder.At("again.json")));
    }

    /// <summary>As of faults that were thrown into a run that was begun without any: what is measured stays what it was.</summary>
    [Fact]
    public void Faults_of_a_run_whose_twins_are_not_measured_are_told_with_their_slots_and_no_count()
    {
        var faulty = SyntheticRun.WithFaults(2, 4).Description;
        var run = new SyntheticRun(2, 4) { Description = faulty with { Scenario = faulty.Scenario with { Measure = new MeasureSection { Twins = TwinMeasure.Off } } } };

        var json = Written(run);

        Assert.Equal(
            """[{"name":"loss","kind":"drop","what":"sync","targets":4,"slots":[[0,4]]},"""
            + """{"name":"out_age","kind":"down","what":"servers","targets":4,"slots":[[1,3]],"offered":8,"hit":8}]""",
            json["faults"]!.ToJsonString());
        Assert.False(json.ContainsKey("twins"));
        RunReport.Write(new RunFolder(_folder.At("run")));
        var page = File.ReadAllText(new RunFolder(_folder.At("run")).ReportFile);
        Assert.Contains("<h2>Faults</h2>", page);
        Assert.Contains("<td>loss</td><td>drop</td><td>sync</td><td>4</td><td>0 to 3</td><td>–</td><td>–</td>", page);
        Assert.Contains("<td>out_age</td><td>down</td><td>servers</td><td>4</td><td>1 to 2</td><td>8</td><td>8</td>", page);
        Assert.Matches(@">\s*out_age\s*<", File.ReadAllText(Path.Combine(_folder.At("run"), "plots", "latency-over-time.svg")));
        Assert.DoesNotContain("Syncs from servers", page);
    }

    [Fact]
    public void Lost_tasks_have_failed_and_are_in_no_mean()
    {
        var outcome = new RunOutcome(1, [1], Ten with { Devices = 12, Lost = 2, ServerQueries = 25 }, new LatencyHistogram(), 0, 0, false, 1, 1);

        var s = RunSummary.From(outcome, SyntheticRun.WithFaults(2, 1).Description, 0);

        Assert.Equal(0.5, s[Metric.FailureRate], 12); // (2 + 2 + 2) / 12
        Assert.Equal(2 / 12.0, s[Metric.LostRate], 12);
        Assert.Equal(0.15, s[Metric.Latency], 12);    // 1.2 / 8, as without them
        Assert.Equal(2.5, s[Metric.QueriesPerTask], 12); // 25 / (12 − 2 uncovered)
    }

    [Fact]
    public void Regret_is_over_the_tasks_of_which_it_was_measured()
    {
        var regrets = new LatencyHistogram();
        regrets.Record([.. Enumerable.Range(1, 100).Select(i => LatencyHistogram.BinOf(i * 0.001))]);
        var outcome = new RunOutcome(
            1, [1], Ten with { RegretTasks = 8, RegretWrong = 2, Regret = 0.4, ChosenAge = 12 }, new LatencyHistogram(), 0, 0, false, 1, 1)
        { Regrets = regrets };

        var s = RunSummary.From(outcome, SyntheticRun.WithFaults(2, 1).Description, 0);

        Assert.Equal((0.05, 0.25, 8, 1.5), (s[Metric.Regret], s[Metric.WrongShare], s[Metric.RegretTasks], s[Metric.ChosenAge]));
        Assert.InRange(s[Metric.Regret95], 0.0942, 0.0958);
    }

    private JsonObject Written(SyntheticRun run) =>
        JsonNode.Parse(File.ReadAllText(RunFolder.Open(run.WriteTo(_folder.At("run"))).SummaryFile))!.AsObject();

    [Fact]
    public void A_mean_over_nothing_is_null_and_reads_back_as_not_a_number()
    {
        var nobody = new RunOutcome(0, [], default, new LatencyHistogram(), double.NaN, 0, true, 0, 0);
        RunSummary.From(nobody, Run, 0).Write(_folder.At("summary.json"));

        Assert.Contains("\"mean\": null", File.ReadAllText(_folder.At("summary.json")));
        Assert.True(double.IsNaN(RunSummary.Read(_folder.At("summary.json"))[Metric.Latency]));
    }

    [Fact]
    public void A_damaged_summary_is_named()
    {
        File.WriteAllText(_folder.At("summary.json"), "{ \"digest\": ");

        var error = Assert.Throws<InvalidDataException>(() => RunSummary.Read(_folder.At("summary.json")));

        Assert.Contains(_folder.At("summary.json"), error.Message);
    }
}
