using System.Runtime.Serialization;
using Diten.Model.Records;
using Diten.Model.Statistics;
using Google.Protobuf;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>Slot reports on the wire, and the table of latencies that others hold too.</summary>
internal static class ReportCodec
{
    public static Contracts.SlotReport Write(SlotReport report) => new()
    {
        Slot = report.Slot,
        Digest = UnsafeByteOperations.UnsafeWrap(report.Digest),
        Total = TotalsCodec.Write(report.Total),
        StationTotals = TotalsCodec.Write(report.StationTotals),
        StationDigests = UnsafeByteOperations.UnsafeWrap(report.StationDigests),
        Servers = RecordCodec.Write(report.Servers),
        Devices = RecordCodec.Write((IReadOnlyList<DeviceSlotRecord>)report.Devices),
        UtilisationMean = report.UtilisationMean,
        Learned = LearnerCodec.Write(report.Learned),
        Twins = MeasuresCodec.Write(report.Twins),
    };

    public static SlotReport Read(Contracts.SlotReport contract) => new(
        contract.Slot, contract.Digest.ToByteArray(), TotalsCodec.ReadOne(contract.Total), TotalsCodec.Read(contract.StationTotals),
        contract.StationDigests.ToByteArray(), RecordCodec.Read(contract.Servers), RecordCodec.Read(contract.Devices),
        contract.UtilisationMean)
    {
        Learned = LearnerCodec.Read(contract.Learned),
        Twins = MeasuresCodec.Read(contract.Twins),
    };

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
