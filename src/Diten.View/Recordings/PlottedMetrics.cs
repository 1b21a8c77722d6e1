using System.Buffers.Binary;
using Diten.Model.Records;
using Diten.Runs.Results;

namespace Diten.View.Recordings;

/// <summary>A metric as the page draws it over slots.</summary>
/// <param name="Title">How people call it, with the unit that <paramref name="Factor"/> leads to.</param>
internal sealed record PlottedMetric(string Name, string Title, double Factor, int Digits, string Meaning);

/// <summary>The table of metrics, slot by slot, out of the sums that frames carry.</summary>
internal static class PlottedMetrics
{
    /// <summary>All that the sums of one slot tell: what needs a whole run, such as quantiles, is not among them.</summary>
    public static IReadOnlyList<PlottedMetric> Of(RecordedWorld world) =>
    [
        .. Metric.All.Where(metric => (world.MeasuresTwins || !metric.OnlyMeasured) && double.IsFinite(metric.Of(Sample())))
            .Select(metric => new PlottedMetric(metric.Name, metric.Display.Title, metric.Display.Scale, metric.Display.Decimals, metric.Meaning)),
    ];

    /// <summary>A metric of all frames from one on, as float64; null where there is none of that name.</summary>
    /// <param name="from">Number of a frame, not negative.</param>
    public static byte[]? Series(Recording recording, string name, int from)
    {
        if (Metric.All.FirstOrDefault(metric => metric.Name == name) is not { } metric)
            return null;
        var (layout, frames) = (recording.World.Layout(), recording.Frames);
        var count = Math.Max(0, frames - from);
        var (values, sums) = (new byte[8 * count], new byte[layout.PlacesAt]);
        for (var i = 0; i < count; i++)
        {
            recording.ReadPart(from + i, 0, sums);
            BinaryPrimitives.WriteDoubleLittleEndian(values.AsSpan(8 * i), metric.Of(Read(layout, sums, recording.World.MeasuresTwins)));
        }

        return values;
    }

    private static Measured Read(FrameLayout layout, byte[] frame, bool twinsAreMeasured)
    {
        var (total, twins) = (default(SlotTotals), default(TwinTotals));
        var at = layout.SlotTotalsAt;
        foreach (var count in TotalsTable.Counts)
            count.Of(ref total) = (long)Next();
        foreach (var sum in TotalsTable.Sums)
            sum.Of(ref total) = Next();
        at = layout.TwinTotalsAt;
        foreach (var count in TwinTotalsTable.Counts)
            count.Of(ref twins) = (long)Next();
        foreach (var sum in TwinTotalsTable.Sums)
            sum.Of(ref twins) = Next();
        var utilisation = BinaryPrimitives.ReadSingleLittleEndian(frame.AsSpan(layout.SeriesAt + (4 * SlotSeries.UtilisationIndex)));
        return new Measured(total, utilisation, null, twinsAreMeasured ? twins : null);

        double Next() => BinaryPrimitives.ReadDoubleLittleEndian(frame.AsSpan((at += 8) - 8));
    }

    /// <summary>A slot with one of everything: a metric that is nothing even then needs more than sums.</summary>
    private static Measured Sample()
    {
        var (total, twins) = (default(SlotTotals), default(TwinTotals));
        foreach (var count in TotalsTable.Counts)
            count.Of(ref total) = 1;
        total.Devices = 2; // two device-slots of which one is covered
        foreach (var count in TwinTotalsTable.Counts)
            count.Of(ref twins) = 1;
        return new Measured(total, 1, null, twins);
    }
}
