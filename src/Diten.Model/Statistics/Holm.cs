namespace Diten.Model.Statistics;

/// <summary>Holm's step-down correction (Scandinavian Journal of Statistics 6, 1979): of all true hypotheses, one is rejected with at most α.</summary>
/// <remarks>It asks nothing of how the tests depend on one another, as contrasts against one baseline do.</remarks>
public static class Holm
{
    /// <summary>Adjusted p-values in the order given: a hypothesis is rejected at family-wise level α where its own is below α.</summary>
    /// <param name="p">
    /// One p-value a contrast of the family, 0 to 1. NaN, a test that could not be made, stays NaN and does not count in the family.
    /// </param>
    /// <returns>The k-th smallest of m is the largest of min(1, (m − j + 1) p₍ⱼ₎) over j ≤ k; equal ones stay equal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p-value is below 0 or above 1.</exception>
    public static double[] Adjust(ReadOnlySpan<double> p)
    {
        var adjusted = p.ToArray();
        foreach (var value in adjusted)
        {
            if (value is < 0 or > 1)
                throw new ArgumentOutOfRangeException(nameof(p), value, "A p-value lies between 0 and 1.");
        }

        int[] ascending = [.. Enumerable.Range(0, adjusted.Length).Where(i => !double.IsNaN(adjusted[i])).OrderBy(i => adjusted[i])];
        var least = 0.0;
        for (var k = 0; k < ascending.Length; k++)
        {
            least = Math.Max(least, Math.Min(1, (ascending.Length - k) * adjusted[ascending[k]]));
            adjusted[ascending[k]] = least;
        }

        return adjusted;
    }
}
