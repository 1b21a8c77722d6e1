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

/// <summary>How verdicts come about, and what people call them.</summary>
internal static class Verdicts
{
    /// <summary>The verdict on a sentence that is held against some numbers.</summary>
    /// <param name="held">Numbers that it is held against; 0 = it is open.</param>
    /// <param name="inside">Those whose whole interval lies where it must.</param>
    /// <param name="outside">Those whose whole interval lies elsewhere.</param>
    public static Verdict Of(int held, int inside, int outside) =>
        held == 0 ? Verdict.Open
        : inside == held ? Verdict.Holds
        : outside == held ? Verdict.DoesNotHold
        : inside > 0 ? Verdict.HoldsInPart
        : Verdict.Open;

    /// <summary>The verdict on a sentence that is held against one number, by its interval.</summary>
    public static Verdict Of(double low, double high, double least, double most) =>
        Inside(low, high, least, most) ? Verdict.Holds : Outside(low, high, least, most) ? Verdict.DoesNotHold : Verdict.Open;

    /// <summary>Whether a whole interval lies where it must; without an interval nothing is shown, for a comparison with NaN is false.</summary>
    public static bool Inside(double low, double high, double least, double most) => low >= least && high <= most;

    /// <summary>Whether a whole interval lies elsewhere.</summary>
    public static bool Outside(double low, double high, double least, double most) => low > most || high < least;

    /// <summary>For people.</summary>
    public static string Word(this Verdict verdict) => verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.HoldsInPart => "holds in part",
        Verdict.Open => "open",
        _ => "does not hold",
    };
}

/// <summary>A sentence, and what became of it.</summary>
/// <param name="Estimates">The numbers that it is held against.</param>
internal sealed record Claim(ClaimDesign Design, IReadOnlyList<Estimate> Estimates, Verdict Verdict)
{
    /// <summary>Holds the sentences of a part against its estimates.</summary>
    public static IReadOnlyList<Claim> Of(ExperimentPart part, IReadOnlyList<Estimate> estimates) => [.. part.Claims.Select(claim => Of(claim, estimates))];

    /// <summary>For people.</summary>
    public string Word => Verdict.Word();

    /// <summary>What the file says that follows from the verdict; empty where it is open, or nothing is said.</summary>
    public string Closing => Verdict switch
    {
        Verdict.Holds => Design.Then,
        Verdict.Open => "",
        _ => Design.Otherwise,
    };

    private static Claim Of(ClaimDesign claim, IReadOnlyList<Estimate> all)
    {
        Estimate[] held = [.. all.Where(estimate => estimate.Design.Name == claim.Estimate && (claim.At is null || claim.At.Levels.All(estimate.At.Levels.Contains)))];
        var inside = held.Count(estimate => Verdicts.Inside(estimate.Low, estimate.High, claim.Low, claim.High));
        var outside = held.Count(estimate => Verdicts.Outside(estimate.Low, estimate.High, claim.Low, claim.High));
        return new Claim(claim, held, Verdicts.Of(held.Length, inside, outside));
    }
}
