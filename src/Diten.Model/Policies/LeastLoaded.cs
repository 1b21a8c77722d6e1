using Diten.Model.Offloading;

namespace Diten.Model.Policies;

/// <summary>The server with the fewest tasks of others; ties to the nearer.</summary>
internal sealed class LeastLoaded : IOffloadingPolicy
{
    /// <inheritdoc/>
    public void Decide(DecisionBatch batch, Span<int> choices)
    {
        for (var row = 0; row < batch.Count; row++)
            choices[row] = LowestIndex.Of(batch.TasksOfOthers.AsSpan(row * batch.Candidates, batch.CandidateCounts[row]));
    }
}
