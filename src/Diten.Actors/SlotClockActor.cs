using System.Diagnostics;
using System.Security.Cryptography;
using Akka.Actor;
using Diten.Actors.Runtime;
using Diten.Model.EdgeServers;
using Diten.Model.MobileDevices;
using Diten.Model.ServerTwins;
using Diten.Model.Statistics;

namespace Diten.Actors;

/// <summary>The one driver of time: begins each slot in all zones once all have completed the last, and sums up what they tell.</summary>
public sealed class SlotClockActor : UntypedActor, IWithTimers
{
    /// <summary>Slots that may be emulated before the observer has taken the report of an earlier one.</summary>
    private const int ReportsAhead = 4;

    /// <summary>A zone that is busy with much work does not answer either: looks in vain until that is no excuse any more.</summary>
    private const int LooksOfPatience = 20;

    private readonly CityPlan _plan;
    private readonly EmulationOptions _options;
    private readonly ISyncLink _link;
    private readonly TaskCompletionSource<RunOutcome> _outcome;
    private readonly IActorRef _observer, _systemTwin;
    private readonly SlotLedger _ledger;
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly LatencyHistogram _latencies = new();
    private readonly long _created = Stopwatch.GetTimestamp();
    private IActorRef[] _zones = [];
    private List<MobileDeviceState>[] _arrivals = [];
    private int _slot = -1, _pending, _taken = -1, _completed;
    private bool _slotDone, _stopping, _cancelled, _closing;
    private SlotTotals _total;
    private double _utilisation, _lastQueue;
    private long _started, _ended, _progress, _progressSeen;
    private int _silentLooks;
    private readonly SortedSet<string> _waits = [], _waitsSeen = [];

    public SlotClockActor(
        CityPlan plan, EmulationOptions options, ISyncLink link, IActorRef observer, IActorRef systemTwin, TaskCompletionSource<RunOutcome> outcome)
    {
        (_plan, _options, _link, _observer, _systemTwin, _outcome) = (plan, options, link, observer, systemTwin, outcome);
        _ledger = new SlotLedger(plan.World, options.ServerRecords);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Timers.StartPeriodicTimer("watch", Watch.Tick, TimeSpan.FromSeconds(_options.StuckAfterSeconds / 2));
        var zones = _plan.Zones.Count;
        _arrivals = new List<MobileDeviceState>[zones];
        ClearArrivals();
        for (var device = 0; device < _plan.World.Scenario.Devices.Count; device++)
        {
            var state = MobileDevice.Start(_plan.World, device);
            _arrivals[_plan.ZoneOf(EntityKind.Station, state.Station)].Add(state);
        }

        _zones = new IActorRef[zones];
        var (self, lanes) = (Self, LanesOfZones());
        for (var zone = 0; zone < zones; zone++)
        {
            var id = zone;
            var devices = _arrivals[zone];
            var props = Props.Create(() => new ZoneActor(_plan, id, 1, _options, _link, devices, self));
            _zones[zone] = Context.ActorOf(EmulationProps.Entity(props, Context.System, lanes[zone]), $"zone-{zone}");
        }

        _pending = zones;
        for (var zone = 0; zone < zones; zone++)
            _zones[zone].Tell(new StartZone([.. _plan.Neighbours(zone).ToArray().Select(n => new ZoneLink(n, _zones[n]))]), Self);
        ClearArrivals();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ZoneSlotCompleted completed:
                _progress++;
                _ledger.Add(completed);
                foreach (var device in completed.Travellers)
                    _arrivals[_plan.ZoneOf(EntityKind.Station, device.Station)].Add(device);
                if (--_pending == 0)
                    CompleteSlot();
                break;
            case ZoneReady:
                _progress++;
                if (--_pending == 0)
                    StartRun();
                break;
            case ReportTaken taken:
                _progress++;
                _taken = taken.Slot;
                BeginNextSlotIfDue();
                break;
            case ZoneClosed closed:
                _latencies.Add(closed.Latencies);
                if (--_pending == 0)
                    Finish();
                break;
            case Pace:
                _pacing = false;
                BeginNextSlotIfDue();
                break;
            case StopAfterSlot:
                (_stopping, _cancelled) = (true, true);
                BeginNextSlotIfDue(); // a slot that waits for its time to come shall not be waited for
                break;
            case EntityFailed failed:
                Fail($"{failed.Entity} failed on {failed.Message}: {failed.Reason.Message}", failed.Reason);
                break;
            case RunFailed failed:
                Fail(failed.Message, failed.Cause);
                break;
            case Watch:
                LookForProgress();
                break;
            case WaitDescribed described:
                if (described.Waiting is not null)
                    _waits.Add(described.Waiting);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message) => Fail($"The clock failed in slot {_slot}: {reason.Message}", reason);

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => EmulationProps.ReportAndRestart;

    /// <summary>Neighbouring zones share a lane, and lanes have about the same number of devices and stations to begin with.</summary>
    private int[] LanesOfZones()
    {
        var weights = _arrivals.Select((devices, zone) => (long)devices.Count + _plan.Stations(zone).Length).ToArray();
        var (lanes, total, before) = (NodeSettings.Lanes(Context.System), weights.Sum(), 0L);
        return Array.ConvertAll(weights, weight =>
        {
            before += weight;
            return (int)(lanes * (before - weight / 2) / total); // by the zone's middle
        });
    }

    private void StartRun()
    {
        _started = Stopwatch.GetTimestamp();
        _slotDone = true;
        BeginNextSlotIfDue();
    }

    private void CompleteSlot()
    {
        var report = _ledger.Close(_slot);
        _digest.AppendData(report.Digest);
        _total.Add(report.Total);
        (_utilisation, _lastQueue) = (_utilisation + report.UtilisationMean, report.Total.DeficitQueue);
        _completed++;
        _systemTwin.Tell(new TwinsReported(_slot, _ledger.TakeTwins()), Self);
        _observer.Tell(report, Self);
        _slotDone = true;
        BeginNextSlotIfDue();
    }

    private bool _pacing;

    private void BeginNextSlotIfDue()
    {
        if (!_slotDone || _closing)
            return;
        if (_stopping || _slot + 1 == _plan.World.Scenario.Slots)
        {
            if (_ended == 0)
                _ended = Stopwatch.GetTimestamp();
            if (_taken < _slot)
                return; // the observer has not seen all of it yet
            _closing = true;
            _pending = _zones.Length;
            foreach (var zone in _zones)
                zone.Tell(new CloseZone(), Self);
            return;
        }

        if (_slot + 1 - ReportsAhead > _taken || MustWaitForPace())
            return;
        _slotDone = false;
        _slot++;
        _pending = _zones.Length;
        for (var zone = 0; zone < _zones.Length; zone++)
        {
            _arrivals[zone].Sort(static (a, b) => a.Device.CompareTo(b.Device));
            _zones[zone].Tell(new BeginSlot(_slot, _arrivals[zone]), Self);
        }

        ClearArrivals();
    }

    /// <summary>Emulated time runs at a factor of wall-clock time: only when a slot is begun depends on it.</summary>
    private bool MustWaitForPace()
    {
        var scenario = _plan.World.Scenario;
        if (_pacing || scenario.Pace == 0)
            return _pacing;
        var due = TimeSpan.FromSeconds((_slot + 1) * scenario.SlotLengthSeconds / scenario.Pace) - Stopwatch.GetElapsedTime(_started);
        if (due <= TimeSpan.Zero)
            return false;
        _pacing = true;
        Timers.StartSingleTimer("pace", Pace.Due, due);
        return true;
    }

    private void Finish()
    {
        var scenario = _plan.World.Scenario;
        _outcome.TrySetResult(new RunOutcome(
            _completed, _digest.GetHashAndReset(), _total, _latencies, _lastQueue / scenario.Devices.Count,
            _completed == 0 ? double.NaN : _utilisation / _completed, _cancelled,
            Stopwatch.GetElapsedTime(_created, _started).TotalSeconds, Stopwatch.GetElapsedTime(_started, _ended).TotalSeconds));
    }

    private void Fail(string message, Exception? cause)
    {
        _closing = true;
        _outcome.TrySetException(new EmulationFailedException(message, cause));
    }

    /// <summary>Two looks without progress, with the same things waited for, are a run that is stuck: it fails and says where.</summary>
    private void LookForProgress()
    {
        if (_closing || _pacing || _slotDone)
            return;
        if (_progress == _progressSeen && _waits.Count > 0 && _waits.SetEquals(_waitsSeen))
            Fail($"Nothing moved for {_options.StuckAfterSeconds} s in slot {_slot}. {string.Join("; ", _waits)}.", null);
        _silentLooks = _progress == _progressSeen ? _silentLooks + 1 : 0;
        if (_silentLooks > LooksOfPatience)
            Fail($"Nothing moved for {LooksOfPatience / 2 * _options.StuckAfterSeconds} s in slot {_slot}, and no zone says why.", null);
        _waitsSeen.Clear();
        _waitsSeen.UnionWith(_progress == _progressSeen ? _waits : []);
        _waits.Clear();
        _progressSeen = _progress;
        foreach (var zone in _zones)
            zone.Tell(new DescribeWait(), Self);
    }

    private void ClearArrivals()
    {
        for (var zone = 0; zone < _arrivals.Length; zone++)
            _arrivals[zone] = [];
    }

    private enum Watch { Tick }

    private enum Pace { Due }
}
