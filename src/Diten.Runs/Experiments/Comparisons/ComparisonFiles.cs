using System.Text.Json;
using System.Text.Json.Nodes;
using Diten.Model.Statistics;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Comparisons;

/// <summary>Writes a comparison as a table (CSV and Parquet) and as JSON.</summary>
internal static class ComparisonFiles
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    private sealed record Row(string Policy, Metric Metric, MeanInterval Mean, PairedComparison? Paired);

    private static Table<Row> Table { get; } = new(
        "compare", "One row for each policy and figure; SI units; intervals of 95 %.",
        new TextColumn<Row>("policy", "", "Name of the policy.", (in Row r) => r.Policy),
        new TextColumn<Row>("figure", "", "Name of the figure in summary.json.", (in Row r) => r.Metric.Name),
        new NumberColumn<Row, int>("seeds", "runs", "Number of runs.", (in Row r) => r.Mean.Count),
        new NumberColumn<Row, double>("mean", "of the figure", "Mean over the runs.", (in Row r) => r.Mean.Mean),
        new NumberColumn<Row, double>("half_width", "of the figure", "Half of its interval's width.", (in Row r) => r.Mean.HalfWidth),
        new OptionalColumn<Row>("difference", "of the figure", "Mean over seeds of this policy less the first one; empty where the first does not tell it.", (in Row r) => r.Paired?.Difference.Mean),
        new OptionalColumn<Row>("difference_half_width", "of the figure", "Half of its interval's width.", (in Row r) => r.Paired?.Difference.HalfWidth));

    /// <summary>Writes <c>compare.csv</c>, <c>compare.parquet</c> and <c>compare.json</c> into an existing folder.</summary>
    public static void Write(string folder, string scenario, Comparison comparison, ComparisonBounds? bounds, ComparisonJourneys? journeys)
    {
        using (var table = Table.Create(folder, 10_000))
        {
            foreach (var policy in comparison.Policies)
            {
                foreach (var metric in comparison.Metrics.Where(metric => comparison.Has(policy, metric)))
                    table.Write(new Row(
                        policy, metric, comparison.Mean(policy, metric),
                        comparison.Has(comparison.Policies[0], metric) ? comparison.AgainstFirst(policy, metric) : null));
            }

            table.Complete();
        }

        File.WriteAllText(Path.Combine(folder, "compare.json"), Json(scenario, comparison, bounds, journeys).ToJsonString(Indented) + "\n");
    }

    private static JsonObject Json(string scenario, Comparison comparison, ComparisonBounds? bounds, ComparisonJourneys? journeys) => new()
    {
        ["scenario"] = scenario,
        ["version"] = RunSummary.BuildVersion,
        ["seeds"] = comparison.Seeds,
        ["baseline"] = comparison.Policies[0],
        ["policies"] = new JsonArray([.. comparison.Policies.Select(policy => (JsonNode)new JsonObject
        {
            ["policy"] = policy,
            ["figures"] = Object(comparison.Metrics, metric => Interval(comparison.Mean(policy, metric))),
            ["lessBaseline"] = Object(comparison.Metrics, metric => Interval(comparison.AgainstFirst(policy, metric).Difference)),
        })]),
        ["bounds"] = bounds?.Json(Interval),
        ["singleJourneys"] = journeys?.Json(Interval),
    };

    private static JsonObject Object(IEnumerable<Metric> metrics, Func<Metric, JsonNode> value) =>
        new(metrics.Select(metric => KeyValuePair.Create(metric.Name, (JsonNode?)value(metric))));

    private static JsonObject Interval(MeanInterval interval) => new()
    {
        ["mean"] = Number(interval.Mean),
        ["halfWidth"] = Number(interval.HalfWidth),
    };

    private static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
