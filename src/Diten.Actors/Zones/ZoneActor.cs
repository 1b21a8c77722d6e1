using Akka.Actor;
using Akka.Persistence;
using Diten.Actors.Metering;
using Diten.Actors.Runtime;
using Diten.Model;
using Diten.Model.BaseStations;
using Diten.Model.EdgeServers;
using Diten.Model.Scenarios;
using Diten.Model.Statistics;

namespace Diten.Actors;

/// <summary>
/// Root of the entities of one tile of the city. It leads them through the phases of a slot: a phase ends for a zone when its own entities are
/// done and all neighbours have sent their <see cref="ZoneExchange"/> of that phase.
/// </summary>
internal sealed partial class ZoneActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly ZoneStart _start;
    private readonly CityPlan _plan;
    private readonly int _id;
    private readonly IActorRef _clock;
    private readonly IReadOnlyList<(PhaseKind Kind, int Round)> _slotPlan;
    private readonly Courier _courier = new(Context.System);
    private readonly NeighbourExchanges _exchanges;
    private readonly ZoneOutboxes _outboxes;
    private readonly ZoneKeeper? _keeper;
    private IActorRef? _learner;
    private EpisodeBatch? _episodes; // of the last slot: the learner may ask for it again, until it has completed the slot too
    private readonly StationRoll _stations;
    private readonly PhaseRoll _waitingFor;
    private readonly Pigeonholes _mail;
    private ZoneEntities _entities = null!; // from StartZone on
    private NoticeBoard _board = null!; // likewise

    private Phase _phase;
    private bool _starting = true;
    private bool _localDone, _idle, _closing, _told;
    private Phase? _seenWaiting;
    private BeginSlot? _next;
    private object? _lastWord; // why the epoch or the run cannot go on

    private ZoneSlotResults _results;
    private ZoneSlotCompleted? _completed;
    private LatencyHistogram _latencies = new();
    private LatencyHistogram? _regrets; // where they are measured

    public ZoneActor(ZoneStart start)
    {
        (_start, _plan, _id, _clock) = (start, start.Plan, start.Zone, start.Clock);
        _slotPlan = Phase.OfASlot(_plan.World.Scenario.Decisions.Rounds, _plan.World.Scenario.Radio.Channels > 0);
        _phase = new Phase(start.FromSlot - 1, -1, PhaseKind.Attach, -1);
        _outboxes = new ZoneOutboxes(_plan, _id);
        _results = new ZoneSlotResults(_plan, _id);
        _regrets = _plan.World.Scenario.MeasuresRegret ? new() : null;
        (_twinsMove, _serversAnswer) = (_plan.World.Faults.StationsKeepEstimates, _plan.World.Scenario.Decisions.OnDesync == DesyncResponse.Query);
        _exchanges = new NeighbourExchanges(Self, _courier);
        (_stations, _waitingFor, _mail) = (new StationRoll(_plan, _id), new PhaseRoll(_plan, _id), new Pigeonholes(_plan, _id));
        if (start.Run.Options is { CheckpointEverySlots: > 0 } or { TwinJournal: true })
            _keeper = new ZoneKeeper(start, Context);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PhaseDone done:
                Take(done);
                break;
            case ZoneExchange exchange:
                _exchanges.Admit(exchange);
                FinishIfAllDone();
                break;
            case Parcel parcel:
                if (_courier.Receive(parcel, Sender) is { } whole)
                    OnReceive(whole);
                break;
            case BeginSlot begin:
                Take(begin);
                break;
            case DevicesAdopted adopted:
                Take(adopted);
                break;
            case ShelvesLent lent:
                Take(lent);
                break;
            case StartZone start when _entities is null:
                Start(start);
                break;
            case StartZone: // said again: the answer is on its way, or was lost
                if (!_starting)
                    _clock.Tell(new ZoneReady(_id, _start.Epoch), Self);
                break;
            case WriteCheckpoint write:
                Take(write);
                break;
            case ResendExchange wanted:
                _exchanges.Resend(wanted);
                break;
            case Look:
                if (_localDone && _phase == _seenWaiting)
                    _exchanges.AskAgain(_id, _phase);
                _seenWaiting = _localDone ? _phase : null;
                break;
            case EntityFailed failed:
                if (!RecallTwin(Sender))
                    GiveUp(failed with { Entity = $"{failed.Entity} (zone {_id}, {_phase})", Epoch = _start.Epoch });
                break;
            case EpochBroken broken:
                GiveUp(broken);
                break;
            case DescribeWait when _lastWord is not null: // the clock has not heard
                _clock.Tell(_lastWord, Self);
                break;
            case DescribeWait:
                ExplainWait();
                break;
            case ResendEpisodes again:
                if (_episodes?.Slot == again.Slot)
                    _courier.Send(Sender, _episodes, Self);
                break;
            case CloseZone:
                Close();
                break;
            default:
                if (_keeper?.On(message) is { } kept)
                    Take(kept);
                else
                    Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => EmulationProps.ReportAndRestart;

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message)
    {
        _clock.Tell(new EntityFailed($"zone {_id} ({_phase})", message.GetType().Name, reason, _start.Epoch), Self);
        base.PreRestart(reason, message);
    }

    /// <inheritdoc/>
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        _lastWord = new EntityFailed($"zone {_id}", "a message before it was restarted", reason, _start.Epoch);
    }

    /// <summary>Tells the clock that this zone cannot go on, and once more whenever it asks.</summary>
    private void GiveUp(object word)
    {
        _lastWord = word;
        _clock.Tell(word, Self);
    }

    private void Take(KeeperEvent kept)
    {
        switch (kept)
        {
            case KeeperEvent.Kept:
                if (!_told)
                    TellCompletedIfKept();
                TellClosedIfKept();
                break;
            case KeeperEvent.Restored restored:
                Restore(restored.Checkpoint);
                break;
            case KeeperEvent.TwinBack back:
                RestoreTwin(back.Recalled, back.Told);
                break;
            case KeeperEvent.Broken broken:
                GiveUp(broken.Word);
                break;
        }
    }

    /// <summary>Writes a checkpoint between two slots; said again, it is answered again.</summary>
    private void Take(WriteCheckpoint write)
    {
        if (_keeper!.Knows(write.Slot))
        {
            _keeper.TellWrittenAgain(write.Slot);
        }
        else if (_idle && write.Slot == _phase.Slot + 1) // else it is late, and of a slot that is over
        {
            _keeper.BeginCheckpoint(write.Slot, write.Arrivals);
            CollectCheckpoint();
        }
    }

    private bool Collects => _phase.Kind == PhaseKind.Checkpoint && _waitingFor.Count > 0;

    /// <summary>Makes the zone what it was at a checkpoint.</summary>
    private void Restore(ZoneCheckpoint checkpoint)
    {
        foreach (var station in checkpoint.Stations)
            _entities[EntityKind.Station, station.Station].Tell(station, Self);
        foreach (var server in checkpoint.Servers)
            _entities[EntityKind.Server, server.Server].Tell(server, Self);
        var links = checkpoint.TwinLinks.ToDictionary(saved => saved.Server);
        foreach (var twin in checkpoint.Twins)
            _entities[EntityKind.Twin, twin.Server].Tell(new TwinSaved(twin) { Links = links.GetValueOrDefault(twin.Server) }, Self);
        (_latencies, _regrets) = (checkpoint.Latencies.Copy(), checkpoint.Regrets?.Copy()); // a store in memory gives the same checkpoint again
        _restored = [.. checkpoint.Stations.SelectMany(station => station.Devices), .. checkpoint.Arrivals];
        _entities.AskForShelves(_restored.Count);
    }

    /// <summary>Collects a checkpoint; the slot that comes next waits until all entities have told what they are.</summary>
    private void CollectCheckpoint() => Begin(new Phase(_phase.Slot, _slotPlan.Count, PhaseKind.Checkpoint, -1));

    /// <summary>Tells the clock that the slot is done, once the journal allows it.</summary>
    private void TellCompletedIfKept()
    {
        if (_completed is null || _keeper?.MayComplete(_completed.Slot) == false)
            return;
        if (!_told && Instruments.OfProcess.DeviceSlots.Enabled)
            Instruments.OfProcess.DeviceSlots.Add(_completed.Stations.Sum(static station => station.Totals.Devices));
        _courier.Send(_clock, _completed, Self);
        _told = true;
    }

    private void Close()
    {
        _closing = true;
        _keeper?.WriteTwins();
        TellClosedIfKept();
    }

    /// <summary>Tells the clock that the zone is at its end, once the journal has the last slot of the twins.</summary>
    private void TellClosedIfKept()
    {
        if (_closing && _keeper?.IsKept != false)
            _courier.Send(_clock, new ZoneClosed(_id, _start.Epoch, _latencies) { Regrets = _regrets }, Self);
    }

    private void Start(StartZone start)
    {
        _exchanges.Connect(start.Neighbours);
        _learner = start.Learner;
        if (start.Neighbours.Any(neighbour => Courier.IsRemote(neighbour.Ref)))
            Timers.StartPeriodicTimer("look", Look.Now, LookEvery);
        _entities = new ZoneEntities(_start, Context);
        _board = new NoticeBoard(_entities.ServersInReach);
        if (_start.FromSlot > 0)
        {
            _keeper!.LoadCheckpoint();
            return;
        }

        foreach (var (server, devices) in _start.Devices.Presence)
            _outboxes.Add(new ZoneMail(EntityKind.Server, server, new CountPresence(server, devices)));
        _entities.AskForShelves(_start.Devices.Ids.Count);
    }

    private void Take(BeginSlot begin)
    {
        if (begin.Slot <= _phase.Slot) // said again, since the clock has not heard
        {
            if (begin.CheckpointFirst)
                _keeper!.TellWrittenAgain(begin.Slot);
            if (begin.Slot == _completed?.Slot)
                TellCompletedIfKept();
            return;
        }

        if (Collects)
        {
            _next = begin; // it begins when all entities have told what they are
            return;
        }

        if (begin.CheckpointFirst && !_keeper!.Knows(begin.Slot))
        {
            _next = begin;
            _keeper.BeginCheckpoint(begin.Slot, begin.Arrivals);
            CollectCheckpoint();
            return;
        }

        _start.Tidying?.Once();
        (_results, _completed, _next, _idle, _told) = (new ZoneSlotResults(_plan, _id), null, null, false, false);
        _exchanges.BeginSlot(begin.Slot);
        _phase = new Phase(begin.Slot, -1, PhaseKind.Attach, -1);
        if (begin.Policy is not null)
        {
            var use = new UsePolicy(new TrainingPolicy(begin.Policy, _plan.World)); // the same for all
            foreach (var station in _entities.All(EntityKind.Station))
                station.Tell(use, Self);
        }

        Adopt(begin.Arrivals);
        ContinueIfSettled();
    }

    private void ExplainWait()
    {
        if (_waitingFor.Count > 0)
        {
            var (kind, id) = _waitingFor.First();
            _clock.Tell(Waits($"waits for {_waitingFor.Count} entities, first {kind} {id}"), Self);
            _entities[kind, id].Tell(new DescribeWait(), _clock);
            return;
        }

        _clock.Tell(
            _adopting > 0 ? Waits($"waits for {_adopting} devices to be attached")
            : _localDone ? Waits($"waits for zones {string.Join(", ", _exchanges.Silent(_phase))}")
            : _keeper?.ExplainWait() is { } waiting ? Waits(waiting)
            : _entities is { HasShelves: false } ? Waits("waits for room for its devices")
            : new WaitDescribed(null, _start.Epoch),
            Self);
    }

    private WaitDescribed Waits(string what) => new($"zone {_id}, {_phase}: {what}", _start.Epoch);

    private enum Look { Now }
}
