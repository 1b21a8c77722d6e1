using System.Diagnostics;
using Akka.Actor;
using Diten.Actors.Runtime;
using Diten.Model.EdgeServers;
using Diten.Model.Learning;
using Diten.Model.MobileDevices;
using Diten.Model.ServerTwins;
using Diten.Model.Statistics;

namespace Diten.Actors;

/// <summary>What a clock is given by its node.</summary>
/// <param name="Plans">Makes runs ready.</param>
/// <param name="SystemTwin">Is told what the twins published.</param>
/// <param name="NumericFingerprint">Of this node; others must have the same, unless <paramref name="AllowOtherCpus"/>.</param>
/// <param name="Durable">Whether there is a journal.</param>
/// <param name="LetZonesGo">Whether zones are stopped when a run is over; not where the whole system ends with it.</param>
public sealed record ClockSetup(
    RunPlans Plans, IActorRef SystemTwin, string NumericFingerprint, bool AllowOtherCpus = false, bool Durable = false, bool LetZonesGo = false)
{
    /// <summary>Recipe of an actor that tells its parent <see cref="HostsSeen"/>; null where somebody else does.</summary>
    public Props? HostFinder { get; init; }
}

/// <summary>
/// The one driver of time: places the zones on the nodes, begins each slot in all of them once all have completed the last, and sums up what
/// they tell. When a node is lost it opens an epoch: all zones go back to the last checkpoint that counts, and slots are run again.
/// </summary>
public sealed partial class SlotClockActor : UntypedActor, IWithTimers
{
    /// <summary>Slots that may be emulated before the observer has taken the report of an earlier one.</summary>
    private const int ReportsAhead = 4;

    /// <summary>Epochs that may break one after the other before a slot is done.</summary>
    private const int BreaksOfPatience = 5;

    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(500);

    private readonly ClockSetup _setup;
    private readonly HostRoster _roster = new();
    private readonly Courier _courier = new(Context.System);
    private readonly long _created = Stopwatch.GetTimestamp();

    // The run, from its submission to its end.
    private Stage _stage = Stage.Idle;
    private RunSpec? _submitted, _run;
    private string? _runId;
    private IActorRef? _journal, _observer;
    private RunHistory _history = RunHistory.Empty;
    private PreparedRun? _prepared;
    private int _needed, _taken = -1, _breaks;
    private bool _stopping, _replace, _pacing;
    private long _started, _ended;
    private object? _end; // the last run's, for an observer that has not heard

    // The epoch.
    private long _epoch;
    private IActorRef[] _zones = [];
    private readonly HashSet<string> _hostsPending = [];
    private readonly HashSet<int> _pending = [];
    private StartZones[] _placed = [];
    private IReadOnlyList<(string Node, HostReady Host, IActorRef Ref)> _hosts = [];
    private SlotLedger _ledger = null!;
    private RunSums _sums = null!;
    private PendingCheckpoint? _checkpoint;
    private LatencyHistogram _latencies = new();
    private PolicyPublished? _policy; // that the learner made, and zones have not been told
    private List<MobileDeviceState>[] _arrivals = [];
    private BeginSlot[] _begun = [];
    private readonly Queue<SlotReport> _reports = new();
    private int _slot;
    private bool _slotDone, _epochMoved;
    private long[] _devices = [];
    private readonly RateMeter _rate = new();
    private StandstillWatch _watch = new(60);

    public SlotClockActor(ClockSetup setup) => _setup = setup;

    private enum Stage { Idle, Recovering, Gathering, OpeningEpoch, StartingZones, Priming, Running, Closing, Recording }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Timers.StartPeriodicTimer("tick", Tick.Now, TickEvery);
        if (_setup.HostFinder is not null)
            Context.ActorOf(_setup.HostFinder, "host-finder");
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ZoneSlotCompleted completed:
                Take(completed);
                break;
            case ReportTaken taken:
                Take(taken.Slot);
                break;
            case Parcel parcel:
                if (_courier.Receive(parcel, Sender) is { } whole)
                    OnReceive(whole);
                break;
            case CheckpointWritten written when written.Epoch == _epoch && written.Slot == _checkpoint?.Commit.Slot:
                _watch.Progressed();
                _checkpoint.Written(written.Zone);
                CommitIfDue();
                break;
            case ZoneReady ready when ready.Epoch == _epoch && _stage == Stage.Priming:
                _watch.Progressed();
                _policy = ready.Policy ?? _policy;
                if (_pending.Remove(ready.Zone) && _pending.Count == 0)
                    BeginSlots();
                break;
            case ZoneClosed closed when closed.Epoch == _epoch && _stage == Stage.Closing:
                if (!_pending.Remove(closed.Zone))
                    break;
                _latencies.Add(closed.Latencies);
                _policy = closed.Policy ?? _policy;
                if (_pending.Count == 0)
                    Close();
                break;
            case Pace:
                _pacing = false;
                BeginNextSlotIfDue();
                break;
            case StopAfterSlot:
                _stopping = true;
                BeginNextSlotIfDue(); // a slot that waits for its time to come shall not be waited for
                break;
            case Tick:
                SayAgain();
                break;
            case Watch:
                LookForProgress();
                break;
            case WaitDescribed described:
                if (described.Waiting is not null && described.Epoch is var epoch && (epoch == 0 || epoch == _epoch))
                    _watch.Hear(described.Waiting);
                break;
            case EntityFailed failed when failed.Epoch == 0 || failed.Epoch == _epoch:
                Fail($"{failed.Entity} failed on {failed.Message}: {failed.Reason.Message}", failed.Reason);
                break;
            case RunFailed failed:
                Fail(failed.Message, failed.Cause);
                break;
            case EpochBroken broken when broken.Epoch == _epoch:
                Reopen(broken.Why);
                break;
            case CheckpointWritten or ZoneReady or ZoneClosed or EntityFailed or EpochBroken: // of an epoch that is over
                break;
            default:
                if (!HandleRun(message))
                    Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message) => Fail($"The clock failed in slot {_slot}: {reason.Message}", reason);

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => EmulationProps.ReportAndRestart;

    private void BeginSlots()
    {
        _stage = Stage.Running;
        if (_started == 0)
            _started = Stopwatch.GetTimestamp();
        _slotDone = true;
        BeginNextSlotIfDue();
    }

    private void Take(ZoneSlotCompleted completed)
    {
        if (completed.Epoch != _epoch || completed.Slot != _slot || _slotDone || !_pending.Remove(completed.Zone))
            return; // of an epoch that is over, or said again
        _watch.Progressed();
        _policy = completed.Policy ?? _policy;
        _ledger.Add(completed);
        _devices[completed.Zone] = completed.Stations.Sum(static station => station.Totals.Devices);
        foreach (var device in completed.Travellers)
            _arrivals[_prepared!.Plan.ZoneOf(EntityKind.Station, device.Station)].Add(device);
        if (_pending.Count == 0)
            CompleteSlot();
    }

    private void CompleteSlot()
    {
        var report = _ledger.Close(_slot) with { Learned = _policy?.Report };
        _sums.Add(report);
        _rate.SlotDone();
        if (_epoch > 1 && !_epochMoved)
            Notice(RunNoticeKind.FirstSlotCompleted, _slot, $"slot {_slot} is the first one done in epoch {_epoch}");
        (_breaks, _epochMoved) = (0, true);
        _courier.Send(_setup.SystemTwin, new TwinsReported(_slot, _ledger.TakeTwins()), Self);
        _reports.Enqueue(report);
        _courier.Send(_observer!, report, Self);
        _slotDone = true;
        BeginNextSlotIfDue();
    }

    private void Take(int taken)
    {
        _watch.Progressed();
        _taken = Math.Max(_taken, taken);
        while (_reports.TryPeek(out var report) && report.Slot <= _taken)
            _reports.Dequeue();
        CommitIfDue();
        BeginNextSlotIfDue();
    }

    private void BeginNextSlotIfDue()
    {
        if (!_slotDone || _stage != Stage.Running)
            return;
        var (next, slots) = (_slot + 1, _prepared!.Plan.World.Scenario.Slots);
        var last = _stopping || next == slots;
        if (last && _ended == 0)
            _ended = Stopwatch.GetTimestamp();
        if ((_replace || last && next < slots) && KeepsCheckpoints && next > _history.CommittedSlot)
        {
            _checkpoint ??= WriteCheckpoint(next); // what is done shall not be lost
            return;
        }

        if (_replace && !last)
        {
            OpenEpoch("zones are placed anew");
            return;
        }

        if (last)
        {
            if (_taken < _slot || _checkpoint is not null)
                return; // the observer has not seen all of it yet
            _stage = Stage.Closing;
            TellAllZones(new CloseZone());
            return;
        }

        var checkpointFirst = KeepsCheckpoints && next > _history.CommittedSlot && next % _run!.Options.CheckpointEverySlots == 0;
        if (next - ReportsAhead > _taken || checkpointFirst && _checkpoint is not null || MustWaitForPace())
            return;
        if (checkpointFirst)
            _checkpoint = new PendingCheckpoint(_sums.Commit(_epoch), _zones.Length);
        BeginSlot(next, checkpointFirst);
    }

    private void BeginSlot(int slot, bool checkpointFirst)
    {
        (_slotDone, _slot) = (false, slot);
        for (var zone = 0; zone < _zones.Length; zone++)
        {
            _arrivals[zone].Sort(static (a, b) => a.Device.CompareTo(b.Device));
            _begun[zone] = new BeginSlot(slot, _arrivals[zone], checkpointFirst) { Policy = zone == LearnerZone ? null : _policy };
            _pending.Add(zone);
            _courier.Send(_zones[zone], _begun[zone], Self);
        }

        _policy = null;

        ClearArrivals();
    }

    /// <summary>In a training run the learner is one more zone, after the last; −1 in others.</summary>
    private int LearnerZone => _run!.Options.Training ? _prepared!.Plan.Zones.Count : -1;

    private bool KeepsCheckpoints => _setup.Durable && _run!.Options.CheckpointEverySlots > 0;

    private PendingCheckpoint WriteCheckpoint(int next)
    {
        var pending = new PendingCheckpoint(_sums.Commit(_epoch), _zones.Length);
        for (var zone = 0; zone < _zones.Length; zone++)
            _courier.Send(_zones[zone], new WriteCheckpoint(next, _arrivals[zone]), Self);
        return pending;
    }

    private void CommitIfDue()
    {
        if (_checkpoint?.IsDue(_taken) == true)
            Record(_checkpoint.Commit);
    }

    private void TellAllZones(object message)
    {
        for (var zone = 0; zone < _zones.Length; zone++)
        {
            _pending.Add(zone);
            _zones[zone].Tell(message, Self);
        }
    }

    /// <summary>Emulated time runs at a factor of wall-clock time: only when a slot is begun depends on it.</summary>
    private bool MustWaitForPace()
    {
        var scenario = _prepared!.Plan.World.Scenario;
        if (_pacing || scenario.Pace == 0)
            return _pacing;
        var due = TimeSpan.FromSeconds((_slot + 1 - _firstSlot) * scenario.SlotLengthSeconds / scenario.Pace) - Stopwatch.GetElapsedTime(_started);
        if (due <= TimeSpan.Zero)
            return false;
        _pacing = true;
        Timers.StartSingleTimer("pace", Pace.Due, due);
        return true;
    }

    private void LookForProgress()
    {
        if (_stage is Stage.Idle or Stage.Gathering || _pacing || _stage == Stage.Running && _slotDone && _checkpoint is null)
            return;
        if (_watch.Look($"slot {_slot}") is { } stuck)
        {
            Fail(stuck, null);
            return;
        }

        foreach (var zone in _zones)
            zone?.Tell(new DescribeWait(), Self);
    }

    private void ClearArrivals()
    {
        for (var zone = 0; zone < _arrivals.Length; zone++)
            _arrivals[zone] = [];
    }

    private enum Watch { Now }

    private enum Tick { Now }

    private enum Pace { Due }
}
