using Diten.Model.Statistics;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments;

/// <summary>Turns the runs of a grid into a row for each case and figure.</summary>
internal static class Sweeps
{
    /// <summary>The value in an override <c>key=value</c>.</summary>
    public static string ValueOf(string keyAndValue) => keyAndValue[(keyAndValue.IndexOf('=', StringComparison.Ordinal) + 1)..];

    /// <summary>Means over the runs of each case, of all figures that they tell; cases are runs of <paramref name="seeds"/> cells that follow each other.</summary>
    public static IEnumerable<SweepRow> Rows(IReadOnlyList<Cell> cells, IReadOnlyList<RunSummary> summaries, int seeds)
    {
        for (var first = 0; first < cells.Count; first += seeds)
        {
            var runs = Enumerable.Range(first, seeds).Select(i => summaries[i]).ToArray();
            foreach (var metric in Metric.HeadlineFirst.Where(metric => !metric.OnlyMeasured || runs.All(run => run.Has(metric))))
            {
                yield return new SweepRow(
                    [.. cells[first].Point.Select(ValueOf)], cells[first].Policy, metric, MeanInterval.Of([.. runs.Select(run => run[metric])]));
            }
        }
    }
}
