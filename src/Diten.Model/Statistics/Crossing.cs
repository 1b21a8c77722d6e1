namespace Diten.Model.Statistics;

/// <summary>Where along a numeric axis the difference of two curves changes its sign: up to there one is better, from there on the other.</summary>
/// <param name="Changes">How often the difference of the means changes its sign; 0 = nowhere, above 1 the place is the first of several.</param>
/// <param name="Before">Sign of first − second before the crossing, −1 or 1; 0 where there is none.</param>
/// <param name="Place">
/// Where, in the axis's unit, and the 95 % interval over resampled seeds, of those that cross in the same direction; NaN where there is none.
/// </param>
public sealed record Crossing(int Changes, int Before, BootstrapInterval Place)
{
    /// <summary>Share of resamples that cross in the same direction; in any, where the means do not cross.</summary>
    public double CrossingShare => Place.Defined;

    /// <summary>Whether the means cross.</summary>
    public bool Exists => Changes > 0;

    /// <summary>First crossing of the means over seeds, linear between the points of the axis.</summary>
    /// <remarks>
    /// Points without a number part the curves: nothing is found across them. Curves that touch do not cross; where they are equal over several
    /// points and part on the other side, the place is the middle of these. Resamples take the same seeds at each point of the axis.
    /// </remarks>
    /// <param name="axis">Points, ascending, at least one.</param>
    /// <param name="first">One array a point: values of the first curve, one a seed, in the same order of seeds everywhere.</param>
    /// <param name="second">Likewise of the second.</param>
    /// <param name="resamples">Number of resamples, positive.</param>
    /// <param name="key">Key of the draws, as <see cref="Bootstrap"/> has it.</param>
    /// <exception cref="ArgumentException">The axis does not ascend, or points or seeds are not as many everywhere.</exception>
    public static Crossing Of(
        double[] axis, IReadOnlyList<double[]> first, IReadOnlyList<double[]> second, int resamples = Bootstrap.DefaultResamples, ulong key = 0)
    {
        var differences = Differences(axis, first, second);
        var seeds = differences[0].Length;
        var means = new double[axis.Length];
        int[] all = [.. Enumerable.Range(0, seeds)];
        var found = Sought(all, before: 0);
        var place = Bootstrap.Of(seeds, indices => Sought(indices, found.Before).Place, resamples, key: key);
        return new Crossing(found.Changes, found.Before, found.Changes > 0 ? place : place with { Low = double.NaN, High = double.NaN });

        (int Changes, int Before, double Place) Sought(int[] indices, int before)
        {
            for (var k = 0; k < means.Length; k++)
                means[k] = Bootstrap.Mean(differences[k], indices);
            return FirstChange(axis, means, before);
        }
    }

    private static double[][] Differences(double[] axis, IReadOnlyList<double[]> first, IReadOnlyList<double[]> second)
    {
        if (axis.Length == 0 || first.Count != axis.Length || second.Count != axis.Length)
            throw new ArgumentException($"{axis.Length} points need as many arrays of each curve, not {first.Count} and {second.Count}.", nameof(axis));
        for (var k = 0; k < axis.Length; k++)
        {
            if (!double.IsFinite(axis[k]) || (k > 0 && axis[k] <= axis[k - 1]))
                throw new ArgumentException($"The axis does not ascend at {axis[k]}.", nameof(axis));
        }

        double[][] differences = [.. axis.Select((_, k) => Pairs.Differences(first[k], second[k]))];
        return differences.All(point => point.Length == differences[0].Length && point.Length > 0)
            ? differences
            : throw new ArgumentException("Each point of the axis needs the same seeds, at least one.", nameof(first));
    }

    /// <summary>Number of changes of sign, and the first that begins with <paramref name="before"/> (0 = any): the sign before it, 0 where none, and its place.</summary>
    private static (int Changes, int Before, double Place) FirstChange(double[] axis, double[] values, int before)
    {
        var (changes, signBefore, place) = (0, 0, double.NaN);
        var last = -1;   // newest point with a sign
        for (var k = 0; k < values.Length; k++)
        {
            if (double.IsNaN(values[k]))
                last = -1;
            if (double.IsNaN(values[k]) || values[k] == 0)
                continue;
            if (last >= 0 && Math.Sign(values[last]) != Math.Sign(values[k]))
            {
                changes++;
                if (signBefore == 0 && (before == 0 || Math.Sign(values[last]) == before))
                    (signBefore, place) = (Math.Sign(values[last]), PlaceBetween(axis, values, last, k));
            }

            last = k;
        }

        return (changes, signBefore, place);
    }

    /// <summary>Place of the zero between two points of opposite sign; what lies between them is 0.</summary>
    private static double PlaceBetween(double[] axis, double[] values, int from, int to) => to - from > 1
        ? (axis[from + 1] + axis[to - 1]) / 2
        : axis[from] + (axis[to] - axis[from]) * (values[from] / (values[from] - values[to]));
}
