using Diten.Actors;
using Diten.Model.Records;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments;

/// <summary>Runs many cells one after another, and shows how far it is.</summary>
internal sealed class Batch(Session session, EmulationOptions options, bool quiet)
{
    private readonly StatusLine _line = new(session.Terminal, quiet);

    /// <summary>Runs the cells in order; with a store, takes finished ones from it and keeps new ones there.</summary>
    /// <param name="store">Null = nothing is kept.</param>
    /// <param name="watch">Looks on as cells run; null = nothing does.</param>
    /// <returns>A summary a cell, in their order, and how many were taken from the store.</returns>
    /// <exception cref="OperationCanceledException">Stopped; what the store holds stays.</exception>
    public async Task<(RunSummary[] Summaries, int Kept)> RunAsync(
        IReadOnlyList<Cell> cells, CellStore? store, ICellObserver? watch, CancellationToken cancel)
    {
        var summaries = new RunSummary[cells.Count];
        var todo = new List<int>();
        for (var i = 0; i < cells.Count; i++)
        {
            if (store?.Find(cells[i]) is { } kept)
                summaries[i] = kept;
            else
                todo.Add(i);
        }

        var progress = new BatchProgress(_line, cells.Count - todo.Count, cells.Count, todo.Sum(i => cells[i].Work));
        try
        {
            foreach (var i in todo)
            {
                cancel.ThrowIfCancellationRequested();
                progress.Begin(cells[i]);
                var world = cells[i].Input.Ready();
                IRunObserver observer = watch is null ? progress : new Observers(watch.Begin(cells[i], world), progress);
                summaries[i] = await cells[i].RunAsync(world, session, options, observer, cancel);
                watch?.End();
                store?.Keep(cells[i], summaries[i]);
                progress.End();
            }
        }
        finally
        {
            _line.Clear();
        }

        return (summaries, cells.Count - todo.Count);
    }

    private sealed class BatchProgress(StatusLine line, int done, int count, long work) : IRunObserver
    {
        private readonly long _start = TimeProvider.System.GetTimestamp();
        private int _done = done;
        private long _workDone;
        private Cell? _cell;

        public void Begin(Cell cell) => _cell = cell;

        public void End() => _done++;

        public void SlotCompleted(SlotReport report)
        {
            _workDone += report.Total.Devices;
            line.Show(Text);
        }

        private string Text()
        {
            var left = TimeProvider.System.GetElapsedTime(_start) / Math.Max(1, _workDone) * Math.Max(0, work - _workDone);
            return FormattableString.Invariant($"run {_done + 1}/{count}  ETA {Figures.Duration(left)}  {_cell!.Label}");
        }
    }
}
