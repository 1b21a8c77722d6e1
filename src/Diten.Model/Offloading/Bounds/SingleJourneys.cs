using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Offloading.Bounds;

/// <summary>
/// Makes recorded journeys again, each alone, by any policy: everyone else does what was recorded. model.md §3, Single journeys.
/// </summary>
/// <remarks>
/// A slot has one decision, on what the twins had published for it, i.e. load of others and capacity of slot t − 1 and f̂ of slot t; in
/// slot 0 that is the slot's own capacity, and the others at their nearest servers. The device then gets what <see cref="BoundInputs"/>
/// computes for the server that it chose. Serving server, migrations, reward (16) and deficit queue (12) are those of the emulation.
/// Not thread-safe: rows are written into memory of its own.
/// </remarks>
/// <param name="scenario">The scenario that was recorded; its policy does not matter.</param>
/// <param name="topology">Its topology.</param>
/// <param name="servers">The records of all servers in a slot, by server id.</param>
public sealed class SingleJourneys(Scenario scenario, Topology topology, Func<int, IReadOnlyList<ServerSlotRecord>> servers)
{
    private readonly Surroundings _around = Surroundings.Of(scenario, topology);
    private readonly DecisionBatch _row = new(scenario.Decisions.Candidates);

    /// <summary>Makes one journey.</summary>
    /// <param name="journey">As <see cref="BoundInputs.Journeys"/> cut it out of the recorded run.</param>
    /// <param name="policy">Is asked for one row a slot.</param>
    public SingleJourney Make(RecordedJourney journey, IOffloadingPolicy policy)
    {
        var objective = scenario.Objective;
        var (serving, counted, queue) = (-1, journey.CountedAt, 0.0);
        var (seconds, migrations, reward) = (0.0, 0, 0.0);
        Span<int> choice = stackalloc int[1];
        for (var slot = 0; slot < journey.Slots.Length; slot++)
        {
            ref readonly var record = ref journey.Records.Span[slot];
            var (candidates, cost) = (journey.Slots[slot], 0.0);
            if (candidates.Servers.Length > 0)
            {
                Observe(record, candidates.Servers, serving, counted, queue);
                policy.Decide(_row, choice);
                var moves = _row.IsMove(0, choice[0]);
                var latency = candidates.Seconds[choice[0]] + (moves ? journey.OutageSeconds : 0);
                cost = moves ? objective.MigrationCost : 0;
                seconds += latency;
                migrations += moves ? 1 : 0;
                reward += Rewards.Of(latency, queue, cost, objective.V);
                serving = candidates.Servers[choice[0]];
            }

            queue = DeficitQueue.Next(queue, cost, objective.Beta, objective.MigrationCost);
            counted = record.Server;
        }

        return new SingleJourney(seconds, migrations, reward);
    }

    /// <summary>The decisions of a journey as they were made, slots out of coverage left out: what twins promised of each candidate, and what each would have given.</summary>
    /// <param name="journey">As <see cref="BoundInputs.Journeys"/> cut it out of the recorded run.</param>
    public IEnumerable<HindsightChoice> Hindsight(RecordedJourney journey)
    {
        var (serving, counted) = (-1, journey.CountedAt);
        for (var slot = 0; slot < journey.Slots.Length; slot++)
        {
            var (record, candidates) = (journey.Records.Span[slot], journey.Slots[slot]);
            if (candidates.Servers.Length > 0)
            {
                Observe(record, candidates.Servers, serving, counted, queue: 0);
                yield return new HindsightChoice(record, serving, [.. candidates.Servers.Select((server, k) => new CandidateOutlook(
                    server, _row.DistanceMetres[k], servers(record.Slot)[server].TwinTasks, _row.PredictedSeconds[k],
                    candidates.Seconds[k] + (_row.IsMove(0, k) ? journey.OutageSeconds : 0)))]);
                serving = record.Server;
            }

            counted = record.Server;
        }
    }

    /// <summary>What the device knows before it decides, as the only row.</summary>
    /// <param name="counted">
    /// Where the published load has the device's own task: at the server of the recorded run, whatever it chose in this one.
    /// </param>
    private void Observe(in DeviceSlotRecord record, int[] candidates, int serving, int counted, double queue)
    {
        var task = OffloadingTask.Draw(scenario, record.Device, record.Slot);
        var device = new DecidingDevice(
            record.Device, serving, counted, queue, task.DataBits, task.Cycles, task.DeadlineSeconds, record.UplinkSeconds);
        var rows = new DecisionRow(scenario, _around.Backhaul);
        var twins = servers(record.Slot);
        _row.Begin(record.Slot, 1);
        var row = DecisionRow.Add(_row, device, candidates.Length);
        for (var k = 0; k < candidates.Length; k++)
        {
            var twin = twins[candidates[k]];
            var (dx, dy) = (topology.Servers.X(twin.Server) - record.X, topology.Servers.Y(twin.Server) - record.Y);
            rows.SetCandidate(
                _row, row, k, device, new BelievedServer(twin.Server, twin.TwinFreeHertz, twin.TwinTasks, twin.TwinDeviationHertz),
                Math.Sqrt(dx * dx + dy * dy));
        }
    }
}
