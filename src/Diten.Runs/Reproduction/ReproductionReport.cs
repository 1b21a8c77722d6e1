using System.Text;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Experiments.Pages;
using Diten.Runs.Results;
using static Diten.Runs.Reports.ReportParts;

namespace Diten.Runs.Reproduction;

/// <summary><c>report.html</c> of a reproduction: one file that needs no other and no network.</summary>
internal static class ReproductionReport
{
    /// <summary>The page.</summary>
    public static string Html(ReproductionResult result)
    {
        var page = Begin("The paper's evaluation, repeated").Append("<h1>The paper's evaluation, repeated</h1>\n");
        if (result.IsQuick)
            page.Append("<div class=\"warn\">A quick run: few worlds and points. What it cannot tell is open.</div>\n");
        Table(page, "Verdicts", ["claim", "the paper says", "read as", "verdict"], result.Readings.Select(reading => new[]
        {
            reading.Name, $"{reading.Claim.Says} ({reading.Claim.Place})", reading.Reading.Text, reading.Judgement.Verdict.Word(),
        }), left: true);
        foreach (var section in result.Sections)
            Append(page, section);
        page.Append($"<p class=\"soft\">Diten {Text(RunSummary.BuildVersion)}. <code>{Text(ReproductionWords.Command(result))}</code></p>\n");
        return End(page);
    }

    private static void Append(StringBuilder page, ReproductionSection section)
    {
        page.Append($"<h2>{Text(section.Title)}</h2>\n");
        foreach (var part in section.Parts)
        {
            if (section.Parts.Count > 1)
                page.Append($"<h3>{Text(part.Part.Title)}</h3>\n");
            foreach (var paragraph in PageTables.Paragraphs(part.Part.Text))
                page.Append($"<p>{Text(paragraph)}</p>\n");
            page.Append($"<p>{Text(ReproductionWords.Size(part))}</p>\n");
        }

        if (section.Costs.Count > 0)
            page.Append($"<h3>{Text(ReproductionWords.CostsTitle)}</h3>\n<p>{Text(ReproductionWords.Costs)}</p>\n");
        page.Append("<div class=\"grid\">\n");
        foreach (var figure in ReproductionPage.FiguresOf(section))
            Figure(page, figure.Draw());
        page.Append("</div>\n<div class=\"stack\">\n");
        Table(page, null, ["claim", "read as", "holds where", "measured", "verdict"], section.Readings.Select(reading => new[]
        {
            $"{reading.Name}: {reading.Claim.Says}", reading.Reading.Text, reading.Reading.HoldsWhere, reading.Judgement.Measured, $"{reading.Judgement.Verdict.Word()}. {reading.Reason}",
        }), left: true);
        foreach (var part in section.Parts)
        {
            var means = PageTables.Means(part.Results);
            Table(page, $"{part.Part.Title}. {means.Title}", means.Head, means.Rows);
        }

        if (section.Costs.Count > 0)
        {
            var costs = DecisionCost.Table(section.Costs);
            Table(page, costs.Title, costs.Head, costs.Rows);
        }

        page.Append("</div>\n");
    }
}
