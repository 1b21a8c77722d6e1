using Diten.Model.Offloading;

namespace Diten.Model.Policies;

/// <summary>Minimises v T̂ + Q(t) C in each slot: the greedy solution of P2, eq. (13); ties to the nearer.</summary>
/// <param name="v">Weight of latency, per second.</param>
/// <param name="migrationCost">𝒞, cost of a migration.</param>
internal sealed class DriftPlusPenalty(double v, double migrationCost) : IOffloadingPolicy
{
    /// <inheritdoc/>
    public void Decide(DecisionBatch batch, Span<int> choices)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var predicted = batch.PredictedSeconds.AsSpan(row * batch.Candidates, batch.CandidateCounts[row]);
            var moveCost = batch.Free[row] ? 0.0 : batch.Queues[row] * migrationCost;
            var serving = batch.ServingIndices[row];
            var (best, least) = (0, double.PositiveInfinity);
            for (var k = 0; k < predicted.Length; k++)
            {
                var score = v * predicted[k] + (k == serving ? 0.0 : moveCost);
                if (score < least)
                    (best, least) = (k, score);
            }

            choices[row] = best;
        }
    }
}
