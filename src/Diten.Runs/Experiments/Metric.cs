using Diten.Model.Statistics;
using Diten.Runs.Progress;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments;

/// <summary>A figure of a run that experiments compare.</summary>
/// <param name="Name">Its place in <c>summary.json</c>.</param>
/// <param name="Title">Head of its column in a table for people, with the unit.</param>
/// <param name="Scale">From the SI value to the one in that table.</param>
/// <param name="Decimals">Of the value in that table.</param>
/// <param name="Of">Takes it out of a summary.</param>
public sealed record Metric(string Name, string Title, double Scale, int Decimals, Func<RunSummary, double> Of)
{
    /// <summary>The mean of T_glob.</summary>
    public static Metric Latency { get; } = new("latency.mean", "latency, ms", 1e3, 2, summary => summary.Latency.Mean);

    /// <summary>Migrations per slot that is not the first of a journey.</summary>
    public static Metric MigrationRate { get; } = new("migrationRate", "migrated", 1, 4, summary => summary.MigrationRate);

    /// <summary>The mean of eq. (16), which a policy makes as large as it can.</summary>
    public static Metric Reward { get; } = new("rewardPerSlot", "reward/slot", 1, 3, summary => summary.RewardPerSlot);

    /// <summary>Mean of T_u.</summary>
    public static Metric Uplink { get; } = new("latency.uplinkMean", "uplink, ms", 1e3, 2, summary => summary.Latency.UplinkMean);

    /// <summary>The five that every comparison shows, in the order of docs/reference.md.</summary>
    public static IReadOnlyList<Metric> Headline { get; } =
    [
        Latency,
        new("latency.meanCapped", "capped, ms", 1e3, 2, summary => summary.Latency.MeanCapped),
        new("failureRate", "failed", 1, 4, summary => summary.FailureRate),
        MigrationRate,
        Reward,
    ];

    /// <summary>All that a sweep's table holds.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        .. Headline,
        Uplink,
        new("latency.p50", "median, ms", 1e3, 2, summary => summary.Latency.P50),
        new("latency.p95", "95 %, ms", 1e3, 2, summary => summary.Latency.P95),
        new("latency.p99", "99 %, ms", 1e3, 2, summary => summary.Latency.P99),
        new("uncoveredRate", "uncovered", 1, 4, summary => summary.UncoveredRate),
        new("handoverRate", "handed over", 1, 4, summary => summary.HandoverRate),
        new("deficitQueue.final", "final queue", 1, 3, summary => summary.DeficitQueue.Final),
        new("servers.utilisationMean", "utilisation", 1, 4, summary => summary.Servers.UtilisationMean),
        new("systemCost.withTwinsPerSlot", "queries", 1, 3, summary => summary.SystemCost.WithTwinsPerSlot),
        new("systemCost.withoutTwinsPerSlot", "queries without twins", 1, 3, summary => summary.SystemCost.WithoutTwinsPerSlot),
    ];

    /// <summary>"124.13 ± 0.70", in the table's unit; without ± where there is no interval.</summary>
    public string Show(MeanInterval estimate) => double.IsFinite(estimate.HalfWidth)
        ? $"{Show(estimate.Mean)} ± {Show(estimate.HalfWidth)}"
        : Show(estimate.Mean);

    /// <summary>A mean and its interval in the table's unit.</summary>
    public MeanInterval Scaled(MeanInterval estimate) => new(estimate.Mean * Scale, estimate.HalfWidth * Scale, estimate.Count);

    /// <summary>One value in the table's unit.</summary>
    public string Show(double value) => Figures.Number(value * Scale, Decimals);
}
