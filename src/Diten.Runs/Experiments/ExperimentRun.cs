using Diten.Actors;
using Diten.Model.Statistics;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Comparisons;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Experiments.Pages;
using Diten.Runs.Experiments.Sweeps;

namespace Diten.Runs.Experiments;

/// <summary>The runs of <c>diten experiment</c>, and its folder.</summary>
/// <param name="settings">Folder, threads and so on; scenario and seeds are the design's.</param>
public sealed class ExperimentRun(Session session, ExperimentDesign design, ExperimentSettings settings)
{
    private readonly ExperimentTrainings _trainings = new(session, design, settings);

    /// <summary>Shows it as it goes on; null = nobody does.</summary>
    public IExperimentStage? Stage { get; init; }

    /// <summary>Nodes of a local cluster that runs are done on, one after another; 0 = in this process, side by side.</summary>
    public int Nodes { get; init; }

    /// <summary>Whether report.html is written, and not left to whoever asks for the runs.</summary>
    internal bool WithReport { get; init; } = true;

    /// <summary>Runs what was not run before, and writes tables, figures and the page.</summary>
    /// <exception cref="UserErrorException">A case is too large for this machine and not forced, or the folder cannot be used.</exception>
    public async Task<ExperimentResult> RunAsync(CancellationToken cancel)
    {
        // All cases are loaded before the first runs: a wrong value is told at once, not after an hour. Those that need a policy come after its training.
        var cells = LoadAll();
        var store = CellStore.Open(settings.Folder, $"runs/experiment-{design.Name}{(design.IsQuick ? "-quick" : "")}", "experiment");
        return await store.WhileAsync(session.Terminal, async () =>
        {
            if (design.Trainings.Count > 0)
            {
                await _trainings.RunAsync(store.Output, Stage, cancel);
                cells = LoadAll();
            }

            await using var cluster = Nodes > 0 ? new ClusterCells(Nodes, settings.Threads, cancel) : null;
            var (results, kept) = await RunAsync(cells, store, cluster, cancel);
            var decisions = new StoppingDecision?[design.Parts.Count];
            while (Wanting(results, decisions) is { Length: > 0 } more)
            {
                foreach (var (part, seeds) in more)
                    cells[part] = CellsOf(design.Parts[part], seeds);
                (results, _) = await RunAsync(cells, store, cluster, cancel); // what has run is in the store
            }

            PartFindings[] parts = [.. results.Select((result, i) => PartFindings.Of(result, decisions[i]))];
            Write(store.Output, parts, cells);
            return new ExperimentResult(store.Output, design, parts, cells.Sum(part => part.Length), kept) { Trainings = _trainings.Done };
        });
    }

    /// <summary>What would be run, without running it.</summary>
    public IReadOnlyList<PlannedPart> Plan()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        PlannedPart[] parts = [.. design.Parts.Select(part => PlannedPart.Of(part, CellsOf(part, part.Seeds.Count), WaitingCellsOf(part), known))];
        return design.Trainings.Count == 0 ? parts : [PlannedPart.Of(_trainings.Load()), .. parts];
    }

    /// <summary>Cells that wait for a policy to be trained, with the scenario's own in its place: they take about as long.</summary>
    private Cell[] WaitingCellsOf(ExperimentPart part)
    {
        var own = SettingsOf(part, part.Seeds.Count);
        return [.. part.Cases.Where(one => _trainings.With(one) is null)
            .Select(one => new Case([.. one.Levels.Select(level => level with { Changes = [.. level.Changes.Where(change => !change.Key.StartsWith("policy.", StringComparison.Ordinal))] })]))
            .SelectMany(one => Cell.Load(own, one))];
    }

    /// <summary>The cells of all parts, checked.</summary>
    private Cell[][] LoadAll()
    {
        var cells = design.Parts.Select(part => CellsOf(part, part.Seeds.Count)).ToArray();
        Cell.Check([.. cells.SelectMany(part => part)], session.Terminal, settings.Force);
        return cells;
    }

    private Cell[] CellsOf(ExperimentPart part, int seeds)
    {
        var own = SettingsOf(part, seeds);
        return [.. part.Cases.Select(one => (Case: _trainings.With(one), Name: NameOf(part, one))).Where(one => one.Case is not null)
            .SelectMany(one => Cell.Load(own, one.Case!, one.Name).Select(cell => cell with { Part = part.Name, WithBounds = part.WantsBounds(one.Case!) }))];
    }

    private ExperimentSettings SettingsOf(ExperimentPart part, int seeds) =>
        settings with { Scenario = part.Scenario, Set = [.. part.Set, .. settings.Set], Seed = part.Seeds.First, Seeds = seeds };

    private static string NameOf(ExperimentPart part, Case one) =>
        string.Join(' ', new[] { part.Name }.Concat(one.Levels.Zip(part.Axes, (level, axis) => $"{axis.Name}={level.Name}")).Where(piece => piece.Length > 0));

    private async Task<(PartResults[] Results, int Kept)> RunAsync(Cell[][] cells, CellStore store, ClusterCells? cluster, CancellationToken cancel)
    {
        var runner = new CellRunner(session, settings, new EmulationOptions { ServerRecords = false })
        {
            KeepsSlots = design.Parts.Any(part => part.KeepsSlots),
            Emulator = cluster is null ? null : cluster.EmulatorOf,
            Stage = Stage,
        };
        Cell[] all = [.. cells.SelectMany(part => part)];
        var (results, kept) = await runner.RunAsync(all, store, new BoundsObserver(cell => cell.WithBounds, static _ => true), cancel);
        var parts = new PartResults[cells.Length];
        var from = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var seeds = cells[i].Length / design.Parts[i].Cases.Count;
            parts[i] = PartResults.Of(design.Parts[i], seeds, cells[i], results.Skip(from).Take(cells[i].Length));
            from += cells[i].Length;
        }

        return (parts, kept);
    }

    /// <summary>Parts that need more seeds, and how many in all.</summary>
    private (int Part, int Seeds)[] Wanting(PartResults[] results, StoppingDecision?[] decisions)
    {
        var wanting = new List<(int, int)>();
        for (var i = 0; i < results.Length; i++)
        {
            var (plan, result) = (design.Parts[i].Seeds, results[i]);
            if (plan.Until.Count == 0)
                continue;
            var goals = from goal in plan.Until
                        from one in Enumerable.Range(0, result.Part.Cases.Count)
                        select new PrecisionGoal($"{goal.Metric.Name} of case {one + 1}", result.Values(one, goal.Metric), goal.Precision);
            var decision = decisions[i] = Stopping.Decide([.. goals], plan.Count, most: plan.Most);
            if (!decision.Ends)
                wanting.Add((i, decision.Seeds));
        }

        return [.. wanting];
    }

    private void Write(string folder, IReadOnlyList<PartFindings> parts, Cell[][] cells)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            var own = PartFolder(folder, parts[i].Part);
            Directory.CreateDirectory(own);
            var summaries = parts[i].Results.Results.SelectMany(runs => runs).Select(run => run.Summary).ToArray();
            var axes = parts[i].Part.Axes;
            SweepTables.Write(own, axes, [.. Sweeps.Sweeps.Rows(cells[i], summaries, parts[i].Results.Seeds, axes.Count)], [.. cells[i].Zip(summaries)], "means");
            foreach (var figure in ExperimentFigures.Of(parts[i].Results))
                figure.Save(own);
        }

        FindingTables.Write(folder, parts);
        if (WithReport)
            ExperimentReport.Write(folder, design, parts, PageExtras.None);
    }

    /// <summary>Where tables and figures of a part are.</summary>
    internal static string PartFolder(string folder, ExperimentPart part) => part.Name.Length == 0 ? folder : Path.Combine(folder, part.Name);
}
