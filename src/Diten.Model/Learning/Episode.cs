using Diten.Model.Offloading;

namespace Diten.Model.Learning;

/// <summary>Consecutive decisions of one device, at most a journey: what a learner learns from. Immutable by convention.</summary>
/// <remarks>
/// Slots in which the device was out of coverage have no decision and are left out (model.md §1). Rows are decisions, in the order of slots.
/// </remarks>
public sealed record Episode
{
    /// <summary>The device; with <see cref="FirstSlot"/> it names the episode, and orders it among others: by first slot, then by device.</summary>
    public required int Device { get; init; }

    /// <summary>Slot of the first decision.</summary>
    public required int FirstSlot { get; init; }

    /// <summary>Numbers a row of <see cref="States"/>: N · <see cref="DecisionFeatures.Count"/>, or <see cref="PaperState.Length"/>.</summary>
    public required int StateWidth { get; init; }

    /// <summary>S_t, row-major; of a row with fewer than N candidates the rest is 0.</summary>
    public required float[] States { get; init; }

    /// <summary>Valid candidates of each row, 1 to N.</summary>
    public required int[] CandidateCounts { get; init; }

    /// <summary>A_t, index of the chosen candidate.</summary>
    public required int[] Actions { get; init; }

    /// <summary>π(A_t | S_t) that the action was sampled with; 1 where it was not sampled.</summary>
    public required float[] Probabilities { get; init; }

    /// <summary>Version of the learner's policy that the action was sampled from; −1 where it was not: an arg max, or another policy. Such rows train the critic only.</summary>
    public required int[] Versions { get; init; }

    /// <summary>R_t of eq. (16).</summary>
    public required float[] Rewards { get; init; }

    /// <summary>What follows the last row.</summary>
    public required TransitionEnd End { get; init; }

    /// <summary>After <see cref="TransitionEnd.Truncated"/>: the state that would have come next, <see cref="StateWidth"/> numbers; else empty.</summary>
    public float[] NextState { get; init; } = [];

    /// <summary>Valid candidates of <see cref="NextState"/>.</summary>
    public int NextCandidateCount { get; init; }

    /// <summary>Number of rows.</summary>
    public int Length => Actions.Length;
}
