using Diten.Model.Statistics;

namespace Diten.Model.Tests.Statistics;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void A_histogram_is_the_same_after_its_bins_were_taken_out_and_put_in_again()
    {
        var histogram = new LatencyHistogram();
        foreach (var seconds in new[] { 0.25, 0.25, 1e-9, 0.5, 1e6 })
            histogram.Record([LatencyHistogram.BinOf(seconds)]);

        var bins = histogram.Bins().ToArray();
        var again = LatencyHistogram.FromBins(bins);

        Assert.Equal([1, 2, 1, 1], bins.Select(bin => bin.Count));
        Assert.Equal((0, LatencyHistogram.BinOf(0.25)), (bins[0].Bin, bins[1].Bin));
        Assert.Equal(bins, again.Bins());
        Assert.Equal(5, again.Count);
        Assert.Equal(histogram.Quantile(0.5), again.Quantile(0.5));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(ushort.MaxValue, 1)]
    [InlineData(3, 0)]
    [InlineData(3, -1)]
    public void Bins_that_cannot_be_are_refused(int bin, long count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LatencyHistogram.FromBins([(bin, count)]));

    [Fact]
    public void More_latencies_than_can_be_counted_are_refused() =>
        Assert.Throws<OverflowException>(() => LatencyHistogram.FromBins([(3, long.MaxValue), (4, 1)]));
}
