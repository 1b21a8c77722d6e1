using System.Collections.Immutable;
using Diten.Model.Records;

namespace Diten.Actors;

/// <summary>What the journal knows of a run. Immutable.</summary>
/// <param name="Run">The run; null where the journal knows none.</param>
/// <param name="Epoch">The last epoch that was opened; 0 before the first.</param>
/// <param name="CommittedSlot">The slot from which the run can go on.</param>
/// <param name="SlotDigests">Digests of the slots before it, in order.</param>
/// <param name="Total">Sums over them.</param>
/// <param name="UtilisationSum">Sum over them of the mean utilisation.</param>
/// <param name="LastQueue">Sum over devices of Q after the last of them.</param>
/// <param name="End">How the run was ended; null while it goes on, or where it broke off.</param>
public sealed record RunHistory(
    RunSpec? Run, long Epoch, int CommittedSlot, ImmutableList<byte[]> SlotDigests, SlotTotals Total, double UtilisationSum, double LastQueue,
    RunEnd? End)
{
    private const int DigestBytes = 32;

    /// <summary>What was known when the checkpoint before the last one counted, which is kept, too; null = there is none.</summary>
    public RunHistory? Earlier { get; init; }

    /// <summary>What was measured of the twins over the slots before <see cref="CommittedSlot"/>; null = nothing.</summary>
    public TwinMeasuresSaved? Twins { get; init; }

    /// <summary>How the run was changed while it went on, in order.</summary>
    public ImmutableList<RunEdited> Edits { get; init; } = [];

    /// <summary>A run as it is now, with all that was changed.</summary>
    /// <param name="run">As it was begun.</param>
    public RunSpec Changed(RunSpec run) => Edits is [.., var last] ? run with { ScenarioText = last.ScenarioText, EditedWorld = last.World } : run;

    /// <summary>A journal without events.</summary>
    public static RunHistory Empty { get; } = new(null, 0, 0, [], default, 0, 0, null);

    /// <summary>The history after an event.</summary>
    public RunHistory Apply(RunEvent happened) => happened switch
    {
        RunSubmitted submitted => this with { Run = submitted.Run, End = null },
        EpochOpened opened => this with { Epoch = opened.Epoch },
        CheckpointCommitted committed => this with
        {
            CommittedSlot = committed.Slot,
            SlotDigests = SlotDigests.AddRange(committed.SlotDigests.Chunk(DigestBytes)),
            Total = committed.Total,
            UtilisationSum = committed.UtilisationSum,
            LastQueue = committed.LastQueue,
            Twins = committed.Twins,
            Earlier = CommittedSlot > 0 ? this with { Earlier = null } : null,
        },
        CheckpointWithdrawn withdrawn when withdrawn.Slot == CommittedSlot => (Earlier ?? Empty) with { Run = Run, Epoch = Epoch, End = End, Edits = Edits },
        CheckpointWithdrawn => this, // said twice
        RunEdited edited => this with { Edits = Edits.Add(edited) },
        RunClosed closed => this with { End = closed.End },
        _ => throw new ArgumentException($"A run knows no event {happened.GetType().Name}.", nameof(happened)),
    };
}
