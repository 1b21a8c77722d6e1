using Diten.Model.Space;
using Diten.Runs.Results;
using ScottPlot;
using static Diten.Runs.Plots.PlotStyle;

namespace Diten.Runs.Plots;

/// <summary>Draws a run from its tables.</summary>
internal static class RunPlots
{
    /// <summary>Name of the map of loads.</summary>
    public const string LoadMapName = "load-map";

    private const int Width = 580;

    /// <summary>All plots that the run's tables allow: those of servers and twins need per-server records.</summary>
    /// <exception cref="InvalidDataException">A table is damaged; the message names it.</exception>
    public static IReadOnlyList<RunPlot> All(RunFolder run)
    {
        var slots = TableFile.Read(run.Csv(Tables.Slots.Name));
        var summary = RunSummary.Read(run.SummaryFile);
        RunPlot[] overTime = [LatencyOverTime(slots), FailureOverTime(slots), MigrationsOverTime(slots)];
        foreach (var plot in overTime)
            FaultPlots.Shade(plot.Plot, summary.Faults ?? [], slots.Count);
        var plots = new List<RunPlot> { LatencyDistribution(TableFile.Read(run.Csv(Tables.Latencies.Name)), summary) };
        plots.AddRange(overTime);
        if (File.Exists(run.Csv(Tables.ServerMeans.Name)))
        {
            plots.Add(TwinDeviation(slots));
            plots.Add(LoadMap(TableFile.Read(run.Csv(Tables.ServerMeans.Name))));
        }

        return plots;
    }

    private static RunPlot LatencyDistribution(TableFile latencies, RunSummary summary)
    {
        var plot = New("Latency of completed tasks", "Latency T_glob (ms)", "Share of tasks at most this late (%)");
        var share = Scaled(latencies.Numbers("share"), 100);
        Line(plot, Scaled(latencies.Numbers("latency_seconds"), 1000), share, Blue, null);
        (double Seconds, string Name, Color Color)[] marks =
            [(summary[Metric.Median], "median", Green), (summary[Metric.Latency95], "95 %", Orange), (summary[Metric.Latency99], "99 %", Red)];
        foreach (var (seconds, name, color) in marks.Where(m => double.IsFinite(m.Seconds)))
        {
            var line = plot.Add.VerticalLine(seconds * 1000, 1.5f, color, LinePattern.Dashed);
            line.LegendText = FormattableString.Invariant($"{name}: {seconds * 1000:0} ms");
        }

        // A heavy tail would squeeze what matters into a corner.
        if (summary[Metric.Latency99] > 0)
            plot.Axes.SetLimits(0, summary[Metric.Latency99] * 1000 * 1.25, 0, 102);
        plot.ShowLegend(Alignment.LowerRight);
        return new RunPlot(
            "latency-distribution", "How late tasks are",
            "A steep curve means that most devices fare alike. A long flat tail at the top right is where deadlines are missed.", plot, Width, 340);
    }

    private static RunPlot LatencyOverTime(TableFile slots)
    {
        var plot = New("Mean latency by slot, and what it is made of", "Slot", "Latency (ms)");
        var slot = slots.Numbers("slot");
        var uplink = Scaled(slots.Numbers("uplink_mean_seconds"), 1000);
        var wired = Sum(uplink, Scaled(slots.Numbers("propagation_mean_seconds"), 1000), Scaled(slots.Numbers("outage_mean_seconds"), 1000));
        var computed = Sum(wired, Scaled(slots.Numbers("queueing_mean_seconds"), 1000), Scaled(slots.Numbers("computation_mean_seconds"), 1000));
        Band(plot, slot, new double[slot.Length], uplink, Violet, "uplink");
        Band(plot, slot, uplink, wired, Green, "wired network");
        Band(plot, slot, wired, computed, Blue, "computation and queue");
        FromZero(plot);
        plot.ShowLegend(Alignment.UpperRight, Orientation.Horizontal);
        return new RunPlot(
            "latency-over-time", "Latency over time",
            "The layers add up to the mean latency. A computation layer that keeps growing means that the servers fall behind.", plot, Width, 340);
    }

    private static RunPlot FailureOverTime(TableFile slots)
    {
        var plot = New("Tasks that failed, by slot", "Slot", "Share of tasks (%)");
        var slot = slots.Numbers("slot");
        var devices = slots.Numbers("devices");
        var uncovered = Ratio(slots.Numbers("uncovered"), devices, 100);
        Band(plot, slot, new double[slot.Length], uncovered, Violet, "out of coverage");
        var late = Scaled(slots.Numbers("failure_rate"), 100);
        if (slots.Names.Contains("lost"))
        {
            var lost = Ratio(slots.Numbers("lost"), devices, 100);
            Band(plot, slot, uncovered, Sum(uncovered, lost), Orange, "server down");
            uncovered = Sum(uncovered, lost);
        }

        Band(plot, slot, uncovered, late, Red, "after the deadline");
        FromZero(plot);
        plot.ShowLegend(Alignment.UpperRight, Orientation.Horizontal);
        return new RunPlot(
            "failure-over-time", "Failures over time",
            "Bursts tell of servers that many devices chose at once, or whose background load jumped. A steady level tells of too little capacity.",
            plot, Width, 300);
    }

    private static RunPlot MigrationsOverTime(TableFile slots)
    {
        var plot = New("Service migrations by slot", "Slot", "Share of devices that migrate (%)");
        var slot = slots.Numbers("slot");
        Line(plot, slot, Ratio(slots.Numbers("migrations"), slots.Numbers("migration_opportunities"), 100), Orange, "migrations");
        Line(plot, slot, Ratio(slots.Numbers("hand_overs"), slots.Numbers("devices"), 100), Green, "hand-overs");
        FromZero(plot);
        plot.ShowLegend(Alignment.UpperRight, Orientation.Horizontal);
        return new RunPlot(
            "migrations-over-time", "Migrations over time",
            "Following the nearest server would migrate about as often as devices are handed over; below that the policy is holding on to its "
            + "servers, above it is hunting for load.", plot, Width, 300);
    }

    private static RunPlot TwinDeviation(TableFile slots)
    {
        var plot = New("Free capacity: truth against twin", "Slot", "True − published (GHz)");
        var slot = slots.Numbers("slot");
        Line(plot, slot, Scaled(slots.Numbers("twin_free_error_absolute_mean_hertz"), 1e-9), Blue, "mean absolute error");
        Line(plot, slot, Scaled(slots.Numbers("twin_free_error_mean_hertz"), 1e-9), Orange, "mean error");
        plot.Add.HorizontalLine(0, 1, Ink.WithAlpha(.4));
        plot.Axes.Margins(bottom: .08, top: .25);
        plot.ShowLegend(Alignment.UpperRight, Orientation.Horizontal);
        return new RunPlot(
            "twin-deviation", "How wrong the twins are",
            "A mean error off zero is a bias: twins promise too much (below) or too little (above). The absolute error also counts what cancels "
            + "out; it grows as twins age.", plot, Width, 300);
    }

    private static RunPlot LoadMap(TableFile servers)
    {
        const int steps = 16;
        var plot = New("Mean utilisation of every server (%)", "East (km)", "North (km)");
        var (x, y) = (Scaled(servers.Numbers("x_metres"), 1e-3), Scaled(servers.Numbers("y_metres"), 1e-3));
        var load = Scaled(servers.Numbers("utilisation_mean"), 100);
        var (low, high) = (load.Min(), Math.Max(load.Max(), load.Min() + 1));
        var colours = new ScottPlot.Colormaps.Viridis().Reversed();
        var size = MarkerSize(servers.Numbers("x_metres"), servers.Numbers("y_metres"));
        for (var step = 0; step < steps; step++)
        {
            var these = Enumerable.Range(0, load.Length)
                .Where(s => Math.Min(steps - 1, (int)((load[s] - low) / (high - low) * steps)) == step).ToArray();
            if (these.Length == 0)
                continue;
            var dots = plot.Add.ScatterPoints(these.Select(s => x[s]).ToArray(), these.Select(s => y[s]).ToArray(), colours.GetColor((step + 0.5) / steps));
            dots.MarkerSize = size;
            dots.MarkerShape = MarkerShape.FilledSquare;
        }

        var bar = plot.Add.ColorBar(new LoadScale(colours, new ScottPlot.Range(low, high)));
        bar.Axis.TickLabelStyle.FontName = PlotFont.Family;
        bar.Axis.TickLabelStyle.FontSize = 12;
        bar.Axis.TickLabelStyle.ForeColor = Ink;
        bar.Axis.FrameLineStyle.Color = bar.Axis.MajorTickStyle.Color = Ink;
        bar.Axis.MinorTickStyle.Length = 0;
        var names = servers.Words("server");
        for (var server = 0; server < load.Length; server++)
            plot.Note(x[server], y[server], size, FormattableString.Invariant($"server {names[server]}: {load[server]:0.0} %"));
        var pad = Math.Max(Math.Max(x.Max() - x.Min(), y.Max() - y.Min()) * .06, .01);   // squares at the edge are whole
        plot.Axes.SetLimits(x.Min() - pad, x.Max() + pad, y.Min() - pad, y.Max() + pad);
        plot.Axes.SquareUnits();
        plot.Grid.IsVisible = false;
        return new RunPlot(
            LoadMapName, "Where the load is",
            "Each square is a server at its station; dark is busy. Dark patches are where devices crowd, dark single squares are servers of little "
            + "capacity or much background load.", plot, Width, 540);
    }

    /// <summary>As large as leaves half of the squares beside their nearest neighbour and not on it; real sites stand in clusters.</summary>
    private static float MarkerSize(double[] x, double[] y)
    {
        const double mapPixels = 430, largest = 22, smallest = 2.5;
        if (x.Length < 2)
            return (float)largest;
        var area = new Area(x.Min(), y.Min(), x.Max(), y.Max());
        var sites = new NearestSites(x, y, area);
        var apart = new double[x.Length];
        var two = new int[2];
        for (var site = 0; site < x.Length; site++)
        {
            sites.Nearest(x[site], y[site], two);
            var other = two[0] == site ? two[1] : two[0];
            apart[site] = double.Hypot(x[other] - x[site], y[other] - y[site]);
        }

        Array.Sort(apart);
        var pixels = mapPixels * apart[apart.Length / 2] / Math.Max(area.Width, area.Height);
        return (float)Math.Clamp(Math.Min(pixels, 350 / Math.Sqrt(x.Length)), smallest, largest);
    }

    private static double[] Ratio(double[] values, double[] over, double factor) => [.. values.Select((v, i) => v / over[i] * factor)];

    private static double[] Sum(params double[][] parts) => [.. parts[0].Select((_, i) => parts.Sum(p => p[i]))];

    /// <summary>What the colour bar of the map spans.</summary>
    private sealed class LoadScale(IColormap colours, ScottPlot.Range range) : IHasColorAxis
    {
        public IColormap Colormap => colours;

        public ScottPlot.Range GetRange() => range;
    }
}
