using Diten.Model.Policies.Networks;
using static TorchSharp.torch;

namespace Diten.Learning;

/// <summary>
/// Torch's forward pass of a policy over states that are in torch's memory already, on one thread and without gradients: what deciding by torch
/// costs at least, to hold <see cref="PolicyInference"/> against. Not thread-safe; dispose of it.
/// </summary>
public sealed class TorchForward : IDisposable
{
    private readonly PolicyNetwork _network;
    private readonly StateBatch _batch;

    /// <inheritdoc cref="PolicyNetwork.Probabilities"/>
    /// <param name="weights">The policy; copied.</param>
    /// <exception cref="PlatformNotSupportedException">This machine cannot train (<see cref="Training.IsAvailable"/>).</exception>
    public TorchForward(PolicyWeights weights, float[] states, int[] candidateCounts)
    {
        _network = new PolicyNetwork(weights);
        _batch = StateBatch.Of(_network.Shape, states, candidateCounts);
    }

    /// <summary>Computes π(A | S) of all candidates and leaves it in torch's memory.</summary>
    public void Run()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        _network.LogProbabilities(_batch).exp();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batch.States.Dispose();
        _batch.Summaries.Dispose();
        _batch.Invalid.Dispose();
        _network.Dispose();
    }
}
