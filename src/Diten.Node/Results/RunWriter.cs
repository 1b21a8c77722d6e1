using System.Diagnostics;
using System.Text;
using Diten.Actors;
using Diten.Model;
using Diten.Model.Statistics;

namespace Diten.Node.Results;

/// <summary>
/// Writes a run folder, slot by slot. Everything goes to <c>name.partial</c> beside it, which takes the final name only when
/// <see cref="Complete"/> has made it whole. A writer that is disposed before that (the run failed) removes it, unless the run keeps a
/// journal: then it stays, for <see cref="Resume"/>.
/// </summary>
/// <remarks>
/// A cancelled run is completed like any other: what was done is whole, and <c>summary.json</c> says so. Plots and report come afterwards,
/// from what is written here: <see cref="RunReport"/>.
/// </remarks>
public sealed class RunWriter : IRunObserver, IAsyncDisposable
{
    private const int RowsPerGroup = 100_000;
    private readonly RunDescription _run;
    private readonly RunFolder _target, _partial;
    private readonly bool _overwrite;
    private readonly FileStream _lock, _digests;
    private readonly RunStart? _start;
    private readonly ReportLog? _log;
    private readonly List<byte[]> _taken = [];
    private readonly TableWriter<SlotRow> _slots;
    private readonly SlotTotals[] _stationTotals;
    private readonly ServerMean[] _serverMeans;
    private TableWriter<ServerSlotRecord>? _servers;
    private TableWriter<DeviceSlotRecord>? _devices;
    private int _nextSlot;
    private bool _closed;

    /// <summary>Starts a run folder.</summary>
    /// <param name="folder">Where it shall be; it must not exist, or be empty, unless <paramref name="overwrite"/>.</param>
    /// <param name="overwrite">Whether an earlier run there is replaced, at the very end; never anything but a run.</param>
    /// <param name="start">How it was begun, where it keeps a journal and can be resumed; else null.</param>
    /// <exception cref="IOException">The folder holds something, or another run is being written there.</exception>
    public RunWriter(string folder, RunDescription run, bool overwrite = false, RunStart? start = null)
        : this(TargetOf(folder), run, overwrite, start, resume: false)
    {
    }

    private RunWriter(RunFolder target, RunDescription run, bool overwrite, RunStart? start, bool resume)
    {
        (_target, _partial, _run, _overwrite, _start) = (target, target.Partial, run, overwrite, start);
        if (!resume)
            RefuseUnlessFree();
        _lock = resume ? TakeUp() : TakePartial();
        Directory.CreateDirectory(_partial.Tables);
        Directory.CreateDirectory(Path.GetDirectoryName(_partial.StationDigestsFile)!);
        File.WriteAllText(_partial.ScenarioFile, run.ScenarioText);
        File.WriteAllText(Path.Combine(_partial.Tables, "README.md"), DataDictionary.Text);
        _digests = StationDigests.Create(_partial.StationDigestsFile, run.Topology.StationCount);
        _slots = Tables.Slots.Create(_partial.Tables, RowsPerGroup);
        _stationTotals = new SlotTotals[run.Topology.StationCount];
        _serverMeans = new ServerMean[run.Topology.ServerCount];
        start?.Write(_partial);
        if (resume)
            _log = ReportLog.Open(_partial.ReportLogFile, Take);
        else if (start is not null)
            _log = ReportLog.Create(_partial.ReportLogFile);
    }

    /// <summary>Goes on with a run that broke off or was stopped: its tables are written anew from what was reported up to then.</summary>
    /// <param name="folder">Where it was to be, or is.</param>
    /// <exception cref="IOException">Another process is writing it.</exception>
    /// <exception cref="InvalidDataException">Its log is damaged.</exception>
    public static RunWriter Resume(string folder, RunDescription run, RunStart start) => new(TargetOf(folder), run, true, start, resume: true);

    /// <summary>Digests of the slots that are written, in order.</summary>
    public IReadOnlyList<byte[]> Taken => _taken;

    /// <summary>Where the run's folder shall be.</summary>
    public string Folder => _target.Path;

    /// <summary>Where the run's folder is while it goes on; what is put there becomes part of it.</summary>
    public string WorkFolder => _partial.Path;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Slots do not come in order, or with another number of stations.</exception>
    public void SlotCompleted(SlotReport report)
    {
        if (_log is not null)
        {
            _log.Append(report);
            if ((report.Slot + 1) % _start!.CheckpointEverySlots == 0)
                _log.Secure(); // a checkpoint counts only once what led to it cannot be lost
        }

        Take(report);
    }

    private void Take(SlotReport report)
    {
        if (report.Slot != _nextSlot || report.StationDigests.Length != StationDigests.DigestBytes * _stationTotals.Length)
        {
            throw new InvalidOperationException(
                $"Slot {report.Slot} with {report.StationDigests.Length / StationDigests.DigestBytes} stations was reported where slot "
                + $"{_nextSlot} with {_stationTotals.Length} stations was due.");
        }

        _nextSlot++;
        _taken.Add(report.Digest);
        _slots.Write(SlotRow.From(report));
        _digests.Write(report.StationDigests);
        for (var station = 0; station < _stationTotals.Length; station++)
            _stationTotals[station].Add(report.StationTotals[station]);
        if (report.Servers.Length > 0)
            _servers ??= Tables.Servers.Create(_partial.Tables, RowsPerGroup);
        foreach (ref readonly var server in report.Servers.AsSpan())
        {
            _servers!.Write(server);
            _serverMeans[server.Server].Add(server);
        }

        if (report.Devices.Length > 0)
            _devices ??= Tables.Devices.Create(_partial.Tables, RowsPerGroup);
        foreach (ref readonly var device in report.Devices.AsSpan())
            _devices!.Write(device);
    }

    /// <summary>Writes what is known at the end, gives the folder its name, and returns the summary.</summary>
    /// <param name="peakBytes">Most memory of all processes of the run together, bytes; null = this process.</param>
    public RunSummary Complete(RunOutcome outcome, long? peakBytes = null)
    {
        if (outcome.SlotsCompleted != _nextSlot)
            throw new InvalidOperationException($"The run says that it completed {outcome.SlotsCompleted} slots, but reported {_nextSlot}.");
        _slots.Complete();
        _servers?.Complete();
        _devices?.Complete();
        StationDigests.Complete(_digests, _nextSlot, _stationTotals.Length);
        WriteStations();
        if (_servers is not null)
            WriteServerMeans();
        using (var latencies = Tables.Latencies.Create(_partial.Tables, 10_000))
        {
            foreach (var (seconds, share) in outcome.Latencies.Cumulative())
                latencies.Write(new LatencyPoint(seconds, share));
            latencies.Complete();
        }

        using var process = Process.GetCurrentProcess();
        var summary = RunSummary.From(outcome, _run, peakBytes ?? process.PeakWorkingSet64);
        summary.Write(_partial.SummaryFile);
        _log?.Dispose();
        if (!outcome.Cancelled && Directory.Exists(_partial.Resume))
            Directory.Delete(_partial.Resume, recursive: true);
        MoveIntoPlace();
        return summary;
    }

    /// <summary>Removes what is there of a run that was not completed, where it cannot be resumed.</summary>
    public ValueTask DisposeAsync()
    {
        if (_closed)
            return ValueTask.CompletedTask;
        _closed = true;
        foreach (var open in (IDisposable?[])[_slots, _servers, _devices, _digests, _log, _lock])
        {
            try
            {
                open?.Dispose();
            }
            catch (IOException)
            {
                // A disk that is full failed the run already; what could not be written is written anew or removed.
            }
        }

        if (_log is null || _nextSlot == 0)
            Directory.Delete(_partial.Path, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Whether a run that is alive is writing this folder; what a killed one left does not count.</summary>
    public static bool IsBeingWritten(string folder)
    {
        try
        {
            // Who holds the lock is alive; a folder whose lock is free was left behind by a process that was killed.
            var lockFile = LockFile(TargetOf(folder).Partial);
            if (File.Exists(lockFile))
                new FileStream(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static RunFolder TargetOf(string folder) => new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    private static string LockFile(RunFolder partial) => Path.Combine(partial.Path, "lock");

    private void RefuseUnlessFree()
    {
        if (File.Exists(_target.Path))
            throw new IOException($"The output folder {_target.Path} is a file.");
        if (!Directory.Exists(_target.Path) || !Directory.EnumerateFileSystemEntries(_target.Path).Any())
            return;
        if (!_overwrite)
            throw new IOException($"The output folder {_target.Path} is not empty: choose another one, or ask to overwrite it.");
        if (!_target.Exists)
            throw new IOException($"The output folder {_target.Path} is not empty and holds no run, so it is not overwritten.");
    }

    private FileStream TakePartial()
    {
        if (IsBeingWritten(_target.Path))
            throw new IOException($"Another run is being written to {_target.Path} ({_partial.Path} is in use).");
        if (Directory.Exists(_partial.Path))
        {
            if (File.Exists(_partial.StartFile) && !_overwrite)
                throw new IOException($"{_partial.Path} holds a run that broke off: go on with it by diten resume {_target.Path}, or say --overwrite.");
            // Whoever made a folder of this name by hand shall not lose it.
            if (!File.Exists(LockFile(_partial)) && !_partial.Exists && Directory.EnumerateFileSystemEntries(_partial.Path).Any())
                throw new IOException($"{_partial.Path}, which is needed while the run goes on, holds something else: move it away.");
            Directory.Delete(_partial.Path, recursive: true);
        }

        Directory.CreateDirectory(_partial.Path);
        return new FileStream(LockFile(_partial), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>Takes over the folder of a run that broke off or was stopped, and clears away what is written anew.</summary>
    private FileStream TakeUp()
    {
        if (IsBeingWritten(_target.Path))
            throw new IOException($"Another process is writing the run ({_partial.Path} is in use).");
        if (!Directory.Exists(_partial.Path))
            Directory.Move(_target.Path, _partial.Path);
        var taken = new FileStream(LockFile(_partial), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        foreach (var folder in (string[])[_partial.Tables, Path.GetDirectoryName(_partial.StationDigestsFile)!, _partial.Plots])
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        File.Delete(_partial.ReportFile);
        File.Delete(_partial.SummaryFile);
        return taken;
    }

    private void WriteStations()
    {
        using var table = Tables.Stations.Create(_partial.Tables, 10_000);
        var places = _run.Topology;
        for (var station = 0; station < _stationTotals.Length; station++)
        {
            table.Write(new StationRow(
                station, places.X[station], places.Y[station], places.ServerAt(new StationId(station)).Value,
                _run.ZoneOfStation[station], _stationTotals[station]));
        }

        table.Complete();
    }

    private void WriteServerMeans()
    {
        using var table = Tables.ServerMeans.Create(_partial.Tables, 10_000);
        for (var server = 0; server < _serverMeans.Length; server++)
        {
            var station = _run.Topology.StationOf(new ServerId(server)).Value;
            var row = _serverMeans[server];
            (row.Server, row.Station) = (server, station);
            (row.X, row.Y) = (_run.Topology.X[station], _run.Topology.Y[station]);
            table.Write(row);
        }

        table.Complete();
    }

    private void MoveIntoPlace()
    {
        RefuseUnlessFree();
        _closed = true;
        _lock.Dispose();
        File.Delete(LockFile(_partial));
        var old = _target.Path + ".old";
        for (var number = 2; Path.Exists(old); number++)
            old = FormattableString.Invariant($"{_target.Path}.old-{number}");
        if (Directory.Exists(_target.Path))
            Directory.Move(_target.Path, old);
        Directory.Move(_partial.Path, _target.Path);
        if (Directory.Exists(old))
            Directory.Delete(old, recursive: true);
    }
}
