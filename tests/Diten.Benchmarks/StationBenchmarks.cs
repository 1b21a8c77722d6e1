using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Diten.Model.BaseStations;
using Diten.Model.MobileDevices;
using Diten.Model.Offloading;
using Diten.Model.Randomness;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Benchmarks;

/// <summary>A slot of one base station in the middle of a grid of 8 × 8, with 100 devices attached; one decision round.</summary>
[MemoryDiagnoser]
public class StationBenchmarks
{
    private const int Devices = 100, Middle = 27;
    private readonly World _world;
    private readonly BaseStationState _station;
    private readonly DecisionBatch _batch;
    private readonly RadiatingDevices _radiating = new();
    private readonly int[] _placements, _choices = new int[Devices];
    private readonly byte[] _records = new byte[Devices * StationCompletion.RecordBytes];

    /// <summary>Devices stand at random in the cell; every server has 10 GHz free and 100 tasks.</summary>
    public StationBenchmarks()
    {
        var scenario = new Scenario { AreaSideMetres = 1250, Decisions = new DecisionsSection { Rounds = 1 } };
        _world = World.Create(scenario);
        _station = new BaseStationState(_world, Middle);
        for (var device = 0; device < Devices; device++)
            _station.Arrivals.Add(new MovingDevice(device, new DeviceLink(), Middle));
        BaseStation.BeginSlot(_station, 0);
        foreach (var server in _station.Reach)
            StationDecisions.Apply(_station, new TwinEstimate(server, 0, 0, 0, 10e9, 100, 0));
        for (var device = 0; device < Devices; device++)
        {
            var (x, y) = RandomStreams.UniformPair(1, device, 0, Purpose.MobilityStart);
            BaseStation.Admit(_station, device, new DeviceReport
            {
                X = _station.X + (x - 0.5) * _world.Topology.SpacingMetres,
                Y = _station.Y + (y - 0.5) * _world.Topology.SpacingMetres,
                Task = OffloadingTask.Draw(scenario, device, 0),
                Queue = device % 3,
                Serving = _station.Reach[device % _station.Reach.Length],
                LastTask = Middle,
                Host = Middle,
                Channel = (short)(device % scenario.Radio.Channels),
                NextStation = Middle,
            });
        }

        BaseStation.RoundsWithWork(_station, _world);
        BaseStation.MeasureUplinks(_station, _world);
        _batch = new DecisionBatch(scenario.Decisions.Candidates);
        _placements = new int[_station.Reach.Length];
        StationDecisions.Decide(_station, _world, 0, _batch, _placements);
    }

    /// <summary>What 100 devices radiate at each of the stations that can hear them, by channel.</summary>
    [Benchmark]
    public List<InterferenceSums> Interference_sums() => BaseStation.Radiate(_station, _world, _radiating);

    /// <summary>Uplink latencies of 100 devices, eqs. (5) and (6).</summary>
    [Benchmark]
    public void Uplinks() => BaseStation.MeasureUplinks(_station, _world);

    /// <summary>Candidates, predictions, drift-plus-penalty and placements for 100 devices.</summary>
    [Benchmark]
    public void Decisions_with_their_features() => StationDecisions.Decide(_station, _world, 0, _batch, _placements);

    /// <summary>The policy alone, on a batch of 100 rows of 5 candidates.</summary>
    [Benchmark]
    public void Drift_plus_penalty_alone() => _world.Policy.Decide(_batch, _choices);

    /// <summary>A station's digest of a slot: 100 device records and their SHA-256.</summary>
    [Benchmark]
    public void Records_and_their_hash()
    {
        var outcome = new TaskCompleted(Middle, TaskOutcome.InTime, false, false, 0.12, 0.4, -2.4);
        for (var device = 0; device < Devices; device++)
            StationCompletion.Write(_records.AsSpan(device * StationCompletion.RecordBytes), device, outcome);
        SHA256.HashData(_records, _station.Digest);
    }
}
