namespace Diten.Model.Statistics;

/// <summary>
/// Two one-sided t tests (TOST; Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15, 1987): whether two treatments are the same
/// but for a margin. A difference that is not shown is no proof of this.
/// </summary>
/// <param name="Mean">Mean of first − second, world by world, in the measure's unit.</param>
/// <param name="Low">Lower end of its 90 % interval; NaN for one pair.</param>
/// <param name="High">Upper end of its 90 % interval; NaN for one pair.</param>
/// <param name="Margin">Largest difference that does not matter, in the same unit; positive.</param>
/// <param name="P">The larger of the p-values against "at most −margin" and "at least margin"; NaN for one pair, or where a difference is NaN.</param>
/// <param name="Count">Number of pairs.</param>
public sealed record Equivalence(double Mean, double Low, double High, double Margin, double P, int Count)
{
    private const double Alpha = 0.05;

    /// <summary>Whether the treatments are shown to be equal but for the margin: both tests reject at 5 %, the 90 % interval lies within ± margin.</summary>
    public bool Equal => P < Alpha;

    /// <summary>Tests first − second, pair by pair, in the order of seeds.</summary>
    /// <exception cref="ArgumentException">No pairs, or not as many of one as of the other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The margin is not positive and finite.</exception>
    public static Equivalence Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double margin) =>
        OfDifferences(Pairs.Differences(first, second), margin);

    /// <summary>Tests differences that were taken already.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The margin is not positive and finite.</exception>
    public static Equivalence OfDifferences(ReadOnlySpan<double> differences, double margin)
    {
        if (!(margin > 0 && double.IsFinite(margin)))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "A margin is positive and finite.");
        var sample = StandardError.Of(differences);
        // A mean just on the margin without any spread has distance 0 and p = 1/2: not equal, as it should be.
        var p = Math.Max(sample.Below(sample.DistanceFrom(margin)), sample.Below(-sample.DistanceFrom(-margin)));
        var halfWidth = sample.HalfWidth(1 - 2 * Alpha);
        return new Equivalence(sample.Mean, sample.Mean - halfWidth, sample.Mean + halfWidth, margin, p, sample.Count);
    }
}
