using System.Runtime.InteropServices;
using Diten.Model;
using Diten.Model.EdgeServers;
using Diten.Model.Learning;
using Diten.Model.MobileDevices;
using Diten.Model.ServerTwins;
using Diten.Model.Statistics;
using Diten.Model.SystemTwin;

namespace Diten.Actors;

/// <summary>What a zone's entities send out in one phase, sorted by the zone that it goes to.</summary>
internal sealed class ZoneOutboxes(CityPlan plan, int zone)
{
    private readonly int[] _neighbours = plan.Neighbours(zone).ToArray();
    private readonly Dictionary<int, List<ZoneMail>> _mails = [];
    private readonly Dictionary<int, List<MobileDeviceState>> _devices = [];
    private readonly List<ZoneMail> _local = [];
    private readonly List<MobileDeviceState> _travellers = [];
    private readonly Dictionary<int, int> _placements = [];

    public void Add(IReadOnlyList<ZoneMail>? mails)
    {
        for (var i = 0; i < mails?.Count; i++)
            Add(mails[i]);
    }

    public void Add(ZoneMail mail)
    {
        var to = plan.ZoneOf(mail.Kind, mail.Id);
        if (to == zone)
            _local.Add(mail);
        else if (Array.BinarySearch(_neighbours, to) >= 0)
            ListOf(_mails, to).Add(mail);
        else
            throw new InvariantViolatedException($"Zone {zone} has a message for {mail.Kind} {mail.Id} of zone {to}, which is no neighbour.");
    }

    public void Add(IReadOnlyList<MobileDeviceState>? devices)
    {
        for (var i = 0; i < devices?.Count; i++)
        {
            var to = plan.ZoneOf(EntityKind.Station, devices[i].Station);
            if (Array.BinarySearch(_neighbours, to) >= 0)
                ListOf(_devices, to).Add(devices[i]);
            else
                _travellers.Add(devices[i]);
        }
    }

    /// <summary>Adds up what a station's decisions changed for the servers in its reach.</summary>
    public void Add(int station, int[] placements)
    {
        var reach = plan.World.Reach.ServersOf(new StationId(station));
        for (var k = 0; k < placements.Length; k++)
            if (placements[k] != 0)
                CollectionsMarshal.GetValueRefOrAddDefault(_placements, reach[k], out _) += placements[k];
    }

    /// <summary>Makes mail to twins of the sums: one a twin, whatever the number of stations.</summary>
    public void SendPlacements()
    {
        if (_placements.Count == 0)
            return;
        var servers = _placements.Keys.ToArray();
        Array.Sort(servers);
        foreach (var server in servers)
            Add(new ZoneMail(EntityKind.Twin, server, new ReportPlacements(server, _placements[server])));
        _placements.Clear();
    }

    /// <summary>All that goes to one neighbour, devices in the order of their ids.</summary>
    public ZoneExchange TakeExchange(int neighbour, Phase phase)
    {
        _mails.Remove(neighbour, out var mails);
        _devices.Remove(neighbour, out var devices);
        devices?.Sort(static (a, b) => a.Device.CompareTo(b.Device));
        return new ZoneExchange(zone, neighbour, phase.Slot, phase.Index, mails ?? [], devices ?? []);
    }

    /// <summary>What the zone itself sends to its own entities.</summary>
    public List<ZoneMail> TakeLocal()
    {
        if (_local.Count == 0)
            return [];
        List<ZoneMail> taken = [.. _local];
        _local.Clear();
        return taken;
    }

    /// <summary>Devices that go to zones which are no neighbours: they travel with the clock.</summary>
    public List<MobileDeviceState> TakeTravellers()
    {
        if (_travellers.Count == 0)
            return [];
        List<MobileDeviceState> taken = [.. _travellers];
        _travellers.Clear();
        return taken;
    }

    private static List<T> ListOf<T>(Dictionary<int, List<T>> lists, int zone)
    {
        if (!lists.TryGetValue(zone, out var list))
            lists[zone] = list = [];
        return list;
    }
}

/// <summary>What a zone's entities tell of one slot, in order of arrival.</summary>
internal sealed class ZoneSlotResults
{
    public List<StationSlot> Stations { get; } = [];

    public List<ServerFacts> Servers { get; } = [];

    public List<TwinEstimate> Twins { get; } = [];

    public List<DeviceSlotRecord> Devices { get; } = [];

    /// <summary>What devices decided, for the learner.</summary>
    public List<DecisionRows> Decisions { get; } = [];

    /// <summary>What stations knew of devices, for the twin of the system.</summary>
    public List<DeviceSighting> Sightings { get; } = [];

    /// <summary>What happened to twins, for the journal.</summary>
    public List<(int Server, IReadOnlyList<TwinEvent> Events)> Happened { get; } = [];

    /// <summary>Takes note of what an entity told with the end of a phase.</summary>
    public void Add(PhaseDone done)
    {
        switch (done)
        {
            case ExecutionDone execution:
                Servers.Add(execution.Facts);
                break;
            case TwinPublished twin:
                if (twin.Phase.Kind == PhaseKind.Complete)
                    Twins.Add(twin.Believed);
                if (twin.Happened is not null)
                    Happened.Add((twin.Id, twin.Happened));
                break;
            case StationClosed closed:
                Stations.Add(closed.Result);
                Devices.AddRange(closed.Records);
                if (closed.Decisions is not null)
                    Decisions.Add(closed.Decisions);
                if (closed.Sightings is not null)
                    Sightings.AddRange(closed.Sightings);
                break;
        }
    }

    /// <summary>What happened to the twins, in the order of server ids.</summary>
    public TwinSlotCommitted ToTwinSlot(int zone, int slot)
    {
        Happened.Sort(static (a, b) => a.Server.CompareTo(b.Server));
        Servers.Sort(static (a, b) => a.Server.CompareTo(b.Server));
        var twins = new List<TwinHappening>(Happened.Count);
        foreach (var (server, events) in Happened)
            foreach (var happened in events)
                twins.Add(new TwinHappening(server, happened));
        return new TwinSlotCommitted(
            zone, slot, twins, Servers.ConvertAll(static s => new ServerTruth(s.Server, s.FreeHertz, s.Tasks)));
    }

    public ZoneSlotCompleted ToCompleted(int zone, long epoch, int slot, IReadOnlyList<MobileDeviceState> travellers) =>
        new(zone, epoch, slot, Stations, Servers, Twins, Devices, travellers);
}
