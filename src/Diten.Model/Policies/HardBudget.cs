using Diten.Model.Offloading;

namespace Diten.Model.Policies;

/// <summary>
/// Moves to the server of lowest T̂ only while the deficit queue is empty, Q ≤ 10⁻¹², so that the budget is never overdrawn by choice;
/// where the server was lost or the journey has just begun it takes the lowest.
/// </summary>
internal sealed class HardBudget : IOffloadingPolicy
{
    /// <summary>A queue up to this counts as empty: what rounding leaves of a paid-off migration.</summary>
    public const double EmptyQueue = 1e-12;

    /// <inheritdoc/>
    public void Decide(DecisionBatch batch, Span<int> choices)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var serving = batch.ServingIndices[row];
            choices[row] = serving < 0 || batch.Free[row] || batch.Queues[row] <= EmptyQueue
                ? LowestIndex.Of(batch.PredictedSeconds.AsSpan(row * batch.Candidates, batch.CandidateCounts[row]))
                : serving;
        }
    }
}
