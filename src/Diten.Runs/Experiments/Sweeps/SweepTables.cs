using Diten.Model.Statistics;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Sweeps;

/// <summary>One figure of one case of a sweep: a row of its table.</summary>
public sealed record SweepRow(IReadOnlyList<string> Values, string Policy, Metric Metric, MeanInterval Estimate);

/// <summary>The tables that a sweep writes, as CSV and as Parquet.</summary>
internal static class SweepTables
{
    private const int RowsPerGroup = 10_000;

    /// <summary>Writes <c>sweep</c> (a row per case and figure, with intervals) and <c>runs</c> (a row per run and figure).</summary>
    /// <param name="name">Of the first table; <c>sweep</c>, where nobody says another.</param>
    public static void Write(
        string folder, IReadOnlyList<Axis> axes, IReadOnlyList<SweepRow> rows, IReadOnlyList<(Cell Cell, RunSummary Summary)> runs, string name = "sweep")
    {
        using (var table = Sweep(axes, name).Create(folder, RowsPerGroup))
        {
            foreach (var row in rows)
                table.Write(row);
            table.Complete();
        }

        using (var table = Runs(axes).Create(folder, RowsPerGroup))
        {
            foreach (var (cell, summary) in runs)
            {
                foreach (var metric in Metric.HeadlineFirst.Where(metric => !metric.OnlyMeasured || summary.Has(metric)))
                    table.Write(new RunRow(cell, summary, metric));
            }

            table.Complete();
        }
    }

    private sealed record RunRow(Cell Cell, RunSummary Summary, Metric Metric);

    private static Table<SweepRow> Sweep(IReadOnlyList<Axis> axes, string name) => new(
        name, "One row for each case and figure: mean over seeds with its 95 % confidence interval.",
        [
            .. axes.Select((axis, i) => new TextColumn<SweepRow>(axis.Name, "as given", "Value of the scenario key.", (in SweepRow r) => r.Values[i])),
            new TextColumn<SweepRow>("policy", "", "Name of the policy.", (in SweepRow r) => r.Policy),
            new TextColumn<SweepRow>("figure", "", "Name of the figure in summary.json; SI units.", (in SweepRow r) => r.Metric.Name),
            new NumberColumn<SweepRow, int>("seeds", "runs", "Number of runs.", (in SweepRow r) => r.Estimate.Count),
            new NumberColumn<SweepRow, double>("mean", "of the figure", "Mean over the runs.", (in SweepRow r) => r.Estimate.Mean),
            new NumberColumn<SweepRow, double>("half_width", "of the figure", "Half of the interval's width.", (in SweepRow r) => r.Estimate.HalfWidth),
            new NumberColumn<SweepRow, double>("low", "of the figure", "Lower end of the interval.", (in SweepRow r) => r.Estimate.Low),
            new NumberColumn<SweepRow, double>("high", "of the figure", "Upper end of the interval.", (in SweepRow r) => r.Estimate.High),
        ]);

    private static Table<RunRow> Runs(IReadOnlyList<Axis> axes) => new(
        "runs", "One row for each run and figure.",
        [
            .. axes.Select((axis, i) => new TextColumn<RunRow>(
                axis.Name, "as given", "Value of the scenario key.", (in RunRow r) => Sweeps.ValuesOf(r.Cell, axes.Count)[i])),
            new TextColumn<RunRow>("policy", "", "Name of the policy.", (in RunRow r) => r.Cell.Input.PolicyName),
            new NumberColumn<RunRow, ulong>("seed", "", "Seed of the run.", (in RunRow r) => r.Cell.Seed),
            new TextColumn<RunRow>("figure", "", "Name of the figure in summary.json; SI units.", (in RunRow r) => r.Metric.Name),
            new NumberColumn<RunRow, double>("value", "of the figure", "Its value.", (in RunRow r) => r.Summary[r.Metric]),
            new TextColumn<RunRow>("digest", "", "Digest of the run, hex.", (in RunRow r) => r.Summary.Digest),
        ]);
}
