using Diten.Node.Results.Plots;
using ScottPlot;
using ScottPlot.Plottables;

namespace Diten.Node.Experiments;

/// <summary>Draws latency against migration rate, a point with its intervals a policy.</summary>
internal static class ComparisonPlot
{
    private const int Width = 900;
    private const int Height = 600;

    /// <summary>Writes <c>latency-vs-migration.svg</c> and <c>.png</c> into an existing folder.</summary>
    public static void Write(string folder, Comparison comparison, ComparisonBounds? bounds)
    {
        using var plot = new Plot();
        plot.Font.Set(PlotFont.Register());
        plot.Legend.FontName = PlotFont.Family;
        foreach (var policy in comparison.Policies)
        {
            var x = comparison.Mean(policy, Metric.MigrationRate);
            var y = Metric.Latency.Scaled(comparison.Mean(policy, Metric.Latency));
            if (!double.IsFinite(x.Mean) || !double.IsFinite(y.Mean))
                continue;
            var marker = plot.Add.Marker(x.Mean, y.Mean, size: 10);
            marker.LegendText = policy;
            if (double.IsFinite(x.HalfWidth) && double.IsFinite(y.HalfWidth))
                plot.Add.Plottable(new ErrorBar([x.Mean], [y.Mean], [x.HalfWidth], [x.HalfWidth], [y.HalfWidth], [y.HalfWidth]) { Color = marker.Color });
        }

        foreach (var bound in bounds?.Rows ?? [])
        {
            var latency = bound.Latency.Mean * Metric.Latency.Scale;
            if (bound.MigrationRate is { } rate)
                plot.Add.Marker(rate.Mean, latency, MarkerShape.OpenDiamond, size: 10).LegendText = bound.Name;
            else
                plot.Add.HorizontalLine(latency, width: 1, pattern: LinePattern.Dashed).LegendText = bound.Name;
        }

        plot.XLabel("migrations per slot");
        plot.YLabel("mean latency, ms");
        plot.ShowLegend(Edge.Right);
        plot.SaveSvg(Path.Combine(folder, "latency-vs-migration.svg"), Width, Height);
        plot.SavePng(Path.Combine(folder, "latency-vs-migration.png"), Width, Height);
    }
}
