using System.Text.Json;
using Diten.Model.Records;
using Diten.Model.Worlds;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.View.Recordings;

namespace Diten.View.Experiments;

/// <summary>
/// An experiment as viewers see it: which cells are done, and a recording of each that runs. Recordings stand in a temporary folder; those of runs
/// that are over go as others end, so that there are never more than runs side by side and <see cref="MostEnded"/>. Safe for threads.
/// </summary>
public sealed class WatchedExperiment(string title) : IExperimentStage, IDisposable
{
    /// <summary>Runs that are over and can still be looked at, at most.</summary>
    private const int MostEnded = 2;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly Lock _gate = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("diten-view-");
    private readonly List<WatchedRun> _runs = []; // in the order in which they began
    private readonly HashSet<int> _done = [];
    private IReadOnlyList<StagedCell> _cells = [];
    private string? _trains;
    private int _plan, _begun;
    private long _since, _workDone;
    private bool _over;

    /// <inheritdoc/>
    public void Planned(IReadOnlyList<StagedCell> cells)
    {
        lock (_gate)
        {
            _cells = cells;
            _done.Clear();
            _plan++;
            (_since, _workDone, _trains) = (TimeProvider.System.GetTimestamp(), 0, null);
        }
    }

    /// <inheritdoc/>
    public void Trains(string name)
    {
        lock (_gate)
            _trains = name;
    }

    /// <inheritdoc/>
    public int DevicesEvery(int devices) => RunRecorder.DrawnEveryFor(devices, told: 0);

    /// <inheritdoc/>
    public IRunWatcher Begin(int cell, string name, World world)
    {
        var number = Interlocked.Increment(ref _begun);
        var folder = _folder.CreateSubdirectory(FormattableString.Invariant($"{number}"));
        var recorder = new RunRecorder(folder.FullName, name, world, DevicesEvery(world.Scenario.Devices.Count), shown: true);
        var run = new WatchedRun(number, cell, recorder, folder, this);
        lock (_gate)
            _runs.Add(run);
        return run;
    }

    /// <inheritdoc/>
    public void Ended(int cell)
    {
        lock (_gate)
            _done.Add(cell);
    }

    /// <summary>All that was wanted is done.</summary>
    public void Over()
    {
        lock (_gate)
            _over = true;
    }

    /// <summary>The recording of a run by its number from 1; null where it has not begun, or is gone.</summary>
    internal Recording? Run(int number)
    {
        lock (_gate)
            return _runs.Find(run => run.Number == number)?.Recording;
    }

    /// <summary>How far it is, as JSON: a letter a cell, w waits, r runs, d done, k kept from before.</summary>
    internal byte[] ToJson()
    {
        lock (_gate)
        {
            var running = _runs.Where(run => !run.IsOver).ToDictionary(run => run.Cell, run => run.Number);
            var states = Enumerable.Range(0, _cells.Count).Select(i => Letter(_cells[i].SameAs ?? i, running)).ToArray();
            var left = _cells.Where(cell => cell is { Kept: false, SameAs: null }).Sum(cell => cell.Work) - _workDone;
            var leftSeconds = _workDone > 0 ? TimeProvider.System.GetElapsedTime(_since).TotalSeconds / _workDone * Math.Max(0, left) : (double?)null;
            return JsonSerializer.SerializeToUtf8Bytes(new
            {
                Title = title,
                Plan = _plan,
                States = new string(states),
                Trains = _trains,
                Over = _over,
                LeftSeconds = _over ? 0 : leftSeconds,
                Running = running.Select(run => new { Run = run.Value, Cell = run.Key }),
            }, Json);
        }
    }

    /// <summary>The cells in their order, as JSON; they change with the number of the plan.</summary>
    internal byte[] CellsToJson()
    {
        lock (_gate)
            return JsonSerializer.SerializeToUtf8Bytes(new { Plan = _plan, Cells = _cells.Select(cell => new { cell.Part, cell.Case, cell.Seed }) }, Json);
    }

    /// <summary>No more frames will come: whoever waits for one waits no longer.</summary>
    internal void End()
    {
        lock (_gate)
            _runs.ForEach(run => run.Recording.End());
    }

    /// <summary>Deletes what is left of the recordings.</summary>
    public void Dispose()
    {
        lock (_gate)
            _runs.ForEach(run => run.Recording.Dispose());
        _folder.Delete(recursive: true);
    }

    private char Letter(int cell, Dictionary<int, int> running) =>
        _cells[cell].Kept ? 'k' : _done.Contains(cell) ? 'd' : running.ContainsKey(cell) ? 'r' : 'w';

    private void Worked(long devices)
    {
        lock (_gate)
            _workDone += devices;
    }

    /// <summary>A run is over: the oldest of those goes where there are too many.</summary>
    private void Close(WatchedRun over)
    {
        lock (_gate)
        {
            over.IsOver = true;
            while (_runs.Count(run => run.IsOver) > MostEnded)
            {
                var oldest = _runs.First(run => run.IsOver);
                _runs.Remove(oldest);
                oldest.Recording.Dispose();
                oldest.Folder.Delete(recursive: true);
            }
        }
    }

    /// <summary>A run of a cell.</summary>
    private sealed class WatchedRun(int number, int cell, RunRecorder recorder, DirectoryInfo folder, WatchedExperiment experiment) : ForwardingWatcher(recorder)
    {
        public int Number => number;

        public int Cell => cell;

        public DirectoryInfo Folder => folder;

        public Recording Recording { get; } = recorder.Recording;

        public bool IsOver { get; set; }

        public override void SlotCompleted(SlotReport report)
        {
            base.SlotCompleted(report);
            experiment.Worked(report.Total.Devices);
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            experiment.Close(this);
        }
    }
}
