namespace Diten.Model.Statistics;

/// <summary>Counts of latencies in bins of 0.8 % relative width, 1 µs to 4,000 s; merging is exact and in any order the same.</summary>
public sealed class LatencyHistogram
{
    private const int MantissaBits = 7;
    private const int Shift = 52 - MantissaBits;
    private static readonly long FirstBin = BitConverter.DoubleToInt64Bits(1e-6) >> Shift;
    private static readonly int BinCount = (int)((BitConverter.DoubleToInt64Bits(4000.0) >> Shift) - FirstBin) + 1;

    private readonly long[] _counts = new long[BinCount];

    /// <summary>Number of latencies recorded.</summary>
    public long Count { get; private set; }

    /// <summary>The bin of a latency, seconds, not negative; values beyond the range go to the end bins.</summary>
    public static ushort BinOf(double seconds) =>
        (ushort)Math.Clamp((BitConverter.DoubleToInt64Bits(seconds) >> Shift) - FirstBin, 0, BinCount - 1);

    /// <summary>Records latencies by their bins.</summary>
    public void Record(ReadOnlySpan<ushort> bins)
    {
        foreach (var bin in bins)
            _counts[bin]++;
        Count += bins.Length;
    }

    /// <summary>Adds another histogram to this one.</summary>
    public void Add(LatencyHistogram other)
    {
        for (var bin = 0; bin < BinCount; bin++)
            _counts[bin] += other._counts[bin];
        Count += other.Count;
    }

    /// <summary>A histogram with the same counts.</summary>
    public LatencyHistogram Copy()
    {
        var copy = new LatencyHistogram();
        copy.Add(this);
        return copy;
    }

    /// <summary>Middle of the bin that holds the given quantile (0 to 1), seconds; NaN where nothing was recorded.</summary>
    public double Quantile(double quantile)
    {
        if (Count == 0)
            return double.NaN;
        var rank = Math.Max(1, (long)Math.Ceiling(quantile * Count));
        var bin = 0;
        for (var seen = _counts[0]; seen < rank; seen += _counts[bin])
            bin++;
        return (LowerEdge(bin) + LowerEdge(bin + 1)) / 2;
    }

    /// <summary>Points (seconds, share of latencies at most that) of the cumulative distribution, one a bin that holds anything.</summary>
    public IEnumerable<(double Seconds, double Share)> Cumulative()
    {
        long seen = 0;
        for (var bin = 0; bin < BinCount; bin++)
        {
            if (_counts[bin] == 0)
                continue;
            seen += _counts[bin];
            yield return (LowerEdge(bin + 1), (double)seen / Count);
        }
    }

    /// <summary>The bins that hold anything, ascending, and the number of latencies in each.</summary>
    public IEnumerable<(int Bin, long Count)> Bins()
    {
        for (var bin = 0; bin < BinCount; bin++)
            if (_counts[bin] != 0)
                yield return (bin, _counts[bin]);
    }

    /// <summary>The histogram with these <see cref="Bins"/>; a bin that is named twice holds the sum.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such bin, or a count is not positive.</exception>
    /// <exception cref="OverflowException">More latencies than can be counted.</exception>
    public static LatencyHistogram FromBins(IEnumerable<(int Bin, long Count)> bins)
    {
        var histogram = new LatencyHistogram();
        foreach (var (bin, count) in bins)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(bin, nameof(bins));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(bin, BinCount, nameof(bins));
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count, nameof(bins));
            histogram._counts[bin] += count;
            histogram.Count = checked(histogram.Count + count);
        }

        return histogram;
    }

    private static double LowerEdge(int bin) => BitConverter.Int64BitsToDouble((FirstBin + bin) << Shift);
}
