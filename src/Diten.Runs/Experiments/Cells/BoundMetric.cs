using System.Text.Json.Nodes;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Cells;

/// <summary>What would have been possible at best in a run, as metrics of an experiment: no run tells them by itself, for they take its journeys.</summary>
internal static class BoundMetric
{
    /// <summary>Under which name cells keep bounds.</summary>
    public const string Kept = "bounds";

    /// <summary>Keys of what is kept: a number, a number, and the balance bound as [lower, reachable].</summary>
    public const string OwnMigrationsKey = "atOwnMigrations", BudgetKey = "atBudget", BalanceKey = "balance";

    /// <summary>Least mean latency that single journeys could have had, each with as many migrations as it had, all others as they were.</summary>
    public static Metric AtOwnMigrations { get; } = Of("bounds.frontierAtOwnMigrations", "Least mean T_glob of single journeys with their own number of migrations", "frontier, own migrations, ms");

    /// <summary>Likewise with the migrations that β allows.</summary>
    public static Metric AtBudget { get; } = Of("bounds.frontierAtBudget", "Least mean T_glob of single journeys with the migrations that β allows", "frontier at β, ms");

    /// <summary>No placement of all devices at once has less, migrations being free.</summary>
    public static Metric BalanceLower { get; } = Of("bounds.balanceLower", "Lower bound of mean T_glob over placements of all devices at once, slot by slot", "balance bound, ms");

    /// <summary>A placement of all devices at once that can be had.</summary>
    public static Metric BalanceReachable { get; } = Of("bounds.balanceReachable", "Mean T_glob of a placement of all devices at once", "balance, reachable, ms");

    private static readonly (Metric Metric, Func<JsonObject, JsonNode?> Of)[] Readers =
    [
        (AtOwnMigrations, kept => kept[OwnMigrationsKey]),
        (AtBudget, kept => kept[BudgetKey]),
        (BalanceLower, kept => kept[BalanceKey]?[0]),
        (BalanceReachable, kept => kept[BalanceKey]?[1]),
    ];

    /// <summary>All.</summary>
    public static IReadOnlyList<Metric> All { get; } = [.. Readers.Select(reader => reader.Metric)];

    /// <summary>A bound that was kept with a run, in seconds; NaN where there is none, null where the metric is no bound.</summary>
    public static double? Read(Metric metric, CellExtras extras) => Array.Find(Readers, reader => reader.Metric == metric).Of is not { } of
        ? null
        : extras.Found.TryGetValue(Kept, out var kept) && of(kept) is { } value ? value.GetValue<double>() : double.NaN;

    private static Metric Of(string name, string meaning, string title) => new(name, "s", meaning, new(title, 1e3, 2), _ => double.NaN);
}
