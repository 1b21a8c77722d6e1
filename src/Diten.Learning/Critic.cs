using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using static TorchSharp.torch;

namespace Diten.Learning;

/// <summary>What <see cref="ActorCritic"/> asks of a critic, whichever kind it is. Not thread-safe; dispose of it.</summary>
public abstract class Critic : IDisposable
{
    /// <summary>Everything that training changes.</summary>
    internal abstract IReadOnlyList<Tensor> Parameters { get; }

    /// <summary>The estimate whose error is learned from: V(S_t) or Q(S_t, A_t), [R].</summary>
    /// <param name="batch">R states.</param>
    /// <param name="actions">A_t, int64 [R].</param>
    internal abstract Tensor Predict(StateBatch batch, Tensor actions);

    /// <summary>What a state is worth: V(S), or Σ_a π(a|S) Q(S, a) under this policy, [R].</summary>
    internal abstract Tensor StateValues(StateBatch batch, PolicyNetwork policy);

    /// <summary>A copy of its weights.</summary>
    internal abstract IReadOnlyList<DenseLayer> ToLayers();

    /// <inheritdoc/>
    public abstract void Dispose();

    internal static Critic Of(CriticKind kind, NetworkShape shape, ulong seed) => kind == CriticKind.StateValue
        ? new ValueNetwork(shape, seed)
        : new ActionValueNetwork(shape, seed);

    internal static Critic Of(CriticKind kind, NetworkShape shape, IReadOnlyList<DenseLayer> layers) => kind == CriticKind.StateValue
        ? new ValueNetwork(shape, layers)
        : new ActionValueNetwork(shape, layers);
}
