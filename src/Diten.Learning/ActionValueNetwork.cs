using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using static TorchSharp.torch;

namespace Diten.Learning;

/// <summary>Q(S, A), the expected sum of discounted rewards after action A in state S; the critic of Section IV-D.</summary>
/// <remarks>
/// Its first hidden layer has two parts, side by side: as many neurons read the state as read the action. The state is what
/// <see cref="ValueNetwork"/> reads; the action is the features of the chosen candidate (set) or a one of N (dense). The other hidden layers
/// follow. It knows nothing of what comes after an action until values have come back from there, step by step: it should be trained before the
/// policy listens to it (K1 of Algorithm 1), and it never learns what the policy no longer tries: give entropy more weight than with V(S).
/// </remarks>
internal sealed class ActionValueNetwork : Critic
{
    private readonly NetworkShape _shape;
    private readonly Perceptron _statePart, _actionPart, _rest;

    /// <summary>A network as it is before training. A pure function of its arguments.</summary>
    /// <exception cref="ArgumentException">Values of the shape do not go together.</exception>
    public ActionValueNetwork(NetworkShape shape, ulong seed)
        : this(shape, Draw(shape, seed))
    {
    }

    /// <param name="shape">Its shape.</param>
    /// <param name="layers">State part, action part, and the layers that follow.</param>
    internal ActionValueNetwork(NetworkShape shape, IReadOnlyList<DenseLayer> layers)
    {
        shape.Check();
        if (layers.Count < 3 || layers[0].Inputs != shape.CriticInputs || layers[1].Inputs != ActionInputs(shape)
            || layers[2].Inputs != layers[0].Outputs + layers[1].Outputs || layers[^1].Outputs != 1)
        {
            throw new ArgumentException($"This critic's first hidden layer reads a state of {shape.CriticInputs} and an action of {ActionInputs(shape)} numbers, "
                + "the next layer reads both parts, and the last has one output: these weights have other shapes.");
        }

        (_shape, _statePart, _actionPart, _rest) = (shape, new([layers[0]]), new([layers[1]]), new([.. layers.Skip(2)]));
        Parameters = [.. _statePart.Parameters, .. _actionPart.Parameters, .. _rest.Parameters];
    }

    /// <summary>Q of each candidate of each state, in units of scaled reward.</summary>
    /// <param name="states">R states, row-major: R · N · 11 or R · (3 N + 1) numbers.</param>
    /// <param name="candidateCounts">Valid candidates of each row, 1 to N.</param>
    /// <returns>R · N values, row-major; those of candidates that are not valid mean nothing.</returns>
    /// <exception cref="ArgumentException">Lengths do not fit, or a count is out of range.</exception>
    public float[] Values(float[] states, int[] candidateCounts)
    {
        Training.UseOneThread();
        using var scope = NewDisposeScope();
        using var off = no_grad();
        return Tensors.ToArray(Of(StateBatch.Of(_shape, states, candidateCounts)));
    }

    internal override IReadOnlyList<Tensor> Parameters { get; }

    internal override Tensor Predict(StateBatch batch, Tensor actions) => Of(batch).gather(1, actions.unsqueeze(1)).squeeze(1);

    internal override Tensor StateValues(StateBatch batch, PolicyNetwork policy) => (policy.LogProbabilities(batch).exp() * Of(batch)).sum(1);

    internal override IReadOnlyList<DenseLayer> ToLayers() => [.. _statePart.ToLayers(), .. _actionPart.ToLayers(), .. _rest.ToLayers()];

    /// <inheritdoc/>
    public override void Dispose()
    {
        _statePart.Dispose();
        _actionPart.Dispose();
        _rest.Dispose();
    }

    /// <summary>[R, N].</summary>
    private Tensor Of(StateBatch batch)
    {
        var (rows, n) = (batch.Invalid.shape[0], batch.Invalid.shape[1]);
        var ofState = _statePart.Forward(batch.Summaries).unsqueeze(1);                                                 // [R, 1, width]
        var ofAction = _actionPart.Forward(_shape.Kind == PolicyNetworkKind.Set ? batch.States : eye(n).unsqueeze(0)); // [R or 1, N, width]
        var hidden = cat([ofState.expand(rows, n, -1), ofAction.expand(rows, n, -1)], dim: 2);
        return _rest.Forward(nn.functional.relu(hidden)).squeeze(-1);
    }

    private static int ActionInputs(NetworkShape shape) => shape.Kind == PolicyNetworkKind.Set ? shape.FeatureCount : shape.Candidates;

    private static IReadOnlyList<DenseLayer> Draw(NetworkShape shape, ulong seed)
    {
        shape.Check();
        if (shape.CriticHidden.Count == 0)
            throw new ArgumentException("A critic of state and action needs a hidden layer.");
        var first = shape.CriticHidden[0];
        return
        [
            .. Perceptron.Draw(seed, network: 1, [shape.CriticInputs, first], lastGain: Math.Sqrt(2)),
            .. Perceptron.Draw(seed, network: 1, [ActionInputs(shape), first], lastGain: Math.Sqrt(2), firstLayer: 1),
            .. Perceptron.Draw(seed, network: 1, [2 * first, .. shape.CriticHidden.Skip(1), 1], lastGain: 1, firstLayer: 2),
        ];
    }
}
