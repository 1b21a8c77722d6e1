using Diten.Model.Scenarios;

namespace Diten.Model.Offloading;

/// <summary>The policies that need no network (MODEL §4).</summary>
public static class Policies
{
    /// <summary>The policy that a scenario names, with the scenario's seed, margin and weights.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The name is none of <see cref="PolicyName"/>.</exception>
    public static IOffloadingPolicy Create(Scenario scenario) => scenario.Policy.Name switch
    {
        PolicyName.NearestFirst => new NearestFirst(),
        PolicyName.Random => new RandomChoice(scenario.Seed),
        PolicyName.Stay => new Stay(),
        PolicyName.LeastLoaded => new LeastLoaded(),
        PolicyName.LowestLatency => new LowestLatency(),
        PolicyName.DriftPlusPenalty => new DriftPlusPenalty(scenario.Objective.V, scenario.Objective.MigrationCost),
        PolicyName.Hysteresis => new Hysteresis(scenario.Policy.Margin),
        PolicyName.HardBudget => new HardBudget(),
        _ => throw new ArgumentOutOfRangeException(
            nameof(scenario), scenario.Policy.Name, $"policy.name must be one of {string.Join(", ", Enum.GetNames<PolicyName>())}."),
    };
}
