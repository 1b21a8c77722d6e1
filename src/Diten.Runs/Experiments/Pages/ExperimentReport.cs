using System.Text;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Reports;
using Diten.Runs.Results;
using static Diten.Runs.Reports.ReportParts;

namespace Diten.Runs.Experiments.Pages;

/// <summary><c>report.html</c> of an experiment, a sweep or a comparison: one file that needs no other and no network.</summary>
internal static class ExperimentReport
{
    /// <summary>Cases whose means are in the page; those of larger grids are in the tables beside it.</summary>
    public const int MostRows = 60;

    /// <summary>Writes it into an existing folder; one that was there is replaced.</summary>
    /// <param name="extras">What it shows besides.</param>
    public static void Write(string folder, ExperimentDesign design, IReadOnlyList<PartFindings> parts, PageExtras extras) =>
        File.WriteAllText(Path.Combine(folder, "report.html"), Html(design, parts, extras));

    private static string Html(ExperimentDesign design, IReadOnlyList<PartFindings> parts, PageExtras extras)
    {
        var page = Begin(design.Title).Append($"<h1>{Text(design.Title)}</h1>\n");
        if (design.IsQuick)
            page.Append("<div class=\"warn\">A quick run: fewer worlds and cases than the experiment has. Its numbers show that it works, and nothing else.</div>\n");
        Paragraphs(page, design.Text);
        foreach (var part in parts)
            Append(page, part, extras);
        foreach (var note in extras.Notes)
            page.Append($"<p>{Text(note)}</p>\n");
        if (design.Limits.Length > 0)
        {
            page.Append("<h2>How far this reaches</h2>\n");
            Paragraphs(page, design.Limits);
        }

        page.Append($"<p class=\"soft\">Diten {Text(RunSummary.BuildVersion)}. Differences are world by world; ")
            .Append("reward per slot is no measure for policies that break the budget: their deficit grows with the horizon.</p>\n");
        return End(page);
    }

    private static void Append(StringBuilder page, PartFindings part, PageExtras extras)
    {
        if (part.Part.Title.Length > 0)
            page.Append($"<h2>{Text(part.Part.Title)}</h2>\n");
        Paragraphs(page, part.Part.Text);
        if (PageTables.Claims(part) is { } claims)
            Append(page, claims, left: true);
        foreach (var closing in PageTables.Closings(part))
            page.Append($"<p>{Text(closing)}</p>\n");
        page.Append("<div class=\"grid\">\n");
        foreach (var figure in ExperimentFigures.Of(part.Results))
            Figure(page, figure.Draw());
        foreach (var plot in extras.Plots)
            Figure(page, plot);
        page.Append("</div>\n<div class=\"stack\">\n");
        foreach (var table in new[] { PageTables.Primary(part), PageTables.Exploratory(part) }.OfType<PageTable>())
            Append(page, table, left: true);
        if (part.Part.Cases.Count <= MostRows)
            Append(page, PageTables.Means(part.Results), left: false);
        else
            page.Append($"<p class=\"soft\">Means of all {part.Part.Cases.Count} cases: {Text(Path.Combine(part.Part.Name, extras.MeansTable))}.</p>\n");
        foreach (var table in extras.Tables)
            Append(page, table, left: true);
        if (OutlyingRuns.Table(part.Results) is { } outlying)
            Append(page, outlying, left: true);
        page.Append("</div>\n");
    }

    private static void Append(StringBuilder page, PageTable table, bool left) => Table(page, table.Title, table.Head, table.Rows, left);

    private static void Paragraphs(StringBuilder page, string text)
    {
        foreach (var paragraph in PageTables.Paragraphs(text))
            page.Append($"<p>{Text(paragraph)}</p>\n");
    }
}
