using System.Runtime.Serialization;
using Diten.Model;
using Diten.Model.EdgeServers;
using Diten.Model.ServerTwins;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>Estimates on their way to base stations: each once, however many stations get it.</summary>
internal sealed class EstimateMails
{
    private readonly Contracts.EstimateMails _table = new();
    private readonly List<TwinEstimate> _estimates = [];
    private readonly Dictionary<TwinEstimate, int> _rows = new(ReferenceEqualityComparer.Instance);
    private DeltaWriter _station, _estimate;
    private int _last = -1;

    public EstimateMails() => (_station, _estimate) = (new(_table.Station), new(_table.Estimate));

    public void Add(int station, TwinEstimate estimate)
    {
        // A twin tells all its stations one after the other. By reference: == takes 0 and −0.0 for the same.
        if (_last < 0 || !ReferenceEquals(_estimates[_last], estimate))
        {
            if (!_rows.TryGetValue(estimate, out _last))
            {
                _rows[estimate] = _last = _estimates.Count;
                _estimates.Add(estimate);
            }
        }

        _station.Add(station);
        _estimate.Add(_last);
    }

    public Contracts.EstimateMails Finish()
    {
        _table.Estimates = TwinCodec.Write(_estimates);
        Fold(_table.Estimate);
        return _table;
    }

    public static void Read(Contracts.EstimateMails? table, List<ZoneMail> mails)
    {
        if (table is null)
            return;
        var estimates = TwinCodec.Read(table.Estimates);
        var rows = table.Station.Count;
        var (station, estimate) = (new DeltaReader(table.Station, rows), new DeltaReader(table.Estimate, rows));
        for (var row = 0; row < rows; row++)
        {
            var at = estimate.Next();
            if ((uint)at >= (uint)estimates.Length)
                throw new SerializationException($"There is no estimate {at} among {estimates.Length}.");
            mails.Add(new ZoneMail(EntityKind.Station, station.Next(), estimates[at]));
        }
    }
}

/// <summary>Placements on their way to twins, or to servers.</summary>
internal sealed class PlacementMails
{
    private readonly int _slot;
    private readonly Contracts.PlacementMails _table = new();
    private DeltaWriter _server;

    public PlacementMails(int slot) => (_slot, _server) = (slot, new(_table.Server));

    public void Add(ReportPlacements placements)
    {
        _server.Add(placements.Server);
        _table.Change.Add(placements.Change);
        _table.Slot.Add(unchecked(placements.Slot - _slot));
        _table.Round.Add(placements.Round);
    }

    public Contracts.PlacementMails Finish()
    {
        Fold(_table.Change, _table.Slot, _table.Round);
        return _table;
    }

    public static void Read(Contracts.PlacementMails? table, EntityKind to, int exchangeSlot, List<ZoneMail> mails)
    {
        if (table is null)
            return;
        var rows = table.Server.Count;
        var (server, change) = (new DeltaReader(table.Server, rows), new ColumnReader<int>(table.Change, rows));
        var (slot, round) = (new ColumnReader<int>(table.Slot, rows), new ColumnReader<int>(table.Round, rows));
        for (var row = 0; row < rows; row++)
        {
            var message = new ReportPlacements(server.Next(), change.Next(), unchecked(slot.Next() + exchangeSlot), round.Next());
            mails.Add(new ZoneMail(to, message.Server, message));
        }
    }
}

/// <summary>Syncs on their way from servers to twins that live elsewhere.</summary>
internal sealed class SyncMails
{
    private readonly int _slot;
    private readonly Contracts.SyncMails _table = new();
    private DeltaWriter _server;

    public SyncMails(int slot) => (_slot, _server) = (slot, new(_table.Server));

    public void Add(SynchronizeTwin sync)
    {
        _server.Add(sync.Server);
        _table.Sequence.Add(sync.Sequence);
        _table.Slot.Add(unchecked(sync.Slot - _slot));
        _table.Tasks.Add(sync.Tasks);
        _table.Full.Add(sync.Full ? 1 : 0);
        _table.FreeHertz.Add(sync.FreeHertz);
    }

    public Contracts.SyncMails Finish()
    {
        Fold(_table.Sequence, _table.Slot, _table.Tasks, _table.Full);
        Fold(_table.FreeHertz);
        return _table;
    }

    public static void Read(Contracts.SyncMails? table, int exchangeSlot, List<ZoneMail> mails)
    {
        if (table is null)
            return;
        var rows = table.Server.Count;
        var (server, sequence) = (new DeltaReader(table.Server, rows), new ColumnReader<int>(table.Sequence, rows));
        var (slot, tasks) = (new ColumnReader<int>(table.Slot, rows), new ColumnReader<int>(table.Tasks, rows));
        var (full, free) = (new ColumnReader<int>(table.Full, rows), new ColumnReader<double>(table.FreeHertz, rows));
        for (var row = 0; row < rows; row++)
        {
            var message = new SynchronizeTwin(
                server.Next(), sequence.Next(), unchecked(slot.Next() + exchangeSlot), free.Next(), tasks.Next(), ToBool(full.Next()));
            mails.Add(new ZoneMail(EntityKind.Twin, message.Server, message));
        }
    }
}

/// <summary>What was true of servers, on its way to twins that live elsewhere.</summary>
internal sealed class TruthMails
{
    private readonly int _slot;
    private readonly Contracts.TruthMails _table = new();
    private DeltaWriter _server;

    public TruthMails(int slot) => (_slot, _server) = (slot, new(_table.Server));

    public void Add(ShowTruth truth)
    {
        _server.Add(truth.Server);
        _table.Slot.Add(unchecked(truth.Slot - _slot));
        _table.Tasks.Add(truth.Tasks);
        _table.FreeHertz.Add(truth.FreeHertz);
    }

    public Contracts.TruthMails Finish()
    {
        Fold(_table.Slot, _table.Tasks);
        Fold(_table.FreeHertz);
        return _table;
    }

    public static void Read(Contracts.TruthMails? table, int exchangeSlot, List<ZoneMail> mails)
    {
        if (table is null)
            return;
        var rows = table.Server.Count;
        var (server, slot) = (new DeltaReader(table.Server, rows), new ColumnReader<int>(table.Slot, rows));
        var (tasks, free) = (new ColumnReader<int>(table.Tasks, rows), new ColumnReader<double>(table.FreeHertz, rows));
        for (var row = 0; row < rows; row++)
        {
            var message = new ShowTruth(server.Next(), unchecked(slot.Next() + exchangeSlot), free.Next(), tasks.Next());
            mails.Add(new ZoneMail(EntityKind.Twin, message.Server, message));
        }
    }
}

/// <summary>Requests of twins on their way to servers that live elsewhere.</summary>
internal sealed class ResyncMails
{
    private readonly Contracts.ResyncMails _table = new();
    private DeltaWriter _server;

    public ResyncMails() => _server = new(_table.Server);

    public void Add(ResyncRequested resync)
    {
        _server.Add(resync.Server);
        _table.From.Add(resync.From);
    }

    public Contracts.ResyncMails Finish()
    {
        Fold(_table.From);
        return _table;
    }

    public static void Read(Contracts.ResyncMails? table, List<ZoneMail> mails)
    {
        if (table is null)
            return;
        var rows = table.Server.Count;
        var (server, from) = (new DeltaReader(table.Server, rows), new ColumnReader<int>(table.From, rows));
        for (var row = 0; row < rows; row++)
        {
            var message = new ResyncRequested(server.Next(), from.Next());
            mails.Add(new ZoneMail(EntityKind.Server, message.Server, message));
        }
    }
}

/// <summary>Words of twins that took over a whole state, on their way to servers that live elsewhere.</summary>
internal sealed class HeardMails
{
    private readonly Contracts.HeardMails _table = new();
    private DeltaWriter _server;

    public HeardMails() => _server = new(_table.Server);

    public void Add(ResyncHeard heard)
    {
        _server.Add(heard.Server);
        _table.Sequence.Add(heard.Sequence);
    }

    public Contracts.HeardMails Finish()
    {
        Fold(_table.Sequence);
        return _table;
    }

    public static void Read(Contracts.HeardMails? table, List<ZoneMail> mails)
    {
        if (table is null)
            return;
        var rows = table.Server.Count;
        var (server, sequence) = (new DeltaReader(table.Server, rows), new ColumnReader<int>(table.Sequence, rows));
        for (var row = 0; row < rows; row++)
        {
            var message = new ResyncHeard(server.Next(), sequence.Next());
            mails.Add(new ZoneMail(EntityKind.Server, message.Server, message));
        }
    }
}

/// <summary>Numbers of devices on their way to servers, before slot 0.</summary>
internal sealed class PresenceMails
{
    private readonly Contracts.PresenceMails _table = new();
    private DeltaWriter _server;

    public PresenceMails() => _server = new(_table.Server);

    public void Add(CountPresence presence)
    {
        _server.Add(presence.Server);
        _table.Devices.Add(presence.Devices);
    }

    public Contracts.PresenceMails Finish()
    {
        Fold(_table.Devices);
        return _table;
    }

    public static void Read(Contracts.PresenceMails? table, List<ZoneMail> mails)
    {
        if (table is null)
            return;
        var rows = table.Server.Count;
        var (server, devices) = (new DeltaReader(table.Server, rows), new ColumnReader<int>(table.Devices, rows));
        for (var row = 0; row < rows; row++)
        {
            var message = new CountPresence(server.Next(), devices.Next());
            mails.Add(new ZoneMail(EntityKind.Server, message.Server, message));
        }
    }
}
