using Akka.Actor;
using Diten.Actors.Runtime;
using Diten.Model;
using Diten.Model.EdgeServers;
using Diten.Model.MobileDevices;
using Diten.Model.ServerTwins;
using Diten.Model.Statistics;

namespace Diten.Actors;

/// <summary>
/// Root of the entities of one tile of the city. It leads them through the phases of a slot: a phase ends for a zone when its own entities are
/// done and all neighbours have sent their <see cref="ZoneExchange"/> of that phase.
/// </summary>
public sealed class ZoneActor : UntypedActor
{
    private const int DevicesPerShelf = 1000;

    private readonly CityPlan _plan;
    private readonly int _id;
    private readonly long _epoch;
    private readonly EmulationOptions _options;
    private readonly IReadOnlyList<MobileDeviceState> _devices;
    private readonly ISyncLink _link;
    private readonly IReadOnlyList<(PhaseKind Kind, int Round)> _slotPlan;
    private readonly ZoneDirectory _directory;
    private readonly Dictionary<int, IActorRef> _neighbours = [];
    private readonly List<IActorRef> _shelves = [];
    private readonly IActorRef _clock;

    private Phase _phase = new(-1, -1, PhaseKind.Attach, -1);
    private readonly HashSet<(EntityKind Kind, int Id)> _waitingFor = [];
    private int _adopting, _begun;
    private bool _localDone;
    private readonly Dictionary<(int Slot, int Index), List<ZoneExchange>> _received = [];
    private readonly ZoneOutboxes _outboxes;
    private readonly ulong[] _rounds;

    private ZoneSlotResults _results = new();
    private readonly LatencyHistogram _latencies = new();

    /// <param name="devices">Those attached to its stations before slot 0.</param>
    public ZoneActor(
        CityPlan plan, int id, long epoch, EmulationOptions options, ISyncLink link, IReadOnlyList<MobileDeviceState> devices, IActorRef clock)
    {
        (_plan, _id, _epoch, _options, _link, _devices, _clock) = (plan, id, epoch, options, link, devices, clock);
        _slotPlan = Phase.OfASlot(plan.World.Scenario.Decisions.Rounds, plan.World.Scenario.Radio.Channels > 0);
        _directory = new ZoneDirectory(plan, id, Self);
        _outboxes = new ZoneOutboxes(plan, id);
        _rounds = new ulong[plan.Stations(id).Length];
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PhaseDone done:
                Take(done);
                break;
            case ZoneExchange exchange:
                Take(exchange);
                break;
            case BeginSlot begin:
                _results = new ZoneSlotResults();
                _phase = new Phase(begin.Slot, -1, PhaseKind.Attach, -1);
                Adopt(begin.Arrivals);
                ContinueIfSettled();
                break;
            case DevicesAdopted adopted:
                _adopting -= adopted.Count;
                ContinueIfSettled();
                break;
            case StartZone start:
                Start(start);
                break;
            case EntityFailed failed:
                _clock.Tell(failed with { Entity = $"{failed.Entity} (zone {_id}, {_phase})" }, Self);
                break;
            case DescribeWait:
                ExplainWait();
                break;
            case CloseZone:
                Sender.Tell(new ZoneClosed(_id, _epoch, _latencies), Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => EmulationProps.ReportAndRestart;

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message)
    {
        _clock.Tell(new EntityFailed($"zone {_id} ({_phase})", message.GetType().Name, reason), Self);
        base.PreRestart(reason, message);
    }

    private void Start(StartZone start)
    {
        foreach (var neighbour in start.Neighbours)
            _neighbours[neighbour.Zone] = neighbour.Ref;
        var world = _plan.World;
        Create(EntityKind.Station, _plan.Stations(_id), s => new BaseStationActor(world, s, _options.DeviceRecordsEvery));
        Create(EntityKind.Server, _plan.Servers(_id), s => new EdgeServerActor(world, s, _link));
        Create(EntityKind.Twin, _plan.Twins(_id), s => new ServerTwinActor(world, s));
        var wire = new Wire(_directory);
        foreach (var kind in Enum.GetValues<EntityKind>())
            foreach (var entity in _directory.All(kind))
                entity.Tell(wire, Self);

        var shelves = Math.Max(1, (_devices.Count + DevicesPerShelf - 1) / DevicesPerShelf);
        var shelf = EmulationProps.Child(Props.Create(() => new DeviceShelfActor(_directory)), Context);
        for (var i = 0; i < shelves; i++)
            _shelves.Add(Context.ActorOf(shelf, $"shelf-{i}"));
        Adopt(_devices);
        foreach (var presence in _devices.GroupBy(d => d.LastTask).OrderBy(g => g.Key))
            _outboxes.Add(new ZoneMail(EntityKind.Server, presence.Key, new CountPresence(presence.Key, presence.Count())));
        ContinueIfSettled();
    }

    private void Create(EntityKind kind, ReadOnlySpan<int> ids, Func<int, ActorBase> entity)
    {
        var refs = _directory.All(kind);
        for (var i = 0; i < ids.Length; i++)
        {
            var id = ids[i];
            refs[i] = Context.ActorOf(
                EmulationProps.Child(Props.CreateBy(new EntityProducer(() => entity(id))), Context), $"{kind.ToString().ToLowerInvariant()}-{id}");
        }
    }

    /// <summary>Devices that are new to this zone get actors; shelves hold them by their station, so that a crowd does not fill one shelf.</summary>
    private void Adopt(IReadOnlyList<MobileDeviceState> devices)
    {
        _adopting += devices.Count;
        foreach (var lot in devices.GroupBy(d => d.Device % _shelves.Count).OrderBy(g => g.Key))
            _shelves[lot.Key].Tell(new AdoptDevices([.. lot]), Self);
    }

    /// <summary>Goes on once all devices that came are attached: with the next phase, or with word to the clock.</summary>
    private void ContinueIfSettled()
    {
        if (_adopting > 0)
            return;
        var plan = _phase.Slot < 0 ? Phase.BeforeTheRun : _slotPlan;
        var next = _phase.Index + 1;
        if (next < plan.Count)
            Begin(new Phase(_phase.Slot, next, plan[next].Kind, plan[next].Round));
        else if (_phase.Slot < 0)
            _clock.Tell(new ZoneReady(_id, _epoch), Self);
        else
            _clock.Tell(_results.ToCompleted(_id, _epoch, _phase.Slot, _outboxes.TakeTravellers()), Self);
    }

    private void Begin(Phase phase)
    {
        _phase = phase;
        (_localDone, _begun) = (false, 0);
        var begin = new BeginPhase(phase);
        switch (phase.Kind)
        {
            case PhaseKind.Attach:
                break;
            case PhaseKind.Report:
                BeginNextStation();
                break;
            case PhaseKind.Decide:
                BeginForStationsWithWork(begin);
                break;
            case PhaseKind.Learn or PhaseKind.PublishFirst:
                BeginFor(EntityKind.Twin, begin);
                break;
            case PhaseKind.Prime or PhaseKind.Migrate or PhaseKind.Execute:
                BeginFor(EntityKind.Server, begin);
                break;
            case PhaseKind.Complete:
                BeginFor(EntityKind.Twin, begin);
                BeginFor(EntityKind.Station, begin);
                break;
        }

        FinishIfLocalDone();
    }

    private void BeginFor(EntityKind kind, BeginPhase begin)
    {
        var ids = kind switch
        {
            EntityKind.Station => _plan.Stations(_id),
            EntityKind.Server => _plan.Servers(_id),
            _ => _plan.Twins(_id),
        };
        var entities = _directory.All(kind);
        for (var i = 0; i < ids.Length; i++)
        {
            _waitingFor.Add((kind, ids[i]));
            entities[i].Tell(begin, Self);
        }
    }

    /// <summary>Reports are taken one station after the other: its devices are still in the core's cache when it hears and decides.</summary>
    private void BeginNextStation()
    {
        var ids = _plan.Stations(_id);
        if (_begun == ids.Length)
            return;
        _waitingFor.Add((EntityKind.Station, ids[_begun]));
        _directory.Station(ids[_begun++]).Tell(new BeginPhase(_phase), Self);
    }

    private void BeginForStationsWithWork(BeginPhase begin)
    {
        var ids = _plan.Stations(_id);
        for (var i = 0; i < ids.Length; i++)
        {
            if ((_rounds[i] >> begin.Phase.Round & 1) == 0)
                continue;
            _waitingFor.Add((EntityKind.Station, ids[i]));
            _directory.All(EntityKind.Station)[i].Tell(begin, Self);
        }
    }

    private void Take(PhaseDone done)
    {
        if (done.Phase != _phase || !_waitingFor.Remove((done.Kind, done.Id)))
            throw new InvariantViolatedException($"Zone {_id}, {_phase}: {done.Kind} {done.Id} is done with {done.Phase}, which was not asked for.");
        _outboxes.Add(done.Outbox);
        _outboxes.Add(done.Moved);
        switch (done)
        {
            case ReportsDone reports:
                _rounds[_plan.LocalIndex(EntityKind.Station, reports.Id)] = reports.RoundsWithWork;
                BeginNextStation();
                break;
            case ExecutionDone execution:
                _results.Servers.Add(execution.Facts);
                break;
            case TwinPublished twin:
                _results.Twins.Add(twin.Believed);
                break;
            case StationClosed closed:
                _results.Stations.Add(closed.Result);
                _results.Devices.AddRange(closed.Records);
                _latencies.Record(closed.LatencyBins);
                break;
        }

        FinishIfLocalDone();
    }

    private void FinishIfLocalDone()
    {
        if (_localDone || _waitingFor.Count > 0)
            return;
        _localDone = true;
        foreach (var (neighbour, zone) in _neighbours)
            zone.Tell(_outboxes.TakeExchange(neighbour, _phase), Self);
        FinishIfAllDone();
    }

    private void Take(ZoneExchange exchange)
    {
        var key = (exchange.Slot, exchange.PhaseIndex);
        if (!_received.TryGetValue(key, out var received))
            _received[key] = received = [];
        received.Add(exchange);
        FinishIfAllDone();
    }

    private void FinishIfAllDone()
    {
        if (!_localDone)
            return;
        if (_neighbours.Count > 0)
        {
            if (!_received.TryGetValue((_phase.Slot, _phase.Index), out var received) || received.Count < _neighbours.Count)
                return;
            _received.Remove((_phase.Slot, _phase.Index));
            received.Sort(static (a, b) => a.From.CompareTo(b.From));
            foreach (var exchange in received)
            {
                foreach (var mail in exchange.Mails)
                    _directory[mail.Kind, mail.Id].Tell(mail.Message, Self);
                Adopt(exchange.Devices);
            }
        }

        foreach (var mail in _outboxes.TakeLocal())
            _directory[mail.Kind, mail.Id].Tell(mail.Message, Self);
        _localDone = false;
        ContinueIfSettled();
    }

    private void ExplainWait()
    {
        if (_waitingFor.Count > 0)
        {
            var (kind, id) = _waitingFor.Min();
            _clock.Tell(new WaitDescribed($"zone {_id}, {_phase}: waits for {_waitingFor.Count} entities, first {kind} {id}"), Self);
            _directory[kind, id].Tell(new DescribeWait(), _clock);
            return;
        }

        var heard = _received.GetValueOrDefault((_phase.Slot, _phase.Index))?.Select(e => e.From) ?? [];
        var silent = _neighbours.Keys.Except(heard).Order().ToArray();
        _clock.Tell(
            new WaitDescribed(_adopting > 0
                ? $"zone {_id}, {_phase}: waits for {_adopting} devices to be attached"
                : _localDone ? $"zone {_id}, {_phase}: waits for zones {string.Join(", ", silent)}" : null),
            Self);
    }

    private sealed class EntityProducer(Func<ActorBase> produce) : IIndirectActorProducer
    {
        public Type ActorType => typeof(ActorBase);

        public ActorBase Produce() => produce();

        public void Release(ActorBase actor)
        {
        }
    }
}
