using System.Text;
using Diten.Runs.Plots;
using Diten.Runs.Results;
using static Diten.Runs.Reports.ReportParts;

namespace Diten.Runs.Reports;

/// <summary>Turns a finished run folder into plots and <c>report.html</c>, one file that needs no other and no network.</summary>
internal static class RunReport
{
    private const int Rows = 8;

    /// <summary>Draws the plots and writes the report; what was there is replaced.</summary>
    /// <exception cref="InvalidDataException">A file of the run is damaged; the message names it.</exception>
    public static void Write(RunFolder run)
    {
        var summary = RunSummary.Read(run.SummaryFile);
        var (plots, faultPlots) = (RunPlots.All(run), FaultPlots.All(run));
        Directory.CreateDirectory(run.Plots);
        foreach (var plot in (RunPlot[])[.. plots, .. faultPlots])
            plot.Save(run.Plots);
        File.WriteAllText(run.ReportFile, Page(run, summary, plots, faultPlots));
    }

    private static string Page(RunFolder run, RunSummary s, IReadOnlyList<RunPlot> plots, IReadOnlyList<RunPlot> faultPlots)
    {
        var page = Begin($"{s.Scenario} · Diten run");
        Header(page, s);
        Cards(page, s);
        LatencyBar(page, s);
        page.Append("<h2>How the run went</h2>\n<div class=\"grid\">\n");
        foreach (var plot in plots.Where(p => p.Name != LoadMap.Name))
            Figure(page, plot);
        page.Append("</div>\n");
        FaultSection.Append(page, s, faultPlots);
        Edits(page, s);
        page.Append("<h2>Where to look closer</h2>\n<div class=\"grid\">\n");
        foreach (var map in plots.Where(p => p.Name == LoadMap.Name))
            Figure(page, map);
        page.Append("<div class=\"stack\">\n");
        BusiestServers(page, run);
        SlowestStations(page, run);
        page.Append("</div></div>\n");
        StandOuts(page, StandOutPlots.All(run));
        Scenario(page, s);
        FilesRead(page, s);
        Reproduce(page, s);
        return End(page);
    }

    private static void Edits(StringBuilder page, RunSummary s)
    {
        if (s.Edits is not { Count: > 0 } edits)
            return;
        page.Append("<h2>Changed while it ran</h2>\n");
        Table(page, "From that slot on; scenario.conf has all of it, and makes the same run from the beginning", ["slot", "change"],
            edits.Select(edit => new[] { Count(edit.Slot), edit.What }));
    }

    private static void Header(StringBuilder page, RunSummary s)
    {
        page.Append(
            $"""
            <h1>{Text(s.Scenario)}</h1>
            <p class="soft">{Count(s.World.Devices)} devices, {Count(s.World.Stations)} base stations with {Count(s.World.Servers)} edge servers,
            {Count(s.SlotsCompleted)} slots, {s.World.Candidates} candidates, policy <code>{Text(s.World.Policy)}</code>, seed {s.Seed}.</p>
            <p class="soft">Digest <code>{Text(s.Digest)}</code></p>

            """);
        if (s.Cancelled)
        {
            page.Append(
                $"<p class=\"warn\"><b>This run was cancelled</b> after {Count(s.SlotsCompleted)} of {Count(s.Slots)} slots. "
                + "All figures are over what was done.</p>\n");
        }
    }

    private static void Cards(StringBuilder page, RunSummary s)
    {
        page.Append("<div class=\"cards\">\n");
        Card(page, "Mean latency", Milliseconds(s[Metric.Latency]), "ms",
            $"Half of the tasks are done within {Milliseconds(s[Metric.Median])} ms, 95 % within {Milliseconds(s[Metric.Latency95])} ms, 99 % within "
            + $"{Milliseconds(s[Metric.Latency99])} ms. Deadlines are {Milliseconds(s.World.DeadlineMinimum)} to {Milliseconds(s.World.DeadlineMaximum)} ms.");
        Card(page, "Tasks that failed", Percent(s[Metric.FailureRate]), "%",
            $"Late, {(s[Metric.LostRate] > 0 ? "lost, " : "")}or out of coverage ({Percent(s[Metric.UncoveredRate])} % of all). With latency capped at each deadline the mean is "
            + $"{Milliseconds(s[Metric.LatencyCapped])} ms.");
        Card(page, "Services that migrated", Percent(s[Metric.MigrationRate]), "% per slot",
            $"The budget β allows {Percent(s.World.Beta)} %. The deficit queue ends at {Number(s[Metric.FinalQueue], 2)}: what is left of "
            + $"overspending. Devices changed station in {Percent(s[Metric.HandoverRate])} % of slots.");
        Card(page, "Reward", Number(s[Metric.Reward], 3), "per slot",
            "What the policy maximises, eq. (16): latency and queue-weighted migrations, both counted against it. Closer to zero is better.");
        Card(page, "Server utilisation", Percent(s[Metric.Utilisation]), "%",
            "Background load and emulated tasks together, mean over all servers and slots.");
        Card(page, "Prediction error", Milliseconds(s[Metric.PredictionAbsoluteError]), "ms",
            $"Mean absolute error of the latency that twins let devices expect. On average they "
            + (s[Metric.PredictionError] > 0 ? "expected " : "missed ") + $"{Number(Math.Abs(s[Metric.PredictionError]) * 1000, 2)} ms "
            + (s[Metric.PredictionError] > 0 ? "more than came." : "of what came."));
        Card(page, "Queries for state", Number(s[Metric.QueriesWithTwins], 2), "a device-slot",
            $"Without twins it would be {Number(s[Metric.QueriesWithoutTwins], 2)}: one per candidate rather than one per twin host.");
        Card(page, "Device-slots emulated", Count((long)s.Rate.DeviceSlotsPerSecond), "/s",
            $"{Count(s.DeviceSlots)} device-slots in {Number(s.Rate.WallSeconds, 1)} s, with at most {Number(s.Memory.PeakBytes / 1e9, 2)} GB of memory. "
            + "No part of the result.");
        page.Append("</div>\n");
    }

    private static void LatencyBar(StringBuilder page, RunSummary s)
    {
        (string Name, double Seconds, string Colour)[] parts =
        [
            ("uplink", s[Metric.Uplink], "violet"), ("wired network", s[Metric.Propagation], "green"),
            ("waiting at the server", s[Metric.Queueing], "orange"), ("computation", s[Metric.Computation], "blue"),
            ("outage by migration", s[Metric.Outage], "red"),
        ];
        if (!double.IsFinite(s[Metric.Latency]))
            return;
        var full = Math.Max(s.World.DeadlineMaximum, s[Metric.Latency]) * 1.05;
        page.Append("<h2>Where the time goes</h2>\n<div class=\"panel\"><div class=\"scale\"><div class=\"bar\">");
        foreach (var part in parts)
            page.Append($"<span style=\"width:{Percent(part.Seconds / full)}%;background:var(--{part.Colour})\"></span>");
        page.Append(
            $"</div><div class=\"mark\" style=\"left:{Percent(s.World.DeadlineMinimum / full)}%\"></div>"
            + $"<div class=\"mark\" style=\"left:{Percent(s.World.DeadlineMaximum / full)}%\"></div></div>\n<div class=\"legend\">");
        foreach (var part in parts.Where(p => p.Seconds > 0))
            page.Append($"<span><i style=\"background:var(--{part.Colour})\"></i>{part.Name} {Milliseconds(part.Seconds)} ms</span>");
        page.Append(
            $"<span>dashed: earliest and latest deadline, {Milliseconds(s.World.DeadlineMinimum)} and "
            + $"{Milliseconds(s.World.DeadlineMaximum)} ms</span></div></div>\n");
    }

    private static void BusiestServers(StringBuilder page, RunFolder run)
    {
        if (!File.Exists(run.Csv(Tables.ServerMeans.Name)))
            return;
        var table = TableFile.Read(run.Csv(Tables.ServerMeans.Name));
        var (load, tasks, most) = (table.Numbers("utilisation_mean"), table.Numbers("tasks_mean"), table.Numbers("tasks_maximum"));
        var (server, station, capacity) = (table.Words("server"), table.Words("station"), table.Numbers("capacity_hertz"));
        var order = Enumerable.Range(0, table.Count).OrderByDescending(i => load[i]).ThenBy(i => i).Take(Rows);
        Table(page, "Busiest servers", ["server", "at station", "GHz", "tasks per slot", "most", "utilisation"], order.Select(i => new[]
        {
            server[i], station[i], Number(capacity[i] / 1e9, 1), Number(tasks[i], 2), Number(most[i], 0), Percent(load[i]) + " %",
        }));
    }

    private static void SlowestStations(StringBuilder page, RunFolder run)
    {
        var table = TableFile.Read(run.Csv(Tables.Stations.Name));
        var (station, latency, uplink) = (table.Words("station"), table.Numbers("latency_mean_seconds"), table.Numbers("uplink_mean_seconds"));
        var (devices, late, uncovered) = (table.Numbers("devices"), table.Numbers("late"), table.Numbers("uncovered"));
        var lost = table.Names.Contains("lost") ? table.Numbers("lost") : new double[table.Count];
        var order = Enumerable.Range(0, table.Count).Where(i => double.IsFinite(latency[i]))
            .OrderByDescending(i => latency[i]).ThenBy(i => i).Take(Rows);
        Table(page, "Slowest base stations", ["station", "device-slots", "latency", "uplink", "failed"], order.Select(i => new[]
        {
            station[i], Number(devices[i], 0), Milliseconds(latency[i]) + " ms", Milliseconds(uplink[i]) + " ms",
            Percent((late[i] + uncovered[i] + lost[i]) / devices[i]) + " %",
        }));
    }

    private static void StandOuts(StringBuilder page, IReadOnlyList<RunPlot> plots)
    {
        if (plots.Count == 0)
            return;
        page.Append("<h2>What stands out, slot by slot</h2>\n<div class=\"grid\">\n");
        foreach (var plot in plots)
            Figure(page, plot);
        page.Append("</div>\n");
    }

    private static void Scenario(StringBuilder page, RunSummary s)
    {
        page.Append("<h2>What was emulated</h2>\n");
        if (s.ChangedKeys.Count == 0)
        {
            page.Append("<p>The default scenario; all keys are in <a href=\"scenario.conf\">scenario.conf</a>.</p>\n");
            return;
        }

        page.Append("<p>Keys that differ from the default; all others are in <a href=\"scenario.conf\">scenario.conf</a>.</p>\n");
        Table(page, null, ["key", "here", "default"], s.ChangedKeys.Select(k => new[] { k.Key, k.Value, k.Default }), left: true);
    }

    private static void FilesRead(StringBuilder page, RunSummary s)
    {
        if (s.FilesRead.Count == 0)
            return;
        page.Append("<h2>What was read</h2>\n<ul>\n");
        foreach (var line in s.FilesRead)
            page.Append($"<li>{Text(line)}</li>\n");
        page.Append("</ul>\n");
    }

    private static void Reproduce(StringBuilder page, RunSummary s) => page.Append(
        $"""
        <h2>Do it again</h2>
        <p>In this folder, <code>diten</code> standing for <code>dotnet run -c Release --project <i>Diten's folder</i>/src/Diten.Node --</code>;
        the same scenario and seed give the same digest on one platform and build:</p>
        <pre>diten run scenario.conf --out again
        diten verify . again</pre>
        <p class="soft">This run: Diten {Text(s.Version)}, {Text(s.Platform.Runtime)}, {Text(s.Platform.OperatingSystem)}, {Text(s.Platform.Architecture)}.
        The figures are in <a href="summary.json">summary.json</a>, the <a href="plots/">plots</a> as SVG and PNG, the tables as CSV and Parquet in
        <a href="tables/">tables</a>; every column is explained in the <a href="tables/README.md">data dictionary</a>.</p>

        """);
}
