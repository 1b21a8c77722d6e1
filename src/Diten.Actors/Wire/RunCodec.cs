using System.Runtime.Serialization;
using Google.Protobuf;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>What clock, observers and those who ask tell each other, on the wire.</summary>
internal static class RunCodec
{
    public static Contracts.RunSpec Write(RunSpec run) => new()
    {
        RunId = run.RunId,
        Name = run.Name,
        ScenarioText = run.ScenarioText,
        Nodes = run.Nodes,
        World = run.World,
        EditedWorld = run.EditedWorld,
        Options = new Contracts.Options
        {
            WorkerThreads = run.Options.WorkerThreads,
            ServerRecords = run.Options.ServerRecords,
            DeviceRecordsEvery = run.Options.DeviceRecordsEvery,
            CheckpointEverySlots = run.Options.CheckpointEverySlots,
            TwinJournal = run.Options.TwinJournal,
            StuckAfterSeconds = run.Options.StuckAfterSeconds,
            DealZones = run.Options.DealZones,
            Training = run.Options.Training,
        },
    };

    public static RunSpec Read(Contracts.RunSpec? contract)
    {
        var options = Required(Required(contract).Options);
        return new RunSpec(contract!.RunId, contract.Name, contract.ScenarioText, contract.Nodes, new EmulationOptions
        {
            WorkerThreads = options.WorkerThreads,
            ServerRecords = options.ServerRecords,
            DeviceRecordsEvery = options.DeviceRecordsEvery,
            CheckpointEverySlots = options.CheckpointEverySlots,
            TwinJournal = options.TwinJournal,
            StuckAfterSeconds = options.StuckAfterSeconds,
            DealZones = options.DealZones,
            Training = options.Training,
        })
        {
            World = contract.World,
            EditedWorld = contract.EditedWorld,
        };
    }

    public static Contracts.SubmitRun Write(SubmitRun message) => new() { Run = Write(message.Run), TakenSlot = message.TakenSlot };

    public static SubmitRun Read(Contracts.SubmitRun contract) => new(Read(contract.Run), contract.TakenSlot);

    public static Contracts.RunAccepted Write(RunAccepted message) => new() { RunId = message.RunId };

    public static RunAccepted Read(Contracts.RunAccepted contract) => new(contract.RunId);

    public static Contracts.RunRefused Write(RunRefused message) => new() { RunId = message.RunId, Reason = message.Reason };

    public static RunRefused Read(Contracts.RunRefused contract) => new(contract.RunId, contract.Reason);

    public static Contracts.WatchRun Write(WatchRun message) => new() { RunId = message.RunId, TakenSlot = message.TakenSlot };

    public static WatchRun Read(Contracts.WatchRun contract) => new(contract.RunId, contract.TakenSlot);

    public static Contracts.RunUnknown Write(RunUnknown message) => new() { RunId = message.RunId };

    public static RunUnknown Read(Contracts.RunUnknown contract) => new(contract.RunId);

    public static Contracts.ReportTaken Write(ReportTaken message) => new() { RunId = message.RunId, Slot = message.Slot };

    public static ReportTaken Read(Contracts.ReportTaken contract) => new(contract.RunId, contract.Slot);

    public static Contracts.RunFailed Write(RunFailed message) =>
        new() { Message = message.Message, Cause = message.Cause is null ? null : RemoteException.Write(message.Cause) };

    public static RunFailed Read(Contracts.RunFailed contract) =>
        new(contract.Message, contract.Cause is null ? null : RemoteException.Read(contract.Cause));

    public static Contracts.RunNotice Write(RunNotice message) =>
        new() { Kind = (int)message.Kind, Epoch = message.Epoch, Slot = message.Slot, Text = message.Text };

    public static RunNotice Read(Contracts.RunNotice contract) => new(
        contract.Kind is >= 0 and <= (int)RunNoticeKind.OtherCpu
            ? (RunNoticeKind)contract.Kind
            : throw new SerializationException($"There is no notice {contract.Kind}."),
        contract.Epoch, contract.Slot, contract.Text);

    public static Contracts.RunEnded Write(RunEnded message) => new()
    {
        SlotsCompleted = message.Outcome.SlotsCompleted,
        Digest = UnsafeByteOperations.UnsafeWrap(message.Outcome.Digest),
        Total = TotalsCodec.Write(message.Outcome.Total),
        Latencies = ReportCodec.Write(message.Outcome.Latencies),
        FinalDeficitQueueMean = message.Outcome.FinalDeficitQueueMean,
        UtilisationMean = message.Outcome.UtilisationMean,
        Cancelled = message.Outcome.Cancelled,
        StartSeconds = message.Outcome.StartSeconds,
        RunSeconds = message.Outcome.RunSeconds,
        Policy = LearnerCodec.Write(message.Outcome.Policy),
        Twins = MeasuresCodec.Write(message.Outcome.Twins),
        Regrets = message.Outcome.Regrets is null ? null : ReportCodec.Write(message.Outcome.Regrets),
    };

    public static RunEnded Read(Contracts.RunEnded contract) => new(new RunOutcome(
        contract.SlotsCompleted, contract.Digest.ToByteArray(), TotalsCodec.ReadOne(contract.Total), ReportCodec.Read(contract.Latencies),
        contract.FinalDeficitQueueMean, contract.UtilisationMean, contract.Cancelled, contract.StartSeconds, contract.RunSeconds)
    {
        Policy = LearnerCodec.Read(contract.Policy),
        Twins = MeasuresCodec.Read(contract.Twins),
        Regrets = contract.Regrets is null ? null : ReportCodec.Read(contract.Regrets),
    });

    public static Contracts.ClusterStatus Write(ClusterStatus status)
    {
        var contract = new Contracts.ClusterStatus
        {
            Slot = status.Slot,
            Slots = status.Slots,
            Epoch = status.Epoch,
            CommittedSlot = status.CommittedSlot,
        };
        if (status.Run is not null)
            contract.Run = status.Run;
        foreach (var node in status.Nodes)
        {
            var row = new Contracts.NodeStatus
            {
                Node = node.Node,
                Roles = node.Roles,
                State = node.State,
                Devices = node.Devices,
                DeviceSlotsPerSecond = node.DeviceSlotsPerSecond,
                Learns = node.Learns,
            };
            WriteIds(row.Zone, node.Zones);
            contract.Nodes.Add(row);
        }

        return contract;
    }

    public static ClusterStatus Read(Contracts.ClusterStatus contract)
    {
        var nodes = new NodeStatus[contract.Nodes.Count];
        for (var i = 0; i < nodes.Length; i++)
        {
            var row = contract.Nodes[i];
            nodes[i] = new NodeStatus(row.Node, row.Roles, row.State, ReadIds(row.Zone), row.Devices, row.DeviceSlotsPerSecond)
            {
                Learns = row.Learns,
            };
        }

        return new ClusterStatus(
            contract.HasRun ? contract.Run : null, contract.Slot, contract.Slots, contract.Epoch, contract.CommittedSlot, nodes);
    }
}
