using Diten.Model.Offloading;
using Diten.Model.Randomness;

namespace Diten.Model.Policies;

/// <summary>
/// The serving candidate or one other, drawn at random anew in each slot, whichever has the lower v T̂ + Q C; ties to the nearer. Where none serves, two
/// that are drawn at random. <see cref="Purpose.Policy"/>, index 0, or 0 and 1.
/// </summary>
/// <param name="seed">Key of every draw.</param>
/// <param name="v">Weight of latency, per second.</param>
/// <param name="migrationCost">𝒞, cost of a migration.</param>
internal sealed class ServingOrRandom(ulong seed, double v, double migrationCost) : IOffloadingPolicy
{
    /// <inheritdoc/>
    public void Decide(DecisionBatch batch, Span<int> choices)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var (nearer, farther) = Pair(batch, row);
            choices[row] = Score(batch, row, farther) < Score(batch, row, nearer) ? farther : nearer;
        }
    }

    private (int Nearer, int Farther) Pair(DecisionBatch batch, int row)
    {
        var (serving, count) = (batch.ServingIndices[row], batch.CandidateCounts[row]);
        if (serving < 0 || count == 1)
            return TwoChoices.Draw(seed, batch, row);
        var uniform = RandomStreams.UniformPair(seed, batch.Devices[row], batch.Slot, Purpose.Policy).First;
        var other = RandomStreams.ToIndex(uniform, count - 1);
        if (other >= serving)
            other++;
        return (Math.Min(serving, other), Math.Max(serving, other));
    }

    private double Score(DecisionBatch batch, int row, int k) =>
        v * batch.PredictedSeconds[row * batch.Candidates + k] + (batch.IsMove(row, k) ? batch.Queues[row] * migrationCost : 0);
}
