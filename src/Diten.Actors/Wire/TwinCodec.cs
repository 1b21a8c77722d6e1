using Diten.Model.EdgeServers;
using Diten.Model.ServerTwins;
using Diten.Model.SystemTwin;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>Twins and servers on the wire: what they are, publish and tell.</summary>
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
        }

        Fold(table.Slot, table.Revision, table.AgeSlots, table.Tasks);
        Fold(table.FreeHertz, table.DeviationHertz);
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
        for (var row = 0; row < rows.Length; row++)
            rows[row] = new TwinEstimate(
                server.Next(), slot.Next(), revision.Next(), age.Next(), free.Next(), tasks.Next(), deviation.Next());
        return rows;
    }

    public static Contracts.TwinStateTable? Write(IReadOnlyList<ServerTwinState> twins)
    {
        if (twins.Count == 0)
            return null;
        var table = new Contracts.TwinStateTable();
        var server = new DeltaWriter(table.Server);
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
        }

        Fold(table.Revision, table.SyncedSlot, table.SyncedTasks, table.Changes, table.Desynchronized);
        Fold(table.FreeHertz, table.ErrorHertz, table.VarianceSquareHertz);
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
            };
        }

        return rows;
    }

    public static Contracts.FactsTable? Write(IReadOnlyList<ServerFacts> facts)
    {
        if (facts.Count == 0)
            return null;
        var table = new Contracts.FactsTable();
        var server = new DeltaWriter(table.Server);
        foreach (var fact in facts)
        {
            server.Add(fact.Server);
            table.Tasks.Add(fact.Tasks);
            table.CapacityHertz.Add(fact.CapacityHertz);
            table.FreeHertz.Add(fact.FreeHertz);
            table.Utilisation.Add(fact.Utilisation);
            table.DeviationHertz.Add(fact.DeviationHertz);
            table.Down.Add(fact.Down ? 1 : 0);
            table.QueueLostSeconds.Add(fact.QueueLostSeconds);
            table.SyncsSent.Add(fact.Syncs.Sent);
            table.SyncsLost.Add(fact.Syncs.Lost);
            table.SyncsLate.Add(fact.Syncs.Late);
            table.SyncsDuplicated.Add(fact.Syncs.Duplicated);
            table.SyncsRefused.Add(fact.Syncs.Refused);
            table.SyncsOnTheirWay.Add(fact.Syncs.OnTheirWay);
        }

        Fold(table.Tasks, table.Down);
        Fold(table.SyncsSent, table.SyncsLost, table.SyncsLate, table.SyncsDuplicated, table.SyncsRefused, table.SyncsOnTheirWay);
        Fold(table.CapacityHertz, table.FreeHertz, table.Utilisation, table.DeviationHertz, table.QueueLostSeconds);
        return table;
    }

    public static ServerFacts[] Read(Contracts.FactsTable? table)
    {
        if (table is null)
            return [];
        var rows = new ServerFacts[table.Server.Count];
        var server = new DeltaReader(table.Server, rows.Length);
        var tasks = new ColumnReader<int>(table.Tasks, rows.Length);
        var capacity = new ColumnReader<double>(table.CapacityHertz, rows.Length);
        var free = new ColumnReader<double>(table.FreeHertz, rows.Length);
        var utilisation = new ColumnReader<double>(table.Utilisation, rows.Length);
        var deviation = new ColumnReader<double>(table.DeviationHertz, rows.Length);
        var (down, queueLost) = (new ColumnReader<int>(table.Down, rows.Length), new ColumnReader<double>(table.QueueLostSeconds, rows.Length));
        var (sent, lost) = (new ColumnReader<int>(table.SyncsSent, rows.Length), new ColumnReader<int>(table.SyncsLost, rows.Length));
        var (late, twice) = (new ColumnReader<int>(table.SyncsLate, rows.Length), new ColumnReader<int>(table.SyncsDuplicated, rows.Length));
        var (refused, onTheirWay) = (new ColumnReader<int>(table.SyncsRefused, rows.Length), new ColumnReader<int>(table.SyncsOnTheirWay, rows.Length));
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = new ServerFacts(server.Next(), capacity.Next(), free.Next(), tasks.Next(), utilisation.Next(), deviation.Next())
            {
                Down = ToBool(down.Next()),
                QueueLostSeconds = queueLost.Next(),
                Syncs = new SyncCounts(sent.Next(), lost.Next(), late.Next(), twice.Next(), refused.Next(), onTheirWay.Next()),
            };
        }

        return rows;
    }
}
