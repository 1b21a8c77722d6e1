using Diten.Model.Computing;
using Diten.Model.Mobility;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Offloading.Bounds;

/// <summary>Makes the inputs of the offline bounds from the records of a run, its scenario and its topology.</summary>
/// <remarks>
/// What a task would have met on another server is T_u as recorded, ψ · distance, and the computation with the server's true free
/// capacity, the others' tasks as recorded and its own, drawn again from its stream. That a task's time depends on nothing else holds
/// for equal sharing and for exclusive servers; with the other sharings it depends on when each task arrives and how long it is.
/// </remarks>
public sealed class BoundInputs
{
    /// <summary>How far a recorded latency may be from what scenario and records imply, seconds: rounding in tables on disk.</summary>
    public const double ToleranceSeconds = 1e-5;

    private readonly Scenario _scenario;
    private readonly Topology _topology;
    private readonly IMobility? _mobility;
    private readonly Backhaul _backhaul;

    /// <param name="scenario">The scenario that was run.</param>
    /// <param name="topology">Its topology.</param>
    /// <param name="mobility">Its mobility; needed for recorded traces only, whose journeys can end early.</param>
    /// <exception cref="NotSupportedException">The sharing of servers is neither equal nor exclusive, or faults change what tasks meet.</exception>
    /// <exception cref="ArgumentException">Traces without their mobility.</exception>
    public BoundInputs(Scenario scenario, Topology topology, IMobility? mobility = null)
    {
        if (scenario.Servers.Sharing is not (CpuSharing.Equal or CpuSharing.Exclusive))
        {
            throw new NotSupportedException(
                $"Offline bounds need servers.sharing = equal or exclusive, but this run has {scenario.Servers.Sharing}: " +
                "there a task's time depends on the others' arrivals and lengths, which no bound here covers.");
        }

        if (scenario.Faults.ChangesWhatTasksMeet)
            throw new NotSupportedException("Offline bounds know nothing of faults on servers, stations, radio or backhaul, and this run has some.");
        if (scenario.Devices.Mobility == MobilityKind.Trace && mobility is null)
            throw new ArgumentException("Where a journey on recorded traces ends is known to its mobility only.", nameof(mobility));
        (_scenario, _topology, _mobility) = (scenario, topology, scenario.Devices.Mobility == MobilityKind.Trace ? mobility : null);
        _backhaul = Backhaul.Of(scenario, topology);
    }

    /// <summary>Work λ of a device's task, CPU cycles: the draw that the run made.</summary>
    public double Cycles(int device, int slot) => OffloadingTask.Draw(_scenario, device, slot).Cycles;

    /// <summary>Latency T_glob that a recorded device-slot would have had on a server, all others as recorded and without an outage.</summary>
    /// <param name="record">A covered device-slot.</param>
    /// <param name="server">What was true of that server in that slot.</param>
    /// <returns>Seconds.</returns>
    public double SecondsOn(in DeviceSlotRecord record, in ServerSlotRecord server)
    {
        var tasks = _scenario.Servers.Sharing == CpuSharing.Exclusive ? 1
            : server.Tasks + (record.Server == server.Server ? 0 : 1);
        var share = server.FreeHertz / tasks;
        return record.UplinkSeconds + _backhaul.SecondsPerMetre * Distance(record, server.Server)
            + Cycles(record.Device, record.Slot) / ComputationLatency.DeviatedHertz(share, Deviation(server));
    }

    /// <summary>The journeys of the devices whose records are given, by device id and time.</summary>
    /// <param name="records">All records of some devices, slots 0 to the end of the run, in any order.</param>
    /// <param name="servers">The records of all servers in a slot, by server id.</param>
    /// <exception cref="ArgumentException">A slot is missing, or records do not fit scenario and topology.</exception>
    public IEnumerable<RecordedJourney> Journeys(IEnumerable<DeviceSlotRecord> records, Func<int, IReadOnlyList<ServerSlotRecord>> servers)
    {
        foreach (var device in records.GroupBy(record => record.Device).OrderBy(device => device.Key))
        {
            DeviceSlotRecord[] slots = [.. device.OrderBy(record => record.Slot)];
            for (var slot = 0; slot < slots.Length; slot++)
                if (slots[slot].Slot != slot)
                    throw new ArgumentException($"Device {device.Key} needs one record per slot, but has none, or two, of slot {slot}.", nameof(records));
            var starts = Starts(device.Key, slots.Length);
            for (var journey = 0; journey + 1 < starts.Count; journey++)
            {
                var whole = journey + 2 < starts.Count || starts[journey + 1] - starts[journey] == _scenario.Devices.JourneySlots;
                var countedAt = journey > 0 ? slots[starts[journey] - 1].Server : _topology.Servers.Nearest(slots[0].X, slots[0].Y);
                yield return Journey(slots.AsMemory(starts[journey]..starts[journey + 1]), servers, whole, countedAt);
            }
        }
    }

    /// <summary>All tasks of a slot, for <see cref="BalanceBound"/>; tasks out of coverage are left out.</summary>
    /// <param name="devices">The records of all devices in the slot.</param>
    /// <param name="servers">The records of all servers in the slot, by server id.</param>
    /// <exception cref="NotSupportedException">The sharing is not equal: then there is nothing to balance.</exception>
    /// <exception cref="ArgumentException">Devices are missing, or records do not fit scenario and topology.</exception>
    public BalanceSlot Slot(IReadOnlyList<DeviceSlotRecord> devices, IReadOnlyList<ServerSlotRecord> servers)
    {
        if (_scenario.Servers.Sharing != CpuSharing.Equal)
            throw new NotSupportedException($"The balance bound needs servers.sharing = equal, but this run has {_scenario.Servers.Sharing}.");
        CheckServers(servers);
        DeviceSlotRecord[] covered = [.. devices.Where(record => record.Outcome != TaskOutcome.Uncovered)];
        if (servers.Sum(server => (long)server.Tasks) is var tasks && tasks != covered.Length)
            throw new ArgumentException($"The balance bound needs every device's record: servers ran {tasks} tasks, {covered.Length} are recorded.");
        var (start, candidates, seconds) = (new int[covered.Length + 1], new List<int>(), new List<double>());
        Span<int> nearest = new int[_scenario.Decisions.Candidates];
        for (var device = 0; device < covered.Length; device++)
        {
            CheckLatency(covered[device], servers);
            var count = _topology.Servers.Nearest(covered[device].X, covered[device].Y, nearest);
            foreach (var server in nearest[..count])
            {
                candidates.Add(server);
                seconds.Add(covered[device].UplinkSeconds + _backhaul.SecondsPerMetre * Distance(covered[device], server));
            }

            start[device + 1] = candidates.Count;
        }

        return new BalanceSlot
        {
            Start = start,
            Servers = [.. candidates],
            BaseSeconds = [.. seconds],
            Cycles = [.. covered.Select(record => Cycles(record.Device, record.Slot))],
            FreeHertz = [.. servers.Select(server => server.FreeHertz)],
            DeviationHertz = [.. servers.Select(server => Deviation(server))],
        };
    }

    private RecordedJourney Journey(
        ReadOnlyMemory<DeviceSlotRecord> recorded, Func<int, IReadOnlyList<ServerSlotRecord>> serversOf, bool whole, int countedAt)
    {
        var records = recorded.Span;
        var (slots, tasks, migrations, total) = (new JourneySlot[records.Length], 0, 0, 0.0);
        Span<int> nearest = new int[_scenario.Decisions.Candidates];
        for (var slot = 0; slot < records.Length; slot++)
        {
            slots[slot] = JourneySlot.Uncovered;
            if (records[slot].Outcome == TaskOutcome.Uncovered)
                continue;
            var servers = serversOf(records[slot].Slot);
            CheckServers(servers);
            CheckLatency(records[slot], servers);
            var candidates = nearest[.._topology.Servers.Nearest(records[slot].X, records[slot].Y, nearest)].ToArray();
            var seconds = new double[candidates.Length];
            for (var k = 0; k < candidates.Length; k++)
                seconds[k] = SecondsOn(records[slot], servers[candidates[k]]);
            slots[slot] = new JourneySlot(candidates, seconds);
            tasks++;
            migrations += records[slot].Migrated ? 1 : 0;
            total += records[slot].LatencySeconds;
        }

        return new RecordedJourney(
            records[0].Device, records[0].Slot, slots, tasks, migrations, total, _backhaul.OutageSeconds, whole, recorded, countedAt);
    }

    /// <summary>First slots of a device's journeys, and the end of the run: τ slots each, or fewer where a recorded trace ends.</summary>
    private List<int> Starts(int device, int slots)
    {
        var starts = new List<int> { 0 };
        var state = _mobility?.Start(device) ?? default;
        for (var slot = 1; slot < slots; slot++)
        {
            var jumped = _mobility?.Advance(ref state, device, slot - 1) ?? false;
            if (jumped || slot - starts[^1] == _scenario.Devices.JourneySlots)
                starts.Add(slot);
        }

        starts.Add(slots);
        return starts;
    }

    private double Distance(in DeviceSlotRecord record, int server) => Math.Sqrt(
        Square(_topology.Servers.X(server) - record.X) + Square(_topology.Servers.Y(server) - record.Y));

    private static double Square(double x) => x * x;

    /// <summary>f̂ of the task's own share: with the twin's side, reality is the share alone, and the twin misjudges it.</summary>
    private double Deviation(in ServerSlotRecord server) => _scenario.Twins.DeviationSide == DeviationSide.Server ? server.DeviationHertz : 0;

    private void CheckServers(IReadOnlyList<ServerSlotRecord> servers)
    {
        if (servers.Count != _topology.ServerCount)
            throw new ArgumentException($"A slot needs the records of all {_topology.ServerCount} servers, but has {servers.Count}.");
    }

    private void CheckLatency(in DeviceSlotRecord record, IReadOnlyList<ServerSlotRecord> servers)
    {
        var implied = SecondsOn(record, servers[record.Server]) + record.OutageSeconds;
        if (!(Math.Abs(implied - record.LatencySeconds) <= ToleranceSeconds))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Device {record.Device} took {record.LatencySeconds} s on server {record.Server} in slot {record.Slot}, but scenario ") +
                FormattableString.Invariant($"and records imply {implied} s: they are not of the same run."));
        }
    }
}
