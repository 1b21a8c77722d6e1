namespace Diten.Bench;

/// <summary>One thing, measured by this build and by another one right after it, or before.</summary>
public sealed record BenchPair(BenchItem Item, BenchSample Own, BenchSample Other)
{
    /// <summary>This build's figure over the other one's.</summary>
    public double Ratio(Func<BenchSample, double> figure) => figure(Own) / figure(Other);
}

/// <summary>A figure of all pairs of one thing, pair by pair: what disturbs a machine for longer than a pair takes is in both.</summary>
/// <param name="Middle">The middle one of the ratios, this build over the other; the mean of the middle two where their number is even.</param>
/// <param name="Pairs">All of them, in the order in which they were measured.</param>
public sealed record BenchRatio(double Middle, IReadOnlyList<double> Pairs)
{
    /// <summary>Of at least one pair.</summary>
    public static BenchRatio Of(IReadOnlyList<BenchPair> pairs, Func<BenchSample, double> figure)
    {
        double[] ratios = [.. pairs.Select(pair => pair.Ratio(figure))];
        double[] sorted = [.. ratios.Order()];
        return new BenchRatio((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, ratios);
    }
}
