using Diten.Model.Policies.Networks;
using static TorchSharp.torch;

namespace Diten.Learning;

/// <summary>V(S), the expected sum of discounted rewards from state S on; the critic of (17).</summary>
/// <remarks>
/// For a set policy: 33 → 64 → 64 → 1 on minimum, mean and maximum of each feature over the valid candidates. For a dense one, the paper's:
/// state → 64 → 64 → 64 → 1. ReLU after each hidden layer.
/// </remarks>
internal sealed class ValueNetwork : Critic
{
    private readonly NetworkShape _shape;
    private readonly Perceptron _values;

    /// <summary>A network as it is before training. A pure function of its arguments.</summary>
    /// <exception cref="ArgumentException">Values of the shape do not go together.</exception>
    public ValueNetwork(NetworkShape shape, ulong seed)
        : this(shape, Perceptron.Draw(seed, network: 1, [shape.CriticInputs, .. shape.CriticHidden, 1], lastGain: 1))
    {
    }

    internal ValueNetwork(NetworkShape shape, IReadOnlyList<DenseLayer> layers)
    {
        shape.Check();
        if (layers[0].Inputs != shape.CriticInputs || layers[^1].Outputs != 1)
        {
            throw new ArgumentException(
                $"This critic has {shape.CriticInputs} inputs and 1 output, but these weights have {layers[0].Inputs} and {layers[^1].Outputs}.");
        }

        (_shape, _values) = (shape, new(layers));
    }

    /// <summary>V of each state, in units of scaled reward.</summary>
    /// <param name="states">R states, row-major: R · N · 11 or R · (3 N + 1) numbers.</param>
    /// <param name="candidateCounts">Valid candidates of each row, 1 to N.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, or a count is out of range.</exception>
    public float[] Values(float[] states, int[] candidateCounts)
    {
        Training.UseOneThread();
        using var scope = NewDisposeScope();
        using var off = no_grad();
        return Tensors.ToArray(Of(StateBatch.Of(_shape, states, candidateCounts)));
    }

    internal override IReadOnlyList<Tensor> Parameters => _values.Parameters;

    internal override Tensor Predict(StateBatch batch, Tensor actions) => Of(batch);

    internal override Tensor StateValues(StateBatch batch, PolicyNetwork policy) => Of(batch);

    internal override IReadOnlyList<DenseLayer> ToLayers() => _values.ToLayers();

    /// <inheritdoc/>
    public override void Dispose() => _values.Dispose();

    private Tensor Of(StateBatch batch) => _values.Forward(batch.Summaries).squeeze(-1);
}
