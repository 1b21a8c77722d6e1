using Diten.Model.Records;

namespace Diten.Actors;

/// <summary>What the clock writes down: all that a clock must know which takes over.</summary>
public abstract record RunEvent;

/// <summary>A run was taken on.</summary>
public sealed record RunSubmitted(RunSpec Run) : RunEvent;

/// <summary>An epoch was opened; everything of an older one is void.</summary>
internal sealed record EpochOpened(long Epoch) : RunEvent;

/// <summary>All zones have written their checkpoints of a slot: the run can go on from there.</summary>
/// <param name="Slot">The slot that comes next; all before it are done.</param>
/// <param name="SlotDigests">Digests of the slots since the last commit, in order, 32 bytes each.</param>
/// <param name="Total">Sums over all slots before <paramref name="Slot"/>.</param>
/// <param name="UtilisationSum">Sum over those slots of the mean utilisation.</param>
/// <param name="LastQueue">Sum over devices of Q after the last of those slots.</param>
public sealed record CheckpointCommitted(
    int Slot, long Epoch, byte[] SlotDigests, SlotTotals Total, double UtilisationSum, double LastQueue) : RunEvent
{
    /// <summary>What was measured of the twins over those slots, and has to be remembered of them; null = nothing.</summary>
    public TwinMeasuresSaved? Twins { get; init; }
}

/// <summary>The last checkpoint is damaged, and counts no more: the run goes on from the one before it.</summary>
/// <param name="Slot">Its slot.</param>
public sealed record CheckpointWithdrawn(int Slot) : RunEvent;

/// <summary>A run was ended, for good or (where it was stopped) until it is resumed.</summary>
internal sealed record RunClosed(string RunId, RunEnd End, string Why) : RunEvent;

/// <summary>How a run ended.</summary>
public enum RunEnd : byte
{
    Completed = 0,
    Stopped = 1,
    Failed = 2,
}
