using Diten.Runs.Experiments.Findings;

namespace Diten.Runs.Reproduction;

/// <summary>Something that the paper says about its results, in our words, and how it is held against results of the emulation.</summary>
/// <param name="Name">K1 and so on: for tables, and for tests that compare verdicts.</param>
/// <param name="Figure">Number of the figure that shows it; 0 = none, it stands in the text alone.</param>
/// <param name="Place">Where the paper says it, such as "Fig. 5, Section V".</param>
/// <param name="Says">What it says.</param>
/// <param name="Readings">The ways in which it can be understood, at least one, the plainest first.</param>
internal sealed record PaperClaim(string Name, int Figure, string Place, string Says, IReadOnlyList<Reading> Readings)
{
    /// <summary>Holds all its readings against results.</summary>
    public IReadOnlyList<JudgedReading> Judge(ReproductionResults results) => [.. Readings.Select((reading, i) => reading.Judge(this, i, results))];
}

/// <summary>One way to understand a claim.</summary>
/// <param name="Text">How it is understood; empty where there is but one way.</param>
/// <param name="HoldsWhere">What every number has to satisfy, for people.</param>
/// <param name="Measure">The numbers, each with the range in which it must lie; none where results lack what it takes.</param>
internal sealed record Reading(string Text, string HoldsWhere, Func<ReproductionResults, IEnumerable<Check>> Measure)
{
    /// <summary>Said where it was measured and does not simply hold: why, and which reading of the paper it would need. From the results and what was judged; empty = nothing.</summary>
    public Func<ReproductionResults, Judgement, string> Why { get; init; } = (_, _) => "";

    /// <summary>Holds it against results.</summary>
    /// <param name="number">Place among the claim's readings, from 0.</param>
    public JudgedReading Judge(PaperClaim claim, int number, ReproductionResults results)
    {
        var judgement = Judgement.Of([.. Measure(results)]);
        return new JudgedReading(claim, this, number, judgement, judgement.Checks.Count == 0 || judgement.Verdict == Verdict.Holds ? "" : Why(results, judgement));
    }
}

/// <summary>A reading of a claim, and what became of it.</summary>
/// <param name="Number">Place among the claim's readings, from 0.</param>
/// <param name="Why">What <see cref="Reading.Why"/> says of it.</param>
internal sealed record JudgedReading(PaperClaim Claim, Reading Reading, int Number, Judgement Judgement, string Why)
{
    /// <summary>Name in tables: K2, K2b, K2c.</summary>
    public string Name => Number == 0 ? Claim.Name : Claim.Name + (char)('a' + Number);

    /// <summary>Why the verdict is what it is, in a few sentences.</summary>
    public string Reason => string.Join(' ', new[] { Judgement.Count, Judgement.Unsaid, Why }.Where(sentence => sentence.Length > 0));
}
