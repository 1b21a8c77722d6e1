using Diten.Model;
using Diten.Model.MobileDevices;
using Diten.Model.Space;
using Diten.Model.Worlds;

namespace Diten.Actors;

/// <summary>Which zone holds which entity, and which zones talk to each other. Immutable, the same on every node.</summary>
public sealed class CityPlan
{
    private readonly int[] _zoneOfServer, _zoneOfTwin, _localStation, _localServer, _localTwin;
    private readonly int[][] _servers, _twins, _neighbours;

    private readonly Lazy<long[]> _weights;

    private CityPlan(World world, ZoneMap zones)
    {
        _weights = new Lazy<long[]>(Weigh);
        (World, Zones) = (world, zones);
        var topology = world.Topology;
        _localStation = new int[topology.StationCount];
        for (var zone = 0; zone < zones.Count; zone++)
        {
            var stations = zones.Stations(new ZoneId(zone));
            for (var i = 0; i < stations.Length; i++)
                _localStation[stations[i]] = i;
        }

        _zoneOfServer = new int[topology.ServerCount];
        _zoneOfTwin = new int[topology.ServerCount];
        for (var server = 0; server < topology.ServerCount; server++)
            _zoneOfServer[server] = zones.ZoneOf(topology.StationOf(new ServerId(server))).Value;
        for (var server = 0; server < topology.ServerCount; server++)
            _zoneOfTwin[server] = _zoneOfServer[world.TwinHosts.HostOf(new ServerId(server)).Value];
        (_servers, _localServer) = Group(_zoneOfServer, zones.Count);
        (_twins, _localTwin) = Group(_zoneOfTwin, zones.Count);
        _neighbours = FindNeighbours();
    }

    public World World { get; }

    public ZoneMap Zones { get; }

    /// <summary>Plans a world's city.</summary>
    public static CityPlan Create(World world) =>
        new(world, ZoneMap.Create(world.Topology, world.Scenario.Zones));

    /// <summary>
    /// Parts that hosts start and the clock leads from slot to slot: the zones, by their ids, and in a training run the learner after them.
    /// </summary>
    public int Parts(bool training) => LearnerPart + (training ? 1 : 0);

    /// <summary>The part that is the learner.</summary>
    public int LearnerPart => Zones.Count;

    /// <summary>Whether a part is the learner, and no zone.</summary>
    public bool IsLearner(int part) => part == LearnerPart;

    /// <summary>Parts that a part exchanges messages with in every slot, ascending: a zone's neighbours; the learner hears all zones.</summary>
    public int[] Partners(int part) => IsLearner(part) ? [.. Enumerable.Range(0, Zones.Count)] : [.. _neighbours[part]];

    /// <summary>Stations of a zone, ascending.</summary>
    public ReadOnlySpan<int> Stations(int zone) => Zones.Stations(new ZoneId(zone));

    /// <summary>Servers at the stations of a zone, ascending.</summary>
    public ReadOnlySpan<int> Servers(int zone) => _servers[zone];

    /// <summary>Servers whose twins are hosted in a zone, ascending.</summary>
    public ReadOnlySpan<int> Twins(int zone) => _twins[zone];

    /// <summary>Entities of a kind in a zone, ascending.</summary>
    public ReadOnlySpan<int> Members(EntityKind kind, int zone) => kind switch
    {
        EntityKind.Station => Stations(zone),
        EntityKind.Server => _servers[zone],
        _ => _twins[zone],
    };

    /// <summary>How much there is to do in each zone before slot 0: its stations and devices.</summary>
    public IReadOnlyList<long> Weights => _weights.Value;

    /// <summary>Devices before slot 0, by zone; null for zones that are not wanted.</summary>
    public FirstDevices?[] InitialDevices(IReadOnlyList<int> zones)
    {
        var first = new FirstDevices?[Zones.Count];
        foreach (var zone in zones)
            first[zone] = new FirstDevices();
        for (var device = 0; device < World.Scenario.Devices.Count; device++)
        {
            var state = MobileDevice.Start(World, device);
            if (first[ZoneOf(EntityKind.Station, state.Station)] is not { } here)
                continue;
            here.Ids.Add(device);
            here.Presence[state.LastTask] = here.Presence.GetValueOrDefault(state.LastTask) + 1;
        }

        return first;
    }

    /// <summary>Zones that a zone exchanges messages with in every phase, ascending.</summary>
    public ReadOnlySpan<int> Neighbours(int zone) => _neighbours[zone];

    /// <summary>The zone that holds an entity.</summary>
    public int ZoneOf(EntityKind kind, int id) => kind switch
    {
        EntityKind.Station => Zones.ZoneOf(new StationId(id)).Value,
        EntityKind.Server => _zoneOfServer[id],
        _ => _zoneOfTwin[id],
    };

    /// <summary>Place of an entity among those of its kind in its zone.</summary>
    public int LocalIndex(EntityKind kind, int id) => kind switch
    {
        EntityKind.Station => _localStation[id],
        EntityKind.Server => _localServer[id],
        _ => _localTwin[id],
    };

    private long[] Weigh()
    {
        var weights = new long[Zones.Count];
        for (var zone = 0; zone < weights.Length; zone++)
            weights[zone] = Stations(zone).Length;
        for (var device = 0; device < World.Scenario.Devices.Count; device++)
            weights[ZoneOf(EntityKind.Station, MobileDevice.Start(World, device).Station)]++;
        return weights;
    }

    private static (int[][] Members, int[] Local) Group(int[] zoneOf, int zones)
    {
        var members = new List<int>[zones];
        for (var zone = 0; zone < zones; zone++)
            members[zone] = [];
        var local = new int[zoneOf.Length];
        for (var id = 0; id < zoneOf.Length; id++)
        {
            local[id] = members[zoneOf[id]].Count;
            members[zoneOf[id]].Add(id);
        }

        return (Array.ConvertAll(members, m => m.ToArray()), local);
    }

    /// <summary>Every pair of zones with a message from one to the other in some slot; whatever goes further travels with the clock.</summary>
    private int[][] FindNeighbours()
    {
        var neighbours = new SortedSet<int>[Zones.Count];
        for (var zone = 0; zone < neighbours.Length; zone++)
            neighbours[zone] = [];
        void Link(int a, int b)
        {
            if (a == b)
                return;
            neighbours[a].Add(b);
            neighbours[b].Add(a);
        }

        var (topology, scenario) = (World.Topology, World.Scenario);
        var step = scenario.Devices.SpeedMetresPerSecond * scenario.SlotLengthSeconds;
        for (var station = 0; station < topology.StationCount; station++)
        {
            var here = ZoneOf(EntityKind.Station, station);
            var radius = World.Reach.CellRadius(new StationId(station));
            var hears = scenario.Radio.Channels > 0 ? scenario.Radio.InterferenceRangeMetres + radius : 0;
            foreach (var other in topology.Stations.Within(topology.X[station], topology.Y[station], Math.Max(hears, 2 * radius + step)))
                Link(here, ZoneOf(EntityKind.Station, other));
            foreach (var server in World.Reach.ServersOf(new StationId(station)))
            {
                Link(here, _zoneOfServer[server]);
                Link(here, _zoneOfTwin[server]);
                foreach (var next in World.Reach.ServersOf(new StationId(station)))
                    Link(_zoneOfServer[server], _zoneOfServer[next]); // a service may move between them
            }
        }

        for (var server = 0; server < topology.ServerCount; server++)
            Link(_zoneOfServer[server], _zoneOfTwin[server]);
        return Array.ConvertAll(neighbours, n => n.ToArray());
    }
}
