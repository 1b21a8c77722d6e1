namespace Diten.Model.Statistics;

/// <summary>Student's t test of paired differences: whether two treatments differ in the mean, on the same worlds.</summary>
/// <param name="Difference">Mean of first − second, world by world, and its 95 % interval.</param>
/// <param name="T">Mean difference in standard errors, of n − 1 degrees of freedom; infinite where all differences are the same and not 0.</param>
/// <param name="P">Two-sided p: the chance of a |t| this large where the true mean is 0. NaN for one pair, or where a difference is NaN.</param>
public sealed record PairedTest(MeanInterval Difference, double T, double P)
{
    /// <summary>Tests first − second, pair by pair, in the order of seeds.</summary>
    /// <exception cref="ArgumentException">No pairs, or not as many of one as of the other.</exception>
    public static PairedTest Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second) => OfDifferences(Pairs.Differences(first, second));

    /// <summary>Tests differences that were taken already.</summary>
    /// <remarks>Differences that are all exactly 0 have p = 1, as two names of one policy do; all the same and not 0, p = 0.</remarks>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static PairedTest OfDifferences(ReadOnlySpan<double> differences)
    {
        var sample = StandardError.Of(differences);
        var t = sample.DistanceFrom(0);
        // Twice the lower tail, which keeps its digits where p is small; 1 − the upper would not.
        return new PairedTest(sample.Interval, t, Math.Min(1, 2 * sample.Below(-Math.Abs(t))));
    }
}
