using System.Buffers.Binary;
using System.Security.Cryptography;
using Diten.Model.Mobility;
using Diten.Model.Offloading;
using Diten.Model.Randomness;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Bench;

/// <summary>
/// The whole model over plain arrays on one thread: a second implementation, written from the equations and not from the actors' rules, whose
/// digest must equal theirs, and the speed that actors are measured against.
/// </summary>
/// <remarks>
/// It shares only inputs with the product: scenario, places, random streams, mobility, background load, tasks. Everything is indexed by the id
/// of a device, station or server, and visited in the order of ids. A slot allocates nothing. Not thread-safe.
/// </remarks>
internal sealed class ArrayModel : IDisposable
{
    private const int RecordBytes = 34, DigestBytes = SHA256.HashSizeInBytes, None = -1;

    private readonly World _world;
    private readonly Scenario _scenario;
    private readonly ArrayServers _servers;
    private readonly ArrayRadio _radio;
    private readonly ArrayPolicy _policy;

    // By device, from slot to slot: _serving is the server that a migration would leave, _placed the one that counts its last task.
    private readonly MobilityState[] _state;
    private readonly int[] _station, _serving, _placed, _journeySlot;
    private readonly bool[] _reported;
    private readonly double[] _queue;

    // By device, of this slot.
    private readonly OffloadingTask[] _task;
    private readonly int[] _round, _chosenAge;
    private readonly bool[] _covered, _migrated;
    private readonly TaskOutcome[] _outcome;
    private readonly double[] _cycles, _uplink, _propagation, _predicted, _arrival, _queueing, _computation, _latency, _reward;

    // Seats number all devices by station, then by id; a station's are those from _firstSeat[station] to _firstSeat[station + 1] - 1.
    private readonly int[] _firstSeat, _nextSeat, _deviceAt;
    private readonly byte[] _records, _stationDigests;
    private readonly IncrementalHash _run = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private int _slot = -1;

    /// <summary>Makes a world ready for its slot 0.</summary>
    /// <exception cref="NotSupportedException">The scenario asks for something that only the product has; the message names it.</exception>
    public ArrayModel(World world)
    {
        (_world, _scenario) = (world, world.Scenario);
        (_servers, _radio) = (new ArrayServers(world), new ArrayRadio(world));
        _policy = new ArrayPolicy(world, _servers);
        var (devices, stations) = (_scenario.Devices.Count, world.Topology.StationCount);
        (_state, _task) = (new MobilityState[devices], new OffloadingTask[devices]);
        (_station, _serving, _placed, _journeySlot) = (new int[devices], new int[devices], new int[devices], new int[devices]);
        (_round, _chosenAge, _covered, _migrated) = (new int[devices], new int[devices], new bool[devices], new bool[devices]);
        (_outcome, _queue, _cycles) = (new TaskOutcome[devices], new double[devices], new double[devices]);
        (_uplink, _propagation, _predicted) = (new double[devices], new double[devices], new double[devices]);
        (_arrival, _queueing, _computation) = (new double[devices], new double[devices], new double[devices]);
        (_latency, _reward, _reported) = (new double[devices], new double[devices], new bool[devices]);
        (_firstSeat, _nextSeat, _deviceAt) = (new int[stations + 1], new int[stations], new int[devices]);
        (_records, _stationDigests) = (new byte[devices * RecordBytes], new byte[stations * DigestBytes]);
        for (var device = 0; device < devices; device++)
        {
            var start = _state[device] = world.Mobility.Start(device);
            var share = _scenario.Decisions.ReportedShare;
            _reported[device] = share == 1 || RandomStreams.Uniform(_scenario.Seed, device, 0, Purpose.ReportedDevice) < share;
            _serving[device] = None;
            _placed[device] = world.Topology.Servers.Nearest(start.X, start.Y);
            _servers.CountPresence(_placed[device]);
        }
    }

    /// <summary>SHA-256 over the digests of the slots run so far; 32 bytes.</summary>
    public byte[] Digest => _run.GetCurrentHash();

    /// <summary>Digests of the last slot, 32 bytes a station.</summary>
    public ReadOnlySpan<byte> StationDigests => _stationDigests;

    /// <summary>What happened to a device in the last slot.</summary>
    public DeviceSlotRecord Record(int device) => new(
        _slot, device, _station[device], _state[device].X, _state[device].Y, _placed[device], _outcome[device], _migrated[device],
        _task[device].DeadlineSeconds, _latency[device], _predicted[device], _uplink[device], _propagation[device], _queueing[device],
        _computation[device], Outage(device), _queue[device], _reward[device])
    {
        ChosenAgeSlots = _chosenAge[device],
    };

    /// <summary>Runs the next slot.</summary>
    /// <param name="slot">0 first, then one after the other.</param>
    public void RunSlot(int slot)
    {
        if (slot != _slot + 1)
            throw new ArgumentOutOfRangeException(nameof(slot), slot, $"Slot {_slot + 1} is next.");
        _slot = slot;
        if (slot > 0)
            MoveDevices();
        AttachDevices();
        DrawTasks();
        _radio.Transmit(_slot, _state, _task, _station, _firstSeat, _deviceAt, _uplink);
        _servers.BeginSlot(slot);
        for (var round = 0; round < _scenario.Decisions.Rounds; round++)
        {
            Decide(round);
            _servers.Publish();
        }

        _servers.Execute(_placed, _cycles, _arrival, _queueing, _computation);
        Complete();
        Hash();
    }

    /// <inheritdoc/>
    public void Dispose() => _run.Dispose();

    /// <summary>From the last slot's positions to this one's; a journey's end forgets queue and server, but not where the load is.</summary>
    private void MoveDevices()
    {
        for (var device = 0; device < _state.Length; device++)
        {
            var ended = _world.Mobility.Advance(ref _state[device], device, _slot - 1);
            if (++_journeySlot[device] < _scenario.Devices.JourneySlots && !ended)
                continue;
            (_journeySlot[device], _queue[device], _serving[device]) = (0, 0, None);
        }
    }

    private void AttachDevices()
    {
        Array.Clear(_firstSeat);
        for (var device = 0; device < _state.Length; device++)
        {
            var (x, y) = (_state[device].X, _state[device].Y);
            _station[device] = _world.NearestStation(x, y, _station[device], _slot, out _covered[device]);
            _firstSeat[_station[device] + 1]++;
        }

        for (var station = 0; station < _nextSeat.Length; station++)
        {
            _nextSeat[station] = _firstSeat[station];
            _firstSeat[station + 1] += _firstSeat[station];
        }

        for (var device = 0; device < _state.Length; device++)
            _deviceAt[_nextSeat[_station[device]]++] = device;
    }

    private void DrawTasks()
    {
        var rounds = _scenario.Decisions.Rounds;
        for (var device = 0; device < _task.Length; device++)
        {
            _task[device] = OffloadingTask.Draw(_scenario, device, _slot);
            _cycles[device] = _task[device].Cycles;
            if (rounds > 1)
                _round[device] = RandomStreams.ToIndex(
                    RandomStreams.Uniform(_scenario.Seed, device, _slot, Purpose.DecisionRound), rounds);
        }
    }

    /// <summary>The devices of a round choose, all on what the twins have published before it.</summary>
    private void Decide(int round)
    {
        for (var device = 0; device < _round.Length; device++)
        {
            if (_round[device] != round)
                continue;
            var from = _placed[device];
            if (_covered[device])
            {
                (_placed[device], _propagation[device], _predicted[device]) = _policy.Choose(
                    _slot, device, _station[device], _state[device].X, _state[device].Y, _cycles[device], _uplink[device],
                    from, _serving[device], _queue[device]);
                _chosenAge[device] = _servers.TwinAgeSlots(_placed[device]);
                _propagation[device] *= _world.Faults.BackhaulFactor(_station[device], _slot);
                _migrated[device] = _serving[device] != None && _serving[device] != _placed[device];
                _arrival[device] = _uplink[device] + _propagation[device] + Outage(device);
                if (_reported[device])
                    _servers.Move(from, _placed[device]);
            }
            else
            {
                // It has no task this time; that it left is news only in the next slot.
                (_placed[device], _migrated[device], _chosenAge[device]) = (None, false, -1);
                (_uplink[device], _propagation[device], _predicted[device]) = (0, 0, 0);
                (_queueing[device], _computation[device]) = (0, 0);
            }
        }
    }

    /// <summary>Outcome, deficit queue (12) and reward (16).</summary>
    private void Complete()
    {
        var (objective, budget) = (_scenario.Objective, _scenario.Objective.Beta * _scenario.Objective.MigrationCost);
        for (var device = 0; device < _queue.Length; device++)
        {
            var cost = 0.0;
            (_outcome[device], _latency[device], _reward[device]) = (TaskOutcome.Uncovered, 0, 0);
            if (_covered[device])
            {
                cost = _migrated[device] ? objective.MigrationCost : 0;
                _serving[device] = _placed[device];
                _outcome[device] = TaskOutcome.Lost;
                if (_servers.IsDown(_placed[device]))
                {
                    (_queueing[device], _computation[device]) = (0, 0);
                }
                else
                {
                    _latency[device] = _arrival[device] + _queueing[device] + _computation[device];
                    _outcome[device] = _latency[device] <= _task[device].DeadlineSeconds ? TaskOutcome.InTime : TaskOutcome.Late;
                    _reward[device] = -objective.V * _latency[device] - _queue[device] * cost;
                }
            }

            _queue[device] = Math.Max(_queue[device] + cost - budget, 0);
        }
    }

    private double Outage(int device) => _migrated[device] ? _world.Backhaul.OutageSeconds : 0;

    /// <summary>Each station's records in the order of devices, the stations' digests in the order of stations, the slots' in theirs.</summary>
    private void Hash()
    {
        for (var seat = 0; seat < _deviceAt.Length; seat++)
            Write(_deviceAt[seat], _records.AsSpan(seat * RecordBytes, RecordBytes));
        for (var station = 0; station < _nextSeat.Length; station++)
        {
            var records = _records.AsSpan((_firstSeat[station] * RecordBytes)..(_firstSeat[station + 1] * RecordBytes));
            SHA256.HashData(records, _stationDigests.AsSpan(station * DigestBytes, DigestBytes));
        }

        Span<byte> ofSlot = stackalloc byte[DigestBytes];
        SHA256.HashData(_stationDigests, ofSlot);
        _run.AppendData(ofSlot);
    }

    private void Write(int device, Span<byte> record)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record, device);
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], _placed[device]);
        BinaryPrimitives.WriteDoubleLittleEndian(record[8..], _latency[device]);
        (record[16], record[17]) = ((byte)_outcome[device], _migrated[device] ? (byte)1 : (byte)0);
        BinaryPrimitives.WriteDoubleLittleEndian(record[18..], _queue[device]);
        BinaryPrimitives.WriteDoubleLittleEndian(record[26..], _reward[device]);
    }
}
