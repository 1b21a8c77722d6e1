using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Bench;

/// <summary>Candidates, predictions and choices of <see cref="ArrayModel"/> (model.md §1, Candidates; §4).</summary>
internal sealed class ArrayPolicy
{
    private enum Rule { NearestFirst, Random, Stay, LeastLoaded, LowestLatency, DriftPlusPenalty, Hysteresis, HardBudget, Learned }

    private static readonly Dictionary<string, Rule> Rules = new()
    {
        ["nearest-first"] = Rule.NearestFirst,
        ["random"] = Rule.Random,
        ["stay"] = Rule.Stay,
        ["least-loaded"] = Rule.LeastLoaded,
        ["lowest-latency"] = Rule.LowestLatency,
        ["drift-plus-penalty"] = Rule.DriftPlusPenalty,
        ["hysteresis"] = Rule.Hysteresis,
        ["hard-budget"] = Rule.HardBudget,
        ["learned"] = Rule.Learned,
    };

    private readonly Rule _rule;
    private readonly ArrayServers _servers;
    private readonly ulong _seed;
    private readonly PolicySection _policy;
    private readonly ObjectiveSection _objective;
    private readonly double _secondsPerMetre, _outageSeconds;
    private readonly ArrayNetwork? _network;

    // Servers in a station's reach, nearest to it first, so that most come in the order that its devices need: from _first[station] on.
    private readonly int[] _first, _reach;
    private readonly double[] _x, _y;

    // The candidates of the device that chooses, nearest first: server, square of the distance, T̂.
    private readonly int[] _candidate;
    private readonly double[] _square, _estimate;

    public ArrayPolicy(World world, ArrayServers servers)
    {
        var (scenario, topology) = (world.Scenario, world.Topology);
        (_servers, _seed, _policy, _objective) = (servers, scenario.Seed, scenario.Policy, scenario.Objective);
        if (!Rules.TryGetValue(_policy.Name, out _rule))
            throw new NotSupportedException($"The array model has no policy.name {_policy.Name}.");
        _network = _rule == Rule.Learned ? new ArrayNetwork(world) : null;
        (_secondsPerMetre, _outageSeconds) = (world.Backhaul.SecondsPerMetre, world.Backhaul.OutageSeconds);
        var count = Math.Min(scenario.Decisions.Candidates, topology.ServerCount);
        (_candidate, _square, _estimate) = (new int[count], new double[count], new double[count]);
        _first = new int[topology.StationCount + 1];
        var reach = new List<int>();
        for (var station = 0; station < topology.StationCount; station++)
        {
            var (x, y) = (topology.X[station], topology.Y[station]);
            reach.AddRange(world.Reach.ServersOf(new(station)).ToArray()
                .OrderBy(server => Square(topology.Servers.X(server) - x, topology.Servers.Y(server) - y)).ThenBy(server => server));
            _first[station + 1] = reach.Count;
        }

        (_reach, _x, _y) = ([.. reach], [.. reach.Select(topology.Servers.X)], [.. reach.Select(topology.Servers.Y)]);
    }

    /// <summary>The policies that are written here a second time. The product has more; they add nothing to the model that is checked.</summary>
    public static bool Knows(string name) => Rules.ContainsKey(name);

    /// <summary>Chooses a server for a device that is in coverage.</summary>
    /// <param name="placed">The server that counts the device's last task, or -1.</param>
    /// <param name="serving">The server that a migration would leave, or -1.</param>
    /// <param name="queue">Deficit queue Q(t).</param>
    /// <returns>The server, T_p and T̂, seconds.</returns>
    public (int Server, double Propagation, double Predicted) Choose(
        int slot, int device, int station, double x, double y, double cycles, double uplink, int placed, int serving, double queue)
    {
        FindCandidates(station, x, y);
        for (var k = 0; k < _candidate.Length; k++)
        {
            var server = _candidate[k];
            _estimate[k] = uplink + _secondsPerMetre * Math.Sqrt(_square[k]) + cycles / _servers.Predicted(server, server == placed)
                + (Moves(server, serving) ? _outageSeconds : 0);
        }

        var best = _network is null ? Choose(slot, device, placed, serving, queue) : Choose(_network, slot, device, placed, serving, queue, cycles);
        return (_candidate[best], _secondsPerMetre * Math.Sqrt(_square[best]), _estimate[best]);
    }

    private int Choose(int slot, int device, int placed, int serving, double queue)
    {
        switch (_rule)
        {
            case Rule.NearestFirst:
                return 0;
            case Rule.Random:
                return RandomStreams.ToIndex(RandomStreams.Uniform(_seed, device, slot, Purpose.Policy), _candidate.Length);
            case Rule.Stay:
                return Math.Max(Staying(serving), 0);
            case Rule.LeastLoaded:
                var least = 0;
                for (var k = 1; k < _candidate.Length; k++)
                    if (Others(k, placed) < Others(least, placed))
                        least = k;
                return least;
            case Rule.DriftPlusPenalty:
                var (best, bestScore) = (0, double.PositiveInfinity);
                for (var k = 0; k < _candidate.Length; k++)
                {
                    var cost = Moves(_candidate[k], serving) ? _objective.MigrationCost : 0;
                    var score = _objective.V * _estimate[k] + queue * cost;
                    if (score < bestScore)
                        (best, bestScore) = (k, score);
                }

                return best;
            case Rule.HardBudget when queue > 1e-12 && Staying(serving) is >= 0 and var staying:
                return staying;
            case Rule.Hysteresis
                when Staying(serving) is >= 0 and var staying && _estimate[Fastest()] > (1 - _policy.Margin) * _estimate[staying]:
                return staying;
            default:
                return Fastest();
        }
    }

    private int Choose(ArrayNetwork network, int slot, int device, int placed, int serving, double queue, double cycles)
    {
        for (var k = 0; k < _candidate.Length; k++)
        {
            var server = _candidate[k];
            (network.Metres[k], network.Seconds[k]) = (Math.Sqrt(_square[k]), _estimate[k]);
            (network.Hertz[k], network.Deviation[k]) = (_servers.Published(server, server == placed), _servers.Deviation(server));
            network.Moves[k] = Moves(server, serving);
        }

        return network.Choose(slot, device, _candidate.Length, queue, cycles);
    }

    /// <summary>The candidate that stays, or -1 where none does.</summary>
    private int Staying(int serving) => Array.IndexOf(_candidate, serving);

    private int Fastest()
    {
        var fastest = 0;
        for (var k = 1; k < _estimate.Length; k++)
            if (_estimate[k] < _estimate[fastest])
                fastest = k;
        return fastest;
    }

    private int Others(int k, int placed) => _servers.Others(_candidate[k], _candidate[k] == placed);

    private static bool Moves(int server, int serving) => serving >= 0 && server != serving;

    /// <summary>The N nearest of the servers in reach, ties by id: each is put in, and moved forward past those that are farther.</summary>
    private void FindCandidates(int station, double x, double y)
    {
        var found = 0;
        for (var i = _first[station]; i < _first[station + 1]; i++)
        {
            var (server, square) = (_reach[i], Square(_x[i] - x, _y[i] - y));
            var at = found < _candidate.Length ? found++ : found;
            for (; at > 0 && (square < _square[at - 1] || (square == _square[at - 1] && server < _candidate[at - 1])); at--)
                if (at < _candidate.Length)
                    (_candidate[at], _square[at]) = (_candidate[at - 1], _square[at - 1]);
            if (at < _candidate.Length)
                (_candidate[at], _square[at]) = (server, square);
        }
    }

    private static double Square(double dx, double dy) => dx * dx + dy * dy;
}
