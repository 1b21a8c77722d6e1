using Diten.Model.Offloading;

namespace Diten.Model.Policies;

/// <summary>Stays on the serving server while it is a candidate; else the nearest.</summary>
internal sealed class Stay : IOffloadingPolicy
{
    /// <inheritdoc/>
    public void Decide(DecisionBatch batch, Span<int> choices)
    {
        for (var row = 0; row < batch.Count; row++)
            choices[row] = Math.Max(batch.ServingIndices[row], 0);
    }
}
