using Diten.Actors;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Sweeps;

/// <summary>What a sweep found, and where it was written.</summary>
/// <param name="Rows">A row for each case and figure.</param>
/// <param name="Runs">Runs in all.</param>
/// <param name="Kept">Runs that were kept from an earlier call.</param>
public sealed record SweepResult(string Folder, IReadOnlyList<SweepRow> Rows, int Runs, int Kept);

/// <summary>The runs of <c>diten sweep</c>, and its folder.</summary>
/// <param name="axes">What is varied: all combinations are run.</param>
/// <param name="policies">Policies to run each combination with; empty = the scenario's.</param>
public sealed class SweepRun(Session session, ExperimentSettings settings, IReadOnlyList<Axis> axes, IReadOnlyList<string> policies)
{
    /// <summary>Runs what was not run before, and writes tables, figures and page.</summary>
    /// <exception cref="UserErrorException">A key is varied twice, or a case is too large for this machine and not forced.</exception>
    public async Task<SweepResult> RunAsync(CancellationToken cancel)
    {
        if (axes.GroupBy(axis => axis.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UserErrorException($"--vary names {twice.Key} twice: give all its values in one list.");
        Axis[] all = [.. axes, .. policies.Count > 0 ? new[] { Axis.Of("policy", "policy.name", policies, "--policies") } : []];
        // All cases are loaded before the first runs: a wrong value is told at once, not after an hour.
        Cell[] cells = [.. Case.Grid(all).SelectMany(one => Cell.Load(settings, one))];
        Cell.Check(cells, session.Terminal, settings.Force);
        var store = CellStore.Open(settings.Folder, $"runs/sweep-{cells[0].Input.Name}", "sweep");
        var runner = new CellRunner(session, settings, new EmulationOptions { ServerRecords = false });
        var (results, kept) = await store.WhileAsync(session.Terminal, () => runner.RunAsync(cells, store, null, cancel));
        RunSummary[] summaries = [.. results.Select(result => result.Summary)];
        SweepRow[] rows = [.. Sweeps.Rows(cells, summaries, settings.Seeds, axes.Count)];
        SweepTables.Write(store.Output, axes, rows, [.. cells.Zip(summaries)]);
        SweepReport.Write(store.Output, cells[0].Input.Name, settings, all, cells, results);
        return new SweepResult(store.Output, rows, cells.Length, kept);
    }
}
