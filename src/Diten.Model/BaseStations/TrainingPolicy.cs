using Diten.Model.Learning;
using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Model.BaseStations;

/// <summary>A version of the learner's policy as base stations use it while it trains. Immutable and thread-safe: one is enough for all stations.</summary>
public sealed class TrainingPolicy
{
    /// <param name="published">What the learner made.</param>
    /// <param name="world">Where it decides.</param>
    /// <exception cref="ArgumentException">The policy cannot be used in this world; the message says why.</exception>
    public TrainingPolicy(PolicyPublished published, World world)
    {
        // While it trains, a policy tries things out, whatever it will do when it is done.
        var scenario = world.Scenario with { Policy = world.Scenario.Policy with { Decide = PolicyDecide.Sample } };
        Network = new LearnedPolicy(published.Weights, scenario, world.Topology.SpacingMetres);
        Decides = published.Decides ? Network : world.Policy;
        StateWidth = PolicyShape.StateWidth(published.Weights.State, scenario.Decisions.Candidates);
    }

    /// <summary>The learner's network, whose states are written down; it samples.</summary>
    public LearnedPolicy Network { get; }

    /// <summary>What decides: <see cref="Network"/>, or in pretraining the scenario's own policy.</summary>
    public IOffloadingPolicy Decides { get; }

    /// <summary>Numbers of a state that the network sees.</summary>
    public int StateWidth { get; }
}
