using Diten.Runs.Experiments.Findings;
using Diten.Runs.Progress;
using Spectre.Console;

namespace Diten.Runs.Reproduction;

/// <summary>What <c>diten reproduce</c> prints.</summary>
public static class ReproductionTables
{
    /// <summary>Prints the verdicts, and where the rest is.</summary>
    public static void Print(Terminal terminal, ReproductionResult result)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("claim", "the paper says", "read as", "verdict", "measured");
        foreach (var reading in result.Readings)
            table.AddRow([.. new[] { reading.Name, reading.Claim.Says, reading.Reading.Text, reading.Judgement.Verdict.Word(), reading.Judgement.Measured }.Select(Markup.Escape)]);
        terminal.Tables().Write(table);
        terminal.Out.WriteLine($"{result.Runs} runs, {result.Kept} of them kept from before. Folder: {result.Folder} (report.html, reproduction.md, verdicts.csv, checks.csv, a folder a figure)");
    }
}
