using System.Text.Json.Nodes;

namespace Diten.Runs.Experiments.Cells;

/// <summary>What would have been possible at best in one run, all latencies being means over tasks; seconds.</summary>
/// <param name="Recorded">What the policy reached, over the same journeys.</param>
/// <param name="AtOwnMigrations">Journey frontier with as many migrations as each journey had.</param>
/// <param name="AtBudget">Journey frontier with the migrations that β allows.</param>
/// <param name="BudgetRate">Those migrations per slot that is not the first of a journey.</param>
/// <param name="Balance">No placement of all devices at once is faster than the one, and the other can be had; null where it was not asked for, or takes too long.</param>
/// <param name="Frontier">Journey frontier with the migrations of each budget in <see cref="FrontierPoint.Budgets"/>.</param>
/// <param name="Servers">Edge servers of the world.</param>
internal sealed record RunBounds(
    double Recorded, double AtOwnMigrations, double AtBudget, double BudgetRate, (double Lower, double Reachable)? Balance,
    IReadOnlyList<FrontierPoint> Frontier, int Servers)
{
    /// <summary>As a cell keeps it; NaN is null.</summary>
    /// <param name="asksBalance">Whether the balance bound was asked for: else nothing is said of it, and an earlier run's word stays.</param>
    public JsonObject ToJson(bool asksBalance)
    {
        var written = new JsonObject
        {
            ["recorded"] = Number(Recorded),
            [BoundMetric.OwnMigrationsKey] = Number(AtOwnMigrations),
            [BoundMetric.BudgetKey] = Number(AtBudget),
            ["budgetRate"] = Number(BudgetRate),
            ["servers"] = Servers,
            ["frontier"] = new JsonArray([.. Frontier.Select(point => new JsonArray(Number(point.Rate), Number(point.Seconds)))]),
        };
        if (asksBalance)
            written[BoundMetric.BalanceKey] = Balance is var (lower, reachable) ? new JsonArray(Number(lower), Number(reachable)) : null;
        return written;
    }

    /// <summary>Whether a kept cell knows of the balance bound, be it that there is none.</summary>
    public static bool HasBalance(JsonObject kept) => kept.ContainsKey(BoundMetric.BalanceKey);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static RunBounds Read(JsonObject kept)
    {
        return new RunBounds(
            Of(kept["recorded"]), Of(kept[BoundMetric.OwnMigrationsKey]), Of(kept[BoundMetric.BudgetKey]), Of(kept["budgetRate"]),
            kept[BoundMetric.BalanceKey] is JsonArray balance ? (Of(balance[0]), Of(balance[1])) : null,
            [.. kept["frontier"]!.AsArray().Select(point => new FrontierPoint(Of(point![0]), Of(point[1])))], kept["servers"]!.GetValue<int>());

        static double Of(JsonNode? value) => value?.GetValue<double>() ?? double.NaN;
    }

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}

/// <summary>A point of the journey frontier, over all journeys.</summary>
/// <param name="Rate">Migrations allowed per slot that is not the first of a journey; more than the budget where they are forced.</param>
/// <param name="Seconds">Least mean latency of a task with so many.</param>
internal readonly record struct FrontierPoint(double Rate, double Seconds)
{
    /// <summary>Budgets, migrations per slot, whose points make the curve: 0 to 0.3 by hundredths, where it bends, and to 1 by twentieths.</summary>
    public static IReadOnlyList<double> Budgets { get; } =
        [.. Enumerable.Range(0, 30).Select(i => i / 100.0), .. Enumerable.Range(6, 15).Select(i => i / 20.0)];
}
