using Diten.Model.Policies.Networks;
using Diten.Model.Records;

namespace Diten.Model.Learning;

/// <summary>A version of the learner's policy, as it is given to the base stations.</summary>
/// <param name="Version">k; 0 = untrained.</param>
/// <param name="Weights">What it computes.</param>
/// <param name="Decides">Whether it decides; else the scenario's own policy does, and what the network would see is written down for the critic.</param>
/// <param name="Report">How it was made; null where it was not trained.</param>
public sealed record PolicyPublished(int Version, PolicyWeights Weights, bool Decides, LearningReport? Report);
