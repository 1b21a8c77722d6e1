using Diten.Model.Offloading;
using Diten.Model.Randomness;

namespace Diten.Model.Policies;

/// <summary>Of two candidates drawn at random, anew in each slot, the one with the lower predicted latency T̂; ties to the nearer.</summary>
/// <remarks>A little randomness keeps devices that see the same old information from herding. <see cref="Purpose.Policy"/>, indices 0 and 1.</remarks>
/// <param name="seed">Key of every draw.</param>
internal sealed class TwoChoices(ulong seed) : IOffloadingPolicy
{
    /// <inheritdoc/>
    public void Decide(DecisionBatch batch, Span<int> choices)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var (nearer, farther) = Draw(seed, batch, row);
            var predicted = batch.PredictedSeconds.AsSpan(row * batch.Candidates, batch.CandidateCounts[row]);
            choices[row] = predicted[farther] < predicted[nearer] ? farther : nearer;
        }
    }

    /// <summary>Two different candidates of a row, each pair as likely as any other, the nearer first; the same twice where there is but one.</summary>
    internal static (int Nearer, int Farther) Draw(ulong seed, DecisionBatch batch, int row)
    {
        var count = batch.CandidateCounts[row];
        if (count == 1)
            return (0, 0);
        var (first, second) = RandomStreams.UniformPair(seed, batch.Devices[row], batch.Slot, Purpose.Policy);
        var one = RandomStreams.ToIndex(first, count);
        var other = RandomStreams.ToIndex(second, count - 1);
        if (other >= one)
            other++; // of those that are left
        return (Math.Min(one, other), Math.Max(one, other));
    }
}
