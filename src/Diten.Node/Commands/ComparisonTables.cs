using Diten.Runs.Experiments.Comparisons;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary>What <c>diten compare</c> prints: means, bounds, differences and single journeys.</summary>
internal static class ComparisonTables
{
    /// <summary>Prints all that there is.</summary>
    public static void Print(Terminal terminal, ComparisonResult result)
    {
        var (comparison, bounds) = (result.Comparison, result.Bounds);
        terminal.Tables().Write(Means(comparison, bounds));
        if (comparison.Policies.Count > 1)
            terminal.Tables().Write(Differences(comparison));
        terminal.Out.WriteLine($"± is the 95 % interval of the mean over {comparison.Seeds} seeds; differences are paired: the same seed, the same random numbers.");
        foreach (var line in bounds?.Notes ?? (result.WhyNoBounds is { } why ? [why] : []))
            terminal.Out.WriteLine(line);
        if (result.Journeys is { } journeys)
            Print(terminal, journeys);
        terminal.Out.WriteLine($"{result.Runs} runs, {result.Kept} of them kept from before. Folder: {result.Folder} (report.html, compare.csv, compare.parquet, compare.json, latency-vs-migration.svg and .png)");
    }

    private static Table Means(Comparison comparison, ComparisonBounds? bounds)
    {
        var means = Headed("policy");
        if (bounds is not null)
            means.AddColumn(new TableColumn("frontier, own migr., ms").RightAligned());
        foreach (var policy in comparison.Policies)
        {
            means.AddRow([
                policy, .. Metric.Headline.Select(metric => metric.Display.Show(comparison.Mean(policy, metric))),
                .. bounds is null ? [] : new[] { Metric.Latency.Display.Show(bounds.AtOwnMigrations(policy)) }]);
        }

        foreach (var bound in bounds?.Rows ?? [])
        {
            means.AddRow([
                Markup.Escape(bound.Name),
                .. Metric.Headline.Select(metric => metric == Metric.Latency ? metric.Display.Show(bound.Latency)
                    : metric == Metric.MigrationRate && bound.MigrationRate is { } rate ? metric.Display.Show(rate) : "")]);
        }

        return means;
    }

    private static Table Differences(Comparison comparison)
    {
        var differences = Headed($"less {comparison.Policies[0]}");
        foreach (var policy in comparison.Policies.Skip(1))
            differences.AddRow([policy, .. Metric.Headline.Select(metric => metric.Display.Show(comparison.AgainstFirst(policy, metric).Difference))]);
        return differences;
    }

    private static void Print(Terminal terminal, ComparisonJourneys journeys)
    {
        if (journeys.Rows.Any())
        {
            var table = new Table().Border(TableBorder.Simple).AddColumn("in single journeys");
            foreach (var metric in JourneyMetric.All)
                table.AddColumn(new TableColumn(metric.Display.Title).RightAligned());
            foreach (var (name, figures) in journeys.Rows)
                table.AddRow([Markup.Escape(name), .. figures.Zip(JourneyMetric.All, (mean, metric) => metric.Display.Show(mean))]);
            terminal.Tables().Write(table);
        }

        foreach (var line in journeys.Notes)
            terminal.Out.WriteLine(line);
    }

    private static Table Headed(string first)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(first);
        foreach (var metric in Metric.Headline)
            table.AddColumn(new TableColumn(metric.Display.Title).RightAligned());
        return table;
    }
}
