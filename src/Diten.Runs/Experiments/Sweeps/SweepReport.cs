using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Experiments.Pages;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Sweeps;

/// <summary>The figures and the page of a sweep: it is an experiment that estimates nothing but means.</summary>
internal static class SweepReport
{
    /// <summary>More are not looked at: what a large grid shows is in its tables.</summary>
    private const int MostFigures = 24;

    /// <summary>Writes figures and <c>report.html</c> into the sweep's folder.</summary>
    /// <param name="scenario">The scenario's name.</param>
    /// <param name="axes">All that is varied, the policy among it.</param>
    /// <param name="results">Of each case in turn, one a seed.</param>
    public static void Write(string folder, string scenario, ExperimentSettings settings, IReadOnlyList<Axis> axes, IReadOnlyList<Cell> cells, IReadOnlyList<CellResult> results)
    {
        SeedPlan seeds = new(results[0].Summary.Seed, settings.Seeds, settings.Seeds, []);
        var part = new ExperimentPart("", "", "", settings.Scenario, settings.Set, axes, seeds, Metric.Headline) { Figures = [.. Figures(axes)] };
        var design = new ExperimentDesign(scenario, settings.Scenario, $"Sweep: {scenario}", "", [part], IsQuick: false);
        var findings = PartFindings.Of(PartResults.Of(part, settings.Seeds, cells, results), null);
        foreach (var figure in ExperimentFigures.Of(findings.Results))
            figure.Save(folder);
        ExperimentReport.Write(folder, design, [findings], new PageExtras("sweep.csv"));
    }

    /// <summary>The headline figures over the first axis that has several values, a line a value of the last one that has; one for each combination of the others.</summary>
    private static IEnumerable<FigureDesign> Figures(IReadOnlyList<Axis> axes)
    {
        Axis[] varied = [.. axes.Where(axis => axis.Levels.Count > 1)];
        if (varied.Length == 0)
            return [];
        var others = varied.Skip(1).SkipLast(1).Aggregate(1L, (product, axis) => product * axis.Levels.Count);
        var settled = new Selection([.. axes.Except(varied).Select(axis => (axis.Name, axis.Levels[0].Name))]);
        var series = varied.Length > 1 ? varied[^1].Name : null;
        return Metric.Headline.Take((int)(MostFigures / others)).Select(metric => new FigureDesign(
            metric.Name, FigureKind.Lines, Shape.Capital(Shape.NameOf(metric)), metric, varied[0].Name, series, settled));
    }
}
