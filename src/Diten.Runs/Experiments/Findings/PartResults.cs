using Diten.Model.Statistics;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Findings;

/// <summary>What came of all cells of a part.</summary>
/// <param name="Results">By case, in it by seed.</param>
internal sealed record PartResults(ExperimentPart Part, IReadOnlyList<IReadOnlyList<CellResult>> Results)
{
    /// <summary>The command of each run, as <see cref="Results"/> has them; empty where nobody says.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Commands { get; init; } = [];

    /// <summary>What came of cells, as they follow each other: by case, in it by seed.</summary>
    public static PartResults Of(ExperimentPart part, int seeds, IEnumerable<Cell> cells, IEnumerable<CellResult> results) =>
        new(part, [.. results.Chunk(seeds)]) { Commands = [.. cells.Select(cell => cell.Command).Chunk(seeds)] };

    /// <summary>Worlds of each case.</summary>
    public int Seeds => Results[0].Count;

    /// <summary>A metric of a case, a value a seed; NaN where a run does not tell it.</summary>
    public double[] Values(int one, Metric metric) => [.. Results[one].Select(result => result[metric])];

    /// <summary>Mean over seeds.</summary>
    public MeanInterval Mean(int one, Metric metric) => MeanInterval.Of(Values(one, metric));

    /// <summary>Metrics that any case tells, those that were asked for first.</summary>
    public IReadOnlyList<Metric> Told { get; } =
        [.. Part.Metrics.Concat(Metric.HeadlineFirst).Distinct().Where(metric => Results.Any(runs => runs.Any(run => run.Summary.Has(metric))))];
}
