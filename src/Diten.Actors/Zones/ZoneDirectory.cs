using Akka.Actor;
using Diten.Model;

namespace Diten.Actors;

/// <summary>The local entities of a zone, for plain tells; written once, before anyone reads it.</summary>
internal sealed class ZoneDirectory(CityPlan plan, int zoneId, IActorRef zone)
{
    private readonly IActorRef[] _stations = new IActorRef[plan.Stations(zoneId).Length];
    private readonly IActorRef[] _servers = new IActorRef[plan.Servers(zoneId).Length];
    private readonly IActorRef[] _twins = new IActorRef[plan.Twins(zoneId).Length];

    public CityPlan Plan => plan;

    public int ZoneId => zoneId;

    public IActorRef Zone => zone;

    /// <summary>Entities of a kind, in the order of their ids.</summary>
    public IActorRef[] All(EntityKind kind) => kind switch
    {
        EntityKind.Station => _stations,
        EntityKind.Server => _servers,
        _ => _twins,
    };

    /// <summary>A base station of this zone.</summary>
    public IActorRef Station(int id) => _stations[plan.LocalIndex(EntityKind.Station, id)];

    /// <summary>An entity of this zone.</summary>
    public IActorRef this[EntityKind kind, int id] => All(kind)[plan.LocalIndex(kind, id)];

    /// <summary>Servers in reach of the zone's stations, ascending: the places of <see cref="Notices"/>.</summary>
    public int[] ServersInReach { get; } = FindServersInReach(plan, zoneId);

    public bool IsLocal(EntityKind kind, int id) => plan.ZoneOf(kind, id) == zoneId;

    private static int[] FindServersInReach(CityPlan plan, int zone)
    {
        var servers = new SortedSet<int>();
        foreach (var station in plan.Stations(zone))
            servers.UnionWith(plan.World.Reach.ServersOf(new StationId(station)).ToArray());
        return [.. servers];
    }
}
