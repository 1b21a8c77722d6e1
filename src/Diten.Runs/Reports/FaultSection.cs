using System.Text;
using Diten.Runs.Plots;
using Diten.Runs.Results;
using static Diten.Runs.Reports.ReportParts;

namespace Diten.Runs.Reports;

/// <summary>The part of a report on what faults did, and, where twins were measured, on what became of them.</summary>
internal static class FaultSection
{
    /// <summary>Appends it; nothing where there are no faults and twins were not measured.</summary>
    public static void Append(StringBuilder page, RunSummary s, IReadOnlyList<RunPlot> plots)
    {
        if (s.Faults is not { } faults)
            return;
        var measured = s.Has(Metric.TwinAge); // not where faults were thrown in by hand that the run was begun without
        page.Append(!measured ? "<h2>Faults</h2>\n" : faults.Count > 0 ? "<h2>Twins and faults</h2>\n" : "<h2>Twins</h2>\n");
        if (measured)
            Twins(page, s, plots);
        page.Append("<div class=\"stack\">\n");
        if (faults.Count > 0)
            Faults(page, faults);
        if (measured)
            Syncs(page, s);
        page.Append("</div>\n");
    }

    private static void Twins(StringBuilder page, RunSummary s, IReadOnlyList<RunPlot> plots)
    {
        page.Append("<div class=\"cards\">\n");
        Card(page, "Age", Number(s[Metric.TwinAge], 2), "slots",
            $"Mean over twins and slots since the last sync that was taken over; 95 % are at most {Number(s[Metric.TwinAge95], 0)} slots old. "
            + $"Since what they said was last right: {Number(s[Metric.IncorrectAge], 2)} slots.");
        Card(page, "Regret", Milliseconds(s[Metric.Regret]), "ms",
            $"What a task took longer than on the best of its candidates; {Percent(s[Metric.WrongShare])} % of tasks lost more than 1 ms that way. "
            + $"The chosen server's twin was {Number(s[Metric.ChosenAge], 2)} slots old.");
        Card(page, "In sync", Percent(s[Metric.InSyncShare]), "%",
            $"Of twins and slots; suspect {Percent(s[Metric.SuspectShare])} %, desynchronised {Percent(s[Metric.DesynchronisedShare])} %, "
            + $"resynchronising {Percent(s[Metric.ResynchronisingShare])} %.");
        Card(page, "Tasks that were lost", Percent(s[Metric.LostRate]), "%", "Their server was down. They count as failed.");
        page.Append("</div>\n<div class=\"grid\">\n");
        foreach (var plot in plots)
            Figure(page, plot);
        page.Append("</div>\n");
    }

    private static void Faults(StringBuilder page, IReadOnlyList<FaultSummary> faults) => Table(
        page, "Faults: on links messages that met them and that they struck, elsewhere slots in force, over all targets; a dash where nobody counted",
        ["fault", "kind", "strikes", "targets", "slots", "offered", "hit"],
        faults.Select(fault => new[]
        {
            fault.Name, fault.Kind, fault.What, Count(fault.Targets), Stretches(fault.Slots), Counted(fault.Offered), Counted(fault.Hit),
        }));

    private static void Syncs(StringBuilder page, RunSummary s) => Table(
        page, "Syncs from servers to their twins", ["sent", "lost", "late", "twice", "refused", "kB"],
        [
            [
                Number(s[Metric.SyncsSent], 0), Number(s[Metric.SyncsLost], 0), Number(s[Metric.SyncsLate], 0), Number(s[Metric.SyncsDuplicated], 0),
                Number(s[Metric.SyncsRefused], 0), Number(s[Metric.SyncBytes] / 1000, 1),
            ],
        ]);

    private static string Counted(long? count) => count is { } known ? Count(known) : "–";

    private static string Stretches(IReadOnlyList<int[]> slots)
    {
        const int most = 3;
        var shown = string.Join(", ", slots.Take(most).Select(stretch => stretch[1] - stretch[0] == 1 ? $"{stretch[0]}" : $"{stretch[0]} to {stretch[1] - 1}"));
        return slots.Count == 0 ? "none" : slots.Count <= most ? shown : $"{shown} and {slots.Count - most} times more";
    }
}
