using Diten.Model.Statistics;

namespace Diten.Runs.Experiments.Reference;

/// <summary>How one measured figure compares with the reference's.</summary>
public enum Agreement
{
    /// <summary>The 95 % intervals overlap, or the means are within 1.5 % of the reference's.</summary>
    Agrees,
    /// <summary>Neither, but the means are within twice the summed half-widths: chance may do that now and then.</summary>
    Misses,
    /// <summary>Beyond twice the summed half-widths (and 1.5 %): a different model.</summary>
    Contradicts,
}

/// <summary>The rule by which measured figures are held against the reference's.</summary>
public static class ReferenceAgreement
{
    /// <summary>How many of the figures of <see cref="ReferenceFigures"/>, 55 and three uplinks, chance may make miss.</summary>
    public const int AllowedMisses = 2;

    private const double RelativeTolerance = 0.015;

    /// <summary>
    /// Probability by which two 95 % intervals of the same mean and width do not touch: the means are 2 · 1.96 standard errors apart, and their
    /// difference has √2 of one, so P(|z| > 2.77).
    /// </summary>
    private const double MissByChance = 0.0056;

    /// <summary>
    /// How many of some figures chance may make miss: the <see cref="AllowedMisses"/> of 58 scaled, and no more than in 95 of 100 tables whose
    /// figures all have the reference's means.
    /// </summary>
    public static int AllowedOf(int figures)
    {
        var (most, term) = (0, Math.Pow(1 - MissByChance, figures));
        for (var sum = term; sum < 0.95; sum += term)
        {
            term *= (double)(figures - most) / (most + 1) * MissByChance / (1 - MissByChance);
            most++;
        }

        return Math.Min(most, AllowedMisses * figures / 58);
    }

    /// <summary>Compares one figure.</summary>
    /// <param name="measured">In the reference's unit; a half-width that is not known (one seed) counts as 0.</param>
    public static Agreement Of(MeanInterval measured, ReferenceFigure reference)
    {
        var distance = Math.Abs(measured.Mean - reference.Mean);
        var summed = reference.HalfWidth + (double.IsFinite(measured.HalfWidth) ? measured.HalfWidth : 0);
        if (distance <= summed || distance <= RelativeTolerance * Math.Abs(reference.Mean))
            return Agreement.Agrees;
        return distance <= 2 * summed ? Agreement.Misses : Agreement.Contradicts;
    }

    /// <summary>Whether the figures as a whole agree: no more miss than may, and none contradicts.</summary>
    public static bool Holds(IReadOnlyCollection<Agreement> figures, int allowedMisses = AllowedMisses) =>
        !figures.Contains(Agreement.Contradicts) && figures.Count(figure => figure == Agreement.Misses) <= allowedMisses;
}
