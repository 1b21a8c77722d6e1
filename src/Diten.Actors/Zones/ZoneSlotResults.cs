using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.Learning;
using Diten.Model.MobileDevices;
using Diten.Model.Records;
using Diten.Model.ServerTwins;
using Diten.Model.SystemTwin;

namespace Diten.Actors;

/// <summary>What a zone's entities tell of one slot, in order of arrival.</summary>
/// <param name="plan">Says how many of each there are.</param>
internal sealed class ZoneSlotResults(CityPlan plan, int zone)
{
    public List<StationSlot> Stations { get; } = new(plan.Stations(zone).Length);

    public List<ServerFacts> Servers { get; } = new(plan.Servers(zone).Length);

    public List<TwinEstimate> Twins { get; } = new(plan.Twins(zone).Length);

    /// <summary>What twins made of syncs, where there is more to tell than that one came.</summary>
    public List<TwinFacts> TwinFacts { get; } = [];

    public List<DeviceSlotRecord> Devices { get; } = [];

    /// <summary>What devices decided, for the learner.</summary>
    public List<DecisionRows> Decisions { get; } = [];

    /// <summary>What stations knew of devices, for the twin of the system.</summary>
    public List<DeviceSighting> Sightings { get; } = [];

    /// <summary>What happened to twins, for the journal.</summary>
    public List<(int Server, IReadOnlyList<TwinEvent> Events)> Happened { get; } = [];

    /// <summary>Takes note of what a twin published, and of what happened to it.</summary>
    public void Add(TwinPublished twin)
    {
        if (twin.Phase.Kind == PhaseKind.Complete)
        {
            Twins.Add(twin.Believed);
            if (twin.Facts is { } facts)
                TwinFacts.Add(facts);
        }

        if (twin.Happened is not null)
            Happened.Add((twin.Id, twin.Happened));
    }

    /// <summary>Takes note of what a station did.</summary>
    public void Add(StationClosed closed)
    {
        Stations.Add(closed.Result);
        Devices.AddRange(closed.Records);
        if (closed.Decisions is not null)
            Decisions.Add(closed.Decisions);
        if (closed.Sightings is not null)
            Sightings.AddRange(closed.Sightings);
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

    /// <param name="tally">What faults met and struck in this slot; null where there are none.</param>
    public ZoneSlotCompleted ToCompleted(int zone, long epoch, int slot, IReadOnlyList<MobileDeviceState> travellers, FaultTally? tally) =>
        new(zone, epoch, slot, Stations, Servers, Twins, Devices, travellers) { TwinFacts = TwinFacts, Faults = tally?.Take() };
}
