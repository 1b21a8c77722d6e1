using System.Runtime.Serialization;
using Diten.Model.Statistics;
using Google.Protobuf;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>Slot reports on the wire, and the tables of totals and latencies that others hold too.</summary>
internal static class ReportCodec
{
    public static Contracts.SlotReport Write(SlotReport report) => new()
    {
        Slot = report.Slot,
        Digest = UnsafeByteOperations.UnsafeWrap(report.Digest),
        Total = Write(report.Total),
        StationTotals = Write(report.StationTotals),
        StationDigests = UnsafeByteOperations.UnsafeWrap(report.StationDigests),
        Servers = RecordCodec.Write(report.Servers),
        Devices = RecordCodec.Write((IReadOnlyList<DeviceSlotRecord>)report.Devices),
        UtilisationMean = report.UtilisationMean,
        Learned = LearnerCodec.Write(report.Learned),
    };

    public static SlotReport Read(Contracts.SlotReport contract) => new(
        contract.Slot, contract.Digest.ToByteArray(), ReadOne(contract.Total), Read(contract.StationTotals),
        contract.StationDigests.ToByteArray(), RecordCodec.Read(contract.Servers), RecordCodec.Read(contract.Devices),
        contract.UtilisationMean)
    {
        Learned = LearnerCodec.Read(contract.Learned),
    };

    public static Contracts.TotalsTable Write(in SlotTotals totals) => Write([totals])!;

    public static SlotTotals ReadOne(Contracts.TotalsTable? table)
    {
        var rows = Read(table);
        return rows.Length == 1 ? rows[0] : throw new SerializationException($"There are {rows.Length} totals where one should be.");
    }

    public static Contracts.TotalsTable? Write(IReadOnlyList<SlotTotals> totals)
    {
        if (totals.Count == 0)
            return null;
        var table = new Contracts.TotalsTable();
        foreach (var row in totals)
        {
            table.Devices.Add(row.Devices);
            table.InTime.Add(row.InTime);
            table.Late.Add(row.Late);
            table.Uncovered.Add(row.Uncovered);
            table.Migrations.Add(row.Migrations);
            table.MigrationOpportunities.Add(row.MigrationOpportunities);
            table.HandOvers.Add(row.HandOvers);
            table.QueriesWithoutTwins.Add(row.QueriesWithoutTwins);
            table.QueriesWithTwins.Add(row.QueriesWithTwins);
            table.Latency.Add(row.Latency);
            table.LatencyCapped.Add(row.LatencyCapped);
            table.Uplink.Add(row.Uplink);
            table.Propagation.Add(row.Propagation);
            table.Queueing.Add(row.Queueing);
            table.Computation.Add(row.Computation);
            table.Outage.Add(row.Outage);
            table.PredictionError.Add(row.PredictionError);
            table.PredictionAbsoluteError.Add(row.PredictionAbsoluteError);
            table.Reward.Add(row.Reward);
            table.DeficitQueue.Add(row.DeficitQueue);
        }

        Fold(table.InTime, table.Late, table.Uncovered, table.Migrations, table.MigrationOpportunities, table.HandOvers,
            table.QueriesWithoutTwins, table.QueriesWithTwins);
        Fold(table.Latency, table.LatencyCapped, table.Uplink, table.Propagation, table.Queueing, table.Computation, table.Outage,
            table.PredictionError, table.PredictionAbsoluteError, table.Reward, table.DeficitQueue);
        return table;
    }

    public static SlotTotals[] Read(Contracts.TotalsTable? table)
    {
        if (table is null)
            return [];
        var rows = new SlotTotals[table.Devices.Count];
        var (inTime, late) = (new ColumnReader<long>(table.InTime, rows.Length), new ColumnReader<long>(table.Late, rows.Length));
        var uncovered = new ColumnReader<long>(table.Uncovered, rows.Length);
        var migrations = new ColumnReader<long>(table.Migrations, rows.Length);
        var opportunities = new ColumnReader<long>(table.MigrationOpportunities, rows.Length);
        var handOvers = new ColumnReader<long>(table.HandOvers, rows.Length);
        var queriesWithoutTwins = new ColumnReader<long>(table.QueriesWithoutTwins, rows.Length);
        var queriesWithTwins = new ColumnReader<long>(table.QueriesWithTwins, rows.Length);
        var latency = new ColumnReader<double>(table.Latency, rows.Length);
        var capped = new ColumnReader<double>(table.LatencyCapped, rows.Length);
        var uplink = new ColumnReader<double>(table.Uplink, rows.Length);
        var propagation = new ColumnReader<double>(table.Propagation, rows.Length);
        var queueing = new ColumnReader<double>(table.Queueing, rows.Length);
        var computation = new ColumnReader<double>(table.Computation, rows.Length);
        var outage = new ColumnReader<double>(table.Outage, rows.Length);
        var error = new ColumnReader<double>(table.PredictionError, rows.Length);
        var absoluteError = new ColumnReader<double>(table.PredictionAbsoluteError, rows.Length);
        var reward = new ColumnReader<double>(table.Reward, rows.Length);
        var queue = new ColumnReader<double>(table.DeficitQueue, rows.Length);
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = new SlotTotals
            {
                Devices = table.Devices[row],
                InTime = inTime.Next(),
                Late = late.Next(),
                Uncovered = uncovered.Next(),
                Migrations = migrations.Next(),
                MigrationOpportunities = opportunities.Next(),
                HandOvers = handOvers.Next(),
                QueriesWithoutTwins = queriesWithoutTwins.Next(),
                QueriesWithTwins = queriesWithTwins.Next(),
                Latency = latency.Next(),
                LatencyCapped = capped.Next(),
                Uplink = uplink.Next(),
                Propagation = propagation.Next(),
                Queueing = queueing.Next(),
                Computation = computation.Next(),
                Outage = outage.Next(),
                PredictionError = error.Next(),
                PredictionAbsoluteError = absoluteError.Next(),
                Reward = reward.Next(),
                DeficitQueue = queue.Next(),
            };
        }

        return rows;
    }

    public static Contracts.Histogram Write(LatencyHistogram histogram)
    {
        var table = new Contracts.Histogram();
        var bins = new DeltaWriter(table.Bin);
        foreach (var (bin, count) in histogram.Bins())
        {
            bins.Add(bin);
            table.Count.Add(count);
        }

        Fold(table.Count);
        return table;
    }

    public static LatencyHistogram Read(Contracts.Histogram? table)
    {
        table = Required(table);
        var (bin, count) = (new DeltaReader(table.Bin, table.Bin.Count), new ColumnReader<long>(table.Count, table.Bin.Count));
        var bins = new (int, long)[table.Bin.Count];
        for (var row = 0; row < bins.Length; row++)
            bins[row] = (bin.Next(), count.Next());
        return LatencyHistogram.FromBins(bins);
    }
}
