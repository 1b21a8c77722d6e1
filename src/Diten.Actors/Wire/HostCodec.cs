using Akka.Actor;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>What clock and hosts tell each other, on the wire.</summary>
internal static class HostCodec
{
    public static Contracts.PrepareRun Write(PrepareRun message) => new() { Run = RunCodec.Write(message.Run) };

    public static PrepareRun Read(Contracts.PrepareRun contract) => new(RunCodec.Read(contract.Run));

    public static Contracts.HostReady Write(HostReady message) => new()
    {
        RunId = message.RunId,
        Node = message.Node,
        Lanes = message.Lanes,
        WorldFingerprint = message.WorldFingerprint,
        NumericFingerprint = message.NumericFingerprint,
        Platform = message.Platform,
        CanLearn = message.CanLearn,
    };

    public static HostReady Read(Contracts.HostReady contract) => new(
        contract.RunId, contract.Node, contract.Lanes, contract.WorldFingerprint, contract.NumericFingerprint, contract.Platform,
        contract.CanLearn);

    public static Contracts.HostRefused Write(HostRefused message) =>
        new() { RunId = message.RunId, Node = message.Node, Reason = message.Reason };

    public static HostRefused Read(Contracts.HostRefused contract) => new(contract.RunId, contract.Node, contract.Reason);

    public static Contracts.StartZones Write(StartZones message)
    {
        var contract = new Contracts.StartZones { Epoch = message.Epoch, Run = RunCodec.Write(message.Run), FromSlot = message.FromSlot };
        WriteIds(contract.Zone, message.Zones);
        return contract;
    }

    public static StartZones Read(Contracts.StartZones contract) =>
        new(contract.Epoch, RunCodec.Read(contract.Run), contract.FromSlot, ReadIds(contract.Zone));

    public static Contracts.ZonesStarted Write(ZonesStarted message) =>
        new() { Epoch = message.Epoch, Zones = ZoneCodec.Write(message.Zones) };

    public static ZonesStarted Read(Contracts.ZonesStarted contract, ExtendedActorSystem system) =>
        new(contract.Epoch, ZoneCodec.Read(contract.Zones, system));

    public static Contracts.StopZones Write(StopZones message) => new() { RunId = message.RunId };

    public static StopZones Read(Contracts.StopZones contract) => new(contract.RunId);
}
