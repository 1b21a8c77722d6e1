using Diten.Actors;
using Diten.Model.Statistics;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Reference;

/// <summary>A figure as Diten has it beside the reference's.</summary>
public sealed record ReferenceCheck(Metric Metric, MeanInterval Measured, ReferenceFigure Figure)
{
    /// <summary>How the two compare.</summary>
    public Agreement Agreement { get; } = ReferenceAgreement.Of(Metric.Display.Scaled(Measured), Figure);
}

/// <summary>A row of the reference's table, checked.</summary>
public sealed record ReferenceResult(ReferenceRow Row, IReadOnlyList<ReferenceCheck> Checks);

/// <summary>The runs of <c>diten reference</c>.</summary>
public static class ReferenceRun
{
    /// <summary>Runs each row of a table, and holds its figures against the reference's.</summary>
    public static async Task<IReadOnlyList<ReferenceResult>> RunAsync(
        Session session, ExperimentSettings settings, ReferenceTable table, CancellationToken cancel)
    {
        Cell[] cells = [.. table.Rows.SelectMany(row => Cell.Load(settings, CaseOf(row)))];
        var options = new EmulationOptions { ServerRecords = false };
        var (results, _) = await new CellRunner(session, settings, options).RunAsync(cells, null, null, cancel);
        return [.. table.Rows.Zip(results.Select(result => result.Summary).Chunk(settings.Seeds), Checked)];
    }

    private static Case CaseOf(ReferenceRow row) => new([
        new Level(row.World, [.. row.Overrides.Select(change => Change.Parse(change, "reference"))]),
        new Level(row.Policy, [new Change("policy.name", row.Policy, "reference")])]);

    private static ReferenceResult Checked(ReferenceRow row, RunSummary[] runs) => new(
        row, [.. row.All.Select(pair => new ReferenceCheck(pair.Metric, MeanInterval.Of([.. runs.Select(run => run[pair.Metric])]), pair.Figure))]);
}
