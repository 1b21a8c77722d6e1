using Diten.Model.BackgroundLoad;
using Diten.Model.Computing;
using Diten.Model.Mobility;
using Diten.Model.Offloading;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Space;

namespace Diten.Model.Policies.Tabular;

/// <summary>A small world with the scenario's distributions, and none of its draws, in which a policy is trained before the run.</summary>
/// <remarks>
/// <para>
/// Servers stand on a square grid, at least 6 × 6, with the scenario's spacing. Capacity, background load, injected deviation and tasks
/// are drawn by the scenario's own rules under another seed (<see cref="Purpose.PolicyTraining"/>), so that no draw of the run is seen in
/// advance. Some devices drive by random waypoint at the scenario's speed and decide in every slot; they do not meet one another.
/// </para>
/// <para>
/// Load is that of everybody else: a server has a Poisson number of tasks with mean devices/servers, drawn anew in a slot with the
/// probability that a device leaves a cell. A decision is made on load and free capacity of the slot before, as with twins that are in
/// sync, and this slot's f̂; what happens comes from this slot's. The uplink is left out: it is the same for all candidates.
/// </para>
/// <para>
/// So herding, decision rounds, interference, lost syncs, and load that clusters in space are not in it; recorded journeys and recorded load
/// are stood in for by random waypoint and the uniform background. Mutable; of one thread.
/// </para>
/// </remarks>
internal sealed class TrainingWorld
{
    private const int LeastSide = 6;

    /// <summary>More candidates than this are not looked at: the farther ones hardly matter, and the world would have to be larger.</summary>
    private const int MostCandidates = 20;

    private readonly Surroundings _around;
    private readonly Scenario _scenario;
    private readonly TwinsSection _calibrated;
    private readonly NearestSites _servers;
    private readonly RandomWaypoint _mobility;
    private readonly IBackgroundLoad _background;

    // By server: what the twin told (last slot), what is true (this slot).
    private readonly double[] _capacity, _utilisation, _toldHertz, _freeHertz, _deviationHertz;
    private readonly int[] _toldTasks, _tasks;

    // By device.
    private readonly MobilityState[] _places;
    private readonly int[] _serving, _journeySlot;
    private readonly double[] _queues;

    /// <param name="around">What to train for.</param>
    /// <param name="devices">Devices that drive and decide.</param>
    public TrainingWorld(Surroundings around, int devices)
    {
        _around = around;
        var (first, second) = RandomStreams.UniformPair(around.Scenario.Seed, 0, 0, Purpose.PolicyTraining);
        var servers = around.Scenario.Servers;
        _scenario = around.Scenario with
        {
            Seed = (ulong)(first * (1L << 53)) ^ (ulong)(second * (1L << 53)) << 11,
            Servers = servers.Background == BackgroundKind.Trace ? servers with { Background = BackgroundKind.Uniform } : servers,
        };
        _calibrated = around.Scenario.Twins with { Calibrated = true };
        var candidates = Math.Min(around.Candidates, MostCandidates);
        var side = Math.Max(LeastSide, (int)Math.Ceiling(Math.Sqrt(3.0 * candidates)));
        var area = new Area(0, 0, side * around.SpacingMetres, side * around.SpacingMetres);
        var count = side * side;
        _servers = new NearestSites(
            [.. Enumerable.Range(0, count).Select(server => (server / side + 0.5) * around.SpacingMetres)],
            [.. Enumerable.Range(0, count).Select(server => (server % side + 0.5) * around.SpacingMetres)], area);
        _mobility = new RandomWaypoint(_scenario.Seed, area, around.StepMetres);
        _background = BackgroundLoads.Create(_scenario);
        (_capacity, _utilisation, _toldHertz, _freeHertz) = (new double[count], new double[count], new double[count], new double[count]);
        (_deviationHertz, _toldTasks, _tasks) = (new double[count], new int[count], new int[count]);
        (_places, _serving, _journeySlot) = (new MobilityState[devices], new int[devices], new int[devices]);
        (_queues, Batch) = (new double[devices], new DecisionBatch(candidates));
        for (var device = 0; device < devices; device++)
        {
            _places[device] = _mobility.Start(device);
            // Journeys end at different times, so that all their slots are met at all times.
            (_serving[device], _journeySlot[device]) = (-1, device % _scenario.Devices.JourneySlots);
        }
    }

    /// <summary>Key of this world's draws.</summary>
    public ulong Seed => _scenario.Seed;

    /// <summary>What the devices know in this slot, a row each, in the order of their numbers.</summary>
    public DecisionBatch Batch { get; }

    /// <summary>Begins a slot: servers change, devices move, and <see cref="Batch"/> says what they know.</summary>
    /// <param name="slot">0 first, then one after the other.</param>
    public void BeginSlot(int slot)
    {
        for (var server = 0; server < _capacity.Length; server++)
            Change(server, slot);
        Batch.Begin(slot, _places.Length);
        for (var device = 0; device < _places.Length; device++)
        {
            if (slot > 0)
            {
                _mobility.Advance(ref _places[device], device, slot - 1);
                if (++_journeySlot[device] == _scenario.Devices.JourneySlots)
                    (_journeySlot[device], _serving[device], _queues[device]) = (0, -1, 0);
            }

            FillRow(device, slot);
        }
    }

    /// <summary>Whether a device's journey begins in this slot: its last transition was terminal.</summary>
    public bool Begins(int device) => _serving[device] < 0;

    /// <summary>Serves a device on the candidate that it chose.</summary>
    /// <returns>
    /// The reward of eq. (16) plus v times the latency that the fastest candidate would have had: as no choice changes that, it changes no
    /// decision, but it takes the size of tasks out of what is learned from.
    /// </returns>
    public double Serve(int device, int candidate)
    {
        var (objective, moves) = (_scenario.Objective, Batch.IsMove(device, candidate));
        var (seconds, fastest) = (TrueSeconds(device, candidate, Outage(device, candidate)), double.PositiveInfinity);
        for (var k = 0; k < Batch.CandidateCounts[device]; k++)
            fastest = Math.Min(fastest, TrueSeconds(device, k, outageSeconds: 0));
        var cost = moves ? objective.MigrationCost : 0;
        var reward = Rewards.Of(seconds - fastest, _queues[device], cost, objective.V);
        _queues[device] = DeficitQueue.Next(_queues[device], cost, objective.Beta, objective.MigrationCost);
        _serving[device] = Batch.Servers[device * Batch.Candidates + candidate];
        return reward;
    }

    private void Change(int server, int slot)
    {
        (_toldHertz[server], _toldTasks[server]) = (_freeHertz[server], _tasks[server]);
        var (change, tasks) = RandomStreams.UniformPair(_scenario.Seed, server, slot, Purpose.PolicyTraining, pair: 1);
        if (slot == 0)
        {
            _capacity[server] = _scenario.Servers.FrequencyHertz.At(RandomStreams.Uniform(_scenario.Seed, server, 0, Purpose.Capacity));
            _utilisation[server] = _background.Initial(server);
        }
        else
        {
            _utilisation[server] = _background.Next(_utilisation[server], server, slot);
        }

        if (slot == 0 || change < _around.CellsPerSlot)
            _tasks[server] = Poisson((double)_scenario.Devices.Count / _around.Servers, tasks);
        _freeHertz[server] = _capacity[server] * (1 - _utilisation[server]);
        if (_scenario.Twins.DeviationSource == DeviationSource.Injected)
            _deviationHertz[server] = ServerTwin.InjectedDeviationHertz(_scenario, server, slot);
        if (slot == 0)
            (_toldHertz[server], _toldTasks[server]) = (_freeHertz[server], _tasks[server]);
    }

    private void FillRow(int device, int slot)
    {
        var row = Batch.AddRow();
        Span<int> nearest = stackalloc int[MostCandidates];
        var found = _servers.Nearest(_places[device].X, _places[device].Y, nearest[..Batch.Candidates]);
        Batch.CandidateCounts[row] = found;
        Batch.Free[row] = Begins(device);
        Batch.Queues[row] = _queues[device];
        Batch.Cycles[row] = OffloadingTask.Draw(_scenario, device, slot).Cycles;
        Batch.ServingIndices[row] = nearest[..found].IndexOf(_serving[device]);
        for (var k = 0; k < found; k++)
        {
            var (cell, server) = (row * Batch.Candidates + k, nearest[k]);
            Batch.Servers[cell] = server;
            Batch.DistanceMetres[cell] = double.Hypot(_servers.X(server) - _places[device].X, _servers.Y(server) - _places[device].Y);
            Batch.DeviationHertz[cell] = _deviationHertz[server];
            Batch.PredictedSeconds[cell] = Seconds(row, cell, _toldHertz[server], _toldTasks[server], _scenario.Twins, Outage(row, k));
        }
    }

    /// <summary>What a candidate's latency turns out to be: a calibrated prediction from what is true in this slot.</summary>
    private double TrueSeconds(int row, int k, double outageSeconds)
    {
        var cell = row * Batch.Candidates + k;
        var server = Batch.Servers[cell];
        return Seconds(row, cell, _freeHertz[server], _tasks[server], _calibrated, outageSeconds);
    }

    private double Seconds(int row, int cell, double freeHertz, int tasks, TwinsSection twins, double outageSeconds) => PredictedLatency.Seconds(
        twins, uplinkSeconds: 0, _around.Backhaul.SecondsPerMetre * Batch.DistanceMetres[cell], Batch.Cycles[row],
        SharePrediction.EstimatedHertz(_scenario.Servers.Sharing, freeHertz, tasks), Batch.DeviationHertz[cell], outageSeconds);

    private double Outage(int row, int k) => Batch.IsMove(row, k) ? _around.Backhaul.OutageSeconds : 0;

    /// <summary>A Poisson number from one uniform draw, by inversion; from a mean of 50 on, only the mean's fraction is left to chance.</summary>
    /// <remarks>So large a number varies by a seventh and less, and this world shall stay quick.</remarks>
    internal static int Poisson(double mean, double uniform)
    {
        if (mean >= 50)
            return (int)(mean + uniform);
        var (number, probability) = (0, Math.Exp(-mean));
        for (var below = probability; uniform >= below && number < 200; below += probability)
            probability *= mean / ++number;
        return number;
    }
}
