using System.Collections.Immutable;
using Akka.Actor;
using Diten.Model;
using Diten.Model.Learning;

namespace Diten.Actors;

/// <summary>What a run waits for.</summary>
internal enum Stage
{
    /// <summary>For its journal, and for its world to be made ready.</summary>
    Recovering,

    /// <summary>For nodes that can hold zones.</summary>
    Gathering,

    /// <summary>For the journal to take the next epoch.</summary>
    OpeningEpoch,

    /// <summary>For hosts to start their zones.</summary>
    StartingZones,

    /// <summary>For zones to create or restore their entities.</summary>
    Priming,

    /// <summary>For zones to complete the slot, or, between two slots, for checkpoint, observer or pace.</summary>
    Running,

    /// <summary>For zones to hand over what they summed up.</summary>
    Closing,

    /// <summary>For the journal to take the run's end.</summary>
    Recording,
}

/// <summary>All that a clock knows. Immutable but for <see cref="EpochWork"/>.</summary>
/// <param name="Run">The run that goes on; null = none.</param>
/// <param name="Last">How the last run ended, for an observer that has not heard; null where there was none.</param>
internal sealed record ClockState(ClockSetup Setup, HostRoster Roster, RunState? Run, EndedRun? Last)
{
    /// <summary>When the clock was awake last, by its tick.</summary>
    public TimeSpan Ticked { get; init; }

    /// <summary>A clock that knows nothing yet.</summary>
    public static ClockState Fresh(ClockSetup setup) => new(setup, HostRoster.Empty, null, null);

    /// <summary>Checks what must hold after every message.</summary>
    /// <exception cref="InvariantViolatedException">It does not.</exception>
    public ClockState AssertInvariants()
    {
        if (Run is not { } run)
            return this;
        Must(run.Stage is Stage.StartingZones or Stage.Priming or Stage.Running or Stage.Closing == run.Epoch is not null, "an epoch goes on");
        Must(run.Stage <= Stage.Recovering || run.Stage == Stage.Recording || run.Prepared is not null, "the world is ready");
        Must(run.PaceDue is null || run.Stage == Stage.Running, "only slots are paced");
        if (run.Epoch is not { } epoch)
            return this;
        Must(epoch.HostsPending.IsEmpty == run.Stage is not Stage.StartingZones, "hosts are waited for");
        Must(epoch.Pending.IsEmpty || run.Stage is Stage.Priming or Stage.Closing || run.Stage == Stage.Running && !epoch.SlotDone, "zones are waited for");
        Must(epoch.Slot >= run.History.CommittedSlot - 1, "slots go on from the checkpoint");
        Must(epoch.Work.Reports.Count(report => report.Slot > run.Taken) <= RunState.ReportsAhead, "slots do not run away from the observer");
        Must(epoch.Checkpoint is null || epoch.Checkpoint.Commit.Slot > run.History.CommittedSlot, "checkpoints go on");
        Must(epoch.Work.Sums.Uncommitted == 0 || run.KeepsCheckpoints(Setup), "digests are kept for a commit only");
        return this;

        void Must(bool holds, string what)
        {
            if (!holds)
                throw new InvariantViolatedException($"The clock in {run.Stage}, epoch {run.Epoch?.Number}, slot {run.Epoch?.Slot}: not true that {what}.");
        }
    }
}

/// <summary>How a run ended.</summary>
/// <param name="Message"><see cref="RunEnded"/> or <see cref="RunFailed"/>; null where nobody watched.</param>
/// <param name="LetGoUntil">Until when nodes are told again to let the run's zones go.</param>
internal sealed record EndedRun(string RunId, object? Message, TimeSpan LetGoUntil);

/// <summary>One run, from its submission to its end. Immutable but for <see cref="EpochWork"/>.</summary>
internal sealed record RunState
{
    /// <summary>Slots that may be emulated before the observer has taken the report of an earlier one.</summary>
    public const int ReportsAhead = 4;

    public required string Id { get; init; }

    public required IActorRef Observer { get; init; }

    /// <summary>
    /// How long the observer has said nothing while the clock was awake: after a pause of the process, or behind much work, what the observer
    /// has said meanwhile still waits in the clock's mailbox.
    /// </summary>
    public TimeSpan Silence { get; init; }

    /// <summary>Last slot that the observer has taken; −1 before the first.</summary>
    public required int Taken { get; init; }

    /// <summary>Nodes without which the first epoch is not opened; later ones make do with one.</summary>
    public required int Needed { get; init; }

    /// <summary>When it was opened here.</summary>
    public required TimeSpan Opened { get; init; }

    /// <summary>As the observer submitted it; null where the journal must know it.</summary>
    public RunSpec? Submitted { get; init; }

    /// <summary>What it is; null until that is known.</summary>
    public RunSpec? Spec { get; init; }

    public PreparedRun? Prepared { get; init; }

    public RunHistory History { get; init; } = RunHistory.Empty;

    public Stage Stage { get; init; } = Stage.Recovering;

    /// <summary>The epoch that goes on; null between epochs. What comes from zones of another one is void.</summary>
    public EpochState? Epoch { get; init; }

    /// <summary>Why the next epoch is opened, for people.</summary>
    public string Why { get; init; } = "";

    /// <summary>Epochs that broke one after the other before a slot was done.</summary>
    public int Breaks { get; init; }

    /// <summary>Whether it ends when the slot is done.</summary>
    public bool Stopping { get; init; }

    /// <summary>Whether zones are placed anew when the slot is done.</summary>
    public bool Replace { get; init; }

    /// <summary>A change that was asked for, and the journal does not have yet.</summary>
    public PendingEdit? Edit { get; init; }

    /// <summary>Changes that the observer knows of.</summary>
    public int EditsTaken { get; init; }

    /// <summary>Fingerprints of the worlds that the run was in before it was changed here: a node that was asked then may answer late. At most <see cref="Edits.Most"/>.</summary>
    public System.Collections.Immutable.ImmutableList<string> EarlierWorlds { get; init; } = [];

    /// <summary>The last slot that was begun here; one less than the first that can be where none was.</summary>
    public int Furthest { get; init; } = -1;

    /// <summary>Whether another clock led the run before.</summary>
    public bool TookOver { get; init; }

    /// <summary>Until when the next slot waits for its pace; null where it does not.</summary>
    public TimeSpan? PaceDue { get; init; }

    /// <summary>Since when nodes have been gathered.</summary>
    public TimeSpan Gathering { get; init; }

    /// <summary>When its first slot began here; null before.</summary>
    public TimeSpan? Started { get; init; }

    /// <summary>When its last slot was done; null before.</summary>
    public TimeSpan? Ended { get; init; }

    /// <summary>The slot that its pace counts from.</summary>
    public int FirstSlot { get; init; }

    public StandstillWatch Watch { get; init; } = new(60);

    /// <summary>What is told to the observer at the end; set when the end is being written down.</summary>
    public object? End { get; init; }

    public bool Training => Spec!.Options.Training;

    public bool KeepsCheckpoints(ClockSetup setup) => setup.Durable && Spec!.Options.CheckpointEverySlots > 0;
}

/// <summary>One epoch of a run: who holds which zone, and how far the slot is. Immutable but for <see cref="Work"/>.</summary>
internal sealed record EpochState
{
    public required long Number { get; init; }

    public required IReadOnlyList<ReadyHost> Hosts { get; init; }

    /// <summary>By host: the zones that it holds.</summary>
    public required IReadOnlyList<StartZones> Placed { get; init; }

    /// <summary>The part that is the learner, see <see cref="CityPlan.Parts"/>; null where nobody learns.</summary>
    public required int? Learner { get; init; }

    /// <summary>All zones, the learner among them.</summary>
    public required ImmutableSortedSet<int> All { get; init; }

    public required EpochWork Work { get; init; }

    /// <summary>Nodes that have not started their zones.</summary>
    public required ImmutableSortedSet<string> HostsPending { get; init; }

    /// <summary>By zone: its actor; Nobody until its host has told.</summary>
    public required ImmutableArray<IActorRef> Zones { get; init; }

    /// <summary>Zones that have not answered what was asked last.</summary>
    public ImmutableSortedSet<int> Pending { get; init; } = [];

    /// <summary>The slot that goes on, or was done last.</summary>
    public required int Slot { get; init; }

    public bool SlotDone { get; init; }

    /// <summary>Whether a slot was done in this epoch.</summary>
    public bool Moved { get; init; }

    /// <summary>A checkpoint that is being written.</summary>
    public PendingCheckpoint? Checkpoint { get; init; }

    /// <summary>A policy that the learner made, and zones have not been told.</summary>
    public PolicyPublished? Policy { get; init; }
}
