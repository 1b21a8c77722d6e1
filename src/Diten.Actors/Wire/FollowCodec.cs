using Akka.Actor;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>What a run's observer shares with those who follow it, on the wire.</summary>
internal static class FollowCodec
{
    public static Contracts.ObservedRun Write(ObservedRun message) =>
        new() { Run = RunCodec.Write(message.Run), Observer = Akka.Serialization.Serialization.SerializedActorPath(message.Observer) };

    public static ObservedRun Read(Contracts.ObservedRun contract, ExtendedActorSystem system) =>
        new(RunCodec.Read(contract.Run), ZoneCodec.ReadActor(contract.Observer, system));

    public static Contracts.FollowRun Write(FollowRun message) =>
        new() { RunId = message.RunId, SeenSlot = message.SeenSlot, DevicesEvery = message.DevicesEvery, SeenNotices = message.SeenNotices, SeenEdits = message.SeenEdits };

    public static FollowRun Read(Contracts.FollowRun contract) => new(contract.RunId, contract.SeenSlot, contract.DevicesEvery, contract.SeenNotices) { SeenEdits = contract.SeenEdits };

    public static Contracts.FollowedSlot Write(FollowedSlot message)
    {
        var contract = new Contracts.FollowedSlot
        {
            RunId = message.RunId,
            Report = ReportCodec.Write(message.Report),
            Total = TotalsCodec.Write(message.Total),
            Status = message.Status is null ? null : RunCodec.Write(message.Status),
        };
        contract.Notices.AddRange(message.Notices.Select(RunCodec.Write));
        contract.Edits.AddRange(message.Edits.Select(EditCodec.Write));
        return contract;
    }

    public static FollowedSlot Read(Contracts.FollowedSlot contract) => new(
        contract.RunId, ReportCodec.Read(Required(contract.Report)), TotalsCodec.ReadOne(contract.Total), [.. contract.Notices.Select(RunCodec.Read)],
        contract.Status is null ? null : RunCodec.Read(contract.Status))
    {
        Edits = [.. contract.Edits.Select(EditCodec.Read)],
    };
}
