using Diten.Runs.Experiments.Designs;

namespace Diten.Runs.Experiments.Findings;

/// <summary>Whether a sentence holds.</summary>
internal enum Verdict
{
    /// <summary>All intervals lie where they must.</summary>
    Holds,

    /// <summary>Some do, and some do not.</summary>
    HoldsInPart,

    /// <summary>Intervals reach beyond: more worlds would be needed to say.</summary>
    Open,

    /// <summary>All intervals lie elsewhere.</summary>
    DoesNotHold,
}

/// <summary>A sentence, and what became of it.</summary>
/// <param name="Estimates">The numbers that it is held against.</param>
internal sealed record Claim(ClaimDesign Design, IReadOnlyList<Estimate> Estimates, Verdict Verdict)
{
    /// <summary>Holds the sentences of a part against its estimates.</summary>
    public static IReadOnlyList<Claim> Of(ExperimentPart part, IReadOnlyList<Estimate> estimates) => [.. part.Claims.Select(claim => Of(claim, estimates))];

    /// <summary>For people.</summary>
    public string Word => Verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.HoldsInPart => "holds in part",
        Verdict.Open => "open",
        _ => "does not hold",
    };

    private static Claim Of(ClaimDesign claim, IReadOnlyList<Estimate> all)
    {
        Estimate[] held = [.. all.Where(estimate => estimate.Design.Name == claim.Estimate && (claim.At is null || claim.At.Levels.All(estimate.At.Levels.Contains)))];
        // Without an interval nothing is shown: a comparison with NaN is false.
        var inside = held.Count(estimate => estimate.Low >= claim.Low && estimate.High <= claim.High);
        var outside = held.Count(estimate => estimate.Low > claim.High || estimate.High < claim.Low);
        var verdict = held.Length == 0 ? Verdict.Open
            : inside == held.Length ? Verdict.Holds
            : outside == held.Length ? Verdict.DoesNotHold
            : inside > 0 ? Verdict.HoldsInPart
            : Verdict.Open;
        return new Claim(claim, held, verdict);
    }
}
