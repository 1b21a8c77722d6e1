using Diten.Model.Statistics;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Sweeps;

/// <summary>Turns the runs of a grid into a row for each case and figure.</summary>
internal static class Sweeps
{
    /// <summary>The values of the keys that are varied; the policy, if it is varied, stands in a column of its own.</summary>
    public static IReadOnlyList<string> ValuesOf(Cell cell, int axes) => [.. cell.Case.Levels.Take(axes).Select(level => level.Name)];

    /// <summary>Means over the runs of each case, of all figures that they tell; cases are runs of <paramref name="seeds"/> cells that follow each other.</summary>
    public static IEnumerable<SweepRow> Rows(IReadOnlyList<Cell> cells, IReadOnlyList<RunSummary> summaries, int seeds, int axes)
    {
        for (var first = 0; first < cells.Count; first += seeds)
        {
            var runs = Enumerable.Range(first, seeds).Select(i => summaries[i]).ToArray();
            foreach (var metric in Metric.HeadlineFirst.Where(metric => !metric.OnlyMeasured || runs.All(run => run.Has(metric))))
            {
                yield return new SweepRow(
                    ValuesOf(cells[first], axes), cells[first].Input.PolicyName, metric, MeanInterval.Of([.. runs.Select(run => run[metric])]));
            }
        }
    }
}
