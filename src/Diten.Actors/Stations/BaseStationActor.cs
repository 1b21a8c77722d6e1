using Akka.Actor;
using Diten.Actors.Runtime;
using Diten.Model;
using Diten.Model.BaseStations;
using Diten.Model.EdgeServers;
using Diten.Model.Learning;
using Diten.Model.MobileDevices;
using Diten.Model.Records;
using Diten.Model.ServerTwins;
using Diten.Model.SystemTwin;
using Diten.Model.Worlds;

namespace Diten.Actors;

/// <summary>Hosts one base station: asks its devices, decides for them, and closes their slot; the rules are in <see cref="BaseStation"/>.</summary>
/// <param name="log">Takes note of decisions for a learner; null = nobody learns.</param>
internal sealed class BaseStationActor(World world, int station, int deviceRecordsEvery, DecisionLog? log = null) : ZoneEntityActor(EntityKind.Station, station)
{
    private readonly BaseStationState _state = new(world, station);
    private readonly bool _interference = world.Scenario.Radio.Channels > 0;
    private readonly List<MobileDeviceState> _moved = [];
    private int[]? _places; // of its reach on the zone's board
    private Phase? _phase;
    private int[]? _placements;
    private List<ReportPlacements>? _reports;
    private int _releasing;
    private ulong _marks;
    private MobileDeviceState[] _saved = [];
    private int _unsaved;
    private readonly List<ushort> _bins = [];
    private readonly List<ushort>? _regretBins = world.Scenario.MeasuresRegret ? [] : null;
    private MovingDevice[] _sent = [];
    private IReadOnlyList<DeviceSlotRecord> _records = [];
    private DecisionRows? _decisions;
    private DeviceSighting[]? _sightings;

    /// <inheritdoc/>
    protected override bool Handle(object message)
    {
        switch (message)
        {
            case OffloadRequest request:
                CheckSlot(request.Slot, nameof(OffloadRequest));
                if (BaseStation.Admit(_state, request.Seat, request.Report))
                    FinishReports();
                return true;
            case BeginPhase { Phase: var phase } begin:
                _phase = phase;
                if (begin.Notices is { } notices)
                    Read(notices);
                Begin(phase);
                return true;
            case TwinEstimate estimate:
                StationDecisions.Apply(_state, estimate);
                return true;
            case InterferenceSums sums:
                _state.Heard.Add(sums);
                return true;
            case TasksExecuted executed:
                CheckSlot(executed.Slot, nameof(TasksExecuted));
                StationCompletion.Admit(_state, executed);
                return true;
            case UsePolicy { Policy: var policy }:
                log!.Use(policy);
                return true;
            case DevicesArriving arriving:
                _state.Arrivals.AddRange(arriving.Devices.Span);
                return true;
            case DeviceStateTold told:
                Save(told);
                return true;
            case StationSaved saved:
                saved.RestoreTo(_state);
                return true;
            case DeviceReleased released:
                if (_releasing == 0)
                    throw new InvariantViolatedException($"{this}, slot {_state.Slot}: device {released.State.Device} was let go, but nobody asked it to.");
                _moved.Add(released.State);
                if (--_releasing == 0)
                    Close();
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    protected override string? ExplainWait()
    {
        for (var i = 0; i < _state.Attached && _phase?.Kind == PhaseKind.Report; i++)
            if (!_state.Turns[i].Reported)
                return $"{this} waits for the report of device {_state.Seats[i].Device}";
        return null;
    }

    /// <summary>Takes note of what is new on the zone's board.</summary>
    private void Read(Notices notices)
    {
        _places ??= Array.ConvertAll(_state.Reach, server => Array.BinarySearch(Post.Directory.ServersInReach, server));
        for (var k = 0; k < _places.Length; k++)
        {
            if (notices.Estimates[_places[k]] is { } estimate && !ReferenceEquals(estimate, _state.Estimates[k]))
                StationDecisions.Apply(_state, estimate);
            if (notices.Answers?[_places[k]] is { } answer && !ReferenceEquals(answer, _state.QueryAnswers?[k]))
                StationDecisions.Apply(_state, answer);
            if (notices.Measured?[_places[k]] is not { } measured)
                continue;
            if (_phase!.Kind == PhaseKind.Complete)
                CheckSlot(measured.Slot, nameof(ServerMeasured)); // earlier in a slot the board still has the last one's
            if (!ReferenceEquals(measured, _state.Measured?[k]))
                StationDecisions.Apply(_state, measured);
        }
    }

    private void Begin(Phase phase)
    {
        switch (phase.Kind)
        {
            case PhaseKind.Report:
                BaseStation.BeginSlot(_state, phase.Slot);
                (_placements, _reports) = (null, null); // the last round's are told
                log?.BeginSlot(_state.Attached);
                SendBeacons(phase.Slot);
                if (_state.Attached == 0)
                    FinishReports();
                break;
            case PhaseKind.Decide:
                if (!_state.UplinksMeasured)
                    BaseStation.MeasureUplinks(_state, world);
                Decide(phase);
                Post.Directory.Zone.Tell(new Decided(Id, phase, Post.TakeOutbox(), _placements) { Reports = _reports }, Self);
                break;
            case PhaseKind.Complete:
                Complete();
                break;
            case PhaseKind.Checkpoint:
                AskDevices();
                break;
            default:
                throw new InvalidOperationException($"{this} has no part in {phase}.");
        }
    }

    private void SendBeacons(int slot)
    {
        var self = Self;
        var seats = _state.Seats.AsSpan(0, _state.Attached);
        for (var i = 0; i < seats.Length; i++)
        {
            FetchAhead(seats[i..]);
            ref readonly var seat = ref seats[i];
            var beacon = BeaconOf(seat.Link);
            (beacon.Slot, beacon.Device, beacon.Seat) = (slot, seat.Device, i);
            beacon.Address.Tell(beacon, self);
        }
    }

    /// <summary>The way to a device's mailbox leads from object to object, none of which is in the cache: each is fetched some devices before it is needed.</summary>
    private static void FetchAhead(ReadOnlySpan<Seat> seats)
    {
        if (seats.Length > 24)
            Prefetch.Of(seats[24].Link, lines: 2);
        if (seats.Length > 16)
            Prefetch.Of(BeaconOf(seats[16].Link).Address, lines: 1);
        if (seats.Length > 8 && BeaconOf(seats[8].Link).Address is LocalActorRef device)
            Prefetch.Of(device.Cell, lines: 4);
    }

    private void FinishReports()
    {
        var rounds = BaseStation.RoundsWithWork(_state, world);
        if (_interference)
        {
            foreach (var sums in BaseStation.Radiate(_state, world, Work.Radiating))
                Post.Send(EntityKind.Station, sums.To, sums);
        }
        else
        {
            BaseStation.MeasureUplinks(_state, world);
            Decide(_phase!);
        }

        Post.Directory.Zone.Tell(new ReportsDone(Id, _phase!, Post.TakeOutbox(), rounds, _placements) { Devices = _state.Attached, Reports = _reports }, Self);
    }

    private void Decide(Phase phase)
    {
        var last = phase.Round == world.Scenario.Decisions.Rounds - 1;
        Span<int> placements = stackalloc int[_state.Reach.Length];
        (_placements, _reports) = (null, null);
        StationDecisions.Decide(_state, world, phase.Round, Work.Batch, placements, log, Work.Tally);
        if (last)
        {
            foreach (var submission in StationDecisions.Submit(_state))
                Post.Send(EntityKind.Server, submission.Server, submission);
            if (!_state.ReportsEveryRound)
                return; // nobody decides on the last round's placements: the servers' own syncs tell the twins
        }

        _placements = placements.ContainsAnyExcept(0) ? placements.ToArray() : null;
        if (_state.Reports is not null)
            _reports = StationReports.Pass(_state, world, phase.Round, placements, Work.Tally);
    }

    private void Complete()
    {
        _bins.Clear();
        _regretBins?.Clear();
        var records = deviceRecordsEvery > 0 ? new List<DeviceSlotRecord>() : null;
        StationCompletion.Complete(_state, world, ref Work.Bytes, _bins, records, deviceRecordsEvery, _regretBins);
        _records = records ?? (IReadOnlyList<DeviceSlotRecord>)[];
        (_decisions, _sightings) = (log?.Rows(_state, world.Scenario), log is null ? null : DecisionLog.Sightings(_state, world.Scenario));
        _marks = 0;
        for (var i = 0; i < _state.Attached; i++)
            _marks += DeviceMark.Of(_state.Seats[i].Device);

        LetDevicesGo();
    }

    /// <summary>To stations of this zone with their actors; for other zones they say what they are, and are free.</summary>
    private void LetDevicesGo()
    {
        _moved.Clear();
        var leaving = Work.Leaving;
        leaving.Clear();
        StationCompletion.ReleaseDevices(_state, world, leaving);
        leaving.Sort(static (a, b) => a.Station != b.Station ? a.Station.CompareTo(b.Station) : a.Device.CompareTo(b.Device));
        if (_sent.Length < leaving.Count)
            _sent = new MovingDevice[leaving.Count + leaving.Count / 2];
        leaving.CopyTo(_sent);
        for (int from = 0, to; from < leaving.Count; from = to)
        {
            var next = leaving[from].Station;
            for (to = from + 1; to < leaving.Count && leaving[to].Station == next;)
                to++;
            if (Post.Directory.IsLocal(EntityKind.Station, next))
            {
                Post.Send(EntityKind.Station, next, new DevicesArriving(next, _sent.AsMemory(from, to - from)));
                continue;
            }

            for (var i = from; i < to; i++)
                BeaconOf(leaving[i].Link).Address.Tell(new ReleaseDevice(leaving[i].Device, leaving[i].Link.Last), Self);
            _releasing += to - from;
        }

        if (_releasing == 0)
            Close();
    }

    private void Close()
    {
        _moved.Sort(static (a, b) => a.Device.CompareTo(b.Device));
        var result = new StationSlot(Id, _state.Totals, (byte[])_state.Digest.Clone(), _marks);
        Post.Directory.Zone.Tell(
            new StationClosed(Id, _phase!, Post.TakeOutbox(), _moved.Count == 0 ? null : _moved, result, _bins, _records)
            {
                Rests = BaseStation.Rests(_state),
                RegretBins = _regretBins,
                Decisions = _decisions,
                Sightings = _sightings,
            },
            Self);
    }

    /// <summary>For a checkpoint: a device knows what it is, all but how its last task ended, which its next beacon would tell.</summary>
    private void AskDevices()
    {
        _saved = new MobileDeviceState[_state.Attached + _state.Arrivals.Count];
        _unsaved = _saved.Length;
        for (var i = 0; i < _saved.Length; i++)
        {
            var (device, link) = At(i);
            BeaconOf(link).Address.Tell(new GetDeviceState(device, i), Self);
        }

        if (_unsaved == 0)
            FinishSaving();
    }

    private void Save(DeviceStateTold told)
    {
        ref var device = ref _saved[told.Place];
        device = told.State;
        var (_, link) = At(told.Place);
        if (link.HasLast)
            MobileDevice.Apply(ref device, link.Last);
        if (--_unsaved == 0)
            FinishSaving();
    }

    private void FinishSaving()
    {
        Array.Sort(_saved, static (a, b) => a.Device.CompareTo(b.Device));
        Post.Directory.Zone.Tell(new EntitySaved(Kind, Id, _phase!, StationSaved.Of(_state, world, _saved)), Self);
        _saved = [];
    }

    /// <summary>A device that is attached, or, behind these, one that has arrived.</summary>
    private (int Device, DeviceLink Link) At(int place)
    {
        if (place < _state.Attached)
            return (_state.Seats[place].Device, _state.Seats[place].Link);
        var arrival = _state.Arrivals[place - _state.Attached];
        return (arrival.Device, arrival.Link);
    }

    /// <summary>The rules keep links without knowing how they work; here, and only here, they are the devices' beacons.</summary>
    private static SlotBeacon BeaconOf(DeviceLink link) => (SlotBeacon)link;

    private void CheckSlot(int slot, string what)
    {
        if (slot != _state.Slot)
            throw new InvariantViolatedException($"{this}, slot {_state.Slot}: {what} of slot {slot}.");
    }
}
