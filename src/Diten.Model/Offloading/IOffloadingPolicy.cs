namespace Diten.Model.Offloading;

/// <summary>Picks serving edge servers, a batch of devices at a time. Immutable and thread-safe; a row's choice never depends on other rows.</summary>
public interface IOffloadingPolicy
{
    /// <summary>Chooses for every row of a batch.</summary>
    /// <param name="batch">What is known, <see cref="DecisionBatch.Count"/> rows.</param>
    /// <param name="choices">Receives, per row, the index of the chosen candidate, 0 to <see cref="DecisionBatch.CandidateCounts"/>[row] − 1.</param>
    void Decide(DecisionBatch batch, Span<int> choices);
}
