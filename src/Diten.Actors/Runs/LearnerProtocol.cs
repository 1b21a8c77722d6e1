using Diten.Model.BaseStations;
using Diten.Model.Learning;
using Diten.Model.SystemTwin;

namespace Diten.Actors;

// To the clock the learner of a training run is one more zone, the one after the last: it is placed, begins and completes every slot, writes
// checkpoints and closes like the others. With what it answers to the clock come the policies that it makes.

/// <summary>From a zone to the learner: all that the devices of its stations decided in a slot, in no order.</summary>
public sealed record EpisodeBatch(int Zone, long Epoch, int Slot, DecisionRows Rows)
{
    /// <summary>What the twin of the system learns of the slot; null where nobody plays on it.</summary>
    public SystemReport? Report { get; init; }
}

/// <summary>From the learner to a zone: your batch of this slot has not come; send it again.</summary>
public sealed record ResendEpisodes(long Epoch, int Slot);

/// <summary>From a zone to its stations, before a slot: this policy decides from now on.</summary>
internal sealed record UsePolicy(TrainingPolicy Policy) : IDitenMessage
{
    /// <inheritdoc/>
    public string Recipient => "a station (UsePolicy)";
}

/// <summary>What a learner keeps in the snapshot store.</summary>
/// <param name="Slot">The slot that comes next.</param>
/// <param name="Learner">What it must remember; null where an older build wrote it, in a format that is no longer read.</param>
public sealed record LearnerSaved(int Slot, SavedLearner? Learner)
{
    /// <summary>Of the run that it belongs to: <see cref="RunSpec.Mark"/>.</summary>
    public ulong RunMark { get; init; }
}
