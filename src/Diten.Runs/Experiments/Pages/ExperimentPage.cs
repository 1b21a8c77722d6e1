using System.Text;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Pages;

/// <summary>The page of an experiment as Markdown, with its figures in a folder of the same name beside it.</summary>
public static class ExperimentPage
{
    /// <summary>Writes it; figures of the same names are replaced, and nothing else that the folder holds.</summary>
    /// <param name="path">Of the page, ending in <c>.md</c>.</param>
    /// <param name="command">The command that makes it again.</param>
    public static void Write(string path, ExperimentResult result, string command)
    {
        var figures = new PageFigures(path);
        File.WriteAllText(path, Text(result.Design, result.Parts, figures, command));
        ClaimsPage.Write(figures.Folder, result);
    }

    /// <summary>Refuses what is no name of a page, before anything is run for it.</summary>
    /// <param name="path">Null = no page is wanted.</param>
    /// <exception cref="UserErrorException">The path does not end in <c>.md</c>.</exception>
    public static void Require(string? path)
    {
        if (path is not null && Path.GetExtension(path) != ".md")
            throw new UserErrorException($"--page: found {path}; allowed: the name of a page that ends in .md.");
    }

    private static string Text(ExperimentDesign design, IReadOnlyList<PartFindings> parts, PageFigures figures, string command)
    {
        var page = new StringBuilder($"# {design.Title}\n\n");
        Paragraphs(page, design.Text);
        page.Append($"All numbers, tables and figures of this page come from one command; the sentences that are held against them are those of `{design.File}`:\n\n")
            .Append($"```\n{command}\n```\n\n");
        if (design.IsQuick)
            page.Append("**A quick run**: fewer worlds and cases than the experiment has. Its numbers show that it works, and nothing else.\n\n");
        foreach (var part in parts)
            Append(page, part, figures);
        if (design.Limits.Length > 0)
        {
            page.Append("## How far this reaches\n\n");
            Paragraphs(page, design.Limits);
        }

        page.Append("Intervals, corrections and verdicts: [statistics](../statistics.md). Reward per slot is no measure for policies that break the budget: ")
            .Append("their deficit grows with the horizon.\n");
        return page.ToString();
    }

    private static void Append(StringBuilder page, PartFindings part, PageFigures figures)
    {
        if (part.Part.Title.Length > 0)
            page.Append($"## {part.Part.Title}\n\n");
        Paragraphs(page, part.Part.Text);
        if (PageTables.Claims(part) is { } claims)
            Append(page, claims);
        foreach (var closing in PageTables.Closings(part))
            page.Append($"- {closing}\n");
        if (PageTables.Closings(part).Length > 0)
            page.Append('\n');
        foreach (var figure in ExperimentFigures.Of(part.Results))
            figures.Append(page, figure with { Name = part.Part.Name.Length == 0 ? figure.Name : $"{part.Part.Name}-{figure.Name}" });
        foreach (var table in new[] { PageTables.Primary(part), PageTables.Exploratory(part) }.OfType<PageTable>())
            Append(page, table);
        if (part.Part.Cases.Count <= ExperimentReport.MostRows)
            Append(page, PageTables.Means(part.Results));
        else
            page.Append($"Means of all {part.Part.Cases.Count} cases are in `means.csv` of the output folder.\n\n");
    }

    /// <summary>Adds a table.</summary>
    internal static void Append(StringBuilder page, PageTable table)
    {
        page.Append($"**{table.Title}**\n\n| {string.Join(" | ", table.Head.Select(Cell))} |\n|{string.Concat(table.Head.Select(_ => "---|"))}\n");
        foreach (var row in table.Rows)
            page.Append($"| {string.Join(" | ", row.Select(Cell))} |\n");
        page.Append('\n');
    }

    /// <summary>Text within a table.</summary>
    internal static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');

    private static void Paragraphs(StringBuilder page, string text)
    {
        foreach (var paragraph in PageTables.Paragraphs(text))
            page.Append(paragraph).Append("\n\n");
    }
}
