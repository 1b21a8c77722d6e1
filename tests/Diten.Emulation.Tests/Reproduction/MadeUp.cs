using System.Text.Json.Nodes;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Reproduction;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Reproduction;

/// <summary>Results that nobody measured, for claims to be held against.</summary>
internal static class MadeUp
{
    /// <summary>What worlds add to the value of each case, in turn: means stay, and intervals have a width.</summary>
    private static readonly double[] Luck = [-1, 0, 1, -0.5, 0.5];

    /// <summary>A grid of one metric.</summary>
    /// <param name="spread">Half the range of a case's values over worlds, of its value.</param>
    /// <param name="value">Of a case, by the names of its levels.</param>
    public static PartResults Grid(string name, Metric metric, (string Axis, string[] Levels)[] axes, double spread, Func<string[], double> value) => Grid(name, axes, spread, (metric, value));

    /// <summary>A grid of some metrics.</summary>
    /// <inheritdoc cref="Grid(string, Metric, ValueTuple{string, string[]}[], double, Func{string[], double})"/>
    public static PartResults Grid(string name, (string Axis, string[] Levels)[] axes, double spread, params (Metric Metric, Func<string[], double> Of)[] values)
    {
        var part = new ExperimentPart(
            name, name, "", "", [], [.. axes.Select(axis => Axis.Of(axis.Axis, "x", axis.Levels, "here"))], new SeedPlan(1, Luck.Length, Luck.Length, []), [.. values.Select(value => value.Metric)]);
        return new PartResults(part, [.. part.Cases.Select((one, number) => (IReadOnlyList<CellResult>)[.. Enumerable.Range(0, Luck.Length).Select(world =>
        {
            string[] levels = [.. one.Levels.Select(level => level.Name)];
            var luck = 1 + spread * Luck[(world + number) % Luck.Length]; // cases have their luck in other worlds: differences have a width, too
            return Cell([.. values.Select(value => (value.Metric, value.Of(levels) * luck))]);
        })])]);
    }

    /// <summary>Results of a part of a file, all of whose figures are 1.</summary>
    public static PartResults Results(ExperimentPart part) => new(part, [.. part.Cases.Select(_ => (IReadOnlyList<CellResult>)[Cell([.. Metric.All.Select(metric => (metric, 1.0))])])]);

    /// <summary>The verdicts on all readings of a claim, by name.</summary>
    public static Dictionary<string, string> Verdicts(string claim, IReadOnlyList<PartResults> parts, params TrainingCurve[] trainings) =>
        Verdicts(claim, new ReproductionResults(parts, trainings, []));

    /// <inheritdoc cref="Verdicts(string, IReadOnlyList{PartResults}, TrainingCurve[])"/>
    public static Dictionary<string, string> Verdicts(string claim, ReproductionResults results) =>
        PaperClaims.All.Single(one => one.Name == claim).Judge(results).ToDictionary(reading => reading.Name, reading => reading.Judgement.Verdict.Word());

    private static CellResult Cell((Metric Metric, double Value)[] values) => new(
        new RunSummary("s", 1, "v", "d", 1, 1, false, 1, new WorldSummary(1, 1, 1, 1, "p", 0.2, 0.1, 0.2), new RateSummary(1, 1, 1), new MemorySummary(1), PlatformSummary.Here(), [])
        {
            Figures = values.ToDictionary(one => one.Metric.Name, one => one.Value),
        },
        new CellExtras([], [], null)
        {
            Found = new Dictionary<string, JsonObject>
            {
                [BoundMetric.Kept] = new JsonObject(values.Where(one => one.Metric == BoundMetric.AtOwnMigrations).Select(one => KeyValuePair.Create(BoundMetric.OwnMigrationsKey, (JsonNode?)one.Value))),
            },
        });
}
