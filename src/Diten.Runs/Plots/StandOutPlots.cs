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

    private static readonly Figure[] OfStations =
    [
        new("failures", "failed (%)", 100, "Station {0}: most failures", "The largest share of tasks that failed.", of => of("failed")),
        new("latency", "latency (ms)", 1000, "Station {0}: the slowest", "The highest mean latency.", of => of("completed") == 1 ? of("latency_seconds") : double.NaN),
        new("regret", "regret (ms)", 1000, "Station {0}: most regret", "Its tasks lost most against the best of their candidates.", of => of("regret_seconds")),
    ];

    /// <summary>The plots that the run's tables of a row per slot allow: servers, and stations where devices were recorded.</summary>
    /// <exception cref="InvalidDataException">A table is damaged; the message names it.</exception>
    public static IReadOnlyList<RunPlot> All(RunFolder run)
    {
        var summary = RunSummary.Read(run.SummaryFile);
        return
        [
            .. Of(run.Csv(Tables.Servers.Name), "server", summary.World.Servers, summary.SlotsCompleted, OfServers, "all servers", ""),
            .. Of(run.Csv(Tables.Devices.Name), "station", summary.World.Stations, summary.SlotsCompleted, OfStations, "all stations", " Of the devices that the run recorded."),
        ];
    }

    private static IEnumerable<RunPlot> Of(string path, string entity, int entities, int slots, Figure[] figures, string all, string note)
    {
        if (!File.Exists(path) || slots == 0)
            yield break;
        var bins = Read(path, entity, entities, slots, figures);
        for (var i = 0; i < figures.Length; i++)
        {
            if (figures[i].Title is not { } title || Highest(bins, entities, i) is not { } id)
                continue;
            var (x, own) = (bins.Slots, Scaled(bins.Means(id, i), figures[i].Factor));
            var name = string.Format(CultureInfo.InvariantCulture, title, id);
            var plot = New(name, "Slot", figures[i].Head);
            Line(plot, x, own, Blue, $"{entity} {id}");
            Line(plot, x, Scaled(bins.MeansOfAll(i), figures[i].Factor), Orange, all);
            plot.Axes.AutoScale();
            plot.Axes.SetLimitsY(0, Math.Max(1e-9, plot.Axes.GetLimits().Top) * 1.25); // room for the legend
            plot.ShowLegend(ScottPlot.Alignment.UpperRight, ScottPlot.Orientation.Horizontal);
            var caption = figures[i].Caption + note
                + (bins.SlotsEach > 1 ? FormattableString.Invariant($" A point is the mean of {bins.SlotsEach} slots.") : "");
            yield return new RunPlot($"stands-out-{figures[i].Name}", name, caption, plot, Width, Height) { FixedTable = Behind(bins, id, figures) };
        }
    }

    /// <summary>All figures of the one that stands out.</summary>
    private static PlotTable Behind(SlotBins bins, int id, Figure[] figures)
    {
        var columns = figures.Select((figure, i) => Scaled(bins.Means(id, i), figure.Factor)).ToArray();
        int[] told = [.. Enumerable.Range(0, columns.Length).Where(column => columns[column].Any(double.IsFinite))];
        return new PlotTable(
            ["slot", .. told.Select(column => figures[column].Head)],
            [.. bins.Slots.Select((slot, bin) => (IReadOnlyList<string>)[PlotTable.Number(slot), .. told.Select(column => PlotTable.Number(columns[column][bin]))])]);
    }

    /// <summary>Who has the highest mean, the first of several; null where all are alike, or nothing is known.</summary>
    private static int? Highest(SlotBins bins, int entities, int figure)
    {
        var means = Enumerable.Range(0, entities).Select(id => (Id: id, Mean: bins.Mean(id, figure))).Where(one => double.IsFinite(one.Mean)).ToArray();
        return means.Length > 0 && means.MaxBy(one => one.Mean) is var most && most.Mean > means.Min(one => one.Mean) ? most.Id : null;
    }

    private static SlotBins Read(string path, string entity, int entities, int slots, Figure[] figures)
    {
        var bins = new SlotBins(entities, slots, figures.Length);
        var (names, rows) = TableFile.Open(path);
        var columns = names.Select((name, i) => (name, i)).ToDictionary(column => column.name, column => column.i, StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var (slot, id) = ((int)Number("slot"), (int)Number(entity));
            for (var i = 0; i < figures.Length; i++)
                bins.Add(id, slot, i, figures[i].Of(Number));

            double Number(string column) => column switch
            {
                "failed" => Outcome() == "in-time" ? 0 : 1,
                "completed" => Outcome() is "in-time" or "late" ? 1 : 0,
                _ => !columns.TryGetValue(column, out var at) ? double.NaN
                    : double.TryParse(row.Fields[at], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
                    : throw new InvalidDataException($"{path}, line {row.Line}: {column} is \"{row.Fields[at]}\", which is no number."),
            };

            string Outcome() => columns.TryGetValue("outcome", out var at) ? row.Fields[at] : throw new InvalidDataException($"{path} has no column outcome.");
        }

        return bins;
    }
}
