using Diten.Model.Statistics;

namespace Diten.Runs.Plots;

/// <summary>What an axis spans.</summary>
internal readonly record struct PlotRange(double Low, double High)
{
    /// <summary>A value beyond so many times the next lower one is left outside: it would squeeze all others into a corner.</summary>
    private const double Outlier = 2.5;

    public double Span => High - Low;

    /// <summary>As far as a marker is still whole.</summary>
    public double NearHigh => Low + 0.99 * Span;

    /// <summary>From 0 to what holds the values, outliers left out, and the mark.</summary>
    public static PlotRange FromZero(IEnumerable<MeanInterval> values, double mark)
    {
        var most = Most(values);
        // A mark far beyond all values is not worth the room.
        return new PlotRange(0, Math.Max(1.08 * (mark <= Outlier * most ? Math.Max(most, mark) : most), 1e-3));
    }

    /// <summary>What holds the values, outliers left out, and the marks, with a margin.</summary>
    public static PlotRange Around(IEnumerable<MeanInterval> values, double[] marks)
    {
        MeanInterval[] all = [.. values];
        double[] ends = [.. all.Select(value => double.IsFinite(value.Low) ? value.Low : value.Mean), .. marks];
        if (ends.Length == 0)
            return new PlotRange(0, 1);
        var (low, high) = (ends.Min(), Math.Max(Most(all), marks.DefaultIfEmpty(0).Max()));
        var margin = Math.Max(0.09 * (high - low), 0.01 * high + 1e-9);
        return new PlotRange(low - margin, high + margin);
    }

    private static double Most(IEnumerable<MeanInterval> values)
    {
        double[] ends = [.. values.Select(value => double.IsFinite(value.High) ? value.High : value.Mean).Order()];
        var last = ends.Length - 1;
        while (last >= 2 && ends[last] > Outlier * ends[last - 1])
            last--;
        return last < 0 ? 0 : ends[last];
    }
}
