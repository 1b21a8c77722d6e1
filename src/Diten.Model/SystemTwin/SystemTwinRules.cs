using Diten.Model.Computing;
using Diten.Model.Offloading;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Model.SystemTwin;

/// <summary>The rules of the system's digital twin (model.md §2, System twin): it knows what the servers' twins tell, and nothing else.</summary>
public static class SystemTwinRules
{
    /// <summary>Takes over what all servers' twins published for a slot, by server id; reports of earlier slots are ignored.</summary>
    public static SystemTwinState Apply(SystemTwinState state, int slot, IReadOnlyList<TwinEstimate> servers) =>
        slot <= state.Slot ? state : new SystemTwinState(slot, servers);

    /// <summary>R^s: the estimated reward, by (16), of each of the N servers nearest to a device; nearest first.</summary>
    /// <returns>Empty before the first report.</returns>
    public static IReadOnlyList<EstimatedReward> EstimateRewards(SystemTwinState state, World world, in ConsideredTask task)
    {
        if (state.Servers.Count == 0)
            return [];
        var (scenario, sites) = (world.Scenario, world.Topology.Servers);
        var nearest = new int[Math.Min(scenario.Decisions.Candidates, sites.Count)];
        sites.Nearest(task.X, task.Y, nearest);
        var rewards = new EstimatedReward[nearest.Length];
        for (var k = 0; k < nearest.Length; k++)
        {
            var twin = state.Servers[nearest[k]];
            var own = task.LastTask.Value == twin.Server ? 1 : 0; // its own last task does not count
            var share = SharePrediction.EstimatedHertz(scenario.Servers.Sharing, twin.FreeHertz, Math.Max(0, twin.Tasks + twin.TasksPart - own));
            var (dx, dy) = (sites.X(nearest[k]) - task.X, sites.Y(nearest[k]) - task.Y);
            var moves = task.Serving != ServerId.None && task.Serving.Value != twin.Server;
            var latency = PredictedLatency.Seconds(
                scenario.Twins, task.UplinkSeconds, world.Backhaul.SecondsPerMetre * Math.Sqrt(dx * dx + dy * dy), task.Cycles, share,
                twin.DeviationHertz, moves ? world.Backhaul.OutageSeconds : 0);
            var cost = moves ? scenario.Objective.MigrationCost : 0;
            rewards[k] = new EstimatedReward(
                new ServerId(twin.Server), latency, Rewards.Of(latency, task.Queue, cost, scenario.Objective.V));
        }

        return rewards;
    }
}
