using System.Runtime.Serialization;
using Diten.Model.ServerTwins;
using Google.Protobuf;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>Events in the journal.</summary>
internal static class JournalCodec
{
    private const int Synchronized = 0, Desynchronized = 1, Resynchronized = 2, Counted = 3, Forgot = 4, Shown = 5;

    public static Contracts.RunSubmitted Write(RunSubmitted submitted) => new() { Run = RunCodec.Write(submitted.Run) };

    public static RunSubmitted Read(Contracts.RunSubmitted contract) => new(RunCodec.Read(contract.Run));

    public static Contracts.EpochOpened Write(EpochOpened opened) => new() { Epoch = opened.Epoch };

    public static EpochOpened Read(Contracts.EpochOpened contract) => new(contract.Epoch);

    public static Contracts.CheckpointCommitted Write(CheckpointCommitted committed) => new()
    {
        Slot = committed.Slot,
        Epoch = committed.Epoch,
        SlotDigests = UnsafeByteOperations.UnsafeWrap(committed.SlotDigests),
        Total = TotalsCodec.Write(committed.Total),
        UtilisationSum = committed.UtilisationSum,
        LastQueue = committed.LastQueue,
        Twins = MeasuresCodec.Write(committed.Twins),
    };

    public static CheckpointCommitted Read(Contracts.CheckpointCommitted contract) => new(
        contract.Slot, contract.Epoch, contract.SlotDigests.ToByteArray(), TotalsCodec.ReadOne(contract.Total),
        contract.UtilisationSum, contract.LastQueue)
    {
        Twins = MeasuresCodec.Read(contract.Twins),
    };

    public static Contracts.CheckpointWithdrawn Write(CheckpointWithdrawn withdrawn) => new() { Slot = withdrawn.Slot };

    public static CheckpointWithdrawn Read(Contracts.CheckpointWithdrawn contract) => new(contract.Slot);

    public static Contracts.RunClosed Write(RunClosed closed) => new() { RunId = closed.RunId, End = (int)closed.End, Why = closed.Why };

    public static RunClosed Read(Contracts.RunClosed contract) => new(
        contract.RunId,
        contract.End is >= 0 and <= (int)RunEnd.Failed
            ? (RunEnd)contract.End
            : throw new SerializationException($"There is no end {contract.End} of a run."),
        contract.Why);

    public static Contracts.TwinSlotCommitted Write(TwinSlotCommitted committed)
    {
        var contract = new Contracts.TwinSlotCommitted { Zone = committed.Zone, Slot = committed.Slot, RunMark = committed.RunMark };
        var twin = new DeltaWriter(contract.TwinServer);
        foreach (var (server, happened) in committed.Twins)
        {
            var (kind, sequence, slot, tasks, free) = happened switch
            {
                TwinSynchronized e => (Synchronized, e.Sequence, unchecked(e.Slot - committed.Slot), e.Tasks, e.FreeHertz),
                TwinDesynchronized e => (Desynchronized, e.From, 0, 0, 0),
                TwinResynchronized e => (Resynchronized, e.Sequence, unchecked(e.Slot - committed.Slot), e.Tasks, e.FreeHertz),
                TwinCounted e => (Counted, 0, unchecked(e.Slot - committed.Slot), e.Change, 0),
                TwinForgot e => (Forgot, 0, unchecked(e.Slot - committed.Slot), 0, e.FreeHertz),
                TruthShown e => (Shown, 0, 0, e.Tasks, e.FreeHertz),
                _ => throw new SerializationException($"The journal knows no event {happened.GetType()} of a twin."),
            };
            twin.Add(server);
            contract.TwinEvent.Add(kind);
            contract.TwinSequence.Add(sequence);
            contract.TwinSlot.Add(slot);
            contract.TwinTasks.Add(tasks);
            contract.TwinFreeHertz.Add(free);
        }

        var truth = new DeltaWriter(contract.Server);
        foreach (var (server, free, tasks) in committed.Servers)
        {
            truth.Add(server);
            contract.ServerTasks.Add(tasks);
            contract.ServerFreeHertz.Add(free);
        }

        Fold(contract.TwinEvent, contract.TwinSequence, contract.TwinSlot, contract.TwinTasks, contract.ServerTasks);
        Fold(contract.TwinFreeHertz, contract.ServerFreeHertz);
        return contract;
    }

    public static TwinSlotCommitted Read(Contracts.TwinSlotCommitted contract) =>
        new(contract.Zone, contract.Slot, ReadTwins(contract), ReadServers(contract)) { RunMark = contract.RunMark };

    private static TwinHappening[] ReadTwins(Contracts.TwinSlotCommitted contract)
    {
        var rows = new TwinHappening[contract.TwinServer.Count];
        var (server, kind) = (new DeltaReader(contract.TwinServer, rows.Length), new ColumnReader<int>(contract.TwinEvent, rows.Length));
        var sequence = new ColumnReader<int>(contract.TwinSequence, rows.Length);
        var slot = new ColumnReader<int>(contract.TwinSlot, rows.Length);
        var tasks = new ColumnReader<int>(contract.TwinTasks, rows.Length);
        var free = new ColumnReader<double>(contract.TwinFreeHertz, rows.Length);
        for (var row = 0; row < rows.Length; row++)
        {
            var (number, at) = (sequence.Next(), unchecked(slot.Next() + contract.Slot));
            var (count, hertz) = (tasks.Next(), free.Next());
            rows[row] = new TwinHappening(server.Next(), kind.Next() switch
            {
                Synchronized => new TwinSynchronized(number, at, hertz, count),
                Desynchronized => new TwinDesynchronized(number),
                Resynchronized => new TwinResynchronized(number, at, hertz, count),
                Counted => new TwinCounted(at, count),
                Forgot => new TwinForgot(at, hertz),
                Shown => new TruthShown(hertz, count),
                var other => throw new SerializationException($"There is no event {other} of a twin."),
            });
        }

        return rows;
    }

    private static ServerTruth[] ReadServers(Contracts.TwinSlotCommitted contract)
    {
        var rows = new ServerTruth[contract.Server.Count];
        var (server, tasks) = (new DeltaReader(contract.Server, rows.Length), new ColumnReader<int>(contract.ServerTasks, rows.Length));
        var free = new ColumnReader<double>(contract.ServerFreeHertz, rows.Length);
        for (var row = 0; row < rows.Length; row++)
            rows[row] = new ServerTruth(server.Next(), free.Next(), tasks.Next());
        return rows;
    }
}
