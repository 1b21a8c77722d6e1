using System.Text.Json.Nodes;
using Diten.Actors;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Statistics;
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
