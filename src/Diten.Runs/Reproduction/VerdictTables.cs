using Diten.Runs.Experiments.Findings;
using Diten.Runs.Results;

namespace Diten.Runs.Reproduction;

/// <summary>The tables of claims and of the numbers that they were held against.</summary>
internal static class VerdictTables
{
    private sealed record CheckRow(JudgedReading Reading, Check Check);

    private static Table<JudgedReading> Verdicts { get; } = new(
        "verdicts", "One row for each reading of a claim of the paper.",
        new TextColumn<JudgedReading>("claim", "", "Name of the claim, with a letter for its second reading and so on.", (in JudgedReading r) => r.Name),
        new TextColumn<JudgedReading>("place", "", "Where the paper says it.", (in JudgedReading r) => r.Claim.Place),
        new TextColumn<JudgedReading>("says", "", "What it says, in our words.", (in JudgedReading r) => r.Claim.Says),
        new TextColumn<JudgedReading>("reading", "", "How it is understood; empty where there is but one way.", (in JudgedReading r) => r.Reading.Text),
        new TextColumn<JudgedReading>("holds_where", "", "What every number has to satisfy.", (in JudgedReading r) => r.Reading.HoldsWhere),
        new TextColumn<JudgedReading>("verdict", "", "holds, holds in part, open, or does not hold.", (in JudgedReading r) => r.Judgement.Verdict.Word()),
        new TextColumn<JudgedReading>("measured", "", "What was measured, with 95 % intervals.", (in JudgedReading r) => r.Judgement.Measured),
        new TextColumn<JudgedReading>("reason", "", "Why the verdict is what it is.", (in JudgedReading r) => r.Reason));

    private static Table<CheckRow> Checks { get; } = new(
        "checks", "One row for each number that a claim was held against; SI units, or shares.",
        new TextColumn<CheckRow>("claim", "", "Name of the claim.", (in CheckRow r) => r.Reading.Name),
        new TextColumn<CheckRow>("at", "", "At which point of the grid, and of what.", (in CheckRow r) => r.Check.At),
        new NumberColumn<CheckRow, double>("value", "of the figure", "The number.", (in CheckRow r) => r.Check.Value),
        new NumberColumn<CheckRow, double>("low", "of the figure", "Lower end of its interval.", (in CheckRow r) => r.Check.Low),
        new NumberColumn<CheckRow, double>("high", "of the figure", "Upper end of its interval.", (in CheckRow r) => r.Check.High),
        new NumberColumn<CheckRow, double>("least", "of the figure", "Least value with which the claim holds.", (in CheckRow r) => r.Check.Least),
        new NumberColumn<CheckRow, double>("most", "of the figure", "Largest value with which the claim holds.", (in CheckRow r) => r.Check.Most),
        new TextColumn<CheckRow>("lies", "", "inside the range, elsewhere, or undecided.", (in CheckRow r) => r.Check.Inside ? "inside" : r.Check.Outside ? "elsewhere" : "undecided"));

    /// <summary>What stands in them, Markdown.</summary>
    public static string Describe() => string.Join('\n', Verdicts.Describe(), Checks.Describe()).Replace("## ", "### ", StringComparison.Ordinal);

    /// <summary>Writes <c>verdicts</c> and <c>checks</c>, as CSV and Parquet, into an existing folder.</summary>
    public static void Write(string folder, IEnumerable<JudgedReading> readings)
    {
        using var verdicts = Verdicts.Create(folder, 10_000);
        using var checks = Checks.Create(folder, 10_000);
        foreach (var reading in readings)
        {
            verdicts.Write(reading);
            foreach (var check in reading.Judgement.Checks)
                checks.Write(new CheckRow(reading, check));
        }

        verdicts.Complete();
        checks.Complete();
    }
}
