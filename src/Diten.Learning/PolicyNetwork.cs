using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using TorchSharp;
using static TorchSharp.torch;

namespace Diten.Learning;

/// <summary>π(A | S): scores of the candidates, softmax over the valid ones (the actor network of Section IV). Not thread-safe; dispose of it.</summary>
/// <remarks>
/// <see cref="PolicyNetworkKind.Set"/>: one network 11 → 32 → 32 → 1 scores each candidate by its own features, so that neither the number nor the
/// order of candidates matters. <see cref="PolicyNetworkKind.Dense"/>: the paper's, state → 64 → 64 → 64 → N. ReLU after each hidden layer.
/// </remarks>
public sealed class PolicyNetwork : IDisposable
{
    private readonly Perceptron _scores;

    /// <summary>A network as it is before training: nearly uniform. A pure function of its arguments.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="seed">Seed of its first weights.</param>
    /// <exception cref="ArgumentException">Values of the shape do not go together.</exception>
    public PolicyNetwork(NetworkShape shape, ulong seed)
        : this(shape, Perceptron.Draw(seed, network: 0, Widths(shape), lastGain: 0.01))
    {
    }

    /// <summary>A network with these weights, which are copied.</summary>
    /// <exception cref="ArgumentException">The weights' shapes do not go together.</exception>
    public PolicyNetwork(PolicyWeights weights)
        : this(ShapeOf(weights), weights.Layers)
    {
    }

    private PolicyNetwork(NetworkShape shape, IReadOnlyList<DenseLayer> layers)
    {
        shape.Check();
        if (layers[0].Inputs != shape.PolicyInputs || layers[^1].Outputs != shape.PolicyOutputs)
        {
            throw new ArgumentException($"A {shape.Kind} policy on {shape.State} states of {shape.Candidates} candidates has {shape.PolicyInputs} "
                + $"inputs and {shape.PolicyOutputs} outputs, but these weights have {layers[0].Inputs} and {layers[^1].Outputs}.");
        }

        (Shape, _scores) = (shape, new(layers));
    }

    /// <summary>Its shape.</summary>
    public NetworkShape Shape { get; }

    /// <summary>W [outputs, inputs] and b [outputs] of each layer in turn.</summary>
    internal IReadOnlyList<Tensor> Parameters => _scores.Parameters;

    /// <summary>A copy of its weights, for everybody who decides without torch.</summary>
    public PolicyWeights ToWeights() => new(Shape.Kind, Shape.State, Shape.Candidates, Shape.Features, _scores.ToLayers());

    /// <summary>π(A | S) of each candidate of each state.</summary>
    /// <param name="states">R states, row-major: R · N · 11 or R · (3 N + 1) numbers, zero where a row has fewer than N candidates.</param>
    /// <param name="candidateCounts">Valid candidates of each row, 1 to N.</param>
    /// <returns>R · N probabilities, row-major; each row's sum is 1, and those of candidates that are not valid are exactly 0.</returns>
    /// <exception cref="ArgumentException">Lengths do not fit, or a count is out of range.</exception>
    public float[] Probabilities(float[] states, int[] candidateCounts)
    {
        Training.UseOneThread();
        using var scope = NewDisposeScope();
        using var off = no_grad();
        return Tensors.ToArray(LogProbabilities(StateBatch.Of(Shape, states, candidateCounts)).exp());
    }

    /// <summary>log π(A | S), [R, N]; −∞ where there is no such candidate.</summary>
    internal Tensor LogProbabilities(StateBatch batch)
    {
        var scores = _scores.Forward(batch.States);
        if (Shape.Kind == PolicyNetworkKind.Set)
            scores = scores.squeeze(-1);
        using var impossible = double.NegativeInfinity.ToScalar();
        return nn.functional.log_softmax(scores.masked_fill(batch.Invalid, impossible), dim: 1);
    }

    /// <inheritdoc/>
    public void Dispose() => _scores.Dispose();

    private static int[] Widths(NetworkShape shape)
    {
        shape.Check();
        return [shape.PolicyInputs, .. shape.PolicyHidden, shape.PolicyOutputs];
    }

    private static NetworkShape ShapeOf(PolicyWeights weights) => new()
    {
        Kind = weights.Kind,
        State = weights.State,
        Candidates = weights.Candidates,
        Features = weights.Features,
        PolicyWidths = [.. weights.Layers.SkipLast(1).Select(l => l.Outputs)],
    };
}
