using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Offloading;

/// <summary>The policies that need no network (model.md §4).</summary>
public static class Policies
{
    /// <summary>The policy that a scenario names, with the scenario's seed, margins and weights; solved or trained, where it needs to be.</summary>
    /// <param name="topology">Where the scenario's stations stand.</param>
    /// <exception cref="ArgumentOutOfRangeException">The name is none of <see cref="PolicyName"/>.</exception>
    public static IOffloadingPolicy Create(Scenario scenario, Topology topology) => scenario.Policy.Name switch
    {
        PolicyName.NearestFirst => new NearestFirst(),
        PolicyName.Random => new RandomChoice(scenario.Seed),
        PolicyName.Stay => new Stay(),
        PolicyName.LeastLoaded => new LeastLoaded(),
        PolicyName.LowestLatency => new LowestLatency(),
        PolicyName.DriftPlusPenalty => new DriftPlusPenalty(scenario.Objective.V, scenario.Objective.MigrationCost),
        PolicyName.Hysteresis => new Hysteresis(scenario.Policy.Margin),
        PolicyName.HardBudget => new HardBudget(),
        PolicyName.DistanceMdp => DistanceMdp.Solve(Surroundings.Of(scenario, topology)),
        PolicyName.Topsis => new Topsis(TopsisWeights.Of(scenario.Policy), scenario.Objective.MigrationCost),
        PolicyName.QLearning => QLearning.Train(Surroundings.Of(scenario, topology)),
        PolicyName.CostQos => new CostQos(
            scenario.Policy.QosMargin, scenario.Objective.V, scenario.Policy.MigrationWeight * scenario.Objective.MigrationCost),
        _ => throw new ArgumentOutOfRangeException(
            nameof(scenario), scenario.Policy.Name, $"policy.name must be one of {string.Join(", ", Enum.GetNames<PolicyName>())}."),
    };
}
