using Diten.Model.Mobility;
using Diten.Model.Offloading;
using Diten.Model.Randomness;
using Diten.Model.Records;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Nodes;

/// <summary>What a replay takes for true; the defaults are those of model.md, anything else is a mistake that a run must not make.</summary>
internal sealed record Rules
{
    /// <summary>Decision rounds; null = as the scenario says.</summary>
    public int? Rounds { get; init; }

    /// <summary>Twins hear of the server that a device leaves (−1), not only of the one that it chooses.</summary>
    public bool DeparturesAreTold { get; init; } = true;

    /// <summary>A device counts its own last task among those of others.</summary>
    public bool OwnTaskCounts { get; init; }

    /// <summary>A task runs on the share that the twin's estimate promised, in place of the true one.</summary>
    public bool SharesAreStale { get; init; }
}

/// <summary>
/// Decides and executes all device-slots of a run again, in one plain loop written from model.md §1 to §3 alone, and counts what differs from
/// the run's records. Equal sharing, drift-plus-penalty, injected deviation on the server's side, last-value twins.
/// </summary>
internal sealed class Replay
{
    private readonly World _world;
    private readonly Rules _rules;
    private readonly (int Serving, int LastTask, double Queue)[] _devices;
    private readonly MobilityState[] _places;
    private int[] _tasks;
    private double[] _free;

    private Replay(World world, Rules rules, SlotReport first)
    {
        (_world, _rules) = (world, rules);
        _free = [.. first.Servers.Select(s => s.FreeHertz)]; // before slot 0 every server syncs its slot-0 capacity
        _tasks = new int[_free.Length];
        _devices = new (int, int, double)[first.Devices.Length];
        _places = [.. first.Devices.Select(row => world.Mobility.Start(row.Device))];
        foreach (var row in first.Devices)
        {
            var nearest = world.Topology.Servers.Nearest(row.X, row.Y); // and every device counts at its nearest server
            _devices[row.Device] = (-1, nearest, 0);
            _tasks[nearest]++;
        }
    }

    public int Decisions { get; private set; }

    public int WrongPlaces { get; private set; }

    public int WrongUplinks { get; private set; }

    public int WrongServers { get; private set; }

    public int WrongPredictions { get; private set; }

    public int WrongComputations { get; private set; }

    public int WrongQueues { get; private set; }

    public static Replay Of(World world, IReadOnlyList<SlotReport> reports, Rules rules)
    {
        var replay = new Replay(world, rules, reports[0]);
        foreach (var report in reports)
            replay.Slot(report);
        return replay;
    }

    private void Slot(SlotReport report)
    {
        var scenario = _world.Scenario;
        if (report.Slot % scenario.Devices.JourneySlots == 0)
            for (var device = 0; device < _devices.Length; device++)
                _devices[device] = _devices[device] with { Serving = -1, Queue = 0 };

        foreach (var row in report.Devices)
            Locate(row, report.Devices);
        var share = new double[_devices.Length];
        var rounds = _rules.Rounds ?? scenario.Decisions.Rounds;
        var known = (int[])_tasks.Clone();
        for (var round = 0; round < rounds; round++)
        {
            var next = (int[])known.Clone();
            foreach (var row in report.Devices)
            {
                var draw = RandomStreams.Uniform(scenario.Seed, row.Device, report.Slot, Purpose.DecisionRound);
                if (row.Outcome != TaskOutcome.Uncovered && RandomStreams.ToIndex(draw, rounds) == round)
                    share[row.Device] = Decide(row, known, next, report.Servers);
            }

            known = next;
        }

        foreach (var row in report.Devices)
            Complete(row, report.Servers, share[row.Device]);
        _tasks = [.. report.Servers.Select(s => s.Tasks)];
        _free = [.. report.Servers.Select(s => s.FreeHertz)];
    }

    /// <summary>Position, attachment and uplink, eqs. (5) and (6); then the device moves on.</summary>
    private void Locate(DeviceSlotRecord row, DeviceSlotRecord[] all)
    {
        var (radio, stations) = (_world.Scenario.Radio, _world.Topology.Stations);
        double Square(DeviceSlotRecord of) => Math.Pow(stations.X(row.Station) - of.X, 2) + Math.Pow(stations.Y(row.Station) - of.Y, 2);
        double Watts(DeviceSlotRecord of) =>
            OffloadingTask.Draw(_world.Scenario, of.Device, of.Slot).PowerWatts * Math.Pow(Math.Max(Math.Sqrt(Square(of)), 1), -radio.PathLossExponent);
        var noise = radio.NoiseWatts + all
            .Where(o => o.Station != row.Station && Channel(o.Device) == Channel(row.Device) && Square(o) <= Math.Pow(radio.InterferenceRangeMetres, 2))
            .Sum(Watts);
        var uplink = OffloadingTask.Draw(_world.Scenario, row.Device, row.Slot).DataBits / (radio.BandwidthHertz * Math.Log2(1 + Watts(row) / noise));
        WrongUplinks += row.Outcome == TaskOutcome.Uncovered || Near(uplink, row.UplinkSeconds) ? 0 : 1;

        ref var place = ref _places[row.Device];
        var covered = Square(row) <= Math.Pow(_world.Scenario.Stations.CoverageMetres, 2);
        var right = (row.X, row.Y) == (place.X, place.Y) && row.Station == stations.Nearest(row.X, row.Y);
        WrongPlaces += right && covered == (row.Outcome != TaskOutcome.Uncovered) ? 0 : 1;
        _world.Mobility.Advance(ref place, row.Device, row.Slot);
    }

    private int Channel(int device) =>
        RandomStreams.ToIndex(RandomStreams.Uniform(_world.Scenario.Seed, device, 0, Purpose.Channel), _world.Scenario.Radio.Channels);

    /// <summary>argmin v T̂ + Q C over the N nearest; returns f of the server that the run chose.</summary>
    private double Decide(DeviceSlotRecord row, int[] known, int[] next, ServerSlotRecord[] servers)
    {
        var (scenario, sites) = (_world.Scenario, _world.Topology.Servers);
        var (serving, lastTask, queue) = _devices[row.Device];
        var cycles = OffloadingTask.Draw(scenario, row.Device, row.Slot).Cycles;
        double Metres(int s) => Math.Sqrt((sites.X(s) - row.X) * (sites.X(s) - row.X) + (sites.Y(s) - row.Y) * (sites.Y(s) - row.Y));
        double Share(int s) =>
            _free[s] / (1 + Math.Max(0, Math.Max(0, known[s]) - (s == lastTask && !_rules.OwnTaskCounts ? 1 : 0)));
        double Predicted(int s) =>
            row.UplinkSeconds + _world.Backhaul.SecondsPerMetre * Metres(s) + cycles / Deviated(Share(s), servers[s].DeviationHertz);

        var best = Enumerable.Range(0, sites.Count).OrderBy(Metres).ThenBy(s => s).Take(scenario.Decisions.Candidates)
            .MinBy(s => scenario.Objective.V * Predicted(s) + (serving >= 0 && s != serving ? queue * scenario.Objective.MigrationCost : 0));
        Decisions++;
        WrongServers += best == row.Server ? 0 : 1;
        WrongPredictions += Near(Predicted(row.Server), row.PredictedSeconds) ? 0 : 1;

        if (row.Server != lastTask) // the run's own choice from here on, so that one mistake is counted once
        {
            next[row.Server]++;
            if (lastTask >= 0 && _rules.DeparturesAreTold)
                next[lastTask]--;
        }

        return Share(row.Server);
    }

    private void Complete(DeviceSlotRecord row, ServerSlotRecord[] servers, double promised)
    {
        var objective = _world.Scenario.Objective;
        var (serving, _, queue) = _devices[row.Device];
        var covered = row.Outcome != TaskOutcome.Uncovered;
        var cost = covered && serving >= 0 && row.Server != serving ? objective.MigrationCost : 0;
        queue = Math.Max(queue + cost - objective.Beta * objective.MigrationCost, 0);
        WrongQueues += Near(queue, row.Queue) && row.Migrated == cost > 0 ? 0 : 1;
        _devices[row.Device] = (covered ? row.Server : serving, row.Server, row.Queue);
        if (!covered)
            return;
        var server = servers[row.Server];
        var share = _rules.SharesAreStale ? promised : server.FreeHertz / server.Tasks;
        var seconds = OffloadingTask.Draw(_world.Scenario, row.Device, row.Slot).Cycles / Deviated(share, server.DeviationHertz);
        WrongComputations += Near(seconds, row.ComputationSeconds) ? 0 : 1;
    }

    private static double Deviated(double share, double deviation) => Math.Max(share + deviation, 0.1 * share);

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-9;
}
