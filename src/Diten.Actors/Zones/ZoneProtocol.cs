using Akka.Actor;
using Diten.Model;
using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.Learning;
using Diten.Model.MobileDevices;
using Diten.Model.Records;
using Diten.Model.ServerTwins;
using Diten.Model.Statistics;
using Diten.Model.SystemTwin;

namespace Diten.Actors;

/// <summary>From the clock to a zone that its host has created: these are your neighbours; create or restore your entities.</summary>
/// <param name="Neighbours">All zones that it exchanges messages with, ascending; for a learner, all zones.</param>
public sealed record StartZone(IReadOnlyList<ZoneLink> Neighbours)
{
    /// <summary>The learner of a training run; null = nobody learns.</summary>
    public IActorRef? Learner { get; init; }
}

/// <summary>Where a zone lives.</summary>
public readonly record struct ZoneLink(int Zone, IActorRef Ref);

/// <summary>From the clock to a zone: a slot begins. Said again where no answer comes; a zone that knows it already takes no notice.</summary>
/// <param name="Arrivals">Devices that come from zones which are no neighbours.</param>
/// <param name="CheckpointFirst">Whether the zone writes down what it is before it begins.</param>
public sealed record BeginSlot(int Slot, IReadOnlyList<MobileDeviceState> Arrivals, bool CheckpointFirst = false)
{
    /// <summary>The policy that decides from this slot on; null = the one that did.</summary>
    public PolicyPublished? Policy { get; init; }
}

/// <summary>From the clock to a zone, between two slots of which the second may not come: write down what you are. Said again until written.</summary>
/// <param name="Slot">The slot that comes next.</param>
/// <param name="Arrivals">Devices that will come with its <see cref="BeginSlot"/>: they belong to this zone's checkpoint.</param>
public sealed record WriteCheckpoint(int Slot, IReadOnlyList<MobileDeviceState> Arrivals);

/// <summary>From a zone to the clock: the checkpoint is in the snapshot store.</summary>
public sealed record CheckpointWritten(int Zone, long Epoch, int Slot);

/// <summary>From a zone to the clock: what it should have written or read back cannot be; the epoch cannot go on, another one may.</summary>
public sealed record EpochBroken(long Epoch, string Why);

/// <summary>From the clock to a zone: the checkpoint of this slot counts from now on, older ones are needed no more.</summary>
public sealed record DropCheckpointsBefore(int Slot);

/// <summary>From a zone to a neighbour: your exchange of this phase has not come; send it again.</summary>
internal sealed record ResendExchange(int From, int To, int Slot, int PhaseIndex);

/// <summary>From a zone to its entities: a phase begins, and here is all that was sent to you before it.</summary>
internal sealed record BeginPhase(Phase Phase) : IDitenMessage
{
    /// <summary>What others wrote to the entity, in order of arrival; null = nothing.</summary>
    public IReadOnlyList<object>? Mail { get; init; }

    /// <summary>To a station: what twins and servers told all in reach; null to others.</summary>
    public Notices? Notices { get; init; }

    /// <inheritdoc/>
    public string Recipient => $"an entity ({Phase}, BeginPhase)";
}

/// <summary>A message on its way from an entity to another one.</summary>
/// <param name="Id">Whom it is for; <see cref="AllInReach"/>.</param>
internal readonly record struct ZoneMail(EntityKind Kind, int Id, object Message)
{
    /// <summary>For all stations that have the server in reach of which the message tells.</summary>
    public const int AllInReach = -1;
}

/// <summary>From an entity to its zone: all that this phase asks of it is done.</summary>
/// <param name="Outbox">What it sends to other entities, in memory that it writes again in its next phase; null = nothing.</param>
internal record PhaseDone(EntityKind Kind, int Id, Phase Phase, IReadOnlyList<ZoneMail>? Outbox);

/// <summary>From a station: all devices reported.</summary>
/// <param name="RoundsWithWork">Bit r: it has something to tell in round r.</param>
/// <param name="Placements">As of <see cref="Decided"/>, where nothing kept it from deciding at once; else null.</param>
internal sealed record ReportsDone(int Id, Phase Phase, IReadOnlyList<ZoneMail>? Outbox, ulong RoundsWithWork, int[]? Placements)
    : PhaseDone(EntityKind.Station, Id, Phase, Outbox)
{
    /// <summary>Devices that are attached: without any, it listens to no other station and has no slot to close.</summary>
    public int Devices { get; init; }

    /// <inheritdoc cref="Decided.Reports"/>
    public IReadOnlyList<ReportPlacements>? Reports { get; init; }
}

/// <summary>From a station: it has decided for the devices of a round.</summary>
/// <param name="Placements">Net number of tasks that it moved to each server in its reach; null = none. The zone adds them up.</param>
internal sealed record Decided(int Id, Phase Phase, IReadOnlyList<ZoneMail>? Outbox, int[]? Placements)
    : PhaseDone(EntityKind.Station, Id, Phase, Outbox)
{
    /// <summary>What arrives now of reports to twins, where their link has a fault: twins hear these in place of <see cref="Placements"/>.</summary>
    public IReadOnlyList<ReportPlacements>? Reports { get; init; }
}

/// <summary>From a server: tasks executed.</summary>
internal sealed record ExecutionDone(int Id, Phase Phase, IReadOnlyList<ZoneMail>? Outbox, ServerFacts Facts)
    : PhaseDone(EntityKind.Server, Id, Phase, Outbox);

/// <summary>From a station: the slot is closed.</summary>
/// <param name="Moved">Devices that go to other zones; null = none.</param>
internal sealed record StationClosed(
    int Id, Phase Phase, IReadOnlyList<ZoneMail>? Outbox, IReadOnlyList<MobileDeviceState>? Moved, StationSlot Result, List<ushort> LatencyBins,
    IReadOnlyList<DeviceSlotRecord> Records) : PhaseDone(EntityKind.Station, Id, Phase, Outbox)
{
    /// <summary>Nothing is left to do here before a device or a message comes.</summary>
    public bool Rests { get; init; }

    /// <summary>Bins of regret, as of latency; null where it is not measured.</summary>
    public List<ushort>? RegretBins { get; init; }

    /// <summary>What its devices decided, for the learner; null where nobody learns.</summary>
    public DecisionRows? Decisions { get; init; }

    /// <summary>What it knew of its devices, for the twin of the system; null where nobody plays on it.</summary>
    public DeviceSighting[]? Sightings { get; init; }
}

/// <summary>From a twin: published for the next slot.</summary>
/// <param name="Believed">What it had published for this slot.</param>
/// <param name="Happened">What happened to it in this slot, for the journal; null = nothing.</param>
internal sealed record TwinPublished(int Id, Phase Phase, IReadOnlyList<ZoneMail>? Outbox, TwinEstimate Believed, IReadOnlyList<TwinEvent>? Happened)
    : PhaseDone(EntityKind.Twin, Id, Phase, Outbox)
{
    /// <summary>What it made of the slot's syncs; null where that is ordinary, and before the run.</summary>
    public TwinFacts? Facts { get; init; }
}

/// <summary>From an entity, in <see cref="PhaseKind.Checkpoint"/>: what it is; sent to a new one, it makes it the same.</summary>
internal sealed record EntitySaved(EntityKind Kind, int Id, Phase Phase, object State) : PhaseDone(Kind, Id, Phase, null);

/// <summary>To the journal of twins, by its zone: what was this twin at the end of the last slot? Answered by <see cref="TwinRecalled"/>.</summary>
/// <param name="Slot">The slot that goes on, or comes next.</param>
internal sealed record RecallTwin(int Server, int Slot);

/// <summary>From the journal, by way of the zone, to a twin whose actor failed: this is what you were; what came since then follows.</summary>
/// <param name="Slot">The slot that goes on, or comes next.</param>
internal sealed record TwinRecalled(ServerTwinState State, int Slot);

/// <summary>To a twin's actor: be this twin.</summary>
internal sealed record TwinSaved(ServerTwinState State)
{
    /// <summary>Null where no fault can make it matter.</summary>
    public TwinLinksSaved? Links { get; init; }
}

/// <summary>What one station did in a slot.</summary>
/// <param name="Digest">SHA-256 over its devices' records; 32 bytes.</param>
/// <param name="DeviceMarks">Sum of <see cref="DeviceMark.Of"/> over its devices: with the count, it tells whether each is there once.</param>
public sealed record StationSlot(int Station, SlotTotals Totals, byte[] Digest, ulong DeviceMarks);

/// <summary>From a zone to a neighbour: all that its entities send there in one phase; may be empty.</summary>
internal sealed record ZoneExchange(
    int From, int To, int Slot, int PhaseIndex, IReadOnlyList<ZoneMail> Mails, IReadOnlyList<MobileDeviceState> Devices);

/// <summary>From a zone to the clock: everything before slot 0 is in place.</summary>
public sealed record ZoneReady(int Zone, long Epoch)
{
    /// <summary>From the learner: the policy that decides in the first slot.</summary>
    public PolicyPublished? Policy { get; init; }
}

/// <summary>From a zone to the clock: a slot is done.</summary>
/// <param name="Travellers">Devices that go to zones which are no neighbours.</param>
public sealed record ZoneSlotCompleted(
    int Zone, long Epoch, int Slot, IReadOnlyList<StationSlot> Stations, IReadOnlyList<ServerFacts> Servers, IReadOnlyList<TwinEstimate> Twins,
    IReadOnlyList<DeviceSlotRecord> Devices, IReadOnlyList<MobileDeviceState> Travellers)
{
    /// <summary>What twins made of the syncs that came: those of which there is more to tell than that one came and is believed.</summary>
    public IReadOnlyList<TwinFacts> TwinFacts { get; init; } = [];

    /// <summary>What faults met and struck in this zone; null where there are none.</summary>
    public FaultCounts? Faults { get; init; }

    /// <summary>From the learner: the policy that decides from the next slot on; null = the one that did.</summary>
    public PolicyPublished? Policy { get; init; }
}

/// <summary>From the clock to a zone: nothing more will come; hand over what was summed up.</summary>
public sealed record CloseZone;

/// <summary>Reply to <see cref="CloseZone"/>.</summary>
public sealed record ZoneClosed(int Zone, long Epoch, LatencyHistogram Latencies)
{
    /// <summary>Regret of its devices' tasks, seconds; what is below 1 µs, 0 among it, is in the first bin. Null where it was not measured.</summary>
    public LatencyHistogram? Regrets { get; init; }

    /// <summary>From the learner: the last policy that it made.</summary>
    public PolicyPublished? Policy { get; init; }
}

/// <summary>An entity threw; the run cannot go on.</summary>
/// <param name="Epoch">Epoch of the zone that it lived in; 0 until its zone has said.</param>
public sealed record EntityFailed(string Entity, string Message, Exception Reason, long Epoch = 0);

/// <summary>From the clock to a zone, and on to its entities: the run does not move; say what you wait for.</summary>
public sealed record DescribeWait;

/// <summary>Reply to <see cref="DescribeWait"/>; null = for nothing.</summary>
public sealed record WaitDescribed(string? Waiting, long Epoch = 0);

/// <summary>From a zone to its entities, before anything else: who is who.</summary>
/// <param name="Workspace">Memory that they share.</param>
internal sealed record WireUp(ZoneDirectory Directory, Workspace Workspace);
