using Diten.Runs.Results;
using ScottPlot;
using static Diten.Runs.Plots.PlotStyle;

namespace Diten.Runs.Plots;

/// <summary>Draws what became of twins, of a run in which they were measured; stretches in which faults were in force are shaded.</summary>
internal static class FaultPlots
{
    private const int Width = 580, MostShades = 100;

    private static readonly Color[] Shades = [Red, Orange, Violet, Green, Blue];

    /// <summary>All that the run's tables allow; none where twins were not measured.</summary>
    /// <exception cref="InvalidDataException">A table is damaged; the message names it.</exception>
    public static IReadOnlyList<RunPlot> All(RunFolder run)
    {
        var summary = RunSummary.Read(run.SummaryFile);
        if (summary.Faults is not { } faults || !summary.Has(Metric.TwinAge) || summary.SlotsCompleted == 0)
            return [];
        var slots = TableFile.Read(run.Csv(Tables.Slots.Name));
        var plots = new List<RunPlot> { Ages(slots, faults), FreeLag(slots, faults), TasksLag(slots, faults), Conditions(slots, faults) };
        if (File.Exists(run.Csv(Tables.Ages.Name)))
            plots.Add(AgeDistribution(TableFile.Read(run.Csv(Tables.Ages.Name))));
        if (slots.Numbers("regret_tasks").Sum() > 0)
            plots.Add(RegretByAge(slots));
        return plots;
    }

    private static RunPlot Ages(TableFile slots, IReadOnlyList<FaultSummary> faults)
    {
        var plot = New("Age of what twins publish", "Slot", "Age (slots)");
        var (slot, twins) = (slots.Numbers("slot"), slots.Numbers("twins"));
        Shade(plot, faults, slot.Length);
        Line(plot, slot, Over(slots.Numbers("twin_age_sum_slots"), twins, 1), Blue, "since the last sync");
        Line(plot, slot, Over(slots.Numbers("twin_incorrect_age_sum_slots"), twins, 1), Orange, "since it was last right");
        Finish(plot);
        return new RunPlot(
            "twin-age-over-time", "How old the twins' word is",
            "Mean over twins. Old word that is still right does no harm: only the second line counts what was wrong, c by more than 5 % or the tasks "
            + "by one. " + Named(faults, slot.Length), plot, Width, 320);
    }

    private static RunPlot FreeLag(TableFile slots, IReadOnlyList<FaultSummary> faults)
    {
        var plot = New("Free capacity: published less true of the slot before", "Slot", "Lag (GHz)");
        var (slot, twins) = (slots.Numbers("slot"), slots.Numbers("twins"));
        Shade(plot, faults, slot.Length);
        Line(plot, slot, Over(slots.Numbers("twin_free_lag_absolute_sum_hertz"), twins, 1e-9), Blue, "mean of |lag|");
        Line(plot, slot, Over(slots.Numbers("twin_free_lag_sum_hertz"), twins, 1e-9), Orange, "mean lag");
        plot.Add.HorizontalLine(0, 1, Ink.WithAlpha(.4));
        plot.Axes.Margins(bottom: .08, top: .25);
        plot.ShowLegend(Alignment.UpperRight, Orientation.Horizontal);
        return new RunPlot(
            "twin-free-lag", "How wrong their free capacity is",
            "Above zero twins promise more than there was. A twin in sync that takes over what it is told has no lag at all.", plot, Width, 300);
    }

    private static RunPlot TasksLag(TableFile slots, IReadOnlyList<FaultSummary> faults)
    {
        var plot = New("Tasks: published less true of the slot before", "Slot", "Mean of |lag| (tasks)");
        var slot = slots.Numbers("slot");
        Shade(plot, faults, slot.Length);
        Line(plot, slot, Over(slots.Numbers("twin_tasks_lag_absolute_sum"), slots.Numbers("twins"), 1), Blue, "mean of |lag|");
        Finish(plot);
        return new RunPlot(
            "twin-tasks-lag", "How wrong their task counts are",
            "Where servers are crowded, old task counts mislead more than old capacities: everybody goes where nobody was.", plot, Width, 300);
    }

    private static RunPlot Conditions(TableFile slots, IReadOnlyList<FaultSummary> faults)
    {
        var plot = New("Twins by condition", "Slot", "Share of twins (%)");
        var (slot, twins) = (slots.Numbers("slot"), slots.Numbers("twins"));
        (string Column, string Name, Color Color)[] layers =
        [
            ("twins_in_sync", "in sync", Soft), ("twins_suspect", "suspect", Orange), ("twins_desynchronised", "desynchronised", Red),
            ("twins_resynchronising", "resynchronising", Violet),
        ];
        var below = new double[slot.Length];
        foreach (var (column, name, color) in layers)
        {
            double[] above = [.. Over(slots.Numbers(column), twins, 100).Zip(below, (share, sum) => share + sum)];
            Band(plot, slot, below, above, color, name);
            below = above;
        }

        plot.Axes.AutoScale();
        plot.Axes.SetLimitsY(0, 122);   // room for the legend
        Shade(plot, faults, slot.Length);
        plot.ShowLegend(Alignment.UpperRight, Orientation.Horizontal);
        return new RunPlot(
            "twin-conditions", "How the twins stand to their servers",
            "Suspect and desynchronised go by age; a twin is resynchronising from the asking for a whole state until it has one.", plot, Width, 320);
    }

    private static RunPlot AgeDistribution(TableFile ages)
    {
        var plot = New("Share of twin-slots of at least this age", "Age (slots)", "Share (%)");
        Line(plot, ages.Numbers("age_slots"), Scaled(ages.Numbers("share_at_least"), 100), Blue, null);
        FromZero(plot);
        return new RunPlot(
            "twin-age-distribution", "How old it can get",
            "Losses that know nothing of each other make a curve that falls by the same share every slot; bursts, freezes and crashes leave a "
            + "long tail.", plot, Width, 300);
    }

    private static RunPlot RegretByAge(TableFile slots)
    {
        var plot = New("Mean regret by age of the chosen server's twin", "Age (slots), and tasks", "Regret (ms)");
        (string Column, string Name)[] bins = [("age_0", "0"), ("age_3", "1-3"), ("age_10", "4-10"), ("older", "older")];
        var tasks = Array.ConvertAll(bins, bin => slots.Numbers($"regret_tasks_{bin.Column}").Sum());
        double[] means =
            [.. bins.Select((bin, i) => tasks[i] == 0 ? 0 : slots.Numbers($"regret_{bin.Column}_sum_seconds").Sum() / tasks[i] * 1000)];
        plot.Add.Bars(means).Color = Blue;
        double[] places = [.. Enumerable.Range(0, bins.Length).Select(bin => (double)bin)];
        plot.NameOf = place => bins[(int)place].Name;
        plot.Note("Regret (ms)", places, [.. means.Zip(tasks, (mean, of) => of == 0 ? double.NaN : mean)]);
        plot.Note("tasks", places, tasks);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            places, [.. bins.Select((bin, i) => $"{bin.Name}\n{Runs.Figures.Count(tasks[i])} tasks")]);
        FromZero(plot);
        return new RunPlot(
            "regret-by-age", "What old word costs",
            "Regret is what a task took longer than on the best of its candidates, all else as it was. Old word costs where it is wrong, and "
            + "where others follow the same wrong word.", plot, Width, 320);
    }

    /// <summary>Shades the stretches of each fault that was not in force all the time, in a colour of its own.</summary>
    internal static void Shade(Plot plot, IReadOnlyList<FaultSummary> faults, int slots)
    {
        var number = 0;
        foreach (var fault in faults.Where(fault => fault.Slots.Count > 0 && !IsAlways(fault, slots)))
        {
            var (color, name) = (Shades[number++ % Shades.Length], fault.Name);
            foreach (var stretch in fault.Slots.Take(MostShades))
            {
                var span = plot.Add.HorizontalSpan(stretch[0], stretch[1], color.WithAlpha(.13));
                span.LineStyle.Width = 0;
                span.LegendText = name;
                name = "";   // once in the legend is enough
            }
        }
    }

    /// <summary>Names the faults that no shade shows.</summary>
    private static string Named(IReadOnlyList<FaultSummary> faults, int slots)
    {
        string[] always = [.. faults.Where(fault => IsAlways(fault, slots)).Select(fault => fault.Name)];
        return always.Length == 0 ? "" : $"In force all the time: {string.Join(", ", always)}.";
    }

    private static bool IsAlways(FaultSummary fault, int slots) => fault.Slots is [[0, var to]] && to == slots;

    private static void Finish(Plot plot)
    {
        FromZero(plot);
        plot.ShowLegend(Alignment.UpperRight, Orientation.Horizontal);
    }

    private static double[] Over(double[] values, double[] over, double factor) => [.. values.Select((value, i) => value / over[i] * factor)];
}
