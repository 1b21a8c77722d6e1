namespace Diten.Model.Statistics;

/// <summary>What is compared seed by seed.</summary>
internal static class Pairs
{
    /// <summary>first − second, in the order of seeds.</summary>
    /// <exception cref="ArgumentException">Not as many of one as of the other.</exception>
    public static double[] Differences(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException(
                $"Runs are compared in pairs, but there are {first.Length} of the first and {second.Length} of the second.", nameof(second));
        }

        var differences = new double[first.Length];
        for (var i = 0; i < first.Length; i++)
            differences[i] = first[i] - second[i];
        return differences;
    }
}
