using Diten.Model.Offloading;

namespace Diten.Model.Policies;

/// <summary>Always the nearest server: the paper's benchmark.</summary>
internal sealed class NearestFirst : IOffloadingPolicy
{
    /// <inheritdoc/>
    public void Decide(DecisionBatch batch, Span<int> choices) => choices[..batch.Count].Clear();
}
