using Diten.Runs.Experiments.Findings;
using Diten.Runs.Progress;
using Spectre.Console;

namespace Diten.Runs.Experiments.Pages;

/// <summary>What <c>diten experiment</c> prints.</summary>
public static class ExperimentTables
{
    /// <summary>Prints all that there is; means of large grids are in the tables only.</summary>
    public static void Print(Terminal terminal, ExperimentResult result)
    {
        foreach (var part in result.Parts)
        {
            if (part.Part.Title.Length > 0)
                terminal.Out.WriteLine(part.Part.Title);
            if (part.Part.Cases.Count <= ExperimentReport.MostRows)
                Print(terminal, PageTables.Means(part.Results));
            foreach (var table in new[] { PageTables.Primary(part), PageTables.Exploratory(part), PageTables.Claims(part) }.OfType<PageTable>())
                Print(terminal, table);
            if (part.Widths is { Reached: false } widths)
                terminal.Out.WriteLine($"Not as narrow as asked after {widths.Have} worlds: {string.Join(", ", widths.TooWide.Concat(widths.Undefined))}");
        }

        terminal.Out.WriteLine(
            $"{result.Runs} runs, {result.Kept} of them kept from before. Folder: {result.Folder} (report.html, estimates.csv, claims.csv, means.csv, runs.csv, figures)");
    }

    private static void Print(Terminal terminal, PageTable shown)
    {
        var table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(shown.Title));
        foreach (var head in shown.Head)
            table.AddColumn(Markup.Escape(head));
        foreach (var row in shown.Rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        terminal.Tables().Write(table);
    }
}
