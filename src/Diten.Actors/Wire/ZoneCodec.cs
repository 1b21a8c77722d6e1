using System.Runtime.Serialization;
using Akka.Actor;
using Google.Protobuf;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>What clock and zones tell each other, on the wire.</summary>
internal static class ZoneCodec
{
    public static Contracts.StartZone Write(StartZone message)
    {
        var contract = new Contracts.StartZone { Neighbours = Write(message.Neighbours) };
        if (message.Learner is not null)
            contract.Learner = Akka.Serialization.Serialization.SerializedActorPath(message.Learner);
        return contract;
    }

    public static StartZone Read(Contracts.StartZone contract, ExtendedActorSystem system) => new(Read(contract.Neighbours, system))
    {
        Learner = contract.HasLearner ? ReadActor(contract.Learner, system) : null,
    };

    public static Contracts.BeginSlot Write(BeginSlot message) =>
        new()
        {
            Slot = message.Slot,
            Arrivals = DeviceCodec.Write(message.Arrivals),
            CheckpointFirst = message.CheckpointFirst,
            Policy = LearnerCodec.Write(message.Policy),
        };

    public static BeginSlot Read(Contracts.BeginSlot contract) =>
        new(contract.Slot, DeviceCodec.Read(contract.Arrivals), contract.CheckpointFirst) { Policy = LearnerCodec.Read(contract.Policy) };

    public static Contracts.WriteCheckpoint Write(WriteCheckpoint message) =>
        new() { Slot = message.Slot, Arrivals = DeviceCodec.Write(message.Arrivals) };

    public static WriteCheckpoint Read(Contracts.WriteCheckpoint contract) => new(contract.Slot, DeviceCodec.Read(contract.Arrivals));

    public static Contracts.CheckpointWritten Write(CheckpointWritten message) =>
        new() { Zone = message.Zone, Epoch = message.Epoch, Slot = message.Slot };

    public static CheckpointWritten Read(Contracts.CheckpointWritten contract) => new(contract.Zone, contract.Epoch, contract.Slot);

    public static Contracts.EpochBroken Write(EpochBroken message) => new() { Epoch = message.Epoch, Why = message.Why };

    public static EpochBroken Read(Contracts.EpochBroken contract) => new(contract.Epoch, contract.Why);

    public static Contracts.DropCheckpointsBefore Write(DropCheckpointsBefore message) => new() { Slot = message.Slot };

    public static DropCheckpointsBefore Read(Contracts.DropCheckpointsBefore contract) => new(contract.Slot);

    public static Contracts.ResendExchange Write(ResendExchange message) =>
        new() { From = message.From, To = message.To, Slot = message.Slot, PhaseIndex = message.PhaseIndex };

    public static ResendExchange Read(Contracts.ResendExchange contract) =>
        new(contract.From, contract.To, contract.Slot, contract.PhaseIndex);

    public static Contracts.ZoneReady Write(ZoneReady message) =>
        new() { Zone = message.Zone, Epoch = message.Epoch, Policy = LearnerCodec.Write(message.Policy) };

    public static ZoneReady Read(Contracts.ZoneReady contract) => new(contract.Zone, contract.Epoch) { Policy = LearnerCodec.Read(contract.Policy) };

    public static Contracts.ZoneSlotCompleted Write(ZoneSlotCompleted message) => new()
    {
        Zone = message.Zone,
        Epoch = message.Epoch,
        Slot = message.Slot,
        Stations = Write(message.Stations),
        Servers = FactsCodec.Write(message.Servers),
        Twins = TwinCodec.Write(message.Twins),
        Devices = RecordCodec.Write(message.Devices),
        Travellers = DeviceCodec.Write(message.Travellers),
        Policy = LearnerCodec.Write(message.Policy),
        TwinFacts = MeasuresCodec.Write(message.TwinFacts),
        Faults = MeasuresCodec.Write(message.Faults),
    };

    public static ZoneSlotCompleted Read(Contracts.ZoneSlotCompleted contract) => new(
        contract.Zone, contract.Epoch, contract.Slot, Read(contract.Stations), FactsCodec.Read(contract.Servers),
        TwinCodec.Read(contract.Twins), RecordCodec.Read(contract.Devices), DeviceCodec.Read(contract.Travellers))
    {
        Policy = LearnerCodec.Read(contract.Policy),
        TwinFacts = MeasuresCodec.Read(contract.TwinFacts),
        Faults = MeasuresCodec.Read(contract.Faults),
    };

    public static Contracts.ZoneClosed Write(ZoneClosed message) =>
        new()
        {
            Zone = message.Zone,
            Epoch = message.Epoch,
            Latencies = ReportCodec.Write(message.Latencies),
            Regrets = message.Regrets is { } regrets ? ReportCodec.Write(regrets) : null,
            Policy = LearnerCodec.Write(message.Policy),
        };

    public static ZoneClosed Read(Contracts.ZoneClosed contract) =>
        new(contract.Zone, contract.Epoch, ReportCodec.Read(contract.Latencies))
        {
            Regrets = contract.Regrets is { } regrets ? ReportCodec.Read(regrets) : null,
            Policy = LearnerCodec.Read(contract.Policy),
        };

    public static Contracts.EntityFailed Write(EntityFailed message) => new()
    {
        Entity = message.Entity,
        Message = message.Message,
        Reason = RemoteException.Write(message.Reason),
        Epoch = message.Epoch,
    };

    public static EntityFailed Read(Contracts.EntityFailed contract) =>
        new(contract.Entity, contract.Message, RemoteException.Read(Required(contract.Reason)), contract.Epoch);

    public static Contracts.WaitDescribed Write(WaitDescribed message)
    {
        var contract = new Contracts.WaitDescribed { Epoch = message.Epoch };
        if (message.Waiting is not null)
            contract.Waiting = message.Waiting;
        return contract;
    }

    public static WaitDescribed Read(Contracts.WaitDescribed contract) => new(contract.HasWaiting ? contract.Waiting : null, contract.Epoch);

    public static Contracts.ZoneLinks Write(IReadOnlyList<ZoneLink> links)
    {
        var table = new Contracts.ZoneLinks();
        var zone = new DeltaWriter(table.Zone);
        foreach (var link in links)
        {
            zone.Add(link.Zone);
            table.Path.Add(Akka.Serialization.Serialization.SerializedActorPath(link.Ref));
        }

        return table;
    }

    public static ZoneLink[] Read(Contracts.ZoneLinks? table, ExtendedActorSystem system)
    {
        if (table is null)
            return [];
        ArgumentNullException.ThrowIfNull(system);
        var links = new ZoneLink[table.Zone.Count];
        if (table.Path.Count != links.Length)
            throw new SerializationException($"There are {table.Path.Count} paths for {links.Length} zones.");
        var zone = new DeltaReader(table.Zone, links.Length);
        for (var row = 0; row < links.Length; row++)
            links[row] = new ZoneLink(zone.Next(), ReadActor(table.Path[row], system));
        return links;
    }

    public static IActorRef ReadActor(string path, ExtendedActorSystem system) => ActorPath.TryParse(path, out _)
        ? system.Provider.ResolveActorRef(path)
        : throw new SerializationException($"'{path}' is no path of an actor.");

    private static Contracts.StationSlots? Write(IReadOnlyList<StationSlot> stations)
    {
        if (stations.Count == 0)
            return null;
        var table = new Contracts.StationSlots();
        var station = new DeltaWriter(table.Station);
        var totals = new Model.Records.SlotTotals[stations.Count];
        for (var row = 0; row < stations.Count; row++)
        {
            station.Add(stations[row].Station);
            totals[row] = stations[row].Totals;
            table.Digest.Add(UnsafeByteOperations.UnsafeWrap(stations[row].Digest));
            table.DeviceMarks.Add(stations[row].DeviceMarks);
        }

        table.Totals = TotalsCodec.Write(totals);
        return table;
    }

    private static StationSlot[] Read(Contracts.StationSlots? table)
    {
        if (table is null)
            return [];
        var rows = new StationSlot[table.Station.Count];
        var totals = TotalsCodec.Read(table.Totals);
        if (totals.Length != rows.Length || table.Digest.Count != rows.Length || table.DeviceMarks.Count != rows.Length)
            throw new SerializationException(
                $"There are {totals.Length} totals, {table.Digest.Count} digests and {table.DeviceMarks.Count} marks for {rows.Length} stations.");
        var station = new DeltaReader(table.Station, rows.Length);
        for (var row = 0; row < rows.Length; row++)
            rows[row] = new StationSlot(station.Next(), totals[row], table.Digest[row].ToByteArray(), table.DeviceMarks[row]);
        return rows;
    }
}
