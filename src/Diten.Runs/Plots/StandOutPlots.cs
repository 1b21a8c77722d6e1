using System.Globalization;
using Diten.Runs.Results;
using static Diten.Runs.Plots.PlotStyle;

namespace Diten.Runs.Plots;

/// <summary>Draws the servers and stations that stand out, slot by slot, each beside the mean of all, with more of its figures behind it.</summary>
internal static class StandOutPlots
{
    private const int Width = 580, Height = 230;

    /// <summary>A figure by which one stands out: the name of its column, and what is said.</summary>
    /// <param name="Name">Of the plot.</param>
    /// <param name="Head">As the head of a column, with its unit.</param>
    /// <param name="Title">Of who stands out; {0} is the id.</param>
    private sealed record Figure(string Name, string Head, double Factor, string? Title, string Caption, Func<Func<string, double>, double> Of);

    private static readonly Figure[] OfServers =
    [
        new("load", "utilisation (%)", 100, "Server {0}: the busiest", "The highest mean utilisation.", of => of("utilisation")),
        new("error", "twin off by (GHz)", 1e-9, "Server {0}: its twin is most wrong", "The largest mean difference between its free capacity and what its twin published.",
            of => Math.Abs(of("free_hertz") - of("twin_free_hertz"))),
        new("age", "twin's age (slots)", 1, "Server {0}: its twin is oldest", "The highest mean age of its twin.", of => of("twin_age_slots")),
        new("tasks", "tasks", 1, null, "", of => of("tasks")),
    ];

    private static readonly (string By, string Column, string All, string Head, double Factor, string Title, string Caption)[] OfStations =
    [
        ("failures", "failed", "failed_all", "failed (%)", 100, "Station {0}: most failures", "The largest share of tasks that failed."),
        ("latency", "latency_mean_seconds", "latency_mean_all_seconds", "latency (ms)", 1000, "Station {0}: the slowest", "The highest mean latency."),
        ("regret", "regret_mean_seconds", "regret_mean_all_seconds", "regret (ms)", 1000, "Station {0}: most regret", "Its tasks lost most against the best of their candidates."),
    ];

    /// <summary>The plots that the run's tables allow: stations of every run, servers of one with per-server records.</summary>
    /// <exception cref="InvalidDataException">A table is damaged; the message names it.</exception>
    public static IReadOnlyList<RunPlot> All(RunFolder run)
    {
        var summary = RunSummary.Read(run.SummaryFile);
        RunPlot[] plots = [.. Servers(run.Csv(Tables.Servers.Name), summary), .. Stations(run.Csv(Tables.StationStretches.Name))];
        foreach (var plot in plots)
        {
            FaultPlots.Shade(plot.Plot, summary.Faults ?? [], summary.SlotsCompleted);
            plot.Plot.ShowLegend(ScottPlot.Alignment.UpperRight, ScottPlot.Orientation.Horizontal);
        }

        return plots;
    }

    private static IEnumerable<RunPlot> Servers(string path, RunSummary summary)
    {
        if (!File.Exists(path) || summary.SlotsCompleted == 0)
            yield break;
        var bins = Read(path, summary.World.Servers, summary.SlotsCompleted);
        for (var i = 0; i < OfServers.Length; i++)
        {
            var (figure, factor) = (OfServers[i], OfServers[i].Factor);
            if (figure.Title is not { } title || bins.Highest(i) is not { } id)
                continue;
            yield return Draw(
                figure.Name, string.Format(CultureInfo.InvariantCulture, title, id), figure.Head, figure.Caption, bins.Slots, bins.SlotsEach,
                ($"server {id}", Scaled(bins.Means(id, i), factor)), ("all servers", Scaled(bins.MeansOfAll(i), factor)),
                [.. OfServers.Select((one, column) => (one.Head, Scaled(bins.Means(id, column), one.Factor)))]);
        }
    }

    private static IEnumerable<RunPlot> Stations(string path)
    {
        if (!File.Exists(path))
            yield break;
        var table = TableFile.Read(path);
        var (by, station, slots, each) = (table.Words("by"), table.Words("station"), table.Numbers("slot"), table.Numbers("slots"));
        var told = OfStations.Where(figure => table.Names.Contains(figure.Column)).ToArray();
        foreach (var figure in told)
        {
            int[] rows = [.. Enumerable.Range(0, table.Count).Where(row => by[row] == figure.By)];
            if (rows.Length == 0)
                continue;
            var id = station[rows[0]];
            yield return Draw(
                figure.By, string.Format(CultureInfo.InvariantCulture, figure.Title, id), figure.Head, figure.Caption, Of(slots), (int)each[rows[0]],
                ($"station {id}", Scaled(Of(table.Numbers(figure.Column)), figure.Factor)), ("all stations", Scaled(Of(table.Numbers(figure.All)), figure.Factor)),
                [.. told.Select(one => (one.Head, Scaled(Of(table.Numbers(one.Column)), one.Factor)))]);

            double[] Of(double[] column) => [.. rows.Select(row => column[row])];
        }
    }

    private static RunPlot Draw(
        string name, string title, string head, string caption, double[] slots, int slotsEach, (string Name, double[] Values) own, (string Name, double[] Values) all,
        IReadOnlyList<(string Head, double[] Values)> behind)
    {
        var plot = New(title, "Slot", head);
        Line(plot, slots, own.Values, Blue, own.Name);
        Line(plot, slots, all.Values, Orange, all.Name);
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsY(0, Math.Max(1e-9, plot.Axes.GetLimits().Top) * 1.25); // room for the legend
        var stretches = slotsEach > 1 ? FormattableString.Invariant($" A point is the mean of {slotsEach} slots.") : "";
        (string Head, double[] Values)[] known = [.. behind.Where(column => column.Values.Any(double.IsFinite))];
        return new RunPlot($"stands-out-{name}", title, caption + stretches, plot, Width, Height)
        {
            FixedTable = new PlotTable(
                ["slot", .. known.Select(column => column.Head)],
                [.. slots.Select((slot, row) => (IReadOnlyList<string>)[PlotTable.Number(slot), .. known.Select(column => PlotTable.Number(column.Values[row]))])]),
        };
    }

    private static SlotBins Read(string path, int servers, int slots)
    {
        var bins = new SlotBins(servers, slots, OfServers.Length);
        var (names, rows) = TableFile.Open(path);
        var columns = names.Select((name, i) => (name, i)).ToDictionary(column => column.name, column => column.i, StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var (slot, id) = ((int)Number("slot"), (int)Number("server"));
            for (var i = 0; i < OfServers.Length; i++)
                bins.Add(id, slot, i, OfServers[i].Of(Number));

            double Number(string column) => !columns.TryGetValue(column, out var at) ? double.NaN
                : double.TryParse(row.Fields[at], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
                : throw new InvalidDataException($"{path}, line {row.Line}: {column} is \"{row.Fields[at]}\", which is no number.");
        }

        return bins;
    }
}
