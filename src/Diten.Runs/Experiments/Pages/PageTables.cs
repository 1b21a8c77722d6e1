using System.Globalization;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Pages;

/// <summary>A table of a page, whatever it is written in.</summary>
/// <param name="Title">What it shows; empty = none.</param>
internal sealed record PageTable(string Title, string[] Head, IReadOnlyList<string[]> Rows);

/// <summary>What the pages of an experiment are made of, whatever they are written in.</summary>
internal static class PageTables
{
    /// <summary>Paragraphs of a text, which empty lines part.</summary>
    public static string[] Paragraphs(string text) => text.Split("\n\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Means of all cases.</summary>
    public static PageTable Means(PartResults results)
    {
        var part = results.Part;
        return new PageTable(
            string.Create(CultureInfo.InvariantCulture, $"Means over {results.Seeds} worlds, ± half of the 95 % interval"),
            [.. part.Axes.Select(axis => axis.Name), .. part.Metrics.Select(metric => metric.Display.Title)],
            [.. Enumerable.Range(0, part.Cases.Count).Select(one => (string[])
                [.. part.Cases[one].Levels.Select(level => level.Name), .. part.Metrics.Select(metric => Shape.Shown(metric, results.Mean(one, metric)))])]);
    }

    /// <summary>Sentences, and whether they hold.</summary>
    public static PageTable? Claims(PartFindings part) => part.Claims.Count == 0 ? null : new PageTable(
        "What is said, and whether it holds", ["sentence", "verdict", "holds where", "measured"],
        [.. part.Claims.Select(claim => new[] { claim.Design.Says, claim.Word, Range(claim), Measured(claim) })]);

    /// <summary>What follows from the verdicts, a sentence or two each.</summary>
    public static string[] Closings(PartFindings part) => [.. part.Claims.Select(claim => claim.Closing).Where(closing => closing.Length > 0)];

    /// <summary>What was named beforehand.</summary>
    public static PageTable? Primary(PartFindings part) => Estimates(
        part.Estimates.Where(estimate => estimate.IsPrimary).ToArray(), "Named beforehand; p corrected together (Holm)", corrected: true);

    /// <summary>What was not.</summary>
    public static PageTable? Exploratory(PartFindings part) => Estimates(
        part.Estimates.Where(estimate => !estimate.IsPrimary).ToArray(), "Exploratory: looked at without a hypothesis, p not corrected", corrected: false);

    private static PageTable? Estimates(Estimate[] estimates, string title, bool corrected)
    {
        if (estimates.Length == 0)
            return null;
        var tested = estimates.Any(estimate => !double.IsNaN(estimate.P));
        return new PageTable(
            title, ["estimate", "of", "at", "value, 95 % interval", .. tested ? [corrected ? "p, corrected" : "p"] : Array.Empty<string>(), ""],
            [.. estimates.Select(estimate => (string[])
            [
                estimate.Design.Name, Of(estimate), estimate.At.ToString(), $"{estimate.Text} {estimate.Unit}".TrimEnd(),
                .. tested ? [Estimate.ShownP(corrected ? estimate.Corrected : estimate.P)] : Array.Empty<string>(), estimate.Note,
            ])]);
    }

    private static string Of(Estimate estimate) => estimate.Design.Kind switch
    {
        EstimateKind.Mean => $"{Shape.NameOf(estimate.Design.Metric)}: {estimate.Design.Of}",
        EstimateKind.Difference => $"{Shape.NameOf(estimate.Design.Metric)}: {estimate.Design.Of} less {estimate.Design.Against}",
        EstimateKind.Recovered => $"{Shape.NameOf(estimate.Design.Metric)}: share of what {estimate.Design.Against} loses against {estimate.Design.Unharmed} that {estimate.Design.Of} wins back",
        _ => $"{Shape.NameOf(estimate.Design.Metric)}: {estimate.Design.Along} where {estimate.Design.Of} and {estimate.Design.Against} cross",
    };

    private static string Range(Claim claim)
    {
        if (claim.Estimates is not [var one, ..])
            return "not measured here";
        var (low, high) = (one.Shown(claim.Design.Low), one.Shown(claim.Design.High));
        var text = double.IsNegativeInfinity(claim.Design.Low) ? $"below {high}" : double.IsPositiveInfinity(claim.Design.High) ? $"above {low}" : $"{low} to {high}";
        return $"{text} {one.Unit}".TrimEnd();
    }

    private static string Measured(Claim claim) =>
        string.Join("; ", claim.Estimates.Select(estimate => (estimate.At.Levels.Count == 0 ? "" : $"{estimate.At}: ") + $"{estimate.Text} {estimate.Unit}".TrimEnd()));
}
