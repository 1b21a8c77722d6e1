using Diten.Model.Offloading;

namespace Diten.Model.Policies;

/// <summary>
/// Moves to the server of lowest T̂ only where it is faster than staying by a margin, T̂ ≤ (1 − margin) T̂ of staying;
/// where nothing serves, because the server was lost or the journey has just begun, it takes the lowest.
/// </summary>
/// <param name="margin">Fraction by which another server must be faster, 0 to 1.</param>
internal sealed class Hysteresis(double margin) : IOffloadingPolicy
{
    /// <inheritdoc/>
    public void Decide(DecisionBatch batch, Span<int> choices)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var predicted = batch.PredictedSeconds.AsSpan(row * batch.Candidates, batch.CandidateCounts[row]);
            var best = LowestIndex.Of(predicted);
            var serving = batch.Free[row] ? -1 : batch.ServingIndices[row];
            choices[row] = serving < 0 || predicted[best] <= (1 - margin) * predicted[serving] ? best : serving;
        }
    }
}
