using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Diten.Actors;
using Diten.Model.Records;
using Diten.Model.Statistics;

namespace Diten.Learning;

/// <summary>
/// Trains a policy from what the zones of a training run tell. To the clock it is one more zone, after the last: it completes a slot once all
/// zones have told of it and the policy of the next slot is there, so that the emulation waits for a policy but never for the time it takes.
/// </summary>
/// <param name="start">As of a zone.</param>
/// <param name="trainer">Makes what learns; called once.</param>
public sealed class LearnerActor(ZoneStart start, Func<Trainer> trainer) : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Courier _courier = new(Context.System);
    private readonly LearnerState _state = new(start.Plan.World.Scenario, start.Plan.Zones.Count);
    private readonly HashSet<int> _silent = [];
    private readonly SortedDictionary<int, EpisodeBatch> _early = []; // by zone, of the slot that the clock has not begun here: a checkpoint before it must not know them
    private readonly CancellationTokenSource _stopped = new();
    private readonly Dictionary<int, IActorRef> _zones = [];
    private Trainer? _trainer;
    private IActorRef _store = ActorRefs.Nobody;
    private bool _started, _ready, _busy, _closing;
    private int _slot = start.FromSlot - 1, _stored = -1;
    private ZoneSlotCompleted? _completed;
    private object? _lastWord; // why the epoch or the run cannot go on
    private Task _work = Task.CompletedTask;

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case EpisodeBatch batch when batch.Epoch == start.Epoch:
                if (batch.Slot == _slot + 1)
                    _early[batch.Zone] = batch; // no zone gets further ahead: it begins the slot after when the learner has completed this one
                else if (batch.Slot <= _slot)
                    Take(batch);
                GoOn();
                break;
            case EpisodeBatch: // of an epoch that is over
                break;
            case Parcel parcel:
                if (_courier.Receive(parcel, Sender) is { } whole)
                    OnReceive(whole);
                break;
            case BeginSlot begin:
                Take(begin);
                break;
            case StartZone zones when !_started:
                Start(zones);
                break;
            case StartZone: // said again: the answer is on its way, or was lost
                if (_ready && _slot < start.FromSlot)
                    TellReady();
                break;
            case Done done:
                _busy = false;
                done.Then();
                GoOn();
                break;
            case Status.Failure failure:
                Fail(failure.Cause);
                break;
            case WriteCheckpoint write:
                Checkpoint(write.Slot);
                GoOn();
                break;
            case SaveSnapshotSuccess { Metadata.SequenceNr: var slot }:
                _stored = (int)slot;
                TellStored();
                break;
            case SaveSnapshotFailure failure:
                Break($"its checkpoint of slot {failure.Metadata.SequenceNr} cannot be written: {failure.Cause.Message}");
                break;
            case LoadSnapshotResult { Snapshot: var loaded }:
                Take(loaded);
                break;
            case LoadSnapshotFailed failure:
                Break($"its checkpoint of slot {start.FromSlot} cannot be read: {failure.Cause.Message}");
                break;
            case DropCheckpointsBefore drop:
                _store.Tell(new DeleteSnapshots(start.CheckpointId, new SnapshotSelectionCriteria(drop.Slot - 1)), Self);
                break;
            case DeleteSnapshotsSuccess:
            case DeleteSnapshotsFailure: // what is left over costs space, and is deleted with the next one
                break;
            case CloseZone:
                _closing = true;
                GoOn();
                break;
            case DescribeWait when _lastWord is not null: // the clock has not heard
                start.Clock.Tell(_lastWord, Self);
                break;
            case DescribeWait:
                start.Clock.Tell(new WaitDescribed(ExplainWait(), start.Epoch), Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        // What works on the tensors is not on this actor's thread: it stops when it sees that it shall, and then they are let go.
        _stopped.Cancel();
        _work.ContinueWith(_ => _trainer?.Dispose(), TaskScheduler.Default);
    }

    private void Start(StartZone zones)
    {
        _started = true;
        foreach (var zone in zones.Neighbours)
            _zones[zone.Zone] = zone.Ref;
        if (start.Run.Options.CheckpointEverySlots > 0)
            _store = Persistence.Instance.Apply(Context.System).SnapshotStoreFor(null);
        if (start.FromSlot == 0)
            Run(() => _trainer = trainer(), () => Begin(() => _state.Begin(_trainer!.Weights)));
        else
            _store.Tell(new LoadSnapshot(start.CheckpointId, new SnapshotSelectionCriteria(start.FromSlot), start.FromSlot), Self);
    }

    private void Take(object? loaded)
    {
        if (loaded is not SelectedSnapshot { Snapshot: LearnerSaved checkpoint } || checkpoint.Slot != start.FromSlot)
            Break($"there is no checkpoint of slot {start.FromSlot} in the snapshot store");
        else if (checkpoint.RunMark != start.RunMark)
            Break($"the checkpoint of slot {start.FromSlot} in the snapshot store is of another run");
        else if (checkpoint.Learner is not { } saved)
            Break($"its checkpoint of slot {start.FromSlot} was written by an older build of Diten, in a format that is no longer read: train anew");
        else
            Run(() => (_trainer = trainer()).Restore(saved.Trainer), () => Begin(() => _state.Restore(saved)));
    }

    private void Begin(Action becomeWhatItIs)
    {
        becomeWhatItIs();
        _ready = true;
        TellReady();
    }

    /// <summary>Writes a checkpoint; one that is written is told again.</summary>
    private void Checkpoint(int slot)
    {
        if (slot == _stored)
            TellStored();
        else
            _state.Capture(slot);
    }

    private void TellStored() => start.Clock.Tell(new CheckpointWritten(start.Zone, start.Epoch, _stored), Self);

    private void TellReady() => _courier.Send(
        start.Clock, new ZoneReady(start.Zone, start.Epoch) { Policy = _state.PolicyAt(start.FromSlot) }, Self);

    private void Take(BeginSlot begin)
    {
        if (begin.Slot <= _slot && begin.CheckpointFirst)
            Checkpoint(begin.Slot);
        if (begin.Slot == _completed?.Slot)
        {
            _courier.Send(start.Clock, _completed, Self);
            return;
        }

        if (begin.Slot == _slot) // the clock asks why nothing comes: perhaps a batch was lost
        {
            foreach (var zone in _silent.Order())
                _zones[zone].Tell(new ResendEpisodes(start.Epoch, _slot), Self);
            return;
        }

        if (begin.Slot < _slot)
            return; // late: that slot is over
        (_slot, _completed) = (begin.Slot, null);
        _silent.UnionWith(_zones.Keys);
        _silent.ExceptWith(_state.Heard(_slot));
        if (begin.CheckpointFirst)
            Checkpoint(begin.Slot);
        foreach (var batch in _early.Values)
            Take(batch);
        _early.Clear();
        GoOn();
    }

    private void Take(EpisodeBatch batch)
    {
        _state.Add(batch.Zone, batch.Slot, batch.Rows, batch.Report);
        if (batch.Slot == _slot)
            _silent.Remove(batch.Zone);
    }

    /// <summary>Does what is next: a version that is due, a checkpoint, the end of the slot, the end of the run.</summary>
    private void GoOn()
    {
        if (_busy || !_ready)
            return;
        if (_state.TakeWork() is { } work)
        {
            switch (work)
            {
                case TrainVersion due:
                    LearningReport? report = null;
                    Run(() => report = _trainer!.Train(due, _stopped.Token), () => Take(due, report!));
                    return;
                case SaveLearner save:
                    _store.Tell(
                        new SaveSnapshot(
                            new SnapshotMetadata(start.CheckpointId, save.Slot, DateTime.UnixEpoch),
                            new LearnerSaved(save.Slot, _state.Save(save, _trainer!.ToMemory())) { RunMark = start.RunMark }), Self);
                    GoOn();
                    return;
            }
        }

        if (_completed is null && _slot >= start.FromSlot && _state.NextSlot > _slot && _state.PolicyAt(_slot + 1) is { } policy)
        {
            _completed = new ZoneSlotCompleted(start.Zone, start.Epoch, _slot, [], [], [], [], [])
            {
                Policy = policy == _state.PolicyAt(_slot) ? null : policy,
            };
            _courier.Send(start.Clock, _completed, Self);
        }

        if (_closing)
            _courier.Send(
                start.Clock, new ZoneClosed(start.Zone, start.Epoch, new LatencyHistogram()) { Policy = _state.Newest }, Self);
    }

    private void Take(TrainVersion due, LearningReport report)
    {
        _state.Trained(due.Version, _trainer!.Weights, report);
        if (report.Warning is not null)
            _log.Warning("Version {0} of the policy: {1}", report.Version, report.Warning);
    }

    /// <summary>Does something that takes long off the mailbox; what comes meanwhile is heard, and waits.</summary>
    private void Run(Action work, Action then)
    {
        _busy = true;
        _work = Task.Run(work, _stopped.Token);
        _work.PipeTo(Self, Self, () => new Done(then), failure => new Status.Failure(failure));
    }

    private string? ExplainWait() =>
        !_ready && start.FromSlot == 0 ? "the learner makes its networks"
        : !_ready ? $"the learner waits for its checkpoint of slot {start.FromSlot}"
        : _busy ? $"the learner trains version {_state.Newest.Version + 1}"
        : _completed is null && _silent.Count > 0 ? $"the learner, slot {_slot}: waits for the decisions of zones {string.Join(", ", _silent.Order())}"
        : null;

    private void Fail(Exception cause) => GiveUp(new EntityFailed("the learner", "training", cause, start.Epoch));

    private void Break(string why) => GiveUp(new EpochBroken(start.Epoch, $"the learner: {why}"));

    /// <summary>Tells the clock that learning cannot go on, and once more whenever it asks.</summary>
    private void GiveUp(object word)
    {
        _lastWord = word;
        start.Clock.Tell(word, Self);
    }

    private sealed record Done(Action Then);
}
