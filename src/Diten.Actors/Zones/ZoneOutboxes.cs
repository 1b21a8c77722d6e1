using System.Runtime.InteropServices;
using Diten.Model;
using Diten.Model.Faults;
using Diten.Model.MobileDevices;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;

namespace Diten.Actors;

/// <summary>What a zone's entities send out in one phase, sorted by the zone that it goes to.</summary>
internal sealed class ZoneOutboxes(CityPlan plan, int zone)
{
    private readonly int[] _neighbours = plan.Neighbours(zone).ToArray();
    private readonly Dictionary<int, List<ZoneMail>> _mails = [];
    private readonly Dictionary<int, List<MobileDeviceState>> _devices = [];
    private List<ZoneMail> _local = [], _taken = [];
    private readonly Dictionary<int, int[]> _listeners = [];
    private readonly List<MobileDeviceState> _travellers = [];
    private readonly Dictionary<int, int> _placements = [];
    private readonly bool _serversAnswer = plan.World.Scenario.Decisions.OnDesync == DesyncResponse.Query;
    private readonly Dictionary<(int Server, int Slot, int Round), int> _reports = [];
    private readonly bool _faulty = plan.World.Faults.Strikes(FaultWhat.Report);

    public void Add(IReadOnlyList<ZoneMail>? mails)
    {
        for (var i = 0; i < mails?.Count; i++)
            Add(mails[i]);
    }

    public void Add(ZoneMail mail)
    {
        if (mail.Id != ZoneMail.AllInReach)
            Add(mail, plan.ZoneOf(mail.Kind, mail.Id));
        else
            foreach (var listener in ListenersTo(NoticeBoard.ServerOf(mail.Message)))
                Add(mail, listener);
    }

    private void Add(ZoneMail mail, int to)
    {
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
    /// <param name="placements">Net number of tasks that moved to each; null = none.</param>
    public void Add(int station, int[]? placements)
    {
        if (placements is null)
            return;
        var reach = plan.World.Reach.ServersOf(new StationId(station));
        for (var k = 0; k < placements.Length; k++)
            if (placements[k] != 0)
                CollectionsMarshal.GetValueRefOrAddDefault(_placements, reach[k], out _) += placements[k];
    }

    /// <summary>Adds up what arrives of a station's reports to twins, where their link has a fault.</summary>
    public void Add(IReadOnlyList<ReportPlacements>? reports)
    {
        for (var i = 0; i < reports?.Count; i++)
            CollectionsMarshal.GetValueRefOrAddDefault(_reports, (reports[i].Server, reports[i].Slot, reports[i].Round), out _) += reports[i].Change;
    }

    /// <summary>
    /// Makes mail to twins of the sums: one a twin, slot and round, whatever the number of stations; and to servers that stations may ask themselves.
    /// </summary>
    public void SendPlacements(Phase phase)
    {
        if (_placements.Count > 0)
        {
            var servers = _placements.Keys.ToArray();
            Array.Sort(servers);
            foreach (var server in servers)
            {
                var report = new ReportPlacements(server, _placements[server], phase.Slot, phase.Round);
                if (!_faulty) // else twins hear what the link lets through
                    Add(new ZoneMail(EntityKind.Twin, server, report));
                if (_serversAnswer)
                    Add(new ZoneMail(EntityKind.Server, server, report));
            }

            _placements.Clear();
        }

        if (_reports.Count == 0)
            return;
        foreach (var ((server, slot, round), change) in _reports.OrderBy(report => report.Key))
            Add(new ZoneMail(EntityKind.Twin, server, new ReportPlacements(server, change, slot, round)));
        _reports.Clear();
    }

    /// <summary>All that goes to one neighbour, devices in the order of their ids.</summary>
    public ZoneExchange TakeExchange(int neighbour, Phase phase)
    {
        _mails.Remove(neighbour, out var mails);
        _devices.Remove(neighbour, out var devices);
        devices?.Sort(static (a, b) => a.Device.CompareTo(b.Device));
        return new ZoneExchange(zone, neighbour, phase.Slot, phase.Index, mails ?? [], devices ?? []);
    }

    /// <summary>What is for the zone's own entities; good until the next call.</summary>
    public IReadOnlyList<ZoneMail> TakeLocal()
    {
        (_local, _taken) = (_taken, _local);
        _local.Clear();
        return _taken;
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

    /// <summary>Zones with stations that have a server in reach.</summary>
    private int[] ListenersTo(int server)
    {
        if (_listeners.TryGetValue(server, out var zones))
            return zones;
        var stations = plan.World.Reach.StationsOf(new ServerId(server)).ToArray();
        return _listeners[server] = [.. stations.Select(station => plan.ZoneOf(EntityKind.Station, station)).Distinct().Order()];
    }

    private static List<T> ListOf<T>(Dictionary<int, List<T>> lists, int zone)
    {
        if (!lists.TryGetValue(zone, out var list))
            lists[zone] = list = [];
        return list;
    }
}
