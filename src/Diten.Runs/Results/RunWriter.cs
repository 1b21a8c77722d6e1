using System.Diagnostics;
using System.Security.Cryptography;
using Diten.Actors;
using Diten.Model;
using Diten.Model.Records;
using Diten.Runs.Scenarios;

namespace Diten.Runs.Results;

/// <summary>
/// Writes a run folder, slot by slot. Everything goes to <c>name.partial</c> beside it, which takes the final name only when
/// <see cref="Complete"/> has made it whole. A writer that is disposed before that (the run failed) removes it, unless the run keeps a
/// journal: then it stays, for <see cref="Resume"/>.
/// </summary>
/// <remarks>
/// A cancelled run is completed like any other: what was done is whole, and <c>summary.json</c> says so. Plots and report come afterwards,
/// from what is written here: <see cref="RunReport"/>.
/// </remarks>
internal sealed class RunWriter : IFolderWriter
{
    private const int RowsPerGroup = 100_000;
    private readonly List<RunEdited> _edits = [];
    private RunDescription _run;
    private readonly WorkFolder _work;
    private readonly RunFolder _partial;
    private readonly FileStream _digests;
    private readonly RunStart? _start;
    private readonly ReportLog? _log;
    private readonly List<byte[]> _taken = [];
    private readonly TableWriter<SlotRow> _slots;
    private readonly SlotTotals[] _stationTotals;
    private readonly StationStretches _stretches;
    private readonly ServerMean[] _serverMeans;
    private TableWriter<ServerSlotRecord>? _servers;
    private TableWriter<DeviceSlotRecord>? _devices;
    private int _nextSlot;
    private readonly bool _measured;
    private readonly RowTables _rows;
    private bool _closed, _resumed;

    /// <summary>Starts a run folder.</summary>
    /// <param name="folder">Where it shall be; it must not exist, or be empty, unless <paramref name="overwrite"/>.</param>
    /// <param name="overwrite">Whether an earlier run there is replaced, at the very end; never anything but a run.</param>
    /// <param name="start">How it was begun, where it keeps a journal and can be resumed; else null.</param>
    /// <param name="rows">Tables that it writes of what reports hold; null = all.</param>
    /// <exception cref="IOException">The folder holds something, or another run is being written there.</exception>
    public RunWriter(string folder, RunDescription run, bool overwrite = false, RunStart? start = null, RowTables? rows = null)
        : this(WorkFolder.Create(folder, overwrite), run, start, rows ?? RowTables.All, resume: false)
    {
    }

    private RunWriter(WorkFolder work, RunDescription run, RunStart? start, RowTables rows, bool resume)
    {
        (_work, _partial, _run, _start, _rows, _measured) = (work, work.Partial, run, start, rows, run.Scenario.MeasuresTwins);
        Directory.CreateDirectory(_partial.Tables);
        Directory.CreateDirectory(Path.GetDirectoryName(_partial.StationDigestsFile)!);
        File.WriteAllText(_partial.ScenarioFile, run.ScenarioText);
        File.WriteAllText(Path.Combine(_partial.Tables, "README.md"), DataDictionary.Text);
        FaultFile.Write(_partial.Tables, run);
        _digests = StationDigests.Create(_partial.StationDigestsFile, run.Topology.StationCount);
        _slots = Tables.Slots.Create(_partial.Tables, RowsPerGroup, _measured);
        _stationTotals = new SlotTotals[run.Topology.StationCount];
        _stretches = new StationStretches(run.Topology.StationCount, run.Scenario.Slots);
        _serverMeans = new ServerMean[run.Topology.ServerCount];
        start?.Write(_partial);
        HandsFile.Delete(_partial); // of a process that broke off
        if (resume)
            _log = ReportLog.Open(_partial.ReportLogFile, Take);
        else if (start is not null)
            _log = ReportLog.Create(_partial.ReportLogFile);
    }

    /// <summary>Goes on with a run that broke off or was stopped: its tables are written anew from what was reported up to then.</summary>
    /// <param name="folder">Where it was to be, or is.</param>
    /// <exception cref="IOException">Another process is writing it.</exception>
    /// <exception cref="InvalidDataException">Its log is damaged.</exception>
    public static RunWriter Resume(string folder, RunDescription run, RunStart start)
    {
        var work = WorkFolder.TakeUp(folder);
        try
        {
            return new RunWriter(work, run, start, RowTables.Of(start), resume: true) { _resumed = true };
        }
        catch
        {
            work.PutBack();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Taken => _taken;

    /// <inheritdoc/>
    public string Folder => _work.Target.Path;

    /// <inheritdoc/>
    public string WorkPath => _partial.Path;

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

    /// <inheritdoc/>
    /// <remarks>The scenario of the folder is always one that makes the same run from its beginning.</remarks>
    public void Edited(RunEdited edit)
    {
        _log?.Secure(); // the journal has the change: what led to it cannot be lost
        if (_log is not null && !File.Exists(_partial.BegunFile))
            WriteWhole(_partial.BegunFile, _run.ScenarioText);
        _edits.Add(edit);
        _run = _run with { ScenarioText = edit.ScenarioText, Scenario = ScenarioFile.Parse(edit.ScenarioText, _run.Name + ".conf") };
        WriteWhole(_partial.ScenarioFile, edit.ScenarioText);
        FaultFile.Write(_partial.Tables, _run);
    }

    /// <summary>Whole or not at all, also after a power cut: the journal counts on it.</summary>
    private static void WriteWhole(string file, string text)
    {
        using (var stream = new FileStream(file + ".tmp", FileMode.Create))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(file + ".tmp", file, overwrite: true);
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
        {
            _stationTotals[station].Add(report.StationTotals[station]);
            _stretches.Add(report.Slot, station, report.StationTotals[station]);
        }

        WriteRows(_rows.Servers ? report.Servers : [], _rows.Devices ? report.Devices : []);
    }

    private void WriteRows(ServerSlotRecord[] servers, DeviceSlotRecord[] devices)
    {
        if (servers.Length > 0)
            _servers ??= Tables.Servers.Create(_partial.Tables, RowsPerGroup, _measured);
        foreach (ref readonly var server in servers.AsSpan())
        {
            _servers!.Write(server);
            _serverMeans[server.Server].Add(server);
        }

        if (devices.Length > 0)
            _devices ??= Tables.Devices.Create(_partial.Tables, RowsPerGroup, _measured);
        foreach (ref readonly var device in devices.AsSpan())
            _devices!.Write(device);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The reports are not those of this outcome.</exception>
    public RunSummary Complete(RunOutcome outcome, long? peakBytes = null)
    {
        if (outcome.SlotsCompleted != _nextSlot)
            throw new InvalidOperationException($"The run says that it completed {outcome.SlotsCompleted} slots, but reported {_nextSlot}.");
        if (!SHA256.HashData([.. _taken.SelectMany(digest => digest)]).AsSpan().SequenceEqual(outcome.Digest))
            throw new InvalidOperationException("The reports that were taken are not those that the run's digest was made of: they are of two runs.");
        _slots.Complete();
        _servers?.Complete();
        _devices?.Complete();
        StationDigests.Complete(_digests, _nextSlot, _stationTotals.Length);
        WriteStations();
        _stretches.Write(_partial.Tables, _measured);
        if (_servers is not null)
            WriteServerMeans();
        using (var latencies = Tables.Latencies.Create(_partial.Tables, 10_000))
        {
            foreach (var (seconds, share) in outcome.Latencies.Cumulative())
                latencies.Write(new LatencyPoint(seconds, share));
            latencies.Complete();
        }

        if (outcome.Twins is { } twins)
            WriteAges(twins.Ages);
        using var process = Process.GetCurrentProcess();
        var summary = RunSummary.From(outcome, _run, peakBytes ?? process.PeakWorkingSet64) with { Edits = _edits.Count == 0 ? null : [.. _edits.Select(EditSummary.Of)] };
        summary.Write(_partial.SummaryFile);
        _log?.Dispose();
        if (!outcome.Cancelled && Directory.Exists(_partial.Resume))
            Directory.Delete(_partial.Resume, recursive: true);
        _work.RequirePlace();
        _closed = true;
        _work.MoveIntoPlace();
        return summary;
    }

    /// <summary>Removes what is there of a run that was not completed, where nothing was done and no node has said anything; a resume that failed leaves what there was.</summary>
    public ValueTask DisposeAsync()
    {
        if (_closed)
            return ValueTask.CompletedTask;
        _closed = true;
        foreach (var open in (IDisposable?[])[_slots, _servers, _devices, _digests, _log, _work])
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

        if (_resumed)
            _work.PutBack();
        else if ((_log is null || _nextSlot == 0) && !_partial.HasLogs)
            Directory.Delete(_partial.Path, recursive: true);
        return ValueTask.CompletedTask;
    }

    private void WriteStations()
    {
        using var table = Tables.Stations.Create(_partial.Tables, 10_000, _measured);
        var places = _run.Topology;
        for (var station = 0; station < _stationTotals.Length; station++)
        {
            table.Write(new StationRow(
                station, places.X[station], places.Y[station], places.ServerAt(new StationId(station)).Value,
                _run.ZoneOfStation[station], _stationTotals[station]));
        }

        table.Complete();
    }

    private void WriteAges(IReadOnlyList<long> ages)
    {
        using var table = Tables.Ages.Create(_partial.Tables, 10_000);
        foreach (var point in AgePoint.Of(ages))
            table.Write(point);
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
}
