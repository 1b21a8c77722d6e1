using Diten.Model.Statistics;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Plots.Figures;

namespace Diten.Runs.Experiments.Pages;

/// <summary>What could have been had at best, for a front of mean latency against migrations: of cases whose bounds the experiment asks for.</summary>
internal static class FrontBounds
{
    /// <summary>Two lines a case: single journeys in hindsight, the others as they were; and all devices placed at once, slot by slot, migrations free.</summary>
    /// <returns>None for a front of other metrics.</returns>
    public static IEnumerable<FrontBound> Of(PartResults results, FigureDesign design)
    {
        var part = results.Part;
        if (design.Metric.Name != "latency.mean" || design.Against?.Name != "migrationRate")
            yield break;
        foreach (var (number, name) in ExperimentFigures.Named(part, design).Where(one => part.WantsBounds(part.Cases[one.Case])))
        {
            RunBounds[] runs = [.. results.Results[number].Select(run => run.Extras.Found.GetValueOrDefault(BoundMetric.Kept)).OfType<System.Text.Json.Nodes.JsonObject>().Select(RunBounds.Read)];
            if (runs.Length < results.Results[number].Count)
                continue; // of some worlds only, it would be another mean than the points'
            yield return new FrontBound($"best in hindsight of single journeys, others as with {name}", [.. Enumerable.Range(0, FrontierPoint.Budgets.Count)
                .Select(i => (runs.Average(run => run.Frontier[i].Rate), Milliseconds(runs.Average(run => run.Frontier[i].Seconds))))]);
            if (results.Mean(number, BoundMetric.BalanceLower) is { Mean: var lower } && double.IsFinite(lower))
                yield return new FrontBound($"no placement of all at once is faster (journeys as with {name})", [(0, Milliseconds(lower))]);

            double Milliseconds(double seconds) => ExperimentFigures.Scaled(design.Metric, new MeanInterval(seconds, double.NaN, runs.Length)).Mean;
        }
    }
}
