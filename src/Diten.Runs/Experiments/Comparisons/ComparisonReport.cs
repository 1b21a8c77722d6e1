using Diten.Model.Statistics;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Experiments.Pages;
using Diten.Runs.Plots;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Comparisons;

/// <summary>The chart and the page of a comparison: it is an experiment of one axis, whose differences to the first case nobody named beforehand.</summary>
internal static class ComparisonReport
{
    /// <summary>Writes <c>latency-vs-migration.svg</c> and <c>.png</c> and <c>report.html</c> into the comparison's folder.</summary>
    /// <param name="scenario">The scenario's name.</param>
    /// <param name="results">Of each case in turn, one a seed.</param>
    public static void Write(
        ComparisonResult found, string scenario, ExperimentSettings settings, IReadOnlyList<ComparedCase> compared, IReadOnlyList<Cell> cells,
        IReadOnlyList<CellResult> results, RunPlot plot)
    {
        plot.Save(found.Folder);
        Axis axis = new("case", [.. compared.Select(one => new Level(one.Name, one.Changes))]);
        SeedPlan seeds = new(results[0].Summary.Seed, found.Comparison.Seeds, found.Comparison.Seeds, []);
        var part = new ExperimentPart("", "", "", settings.Scenario, settings.Set, [axis], seeds, Metric.Headline)
        {
            Exploratory = [.. compared.Skip(1).SelectMany(one => Metric.Headline.Select(metric => new EstimateDesign(
                one.Name, EstimateKind.Difference, metric, At(axis, one), At(axis, compared[0]))))],
        };
        var design = new ExperimentDesign(scenario, settings.Scenario, $"Comparison: {scenario}", "All cases meet the same devices, tasks and loads, seed by seed.", [part], IsQuick: false);
        var findings = PartFindings.Of(PartResults.Of(part, found.Comparison.Seeds, cells, results), null);
        ExperimentReport.Write(found.Folder, design, [findings], new PageExtras("compare.csv")
        {
            Plots = [plot],
            Tables = [.. Bounds(found), .. Journeys(found)],
            Notes = [.. found.Notes],
        });
    }

    private static Selection At(Axis axis, ComparedCase one) => new([(axis.Name, one.Name)]);

    private static IEnumerable<PageTable> Bounds(ComparisonResult found)
    {
        if (found.Bounds is not { } bounds)
            yield break;
        yield return new PageTable("What would have been possible", ["bound", Metric.Latency.Display.Title, Metric.MigrationRate.Display.Title],
        [
            .. found.Comparison.Policies.Select(policy => new[] { $"journey frontier at own migrations, others {policy}", Metric.Latency.Display.Show(bounds.AtOwnMigrations(policy)), "" }),
            .. bounds.Rows.Select(row => new[]
            {
                row.Name, Metric.Latency.Display.Show(row.Latency), row.MigrationRate is { } rate ? Metric.MigrationRate.Display.Show(rate) : "",
            }),
        ]);
    }

    private static IEnumerable<PageTable> Journeys(ComparisonResult found)
    {
        if (found.Journeys is { } journeys && journeys.Rows.Any())
            yield return new PageTable("Single journeys", ["case", .. JourneyMetric.All.Select(metric => metric.Display.Title)],
                [.. journeys.Rows.Select(row => (string[])[row.Name, .. row.Figures.Zip(JourneyMetric.All, (mean, metric) => metric.Display.Show(mean))])]);
    }
}
