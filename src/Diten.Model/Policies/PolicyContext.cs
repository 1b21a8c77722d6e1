using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Policies;

/// <summary>What a policy may be made from.</summary>
/// <param name="Scenario">Seed, margins, weights, objective.</param>
/// <param name="Topology">Where the scenario's stations and servers stand.</param>
/// <param name="Network">A network that was handed in to decide in place of that in <c>policy.file</c>; null = that one.</param>
public sealed record PolicyContext(Scenario Scenario, Topology Topology, PolicyWeights? Network = null)
{
    /// <summary>What policies know of the world that are solved or trained when they are made.</summary>
    public Surroundings Surroundings => Surroundings.Of(Scenario, Topology);
}
