using Diten.Model.Offloading;

namespace Diten.Model.Policies;

/// <summary>The server with the lowest predicted latency T̂, whatever a migration costs; ties to the nearer.</summary>
internal sealed class LowestLatency : IOffloadingPolicy
{
    /// <inheritdoc/>
    public void Decide(DecisionBatch batch, Span<int> choices)
    {
        for (var row = 0; row < batch.Count; row++)
            choices[row] = LowestIndex.Of(batch.PredictedSeconds.AsSpan(row * batch.Candidates, batch.CandidateCounts[row]));
    }
}
