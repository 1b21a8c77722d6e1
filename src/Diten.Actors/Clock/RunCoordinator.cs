using Akka.Actor;

namespace Diten.Actors;

/// <summary>
/// The rules of the clock: what follows from a message. It sees no actor system, no time of its own and no journal, so that every turn that a
/// run can take is a test without any of them. Its parts: <see cref="Submissions"/>, <see cref="Epochs"/>, <see cref="Edits"/>, <see cref="SlotRounds"/>,
/// <see cref="Checkpoints"/> and <see cref="Endings"/>; and <see cref="Repeats"/>, for messages can be lost.
/// </summary>
internal static class RunCoordinator
{
    /// <summary>What a clock knows after a message, and what it does, in order.</summary>
    /// <param name="now">Time since the clock was made.</param>
    /// <exception cref="Model.InvariantViolatedException">The run is not what it must be; it has to be failed.</exception>
    public static (ClockState State, IReadOnlyList<ClockEffect> Effects) On(ClockState state, object message, IActorRef sender, TimeSpan now)
    {
        var turn = new Turn(state, sender, now);
        if (!OfTheCluster(turn, message) && (state.Run is null ? !IsLate(message) : !OfTheRun(turn, message)))
            return (state, [new ClockEffect.Unknown(message)]);
        return (turn.State.AssertInvariants(), turn.Effects);
    }

    /// <summary>The run is over, because the clock itself failed.</summary>
    public static (ClockState State, IReadOnlyList<ClockEffect> Effects) Fail(ClockState state, string message, Exception cause, TimeSpan now)
    {
        var turn = new Turn(state, ActorRefs.Nobody, now);
        Endings.Fail(turn, message, cause);
        return (turn.State, turn.Effects);
    }

    /// <summary>What is answered whether or not a run goes on.</summary>
    private static bool OfTheCluster(Turn turn, object message)
    {
        switch (message)
        {
            case SubmitRun submit:
                Submissions.Submit(turn, submit);
                return true;
            case WatchRun watch:
                Submissions.Watch(turn, watch);
                return true;
            case HostsSeen seen:
                Epochs.Update(turn, seen);
                return true;
            case LeaveRequested:
                Epochs.LetGo(turn, turn.Sender);
                return true;
            case GetClusterStatus:
                turn.Reply(StatusOfCluster.Of(turn.State, turn.Now));
                return true;
            case GetObservedRun:
                if (turn.State.Run is { Spec: { } spec } run)
                    turn.Reply(new ObservedRun(spec, run.Observer));
                return true;
            case ClockSignal.Tick:
                Repeats.SayAgain(turn);
                return true;
            default:
                return false;
        }
    }

    /// <summary>What is answered while a run goes on; true also where it comes from an epoch that is over.</summary>
    private static bool OfTheRun(Turn turn, object message)
    {
        switch (message)
        {
            case ZoneSlotCompleted completed:
                SlotRounds.Take(turn, completed);
                return true;
            case ReportTaken taken:
                SlotRounds.Take(turn, taken);
                return true;
            case CheckpointWritten written:
                Checkpoints.Take(turn, written);
                return true;
            case ZoneReady ready:
                SlotRounds.Take(turn, ready);
                return true;
            case ZoneClosed closed:
                Endings.Take(turn, closed);
                return true;
            case ZonesStarted started:
                Epochs.Connect(turn, started);
                return true;
            case HostReady ready:
                Epochs.Admit(turn, ready);
                return true;
            case HostRefused refused:
                if (refused.RunId == turn.Run.Id)
                    Endings.Fail(turn, $"Node {refused.Node} cannot take part: {refused.Reason}", null);
                return true;
            case RunRecovered recovered:
                Submissions.Recover(turn, recovered.History);
                return true;
            case RunEventStored stored:
                Recorded(turn, stored.Event);
                return true;
            case RunJournalBroken broken:
                Endings.Fail(turn, $"This clock cannot go on: {broken.Why}", null);
                return true;
            case RunPrepared prepared:
                Submissions.Gather(turn, prepared);
                return true;
            case RunNotPrepared failed:
                if (failed.RunId == turn.Run.Id)
                    Endings.Fail(turn, failed.Cause.Message, failed.Cause);
                return true;
            case EditRun edit:
                Edits.Take(turn, edit);
                return true;
            case EditMade made:
                Edits.Take(turn, made);
                return true;
            case EditNotMade failed:
                Edits.Take(turn, failed);
                return true;
            case EditsTaken taken:
                Edits.Take(turn, taken);
                return true;
            case ClockSignal.Pace:
                turn.Run = turn.Run with { PaceDue = null };
                SlotRounds.BeginNextIfDue(turn);
                return true;
            case ClockSignal.Look:
                Repeats.LookForProgress(turn);
                return true;
            case StopAfterSlot:
                if (turn.Sender.Equals(turn.Run.Observer))
                    Endings.Stop(turn);
                return true;
            case WaitDescribed described:
                if (described.Waiting is not null && (described.Epoch == 0 || turn.IsNow(described.Epoch)))
                    turn.Run = turn.Run with { Watch = turn.Run.Watch.Hear(described.Waiting) };
                return true;
            case EntityFailed failed:
                if (failed.Epoch == 0 || turn.IsNow(failed.Epoch))
                    Endings.Fail(turn, $"{failed.Entity} failed on {failed.Message}: {failed.Reason.Message}", failed.Reason);
                return true;
            case RunFailed failed:
                if (turn.Sender.Equals(turn.Run.Observer) || turn.Roster.NodeOf(turn.Sender) is not null)
                    Endings.Fail(turn, failed.Message, failed.Cause);
                return true;
            case EpochBroken broken:
                if (turn.IsNow(broken.Epoch))
                    Epochs.Reopen(turn, broken.Why);
                return true;
            default:
                return false;
        }
    }

    /// <summary>What may come after a run's end, and means nothing then.</summary>
    private static bool IsLate(object message) => message is ZoneSlotCompleted or ReportTaken or CheckpointWritten or ZoneReady or ZoneClosed
        or ZonesStarted or HostReady or HostRefused or RunRecovered or RunEventStored or RunJournalBroken or RunPrepared or RunNotPrepared
        or ClockSignal or StopAfterSlot or WaitDescribed or EntityFailed or RunFailed or EpochBroken or EditRun or EditMade or EditNotMade or EditsTaken;

    /// <summary>What follows from an event follows when it is in the journal.</summary>
    private static void Recorded(Turn turn, RunEvent happened)
    {
        turn.Run = turn.Run with { History = turn.Run.History.Apply(happened) };
        switch (happened)
        {
            case RunSubmitted submitted:
                Submissions.Prepare(turn, submitted.Run);
                break;
            case EpochOpened opened when turn.Run.Stage == Stage.OpeningEpoch:
                Epochs.Start(turn, opened.Epoch);
                break;
            case CheckpointCommitted committed when turn.IsNow(committed.Epoch):
                Checkpoints.Committed(turn, committed);
                break;
            case RunEdited:
                Edits.Recorded(turn);
                break;
            case RunClosed when turn.Run.Stage == Stage.Recording:
                Endings.End(turn);
                break;
        }
    }
}
