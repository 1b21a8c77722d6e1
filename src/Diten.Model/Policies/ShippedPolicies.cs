using Diten.Model.Policies.Networks;
using Diten.Model.Policies.Tabular;
using Diten.Model.Records;

namespace Diten.Model.Policies;

/// <summary>The rows of <see cref="PolicyCatalogue.Shipped"/>: a policy more is a row here and its class.</summary>
internal static class ShippedPolicies
{
    private const string RuleOfThumb = "rule of thumb";

    public static IEnumerable<PolicyEntry> Entries() => [.. RulesOfThumb(), .. FromLiterature(), Learned()];

    private static IEnumerable<PolicyEntry> RulesOfThumb() =>
    [
        new()
        {
            Name = "nearest-first",
            Does = "the nearest server",
            Source = "the paper's benchmark",
            Create = _ => new NearestFirst(),
        },
        new()
        {
            Name = "random",
            Does = "any candidate, drawn anew in each slot",
            Source = RuleOfThumb,
            Create = world => new RandomChoice(world.Scenario.Seed),
        },
        new()
        {
            Name = "stay",
            Does = "the serving server as long as it is a candidate, else the nearest",
            Source = RuleOfThumb,
            Create = _ => new Stay(),
        },
        new()
        {
            Name = "least-loaded",
            Does = "fewest tasks of others",
            Source = RuleOfThumb,
            Create = _ => new LeastLoaded(),
        },
        new()
        {
            Name = "lowest-latency",
            Does = "least T̂, whatever a migration costs",
            Source = RuleOfThumb,
            Create = _ => new LowestLatency(),
        },
        new()
        {
            Name = "drift-plus-penalty",
            Does = "least v T̂ + Q 𝒞 [migration], slot by slot",
            Source = "P2, eq. (13): the Lyapunov method of the paper and its [18]",
            Create = world => new DriftPlusPenalty(world.Scenario.Objective.V, world.Scenario.Objective.MigrationCost),
        },
        new()
        {
            Name = "hysteresis",
            Does = "the fastest, but only where it is faster than staying by a margin",
            Source = RuleOfThumb,
            Keys = ["policy.margin"],
            Create = world => new Hysteresis(world.Scenario.Policy.Margin),
        },
        new()
        {
            Name = "hard-budget",
            Does = "the fastest, but only while the deficit queue is empty",
            Source = RuleOfThumb,
            Create = _ => new HardBudget(),
        },
        new()
        {
            Name = "serving-or-random",
            Does = "the serving server or one other, drawn anew in each slot: least v T̂ + Q 𝒞 [migration] of the two",
            Source = RuleOfThumb,
            Create = world => new ServingOrRandom(world.Scenario.Seed, world.Scenario.Objective.V, world.Scenario.Objective.MigrationCost),
        },
    ];

    private static IEnumerable<PolicyEntry> FromLiterature() =>
    [
        new()
        {
            Name = "two-choices",
            Does = "of two candidates, drawn anew in each slot, the one with less T̂",
            Source = "Mitzenmacher, IEEE TPDS 2000",
            Create = world => new TwoChoices(world.Scenario.Seed),
        },
        new()
        {
            Name = "distance-mdp",
            Does = "migrate to the nearest server beyond a distance that value iteration finds, on a random walk",
            Source = "Wang et al., IEEE/ACM ToN 2019 [12]",
            Keys = ["policy.migration-weight"],
            Create = world => DistanceMdp.Solve(world.Surroundings),
        },
        new()
        {
            Name = "topsis",
            Does = "rank latency, free CPU, distance and migration cost together, nearest to the ideal first",
            Source = "Zhao et al., ICCT 2017 [13]",
            Keys = ["policy.topsis-latency-weight", "policy.topsis-capacity-weight", "policy.topsis-distance-weight", "policy.topsis-migration-weight"],
            Create = world => new Topsis(TopsisWeights.Of(world.Scenario.Policy), world.Scenario.Objective.MigrationCost),
        },
        new()
        {
            Name = "q-learning",
            Does = "a table of values over (place of the server, gain of the fastest, queue), trained before the run",
            Source = "Zhang et al., IEEE IoT J. 2019 [20]; Brandherm et al., EdgeSys 2019 [24]",
            Create = world => QLearning.Train(world.Surroundings),
        },
        new()
        {
            Name = "cost-qos",
            Does = "stay while the deadline is kept with a margin; else least v T̂ + w 𝒞 [migration]",
            Source = "Rodrigues et al., IEEE ToC 2018 [22]; Lee et al., ICCE-Asia 2018 [23]",
            Keys = ["policy.qos-margin", "policy.migration-weight"],
            Create = world => new CostQos(
                world.Scenario.Policy.QosMargin, world.Scenario.Objective.V,
                world.Scenario.Policy.MigrationWeight * world.Scenario.Objective.MigrationCost),
        },
    ];

    private static PolicyEntry Learned() => new()
    {
        Name = "learned",
        Does = "the candidate that a trained network scores highest, or one drawn by the scores",
        Source = "the paper's Algorithm 1, eqs. (14) to (19)",
        Keys = ["policy.file", "policy.decide"],
        NeedsFile = true,
        Create = world => world.Network is { } network
            ? new LearnedPolicy(network, world.Scenario, world.Topology.SpacingMetres)
            : LearnedPolicy.Load(world.Scenario, world.Topology.SpacingMetres),
    };
}
