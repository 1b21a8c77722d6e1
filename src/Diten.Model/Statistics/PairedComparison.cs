namespace Diten.Model.Statistics;

/// <summary>
/// Two treatments on the same seeds: run i of one met the same devices, tasks and loads as run i of the other, so that what
/// the seeds have in common cancels in the differences.
/// </summary>
/// <param name="First">Mean of the first treatment.</param>
/// <param name="Second">Mean of the second treatment.</param>
/// <param name="Difference">Mean of first − second, run by run.</param>
/// <param name="Ratio">Mean of first / second, run by run; not finite where a second value is zero.</param>
public sealed record PairedComparison(MeanInterval First, MeanInterval Second, MeanInterval Difference, MeanInterval Ratio)
{
    /// <summary>Compares runs pair by pair, in the order of seeds.</summary>
    /// <exception cref="ArgumentException">No runs, or not as many of one as of the other.</exception>
    public static PairedComparison Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var (differences, ratios) = (Pairs.Differences(first, second), new double[first.Length]);
        for (var i = 0; i < first.Length; i++)
            ratios[i] = first[i] / second[i];
        return new PairedComparison(MeanInterval.Of(first), MeanInterval.Of(second), MeanInterval.Of(differences), MeanInterval.Of(ratios));
    }
}
