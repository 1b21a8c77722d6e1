using Diten.Runs.Results;
using ScottPlot;
using static Diten.Runs.Plots.PlotStyle;

namespace Diten.Runs.Plots;

/// <summary>Draws a run from its tables.</summary>
internal static class RunPlots
{
    private const int Width = 580;

    /// <summary>All plots that the run's tables allow: those of servers and twins need per-server records.</summary>
    /// <exception cref="InvalidDataException">A table is damaged; the message names it.</exception>
    public static IReadOnlyList<RunPlot> All(RunFolder run)
    {
        var slots = TableFile.Read(run.Csv(Tables.Slots.Name));
        var summary = RunSummary.Read(run.SummaryFile);
        var ofServers = File.Exists(run.Csv(Tables.ServerMeans.Name));
        RunPlot[] overTime = [LatencyOverTime(slots), FailureOverTime(slots), MigrationsOverTime(slots), .. ofServers ? [TwinDeviation(slots)] : Array.Empty<RunPlot>()];
        foreach (var plot in overTime)
            FaultPlots.Shade(plot.Plot, summary.Faults ?? [], slots.Count);
        return
        [
            LatencyDistribution(TableFile.Read(run.Csv(Tables.Latencies.Name)), summary), .. overTime,
            .. ofServers ? [LoadMap.Draw(TableFile.Read(run.Csv(Tables.ServerMeans.Name)))] : Array.Empty<RunPlot>(),
        ];
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
            Band(plot, slot, uncovered, Sum(uncovered, lost), Red, "server down");
            uncovered = Sum(uncovered, lost);
        }

        Band(plot, slot, uncovered, late, Orange, "after the deadline");
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

    private static double[] Ratio(double[] values, double[] over, double factor) => [.. values.Select((v, i) => v / over[i] * factor)];

    private static double[] Sum(params double[][] parts) => [.. parts[0].Select((_, i) => parts.Sum(p => p[i]))];
}
