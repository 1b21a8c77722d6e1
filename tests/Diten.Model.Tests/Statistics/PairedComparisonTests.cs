using Diten.Model.Statistics;

namespace Diten.Model.Tests.Statistics;

public class PairedComparisonTests
{
    [Fact]
    public void The_interval_is_students()
    {
        // Mean 3, variance 2.5, t of 4 degrees of freedom at 97.5 %: 2.776445.
        var interval = MeanInterval.Of([1, 2, 3, 4, 5]);

        Assert.Equal((3.0, 5), (interval.Mean, interval.Count));
        Assert.Equal(2.776445 * Math.Sqrt(0.5), interval.HalfWidth, 5);
        Assert.Equal(interval.Mean - interval.HalfWidth, interval.Low);
        Assert.Equal(interval.Mean + interval.HalfWidth, interval.High);
    }

    [Fact]
    public void A_single_value_has_no_interval()
    {
        var interval = MeanInterval.Of([4]);

        Assert.Equal(4, interval.Mean);
        Assert.True(double.IsNaN(interval.HalfWidth));
        Assert.False(interval.Excludes(0));
    }

    [Fact]
    public void Equal_values_have_an_interval_of_no_width_though_their_sum_rounds()
    {
        Assert.Equal(new MeanInterval(2, 0, 3), MeanInterval.Of([2, 2, 2]));
        Assert.NotEqual(0.1, (0.1 + 0.1 + 0.1) / 3);
        Assert.Equal(new MeanInterval(0.1, 0, 3), MeanInterval.Of([0.1, 0.1, 0.1]));
    }

    [Fact]
    public void Pairing_removes_what_the_seeds_have_in_common()
    {
        double[] first = [10, 20, 30, 40], second = [9, 19.5, 29, 38.5];

        var comparison = PairedComparison.Of(first, second);

        Assert.Equal(1, comparison.Difference.Mean);
        Assert.Equal(3.182446 * Math.Sqrt(1.0 / 6 / 4), comparison.Difference.HalfWidth, 5);   // differences 1, 0.5, 1, 1.5
        Assert.True(comparison.Difference.Excludes(0));
        Assert.True(comparison.First.Low < comparison.Second.High);   // unpaired, nothing could be told
        Assert.Equal((10 / 9.0 + 20 / 19.5 + 30 / 29.0 + 40 / 38.5) / 4, comparison.Ratio.Mean, 12);
    }

    [Fact]
    public void One_pair_tells_a_difference_but_never_a_significant_one()
    {
        var comparison = PairedComparison.Of([2], [1]);

        Assert.Equal(1, comparison.Difference.Mean);
        Assert.False(comparison.Difference.Excludes(0));
    }

    [Fact]
    public void Runs_without_a_partner_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PairedComparison.Of([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => PairedComparison.Of([], []));
    }
}
