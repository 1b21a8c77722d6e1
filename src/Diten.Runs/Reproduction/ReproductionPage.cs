using System.Globalization;
using System.Text;
using Diten.Model.Input;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Experiments.Pages;
using Diten.Runs.Plots.Figures;

namespace Diten.Runs.Reproduction;

/// <summary>The page of a reproduction as Markdown: each figure beside what the paper says of it, what was measured, and a verdict.</summary>
public static class ReproductionPage
{
    private const string VerdictsHead = "| claim | the paper says | read as | verdict |";

    /// <summary>Writes it, with its figures in a folder of the same name beside it.</summary>
    /// <param name="path">Of the page, ending in <c>.md</c>.</param>
    public static void Write(string path, ReproductionResult result) => Write(path, result, ReproductionWords.Command(result, path));

    /// <summary>Writes a page that another command makes than one that names it.</summary>
    /// <param name="command">Makes it again.</param>
    internal static void Write(string path, ReproductionResult result, string command) => File.WriteAllText(path, Text(result, new PageFigures(path), command));

    /// <summary>The verdicts of a page that was written, by name of the claim and its reading.</summary>
    /// <exception cref="InvalidDataException">The page has no table of verdicts.</exception>
    internal static IReadOnlyDictionary<string, string> Verdicts(string path)
    {
        var rows = File.ReadLines(path).SkipWhile(line => line != VerdictsHead).Skip(2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|')).ToArray();
        return rows.Length > 0 ? rows.ToDictionary(row => row[0].Trim(), row => row[^1].Trim()) : throw new InvalidDataException($"{path} has no table of verdicts.");
    }

    /// <summary>All figures of a section.</summary>
    internal static IEnumerable<Figure> FiguresOf(ReproductionSection section) => section.Own.Concat(section.Parts.SelectMany(FiguresOf));

    /// <summary>Those that its file describes, named so that all of a page can lie in one folder.</summary>
    private static IEnumerable<Figure> FiguresOf(PartFindings part) => ExperimentFigures.Of(part.Results).Select(figure => figure with { Name = $"{part.Part.Name}-{figure.Name}" });

    private static string Text(ReproductionResult result, PageFigures figures, string command)
    {
        var page = new StringBuilder("# The paper's evaluation, repeated\n\n");
        foreach (var paragraph in ReproductionWords.Opening(result))
            page.Append(paragraph).Append("\n\n");
        page.Append("```sh\n").Append(command).Append("\n```\n\n");
        foreach (var paragraph in ReproductionWords.Making(result))
            page.Append(paragraph).Append("\n\n");
        page.Append("## Verdicts\n\n").Append(VerdictsHead).Append("\n|---|---|---|---|\n");
        foreach (var reading in result.Readings)
            page.Append($"| {reading.Name} | {Cell(reading.Claim.Says)} ({reading.Claim.Place}) | {Cell(reading.Reading.Text)} | {reading.Judgement.Verdict.Word()} |\n");
        page.Append('\n');
        foreach (var section in result.Sections)
            Append(page, section, figures);
        page.Append("## How far this reaches\n\n");
        foreach (var paragraph in ReproductionWords.Limits(result))
            page.Append(paragraph).Append("\n\n");
        page.Append("## The data\n\n").Append(ReproductionWords.Data).Append("\n\n").Append(VerdictTables.Describe());
        return page.ToString().TrimEnd() + "\n";
    }

    private static void Append(StringBuilder page, ReproductionSection section, PageFigures figures)
    {
        page.Append($"## {section.Title}\n\n");
        if (section.Trainings.Count > 0)
            page.Append(ReproductionWords.Trainings(section.Trainings)).Append("\n\n");
        var own = section.Own;
        foreach (var part in section.Parts)
        {
            if (section.Parts.Count > 1)
                page.Append($"### {part.Part.Title}\n\n");
            foreach (var paragraph in PageTables.Paragraphs(part.Part.Text))
                page.Append(paragraph).Append("\n\n");
            foreach (var figure in own.Concat(FiguresOf(part)))
                figures.Append(page, figure, "Bands: 95 % intervals.");
            own = [];
            page.Append(CultureInfo.InvariantCulture, $"{ReproductionWords.Size(part)}\n\n");
            if (section.Parts.Count > 1 || section.Own.Count + part.Part.Figures.Count == 0)
                ExperimentPage.Append(page, PageTables.Means(part.Results));
        }

        if (section.Costs.Count > 0)
        {
            page.Append($"### {ReproductionWords.CostsTitle}\n\n{ReproductionWords.Costs}\n\n");
            ExperimentPage.Append(page, DecisionCost.Table(section.Costs));
        }

        page.Append("| claim | the paper says | read as | holds where | measured | verdict |\n|---|---|---|---|---|---|\n");
        foreach (var reading in section.Readings)
            page.Append($"| {reading.Name} | {Cell(reading.Claim.Says)} ({reading.Claim.Place}) | {Cell(reading.Reading.Text)} | {Cell(reading.Reading.HoldsWhere)} | {Cell(reading.Judgement.Measured)} | **{reading.Judgement.Verdict.Word()}**. {Cell(reading.Reason)} |\n");
        page.Append('\n');
    }

    private static string Cell(string text) => ExperimentPage.Cell(text);
}
