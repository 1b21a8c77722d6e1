using System.Runtime.Serialization;
using Diten.Model.Records;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>Rows of devices and servers on the wire.</summary>
internal static class RecordCodec
{
    public static Contracts.DeviceRecordTable? Write(IReadOnlyList<DeviceSlotRecord> records)
    {
        if (records.Count == 0)
            return null;
        var table = new Contracts.DeviceRecordTable();
        var (device, station, server) = (new DeltaWriter(table.Device), new DeltaWriter(table.Station), new DeltaWriter(table.Server));
        for (var i = 0; i < records.Count; i++)
        {
            var row = records[i];
            device.Add(row.Device);
            table.Slot.Add(row.Slot);
            station.Add(row.Station);
            server.Add(row.Server);
            table.Outcome.Add((int)row.Outcome);
            table.Migrated.Add(row.Migrated ? 1 : 0);
            table.X.Add(row.X);
            table.Y.Add(row.Y);
            table.DeadlineSeconds.Add(row.DeadlineSeconds);
            table.LatencySeconds.Add(row.LatencySeconds);
            table.PredictedSeconds.Add(row.PredictedSeconds);
            table.UplinkSeconds.Add(row.UplinkSeconds);
            table.PropagationSeconds.Add(row.PropagationSeconds);
            table.QueueingSeconds.Add(row.QueueingSeconds);
            table.ComputationSeconds.Add(row.ComputationSeconds);
            table.OutageSeconds.Add(row.OutageSeconds);
            table.Queue.Add(row.Queue);
            table.Reward.Add(row.Reward);
            table.RegretKnown.Add(IsUnknown(row.RegretSeconds) ? 0 : 1);
            table.RegretSeconds.Add(IsUnknown(row.RegretSeconds) ? 0 : row.RegretSeconds);
            table.ChosenAge.Add(unchecked(row.ChosenAgeSlots + 1));
        }

        Fold(table.Slot, table.Station, table.Server, table.Outcome, table.Migrated, table.RegretKnown, table.ChosenAge);
        Fold(table.RegretSeconds);
        Fold(table.X, table.Y, table.DeadlineSeconds, table.LatencySeconds, table.PredictedSeconds, table.UplinkSeconds,
            table.PropagationSeconds, table.QueueingSeconds, table.ComputationSeconds, table.OutageSeconds, table.Queue, table.Reward);
        return table;
    }

    public static DeviceSlotRecord[] Read(Contracts.DeviceRecordTable? table)
    {
        if (table is null)
            return [];
        var rows = new DeviceSlotRecord[table.Device.Count];
        var (device, slot) = (new DeltaReader(table.Device, rows.Length), new ColumnReader<int>(table.Slot, rows.Length));
        var (station, server) = (new DeltaReader(table.Station, rows.Length), new DeltaReader(table.Server, rows.Length));
        var (outcome, migrated) = (new ColumnReader<int>(table.Outcome, rows.Length), new ColumnReader<int>(table.Migrated, rows.Length));
        var (x, y) = (new ColumnReader<double>(table.X, rows.Length), new ColumnReader<double>(table.Y, rows.Length));
        var deadline = new ColumnReader<double>(table.DeadlineSeconds, rows.Length);
        var latency = new ColumnReader<double>(table.LatencySeconds, rows.Length);
        var predicted = new ColumnReader<double>(table.PredictedSeconds, rows.Length);
        var uplink = new ColumnReader<double>(table.UplinkSeconds, rows.Length);
        var propagation = new ColumnReader<double>(table.PropagationSeconds, rows.Length);
        var queueing = new ColumnReader<double>(table.QueueingSeconds, rows.Length);
        var computation = new ColumnReader<double>(table.ComputationSeconds, rows.Length);
        var outage = new ColumnReader<double>(table.OutageSeconds, rows.Length);
        var queue = new ColumnReader<double>(table.Queue, rows.Length);
        var reward = new ColumnReader<double>(table.Reward, rows.Length);
        var (known, regret) = (new ColumnReader<int>(table.RegretKnown, rows.Length), new ColumnReader<double>(table.RegretSeconds, rows.Length));
        var age = new ColumnReader<int>(table.ChosenAge, rows.Length);
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = new DeviceSlotRecord(
                slot.Next(), device.Next(), station.Next(), x.Next(), y.Next(), server.Next(), Outcome(outcome.Next()), ToBool(migrated.Next()),
                deadline.Next(), latency.Next(), predicted.Next(), uplink.Next(), propagation.Next(), queueing.Next(), computation.Next(),
                outage.Next(), queue.Next(), reward.Next())
            {
                RegretSeconds = regret.Next() is var seconds && ToBool(known.Next()) ? seconds : double.NaN,
                ChosenAgeSlots = unchecked(age.Next() - 1),
            };
        }

        return rows;
    }

    public static Contracts.ServerRecordTable? Write(ReadOnlySpan<ServerSlotRecord> records)
    {
        if (records.IsEmpty)
            return null;
        var (table, twins) = (new Contracts.ServerRecordTable(), new List<TwinSlotRecord>());
        var server = new DeltaWriter(table.Server);
        foreach (ref readonly var row in records)
        {
            server.Add(row.Server);
            table.Slot.Add(row.Slot);
            table.Tasks.Add(row.Tasks);
            table.TwinTasks.Add(row.TwinTasks);
            table.TwinAgeSlots.Add(row.TwinAgeSlots);
            table.CapacityHertz.Add(row.CapacityHertz);
            table.FreeHertz.Add(row.FreeHertz);
            table.Utilisation.Add(row.Utilisation);
            table.DeviationHertz.Add(row.DeviationHertz);
            table.TwinFreeHertz.Add(row.TwinFreeHertz);
            table.TwinDeviationHertz.Add(row.TwinDeviationHertz);
            table.InTwins.Add(row.Twin is null ? 0 : 1);
            if (row.Twin is { } twin)
                twins.Add(twin);
        }

        table.Twins = MeasuresCodec.Write(twins);
        Fold(table.Slot, table.Tasks, table.TwinTasks, table.TwinAgeSlots, table.InTwins);
        Fold(table.CapacityHertz, table.FreeHertz, table.Utilisation, table.DeviationHertz, table.TwinFreeHertz, table.TwinDeviationHertz);
        return table;
    }

    public static ServerSlotRecord[] Read(Contracts.ServerRecordTable? table)
    {
        if (table is null)
            return [];
        var rows = new ServerSlotRecord[table.Server.Count];
        var (server, slot) = (new DeltaReader(table.Server, rows.Length), new ColumnReader<int>(table.Slot, rows.Length));
        var (tasks, twinTasks) = (new ColumnReader<int>(table.Tasks, rows.Length), new ColumnReader<int>(table.TwinTasks, rows.Length));
        var age = new ColumnReader<int>(table.TwinAgeSlots, rows.Length);
        var capacity = new ColumnReader<double>(table.CapacityHertz, rows.Length);
        var free = new ColumnReader<double>(table.FreeHertz, rows.Length);
        var utilisation = new ColumnReader<double>(table.Utilisation, rows.Length);
        var deviation = new ColumnReader<double>(table.DeviationHertz, rows.Length);
        var twinFree = new ColumnReader<double>(table.TwinFreeHertz, rows.Length);
        var twinDeviation = new ColumnReader<double>(table.TwinDeviationHertz, rows.Length);
        var (inTwins, twins, twin) = (new ColumnReader<int>(table.InTwins, rows.Length), MeasuresCodec.Read(table.Twins), 0);
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = new ServerSlotRecord(
                slot.Next(), server.Next(), capacity.Next(), free.Next(), tasks.Next(), utilisation.Next(), deviation.Next(), twinFree.Next(),
                twinTasks.Next(), twinDeviation.Next(), age.Next())
            {
                Twin = ToBool(inTwins.Next()) ? twin < twins.Length ? twins[twin++] : throw new SerializationException("A twin's row is missing.") : null,
            };
        }

        return twin == twins.Length ? rows : throw new SerializationException($"{twins.Length} rows of twins belong to {twin} rows of servers.");
    }

    /// <summary>Not any NaN, but the one that stands for a regret that was not measured.</summary>
    private static bool IsUnknown(double regret) => BitConverter.DoubleToInt64Bits(regret) == BitConverter.DoubleToInt64Bits(double.NaN);

    private static TaskOutcome Outcome(int value) =>
        value is >= 0 and <= (int)TaskOutcome.Lost
            ? (TaskOutcome)value
            : throw new SerializationException($"There is no outcome {value}.");
}
