using Diten.Model.Randomness;

namespace Diten.Model.Statistics;

/// <summary>
/// Bootstrap over seeds (Efron 1979): for statistics that have no t, such as ratios of means. Whole seeds are drawn, with replacement: what is
/// computed of several arrays takes the same seeds from each, so that pairs stay pairs.
/// </summary>
/// <remarks>
/// Resample b is a pure function of key, b and the number of seeds (<see cref="Purpose.Resampling"/>): the same data have the same interval, and
/// statistics of the same seeds see the same resamples.
/// </remarks>
public static class Bootstrap
{
    /// <summary>Resamples where nobody says how many: an end of the 95 % interval is the 50th value or so, of 2,000.</summary>
    public const int DefaultResamples = 2000;

    /// <summary>Percentile interval of a statistic.</summary>
    /// <param name="seeds">Number of seeds n, at least 1.</param>
    /// <param name="statistic">
    /// Of n indices of seeds, each 0 to n − 1: the arrays' values to use. The array is reused: read it in the call, and neither keep nor change it.
    /// </param>
    /// <param name="resamples">Number of resamples, positive.</param>
    /// <param name="confidence">Share of the resamples within the interval, in (0, 1).</param>
    /// <param name="key">Key of the draws; has nothing to do with the seeds of worlds.</param>
    public static BootstrapInterval Of(
        int seeds, Func<int[], double> statistic, int resamples = DefaultResamples, double confidence = 0.95, ulong key = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seeds);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(resamples);
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1.");
        int[] indices = [.. Enumerable.Range(0, seeds)];
        var estimate = statistic(indices);
        var values = new List<double>(resamples);
        for (var resample = 0; resample < resamples; resample++)
        {
            Draw(indices, resample, key);
            var value = statistic(indices);
            if (double.IsFinite(value))
                values.Add(value);
        }

        var defined = (double)values.Count / resamples;
        // All resamples of one seed are this seed: no width would be a claim that nothing varies.
        if (seeds == 1 || values.Count == 0)
            return new BootstrapInterval(estimate, double.NaN, double.NaN, defined, resamples);
        values.Sort();
        return new BootstrapInterval(estimate, Quantile(values, (1 - confidence) / 2), Quantile(values, (1 + confidence) / 2), defined, resamples);
    }

    /// <summary>Mean of the values of these seeds, a seed as often as it was drawn.</summary>
    public static double Mean(ReadOnlySpan<double> values, ReadOnlySpan<int> indices)
    {
        var sum = 0.0;
        foreach (var index in indices)
            sum += values[index];
        return sum / indices.Length;
    }

    private static void Draw(int[] indices, int resample, ulong key)
    {
        for (var i = 0; i < indices.Length; i += 2)
        {
            var (first, second) = RandomStreams.UniformPair(key, resample, 0, Purpose.Resampling, i >> 1);
            indices[i] = RandomStreams.ToIndex(first, indices.Length);
            if (i + 1 < indices.Length)
                indices[i + 1] = RandomStreams.ToIndex(second, indices.Length);
        }
    }

    /// <summary>Quantile of ascending values, linear between the two around place (n − 1) · probability.</summary>
    private static double Quantile(List<double> ascending, double probability)
    {
        var place = (ascending.Count - 1) * probability;
        var below = (int)place;
        var above = Math.Min(below + 1, ascending.Count - 1);
        return ascending[below] + (place - below) * (ascending[above] - ascending[below]);
    }
}
