using Diten.Model.Statistics;

namespace Diten.Runs.Experiments;

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
    /// <summary>How many of the figures, 55 and three uplinks, chance may make miss.</summary>
    public const int AllowedMisses = 2;

    private const double RelativeTolerance = 0.015;

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

    /// <summary>Whether the figures as a whole agree: at most <see cref="AllowedMisses"/> miss, and none contradicts.</summary>
    public static bool Holds(IReadOnlyCollection<Agreement> figures) =>
        !figures.Contains(Agreement.Contradicts) && figures.Count(figure => figure == Agreement.Misses) <= AllowedMisses;
}
