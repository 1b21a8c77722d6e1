using Akka.Actor;
using Diten.Actors.Runtime;
using Diten.Model;
using Diten.Model.BaseStations;
using Diten.Model.Faults;
using Diten.Model.MobileDevices;

namespace Diten.Actors;

/// <summary>The actors of a zone's stations, servers and twins, made here as children of the zone; and those of its devices, on shelves that a pool lends.</summary>
internal sealed class ZoneEntities
{
    private const int DevicesPerShelf = 100;

    /// <summary>Shelves that make devices at the same time.</summary>
    private const int ShelvesAtOnce = 4;

    /// <summary>Devices that a shelf adopts in one slot, hardly ever more; for these there is always room.</summary>
    private const int MostKept = 128;

    private readonly IUntypedActorContext _context;
    private readonly ZoneStart _start;
    private readonly ZoneDirectory _directory;
    private readonly WireUp _introduction;
    private readonly Queue<(IActorRef Shelf, object Message)> _forShelves = [];
    private readonly List<(IActorRef Shelf, List<MobileDeviceState> Adopts)> _shelves = [];

    public ZoneEntities(ZoneStart start, IUntypedActorContext context)
    {
        (_context, _start) = (context, start);
        _directory = new ZoneDirectory(start.Plan, start.Zone, context.Self);
        var (plan, world, zone) = (start.Plan, start.Plan.World, start.Zone);
        Create(EntityKind.Station, plan.Stations(zone), s => new BaseStationActor(
            world, s, start.Run.Options.DeviceRecordsEvery, start.Run.Options.Training ? new DecisionLog() : null));
        Create(EntityKind.Server, plan.Servers(zone), s => new EdgeServerActor(world, s));
        Create(EntityKind.Twin, plan.Twins(zone), s => new ServerTwinActor(world, s, start.Run.Options.TwinJournal));
        Work = new Workspace(world.Scenario.Decisions.Candidates)
        {
            Tally = world.Faults.IsEmpty ? null : new FaultTally(world.Faults.All.Count),
        };
        _introduction = new WireUp(_directory, Work);
        foreach (var kind in Enum.GetValues<EntityKind>())
            foreach (var entity in _directory.All(kind))
                entity.Tell(_introduction, context.Self);
    }

    /// <summary>Memory that all of them share.</summary>
    public Workspace Work { get; }

    /// <summary>Entities of a kind, in the order of their ids.</summary>
    public IActorRef[] All(EntityKind kind) => _directory.All(kind);

    public IActorRef this[EntityKind kind, int id] => _directory[kind, id];

    /// <inheritdoc cref="ZoneDirectory.ServersInReach"/>
    public int[] ServersInReach => _directory.ServersInReach;

    /// <summary>Tells an entity's new actor who is who.</summary>
    public void Introduce(EntityKind kind, int id) => _directory[kind, id].Tell(_introduction, _context.Self);

    /// <summary>Whether there are shelves for devices.</summary>
    public bool HasShelves => _shelves.Count > 0;

    /// <summary>Asks the pool for shelves, on which so many devices have room.</summary>
    public void AskForShelves(int devices) => _start.DevicePool.Tell(
        new LendShelves(_start.Epoch, Math.Max(1, (devices + DevicesPerShelf - 1) / DevicesPerShelf), new UseShelf(_directory)), _context.Self);

    /// <summary>The pool has lent shelves.</summary>
    public void Take(ShelvesLent lent)
    {
        foreach (var shelf in lent.Shelves)
            _shelves.Add((shelf, []));
    }

    /// <summary>Devices that begin here, before slot 0.</summary>
    public void Begin(IReadOnlyList<int> devices)
    {
        var lots = new List<int>[_shelves.Count];
        for (var i = 0; i < devices.Count; i++)
            (lots[devices[i] % lots.Length] ??= []).Add(devices[i]);
        for (var i = 0; i < lots.Length; i++)
            if (lots[i] is { } lot)
                _forShelves.Enqueue((_shelves[i].Shelf, new BeginDevices(lot)));
        for (var i = 0; i < ShelvesAtOnce; i++)
            GoOnAdopting();
    }

    /// <summary>
    /// Lets the next shelf have what is for it; a shelf has made all its devices. One after the other, so that what they need to be made is gone before
    /// there is more of it.
    /// </summary>
    public void GoOnAdopting()
    {
        if (_forShelves.TryDequeue(out var next))
            next.Shelf.Tell(next.Message, _context.Self);
    }

    /// <summary>Devices that are new to this zone get actors, on all shelves alike, so that a crowd does not fill one. Not before all have that came before.</summary>
    public void Adopt(IReadOnlyList<MobileDeviceState> devices)
    {
        for (var i = 0; i < _shelves.Count; i++)
            if (_shelves[i].Adopts.Capacity > MostKept)
                _shelves[i] = (_shelves[i].Shelf, []); // a checkpoint's: so many never come again
            else
                _shelves[i].Adopts.Clear();
        for (var i = 0; i < devices.Count; i++)
            _shelves[devices[i].Device % _shelves.Count].Adopts.Add(devices[i]);
        foreach (var (shelf, adopts) in _shelves)
            if (adopts.Count > 0)
                _forShelves.Enqueue((shelf, new AdoptDevices(adopts)));
        for (var i = 0; i < ShelvesAtOnce; i++)
            GoOnAdopting();
    }

    private void Create(EntityKind kind, ReadOnlySpan<int> ids, Func<int, ActorBase> entity)
    {
        var refs = _directory.All(kind);
        for (var i = 0; i < ids.Length; i++)
        {
            var id = ids[i];
            refs[i] = _context.ActorOf(
                EmulationProps.Child(Props.CreateBy(new EntityProducer(() => entity(id))), _context), $"{kind.ToString().ToLowerInvariant()}-{id}");
        }
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
