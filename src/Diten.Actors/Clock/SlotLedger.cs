using System.Collections;
using System.Security.Cryptography;
using Diten.Model;
using Diten.Model.EdgeServers;
using Diten.Model.Records;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Actors;

/// <summary>Puts together what all zones tell of a slot, by id, so that nothing depends on how the city is cut or who was first.</summary>
internal sealed class SlotLedger
{
    private readonly bool _serverRecords;
    private readonly long _devices;
    private readonly ulong _marks;
    private readonly StationSlot?[] _stations;
    private readonly ServerFacts[] _servers;
    private readonly bool[] _serverSeen;
    private TwinEstimate?[] _twins;
    private readonly List<DeviceSlotRecord> _records = [];
    private readonly TwinMeasures? _measures;
    private readonly TwinFacts[] _facts;

    /// <param name="measures">Measures the twins of every slot that is closed; null = nobody does.</param>
    public SlotLedger(World world, bool serverRecords, TwinMeasures? measures = null)
    {
        (_serverRecords, _measures) = (serverRecords, measures);
        _devices = world.Scenario.Devices.Count;
        for (var device = 0; device < _devices; device++)
            _marks += DeviceMark.Of(device);
        _stations = new StationSlot[world.Topology.StationCount];
        _servers = new ServerFacts[world.Topology.ServerCount];
        _serverSeen = new bool[world.Topology.ServerCount];
        _twins = new TwinEstimate[world.Topology.ServerCount];
        _facts = measures is null ? [] : new TwinFacts[world.Topology.ServerCount];
        ForgetFacts();
    }

    /// <summary>Takes in what one zone tells.</summary>
    public void Add(ZoneSlotCompleted completed)
    {
        foreach (var station in completed.Stations)
            _stations[station.Station] = station;
        foreach (var server in completed.Servers)
            (_servers[server.Server], _serverSeen[server.Server]) = (server, true);
        foreach (var twin in completed.Twins)
            _twins[twin.Server] = twin;
        if (_measures is not null)
            foreach (var facts in completed.TwinFacts)
                _facts[facts.Server] = facts;
        if (completed.Faults is { } counts)
            _measures?.Count(counts);
        _records.AddRange(completed.Devices);
    }

    /// <summary>Sums the slot up and starts afresh.</summary>
    /// <exception cref="InvariantViolatedException">
    /// A station or server is missing, a device is not there exactly once with exactly one outcome, or syncs came from nowhere or are gone.
    /// </exception>
    public SlotReport Close(int slot)
    {
        var total = new SlotTotals();
        var stations = new StationSlot[_stations.Length];
        var digests = new byte[32 * _stations.Length];
        var marks = 0UL;
        for (var id = 0; id < _stations.Length; id++)
        {
            var station = _stations[id] ?? throw new InvariantViolatedException($"Slot {slot}: station {id} did not report.");
            _stations[id] = null;
            stations[id] = station;
            total.Add(station.Totals);
            station.Digest.CopyTo(digests, 32 * id);
            marks += station.DeviceMarks;
        }

        if (total.Devices != _devices || marks != _marks)
            throw new InvariantViolatedException(
                $"Slot {slot}: {total.Devices} devices are attached, {_devices} should be, each exactly once.");
        if (total.Outcomes != total.Devices)
            throw new InvariantViolatedException($"Slot {slot}: {total.Devices} devices have {total.Outcomes} outcomes.");

        var utilisation = 0.0;
        for (var id = 0; id < _servers.Length; id++)
        {
            if (!_serverSeen[id])
                throw new InvariantViolatedException($"Slot {slot}: server {id} did not report.");
            utilisation += _servers[id].Utilisation;
        }

        Array.Clear(_serverSeen);
        _records.Sort(static (a, b) => a.Device.CompareTo(b.Device));
        DeviceSlotRecord[] records = [.. _records];
        _records.Clear();
        var rows = _serverRecords ? ServerRows(slot) : [];
        var twins = MeasureTwins(slot, rows);
        return new SlotReport(
            slot, SHA256.HashData(digests), total, new TotalsOf(stations), digests, rows, records, utilisation / _servers.Length)
        {
            Twins = twins,
        };
    }

    /// <summary>What the twins had published for the slot that was closed last, by server id.</summary>
    public TwinEstimate[] TakeTwins()
    {
        var twins = _twins;
        _twins = new TwinEstimate[twins.Length];
        return Array.ConvertAll(twins, t => t!);
    }

    /// <summary>All stations' totals where they are: an array of them is a large object for the collector, and there would be one a slot.</summary>
    private sealed class TotalsOf(StationSlot[] stations) : IReadOnlyList<SlotTotals>
    {
        public int Count => stations.Length;

        public SlotTotals this[int station] => stations[station].Totals;

        public IEnumerator<SlotTotals> GetEnumerator() => stations.Select(station => station.Totals).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Sums over the twins; what was measured of each goes to its row, where there are rows.</summary>
    private TwinTotals? MeasureTwins(int slot, ServerSlotRecord[] rows)
    {
        if (_measures is null)
            return null;
        var twins = new TwinSlotRecord[rows.Length];
        var sums = _measures.Measure(slot, _servers, _twins!, _facts, twins);
        for (var id = 0; id < rows.Length; id++)
            rows[id] = rows[id] with { Twin = twins[id] };
        ForgetFacts();
        return sums;
    }

    /// <summary>Twins of which nothing else is told took over the one sync that came.</summary>
    private void ForgetFacts()
    {
        for (var id = 0; id < _facts.Length; id++)
            _facts[id] = new TwinFacts(id, Accepted: 1, Refused: 0, TwinCondition.InSync);
    }

    private ServerSlotRecord[] ServerRows(int slot)
    {
        var rows = new ServerSlotRecord[_servers.Length];
        for (var id = 0; id < rows.Length; id++)
        {
            var (server, twin) = (_servers[id], _twins[id]!);
            rows[id] = new ServerSlotRecord(
                slot, id, server.CapacityHertz, server.FreeHertz, server.Tasks, server.Utilisation, server.DeviationHertz,
                twin.FreeHertz, twin.Tasks, twin.DeviationHertz, twin.AgeSlots);
        }

        return rows;
    }
}
