using Akka.Actor;
using Diten.Model.Records;

namespace Diten.Actors;

/// <summary>
/// Looks on at the run that a cluster does, from wherever it is: asks the clock who watches it, and that one for its newest slot, again and
/// again. It joins nothing, and nobody waits for it.
/// </summary>
/// <param name="clock">The clock, or what stands for it on any node.</param>
/// <param name="outcome">Is told that the run that was followed is over.</param>
public sealed class RunFollowerActor(ICanTell clock, IRunFollower follower, TaskCompletionSource outcome) : UntypedActor, IWithTimers
{
    /// <summary>The cluster says so often, in turn, that it does another run or none before this one counts as over.</summary>
    private const int GoneAfterTimes = 5;

    /// <summary>Neither a slot nor the cluster was heard of when it looked so often: the run is out of reach, and counts as over.</summary>
    private const int SilentAfterTimes = 120;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1), Pause = TimeSpan.FromMilliseconds(30);

    private readonly Courier _courier = new(Context.System);
    private ObservedRun? _run;
    private int _seenSlot = -1, _seenNotices, _seenEdits, _devicesEvery, _gone, _silent;
    private bool _over;

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => Timers.StartPeriodicTimer("look", Signal.Look, TimeSpan.Zero, LookEvery);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        try
        {
            if (!_over)
                Take(message);
        }
        catch (Exception failure) // a scenario whose files are not here, a folder that is full: whoever follows is told
        {
            _over = true;
            outcome.TrySetException(failure);
        }
    }

    private void Take(object message)
    {
        switch (message)
        {
            case Parcel parcel:
                if (_courier.ReceiveFromOne(parcel, Sender) is { } whole)
                    Take(whole);
                break;
            case Signal.Look:
                if (_run is not null && ++_silent > SilentAfterTimes)
                    End();
                clock.Tell(new GetObservedRun(), Self);
                clock.Tell(new GetClusterStatus(), Self);
                Ask(); // also where the clock cannot be reached: a question or its answer may have been lost
                break;
            case ObservedRun observed:
                Find(observed);
                break;
            case Signal.Ask:
                Ask();
                break;
            case FollowedSlot slot when slot.RunId == _run?.Run.RunId && slot.Report.Slot > _seenSlot:
                Show(slot);
                break;
            case ClusterStatus status:
                Look(status);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Find(ObservedRun observed)
    {
        if (_run is null)
            _devicesEvery = follower.Begin(observed.Run);
        else if (_run.Run.RunId != observed.Run.RunId)
        {
            End(); // another run, maybe of the same name, has taken its place
            return;
        }

        _run = observed; // its observer may have gone to another process
        Ask();
    }

    private void Ask() => _run?.Observer.Tell(new FollowRun(_run.Run.RunId, _seenSlot, _devicesEvery, _seenNotices) { SeenEdits = _seenEdits }, Self);

    private void Show(FollowedSlot slot)
    {
        (_seenSlot, _silent) = (slot.Report.Slot, 0);
        _seenNotices += slot.Notices.Count;
        _seenEdits += slot.Edits.Count;
        foreach (var edit in slot.Edits)
            follower.Edited(edit);
        foreach (var notice in slot.Notices)
            follower.Noticed(notice);
        if (slot.Status is { } status)
            follower.ClusterSeen(status);
        if (follower.SlotSeen(slot.Report, slot.Total))
            Timers.StartSingleTimer("ask", Signal.Ask, Pause);
        else
            End();
    }

    private void Look(ClusterStatus status)
    {
        if (_run is null)
            return;
        _silent = 0;
        _gone = status.Run == _run.Run.Name ? 0 : _gone + 1;
        if (_gone >= GoneAfterTimes)
            End();
    }

    private void End()
    {
        _over = true;
        outcome.TrySetResult();
    }

    private enum Signal { Look, Ask }
}
