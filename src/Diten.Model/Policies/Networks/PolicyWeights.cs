using Diten.Model.Offloading;
using Diten.Model.Scenarios;

namespace Diten.Model.Policies.Networks;

/// <summary>One layer, y = W x + b. Immutable by convention: nobody writes to its arrays.</summary>
/// <param name="Weights">W, row-major: entry (output, input) at output · <paramref name="Inputs"/> + input.</param>
/// <param name="Bias">b, one number an output.</param>
public sealed record DenseLayer(int Inputs, int Outputs, float[] Weights, float[] Bias);

/// <summary>A policy network as plain numbers: ReLU between its layers, none after the last; the softmax over the valid candidates' scores is the policy.</summary>
/// <param name="State">What it reads: <see cref="DecisionState.Diten"/> and <see cref="DecisionState.DitenAged"/> are <see cref="DecisionFeatures"/>, <see cref="DecisionState.Paper"/> is <see cref="PaperState"/> (dense networks only).</param>
/// <param name="Candidates">N that a dense network was made for; for a set network, the N that it was trained with, which binds nobody.</param>
/// <param name="Features">But with <see cref="DecisionState.Paper"/>: for each of <see cref="DecisionFeatures.CountOf"/> features, whether the network sees it; where not, it reads 0.</param>
/// <param name="Layers">At least one. Inputs of the first: <see cref="DecisionFeatures.CountOf"/> (set), N · that (dense, but the paper's state) or <see cref="PaperState.Length"/> (dense, paper). Outputs of the last: 1 (set) or N (dense).</param>
public sealed record PolicyWeights(
    PolicyNetworkKind Kind, DecisionState State, int Candidates, IReadOnlyList<bool> Features, IReadOnlyList<DenseLayer> Layers);
