using System.Runtime.Serialization;
using Diten.Model.ServerTwins;
using Diten.Model.SystemTwin;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>Twins on the wire: what they are, publish and tell.</summary>
internal static class TwinCodec
{
    public static Contracts.DescribeRun Write(DescribeRun message) => new() { Run = RunCodec.Write(message.Run) };

    public static DescribeRun Read(Contracts.DescribeRun contract) => new(RunCodec.Read(contract.Run));

    public static Contracts.TwinsReported Write(TwinsReported message) => new() { Slot = message.Slot, Twins = Write(message.Twins) };

    public static TwinsReported Read(Contracts.TwinsReported contract) => new(contract.Slot, Read(contract.Twins));

    public static Contracts.SystemTwinState Write(SystemTwinState state) => new() { Slot = state.Slot, Servers = Write(state.Servers) };

    public static SystemTwinState Read(Contracts.SystemTwinState contract) => new(contract.Slot, Read(contract.Servers));

    public static Contracts.GetEstimatedRewards Write(GetEstimatedRewards message) => new()
    {
        X = message.Task.X,
        Y = message.Task.Y,
        Cycles = message.Task.Cycles,
        UplinkSeconds = message.Task.UplinkSeconds,
        Queue = message.Task.Queue,
        Serving = message.Task.Serving.Value,
        LastTask = message.Task.LastTask.Value,
    };

    public static GetEstimatedRewards Read(Contracts.GetEstimatedRewards contract) => new(new ConsideredTask(
        contract.X, contract.Y, contract.Cycles, contract.UplinkSeconds, contract.Queue, new(contract.Serving), new(contract.LastTask)));

    public static Contracts.RewardsEstimated Write(RewardsEstimated message)
    {
        var contract = new Contracts.RewardsEstimated { Slot = message.Slot };
        var server = new DeltaWriter(contract.Server);
        foreach (var reward in message.Rewards)
        {
            server.Add(reward.Server.Value);
            contract.LatencySeconds.Add(reward.LatencySeconds);
            contract.Reward.Add(reward.Reward);
        }

        Fold(contract.LatencySeconds, contract.Reward);
        return contract;
    }

    public static RewardsEstimated Read(Contracts.RewardsEstimated contract)
    {
        var rewards = new EstimatedReward[contract.Server.Count];
        var server = new DeltaReader(contract.Server, rewards.Length);
        var latency = new ColumnReader<double>(contract.LatencySeconds, rewards.Length);
        var reward = new ColumnReader<double>(contract.Reward, rewards.Length);
        for (var row = 0; row < rewards.Length; row++)
            rewards[row] = new EstimatedReward(new(server.Next()), latency.Next(), reward.Next());
        return new RewardsEstimated(contract.Slot, rewards);
    }

    public static Contracts.EstimateTable? Write(IReadOnlyList<TwinEstimate> estimates)
    {
        if (estimates.Count == 0)
            return null;
        var table = new Contracts.EstimateTable();
        var server = new DeltaWriter(table.Server);
        for (var row = 0; row < estimates.Count; row++)
        {
            var estimate = estimates[row];
            server.Add(estimate.Server);
            table.Slot.Add(estimate.Slot);
            table.Revision.Add(estimate.Revision);
            table.AgeSlots.Add(estimate.AgeSlots);
            table.Tasks.Add(estimate.Tasks);
            table.FreeHertz.Add(estimate.FreeHertz);
            table.DeviationHertz.Add(estimate.DeviationHertz);
            table.Round.Add(unchecked(estimate.Round + 1));
            table.Changes.Add(estimate.Changes);
            table.Condition.Add((int)estimate.Condition);
            table.TasksPart.Add(estimate.TasksPart);
            table.SpreadHertz.Add(estimate.SpreadHertz);
        }

        Fold(table.Slot, table.Revision, table.AgeSlots, table.Tasks, table.Round, table.Changes, table.Condition);
        Fold(table.FreeHertz, table.DeviationHertz, table.TasksPart, table.SpreadHertz);
        return table;
    }

    public static TwinEstimate[] Read(Contracts.EstimateTable? table)
    {
        if (table is null)
            return [];
        var rows = new TwinEstimate[table.Server.Count];
        var server = new DeltaReader(table.Server, rows.Length);
        var slot = new ColumnReader<int>(table.Slot, rows.Length);
        var revision = new ColumnReader<int>(table.Revision, rows.Length);
        var age = new ColumnReader<int>(table.AgeSlots, rows.Length);
        var tasks = new ColumnReader<int>(table.Tasks, rows.Length);
        var free = new ColumnReader<double>(table.FreeHertz, rows.Length);
        var deviation = new ColumnReader<double>(table.DeviationHertz, rows.Length);
        var (round, changes) = (new ColumnReader<int>(table.Round, rows.Length), new ColumnReader<int>(table.Changes, rows.Length));
        var condition = new ColumnReader<int>(table.Condition, rows.Length);
        var (part, spread) = (new ColumnReader<double>(table.TasksPart, rows.Length), new ColumnReader<double>(table.SpreadHertz, rows.Length));
        for (var row = 0; row < rows.Length; row++)
            rows[row] = new TwinEstimate(
                server.Next(), slot.Next(), revision.Next(), age.Next(), free.Next(), tasks.Next(), deviation.Next())
            {
                Round = unchecked(round.Next() - 1),
                Changes = changes.Next(),
                Condition = ConditionOf(condition.Next()),
                TasksPart = part.Next(),
                SpreadHertz = spread.Next(),
            };
        return rows;
    }

    private static TwinCondition ConditionOf(int number) => number is >= 0 and <= (int)TwinCondition.Resynchronising
        ? (TwinCondition)number
        : throw new SerializationException($"There is no condition {number} of a twin.");

    public static Contracts.TwinStateTable? Write(IReadOnlyList<ServerTwinState> twins)
    {
        if (twins.Count == 0)
            return null;
        var table = new Contracts.TwinStateTable();
        var (server, countedSlot) = (new DeltaWriter(table.Server), new DeltaWriter(table.CountedSlot));
        foreach (var twin in twins)
        {
            server.Add(twin.Server);
            table.Revision.Add(twin.Revision);
            table.SyncedSlot.Add(twin.SyncedSlot);
            table.SyncedTasks.Add(twin.SyncedTasks);
            table.Changes.Add(twin.Changes);
            table.Desynchronized.Add(twin.Desynchronized ? 1 : 0);
            table.FreeHertz.Add(twin.FreeHertz);
            table.ErrorHertz.Add(twin.ErrorHertz);
            table.VarianceSquareHertz.Add(twin.VarianceSquareHertz);
            table.Readings.Add(twin.Readings);
            table.TasksSum.Add(twin.TasksSum);
            table.FreeHertzSum.Add(twin.FreeHertzSum);
            table.HasShown.Add(twin.Shown is null ? 0 : 1);
            table.ShownTasks.Add(twin.Shown?.Tasks ?? 0);
            table.ShownFreeHertz.Add(twin.Shown?.FreeHertz ?? 0);
            table.Counted.Add(twin.Counted.All.Count);
            foreach (var (slot, change) in twin.Counted.All)
            {
                countedSlot.Add(slot);
                table.CountedChange.Add(change);
            }
        }

        Fold(table.Revision, table.SyncedSlot, table.SyncedTasks, table.Changes, table.Desynchronized, table.Readings, table.Counted, table.CountedChange);
        Fold(table.HasShown, table.ShownTasks);
        Fold(table.FreeHertz, table.ErrorHertz, table.VarianceSquareHertz, table.FreeHertzSum, table.ShownFreeHertz);
        Fold(table.TasksSum);
        return table;
    }

    public static ServerTwinState[] Read(Contracts.TwinStateTable? table)
    {
        if (table is null)
            return [];
        var rows = new ServerTwinState[table.Server.Count];
        var server = new DeltaReader(table.Server, rows.Length);
        var revision = new ColumnReader<int>(table.Revision, rows.Length);
        var slot = new ColumnReader<int>(table.SyncedSlot, rows.Length);
        var tasks = new ColumnReader<int>(table.SyncedTasks, rows.Length);
        var changes = new ColumnReader<int>(table.Changes, rows.Length);
        var desynchronized = new ColumnReader<int>(table.Desynchronized, rows.Length);
        var free = new ColumnReader<double>(table.FreeHertz, rows.Length);
        var error = new ColumnReader<double>(table.ErrorHertz, rows.Length);
        var variance = new ColumnReader<double>(table.VarianceSquareHertz, rows.Length);
        var (readings, freeSum) = (new ColumnReader<int>(table.Readings, rows.Length), new ColumnReader<double>(table.FreeHertzSum, rows.Length));
        var (tasksSum, counted) = (new ColumnReader<long>(table.TasksSum, rows.Length), new ColumnReader<int>(table.Counted, rows.Length));
        var (hasShown, shownTasks) = (new ColumnReader<int>(table.HasShown, rows.Length), new ColumnReader<int>(table.ShownTasks, rows.Length));
        var shownFree = new ColumnReader<double>(table.ShownFreeHertz, rows.Length);
        CheckSum(table.Counted, rows.Length, table.CountedSlot.Count);
        var countedSlot = new DeltaReader(table.CountedSlot, table.CountedSlot.Count);
        var countedChange = new ColumnReader<int>(table.CountedChange, table.CountedSlot.Count);
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = new ServerTwinState
            {
                Server = server.Next(),
                Revision = revision.Next(),
                SyncedSlot = slot.Next(),
                SyncedTasks = tasks.Next(),
                Changes = changes.Next(),
                Desynchronized = ToBool(desynchronized.Next()),
                FreeHertz = free.Next(),
                ErrorHertz = error.Next(),
                VarianceSquareHertz = variance.Next(),
                Readings = readings.Next(),
                FreeHertzSum = freeSum.Next(),
                TasksSum = tasksSum.Next(),
                Counted = Counted(counted.Next(), ref countedSlot, ref countedChange),
                Shown = Shown(ToBool(hasShown.Next()), shownFree.Next(), shownTasks.Next()),
            };
        }

        return rows;
    }

    private static ShownTruth? Shown(bool has, double freeHertz, int tasks) => has ? new ShownTruth(freeHertz, tasks) : null;

    private static PlacementChanges Counted(int count, ref DeltaReader slot, ref ColumnReader<int> change)
    {
        if (count == 0)
            return PlacementChanges.None;
        var all = new SlotChange[count];
        for (var i = 0; i < count; i++)
            all[i] = new SlotChange(slot.Next(), change.Next());
        return new PlacementChanges(all);
    }
}
