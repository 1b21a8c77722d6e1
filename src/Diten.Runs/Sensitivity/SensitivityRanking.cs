using Diten.Runs.Experiments.Findings;

namespace Diten.Runs.Sensitivity;

/// <summary>Which readings matter most to the claims.</summary>
internal static class SensitivityRanking
{
    /// <summary>Readings with the one of their alternatives that moves claims most, the most moving first.</summary>
    /// <remarks>First by the number of claims whose verdict another reading changes to its opposite, then by how far it moves all of them, as shares of what they were.</remarks>
    public static IReadOnlyList<(ModelReading Reading, OtherReading Other)> Of(SensitivityEffects effects, SensitivityEffects basis) =>
    [
        .. ModelReadings.All
            .Select(reading => (Reading: reading, Other: reading.Others.Where(other => effects.Levels.Contains(SensitivityEffects.LevelOf(reading, other))).OrderByDescending(other => Weight(effects, basis, SensitivityEffects.LevelOf(reading, other))).First()))
            .OrderByDescending(one => Weight(effects, basis, SensitivityEffects.LevelOf(one.Reading, one.Other))),
    ];

    /// <summary>Whether a verdict is the opposite of what it is with Diten's readings.</summary>
    public static bool Flips(Verdict verdict, Verdict basis) =>
        (verdict, basis) is (Verdict.DoesNotHold, Verdict.Holds) or (Verdict.Holds, Verdict.DoesNotHold);

    private static (int Flips, double Moved) Weight(SensitivityEffects effects, SensitivityEffects basis, string level)
    {
        var (flips, moved) = (0, 0.0);
        foreach (var claim in SensitivityClaims.All)
        {
            var (here, there) = (effects[claim, level], basis[claim, SensitivityEffects.Base]);
            flips += Flips(here.Verdict, there.Verdict) ? 1 : 0;
            // A claim that is moved without end counts as one that is moved to nothing and as far again.
            var share = Math.Abs(here.Difference.Mean - there.Difference.Mean) / Math.Abs(there.Difference.Mean);
            moved += double.IsNaN(share) ? 0 : Math.Min(2, share);
        }

        return (flips, moved);
    }
}
