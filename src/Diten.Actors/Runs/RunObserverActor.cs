using Akka.Actor;
using Diten.Model.Records;

namespace Diten.Actors;

/// <summary>
/// Submits a run to the clock and hands its reports to whoever watches, off the emulation's threads: writing files must not stop a slot. A
/// slot that is run again is held against the first time, and told once.
/// </summary>
/// <param name="clock">The clock, or what stands for it in a cluster.</param>
/// <param name="taken">Digests of the slots that were taken in an earlier life, in order; empty for a new run.</param>
/// <param name="outcome">Is told how the run ended.</param>
/// <param name="whom">Whose answer is waited for, for people.</param>
public sealed class RunObserverActor(
    IActorRef clock, RunSpec run, IRunObserver? observer, IEnumerable<byte[]> taken, TaskCompletionSource<RunOutcome> outcome, string whom)
    : UntypedActor, IWithTimers
{
    private const int LookEveryTimes = 3, MostChanges = 8;
    private const string Over = "The run is over.";
    private static readonly TimeSpan SayAgainEvery = TimeSpan.FromMilliseconds(300), Patience = TimeSpan.FromSeconds(60);

    private readonly Courier _courier = new(Context.System);
    private readonly TakenDigests _digests = new(taken, run.Options.CheckpointEverySlots > 0);
    private readonly Followers _followers = new(run.RunId);
    private RunSpec _run = run;
    private bool _accepted, _ended;
    private int _unanswered, _times;
    private readonly Queue<(RunChange Change, IActorRef Asker)> _changes = new();
    private int _edits; // that are known here
    private StopAfterSlot? _stop;

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Timers.StartPeriodicTimer("again", Again.Now, SayAgainEvery);
        Submit();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ExpectNodes or RunUnknown or StopAfterSlot when _ended: // else a run that is over would be begun again, or another one stopped
                break;
            case SlotReport report:
                Take(report);
                break;
            case Parcel parcel:
                if (_courier.ReceiveFromOne(parcel, Sender) is { } whole)
                    OnReceive(whole);
                break;
            case RunAccepted accepted when accepted.RunId == _run.RunId:
                (_accepted, _unanswered) = (true, 0);
                break;
            case RunRefused refused when refused.RunId == _run.RunId:
                Fail($"The cluster did not take the run: {refused.Reason}.", null);
                break;
            case RunUnknown unknown when unknown.RunId == _run.RunId:
                SubmitAgain();
                break;
            case ExpectNodes expect:
                (_run, _accepted) = (_run with { Nodes = Math.Max(1, Math.Min(_run.Nodes, expect.Nodes)) }, false);
                Submit();
                break;
            case ChangeRun change:
                Change(change);
                break;
            case EditRefused refused when refused.RunId == _run.RunId:
                Take(refused);
                break;
            case RunEditTold told when told.RunId == _run.RunId:
                Take(told);
                break;
            case RunNotice notice:
                if (notice.Kind == RunNoticeKind.CheckpointCommitted)
                    _digests.ForgetBefore(notice.Slot);
                _followers.Take(notice);
                observer?.Noticed(notice);
                break;
            case ClusterStatus status:
                _followers.Take(status);
                observer?.ClusterSeen(status);
                break;
            case FollowRun asked:
                if (_followers.Ask(asked, Sender) is { } answer)
                    _courier.Send(Sender, answer, Self);
                break;
            case StopAfterSlot stop:
                _stop = stop; // and again and again, for the clock may be on its way to another node
                clock.Tell(stop, Self);
                break;
            case RunEnded ended:
                _ended = true;
                EndChanges();
                outcome.TrySetResult(ended.Outcome);
                break;
            case RunFailed failed:
                Fail(failed.Message, failed.Cause);
                break;
            case Again:
                if (!_ended)
                    SayAgain();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void SayAgain()
    {
        if (!_accepted && ++_unanswered > Patience / SayAgainEvery)
        {
            Fail(
                $"No answer from {whom} within {Patience.TotalSeconds} s: no node listens there, its cluster has no coordinator, or this node is not let in.", null);
            return;
        }

        if (!_accepted)
            observer?.Noticed(new RunNotice(RunNoticeKind.Waiting, 0, _digests.Count, FormattableString.Invariant(
                $"no answer from {whom} for {(_unanswered * SayAgainEvery).TotalSeconds:F0} s; gives up after {Patience.TotalSeconds} s")));

        if (_times++ % LookEveryTimes == 0)
            clock.Tell(new GetClusterStatus(), Self);
        if (_accepted)
            clock.Tell(new WatchRun(_run.RunId, _digests.Count - 1), Self);
        else
            Submit();
        if (_stop is not null)
            clock.Tell(_stop, Self);
        SayChange();
    }

    private void Change(ChangeRun change)
    {
        if (_ended || _changes.Count >= MostChanges)
        {
            Sender.Tell(new ChangeRefused(_ended ? Over : FormattableString.Invariant($"{MostChanges} changes are on their way: wait for them.")), Self);
            return;
        }

        _changes.Enqueue((change.Change, Sender));
        if (_changes.Count == 1)
            SayChange();
    }

    /// <summary>One change at a time: each is made to what the ones before it made.</summary>
    private void SayChange()
    {
        if (!_ended && _changes.TryPeek(out var next))
            clock.Tell(new EditRun(_run.RunId, _edits, next.Change, _digests.Count - 1), Self);
    }

    private void Take(RunEditTold told)
    {
        if (told.Number > _edits || _ended)
            return; // one before it was lost, and will be said again
        if (told.Number == _edits)
        {
            try
            {
                observer?.Edited(told.Edit);
            }
            catch (Exception failure) // whatever it is, the run's owner is told: nothing is swallowed
            {
                FailRun(new RunFailed($"What was changed could not be written down: {failure.Message}", failure));
                return;
            }

            _edits++;
            _followers.Take(told.Edit);
            if (_changes.TryPeek(out var asked) && asked.Change == told.Edit.Change)
                _changes.Dequeue().Asker.Tell(told.Edit, Self);
        }

        Sender.Tell(new EditsTaken(_run.RunId, _edits), Self);
        SayChange();
    }

    /// <summary>A refusal that was said twice, or comes late, is none of the next change.</summary>
    private void Take(EditRefused refused)
    {
        if (!_changes.TryPeek(out var asked) || asked.Change != refused.Change)
            return;
        _changes.Dequeue().Asker.Tell(new ChangeRefused(refused.Reason), Self);
        SayChange();
    }

    private void EndChanges()
    {
        while (_changes.TryDequeue(out var change))
            change.Asker.Tell(new ChangeRefused(Over), Self);
    }

    private void Submit() => clock.Tell(new SubmitRun(_run, _digests.Count - 1), Self);

    /// <summary>A clock that had accepted the run was lost before its journal knew: another one begins it, with the nodes that there are.</summary>
    private void SubmitAgain()
    {
        if (_digests.Count > _digests.AtStart)
        {
            Fail("The clock of this run is lost, and no journal knows the run.", null);
            return;
        }

        (_run, _accepted) = (_run with { Nodes = 1 }, false);
        Submit();
    }

    private void Take(SlotReport report)
    {
        if (report.Slot > _digests.Count || _ended)
            return; // one before it was lost, and will be sent again
        if (report.Slot < _digests.Count)
        {
            if (_digests.Contradict(report.Slot, report.Digest))
                FailRun(new RunFailed(new NotDeterministicException(report.Slot, null).Message, null));
            else
                Sender.Tell(new ReportTaken(_run.RunId, _digests.Count - 1), Self);
            return;
        }

        try
        {
            observer?.SlotCompleted(report);
            _digests.Add(report.Digest);
            Sender.Tell(new ReportTaken(_run.RunId, report.Slot), Self);
            foreach (var (to, slot) in _followers.Take(report))
                _courier.Send(to, slot, Self);
        }
        catch (Exception failure) // whatever it is, the run's owner is told: nothing is swallowed
        {
            FailRun(new RunFailed($"The results of slot {report.Slot} could not be taken: {failure.Message}", failure));
        }
    }

    private void FailRun(RunFailed failed)
    {
        Sender.Tell(failed, Self);
        Fail(failed.Message, failed.Cause);
    }

    private void Fail(string message, Exception? cause)
    {
        _ended = true;
        EndChanges();
        outcome.TrySetException(new EmulationFailedException(message, cause));
    }

    private enum Again { Now }
}
