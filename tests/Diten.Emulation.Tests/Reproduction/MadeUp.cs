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
    public static PartResults Grid(string name, Metric metric, (string Axis, string[] Levels)[] axes, double spread, Func<string[], double> value)
    {
        var part = new ExperimentPart(name, name, "", "", [], [.. axes.Select(axis => Axis.Of(axis.Axis, "x", axis.Levels, "here"))], new SeedPlan(1, Luck.Length, Luck.Length, []), [metric]);
        return new PartResults(part, [.. part.Cases.Select((one, number) => (IReadOnlyList<CellResult>)[.. Enumerable.Range(0, Luck.Length).Select(world =>
        {
            var mean = value([.. one.Levels.Select(level => level.Name)]);
            return Cell(metric, mean * (1 + spread * Luck[(world + number) % Luck.Length])); // cases have their luck in other worlds: differences have a width, too
        })])]);
    }

    /// <summary>The verdicts on all readings of a claim, by name.</summary>
    public static Dictionary<string, string> Verdicts(string claim, IReadOnlyList<PartResults> parts, params TrainingCurve[] trainings) =>
        PaperClaims.All.Single(one => one.Name == claim).Judge(new ReproductionResults(parts, trainings)).ToDictionary(reading => reading.Name, reading => reading.Judgement.Verdict.Word());

    private static CellResult Cell(Metric metric, double value) => new(
        new RunSummary("s", 1, "v", "d", 1, 1, false, 1, new WorldSummary(1, 1, 1, 1, "p", 0.2, 0.1, 0.2), new RateSummary(1, 1, 1), new MemorySummary(1), PlatformSummary.Here(), [])
        {
            Figures = new Dictionary<string, double> { [metric.Name] = value },
        },
        new CellExtras([], [], null));
}
