using System.Text.Json.Nodes;
using Diten.Actors;
using Diten.Model.Records;
using Diten.Runs.Execution;
using Diten.Runs.Progress;

namespace Diten.Runs.Experiments.Cells;

/// <summary>Runs many cells, side by side as cores and memory allow, and shows how far it is.</summary>
/// <param name="options">Of each run; its threads are set here.</param>
internal sealed class CellRunner(Session session, ExperimentSettings settings, EmulationOptions options)
{
    private readonly StatusLine _line = new(session.Terminal, settings.Quiet);

    /// <summary>Whether the course of each run is wanted, slot by slot.</summary>
    public bool KeepsSlots { get; init; }

    /// <summary>What runs a cell; null = actors in this process.</summary>
    public Func<Cell, Emulate>? Emulator { get; init; }

    /// <summary>Shows cells as they run; null = nobody does.</summary>
    public IExperimentStage? Stage { get; init; }

    /// <summary>Runs the cells; with a store, takes finished ones from it and keeps new ones there.</summary>
    /// <param name="store">Null = nothing is kept.</param>
    /// <param name="watch">Looks on as cells run; null = nothing does.</param>
    /// <returns>A result a cell, in their order, and how many were taken from the store.</returns>
    /// <exception cref="OperationCanceledException">Stopped; what the store holds stays.</exception>
    public async Task<(CellResult[] Results, int Kept)> RunAsync(IReadOnlyList<Cell> cells, CellStore? store, ICellObserver? watch, CancellationToken cancel)
    {
        cells = store is null ? cells : Widened(cells, store);
        var results = new CellResult[cells.Count];
        var todo = new List<int>();
        var first = new Dictionary<string, int>(StringComparer.Ordinal); // a run that two cases share is run once
        var twins = new List<(int Cell, int Same)>();
        for (var i = 0; i < cells.Count; i++)
        {
            if (store?.Find(cells[i]) is { } kept && Suffices(cells[i], kept.Extras, watch))
                results[i] = kept;
            else if (store?.PathOf(cells[i]) is { } path && !first.TryAdd(path, i))
                twins.Add((i, first[path]));
            else
                todo.Add(i);
        }

        Stage?.Planned(Staged(cells, todo, twins));
        var done = cells.Count - todo.Count;
        await RunAsync(cells, todo, results, store, watch, cancel);
        foreach (var (cell, same) in twins)
            results[cell] = results[same];
        return (results, done - twins.Count);
    }

    private static StagedCell[] Staged(IReadOnlyList<Cell> cells, List<int> todo, List<(int Cell, int Same)> twins)
    {
        var (running, same) = (todo.ToHashSet(), twins.ToDictionary(pair => pair.Cell, pair => pair.Same));
        return [.. cells.Select((cell, i) => new StagedCell(
            cell.Part, cell.Name.StartsWith(cell.Part, StringComparison.Ordinal) ? cell.Name[cell.Part.Length..].Trim() : cell.Name, cell.Seed, cell.Work,
            same.TryGetValue(i, out var other) ? other : null, !running.Contains(i) && !same.ContainsKey(i)))];
    }

    /// <summary>Whether a kept cell tells all that is wanted; one that was kept when somebody wanted less runs again.</summary>
    private bool Suffices(Cell cell, CellExtras kept, ICellObserver? watch) =>
        !(KeepsSlots && kept.Course is null) && (watch is null || watch.Suffices(cell, kept.Found.GetValueOrDefault(watch.Name)));

    /// <summary>A run that two cases share has bounds where one of them wants them.</summary>
    private static IReadOnlyList<Cell> Widened(IReadOnlyList<Cell> cells, CellStore store)
    {
        var wanted = cells.Where(cell => cell.WithBounds).Select(store.PathOf).ToHashSet(StringComparer.Ordinal);
        return wanted.Count == 0 ? cells : [.. cells.Select(cell => cell with { WithBounds = wanted.Contains(store.PathOf(cell)) })];
    }

    private async Task RunAsync(IReadOnlyList<Cell> cells, List<int> todo, CellResult[] results, CellStore? store, ICellObserver? watch, CancellationToken cancel)
    {
        if (todo.Count == 0)
            return;
        var sideBySide = settings.SideBySide([.. todo.Select(i => cells[i].Input.Scenario)], usual: Emulator is null ? Environment.ProcessorCount : 1);
        var own = options with { WorkerThreads = settings.ThreadsOf(sideBySide) };
        var progress = new WorkProgress(_line, "run", cells.Count - todo.Count, cells.Count, todo.Sum(i => cells[i].Work));
        try
        {
            await Parallel.ForEachAsync(todo, new ParallelOptions { MaxDegreeOfParallelism = sideBySide, CancellationToken = cancel }, async (i, stop) =>
            {
                var cell = cells[i];
                var world = cell.Input.Ready();
                var look = watch?.Begin(cell, world);
                var counted = new Counted(progress, cell);
                using var shown = Stage?.Begin(i, cell.Input.Name, world);
                IRunObserver observer = new Observers([.. new IRunObserver?[] { look, shown, counted }.OfType<IRunObserver>()]);
                var wanted = cell.WithBounds ? own with { ServerRecords = true, DeviceRecordsEvery = 1 }
                    : shown is not null ? own with { ServerRecords = true, DeviceRecordsEvery = Stage!.DevicesEvery(cell.Input.Scenario.Devices.Count) }
                    : own;
                var result = await cell.RunAsync(world, Emulator?.Invoke(cell) ?? session.Emulate, wanted, observer, KeepsSlots, stop);
                if (look is not null)
                    result = result with { Extras = result.Extras with { Found = new Dictionary<string, JsonObject> { [watch!.Name] = look.End() } } };
                results[i] = store?.Keep(cell, result) ?? result;
                progress.End();
                Stage?.Ended(i);
            });
        }
        finally
        {
            _line.Clear();
        }
    }

    private sealed class Counted(WorkProgress progress, Cell cell) : IRunObserver
    {
        public void SlotCompleted(SlotReport report) => progress.Add(report.Total.Devices, cell.Label);
    }
}
