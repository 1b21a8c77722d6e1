using Diten.Model.Offloading;
using Diten.Model.Randomness;

namespace Diten.Model.Policies;

/// <summary>A candidate drawn uniformly, anew in each slot; <see cref="Purpose.Policy"/>, index 0.</summary>
/// <param name="seed">Key of every draw.</param>
internal sealed class RandomChoice(ulong seed) : IOffloadingPolicy
{
    /// <inheritdoc/>
    public void Decide(DecisionBatch batch, Span<int> choices)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var uniform = RandomStreams.UniformPair(seed, batch.Devices[row], batch.Slot, Purpose.Policy).First;
            choices[row] = RandomStreams.ToIndex(uniform, batch.CandidateCounts[row]);
        }
    }
}
