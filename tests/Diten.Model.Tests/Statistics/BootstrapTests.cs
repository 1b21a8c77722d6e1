using Diten.Model.Statistics;

namespace Diten.Model.Tests.Statistics;

public class BootstrapTests
{
    private static readonly double[] Sample = Samples.Normal(0, 20);

    private static BootstrapInterval OfMean(double[] values, int resamples = Bootstrap.DefaultResamples, double confidence = 0.95, ulong key = 0) =>
        Bootstrap.Of(values.Length, seeds => Bootstrap.Mean(values, seeds), resamples, confidence, key);

    [Fact]
    public void The_first_call_is_of_the_seeds_as_they_are_and_all_others_of_as_many()
    {
        var calls = new List<int[]>();

        var interval = Bootstrap.Of(5, seeds =>
        {
            calls.Add([.. seeds]);
            return calls.Count;
        });

        Assert.Equal([0, 1, 2, 3, 4], calls[0]);
        Assert.Equal(2001, calls.Count);
        Assert.All(calls, seeds => Assert.True(seeds.Length == 5 && seeds.All(seed => seed is >= 0 and < 5)));
        Assert.Equal(1, interval.Estimate);
    }

    /// <summary>10,000 draws of five seeds: each some 2,000 times, standard deviation 40; the same at odd and even places.</summary>
    [Fact]
    public void Each_seed_is_drawn_alike_at_each_place()
    {
        var counts = new int[5, 5];
        Bootstrap.Of(5, seeds =>
        {
            for (var place = 0; place < 5; place++)
                counts[place, seeds[place]]++;
            return 0;
        }, resamples: 10_000);

        foreach (var count in counts)
            Assert.InRange(count, 1840, 2160);
    }

    /// <summary>Values 1 to 2,000 in any order: place 1,999 · 0.025 = 49.975 of them lies between the 50th and the 51st.</summary>
    [Fact]
    public void The_ends_are_percentiles_between_neighbours()
    {
        var call = 0;
        var interval = Bootstrap.Of(2, _ => call++ * 7 % 2001);   // 0 of all seeds, then each of 1 to 2,000 once

        Assert.Equal(50.975, interval.Low, 9);
        Assert.Equal(1950.025, interval.High, 9);
        Assert.Equal((0, 1.0, 2000), (interval.Estimate, interval.Defined, interval.Resamples));
    }

    [Fact]
    public void Arrays_are_resampled_together()
    {
        double[] first = [.. Sample.Select(value => 100 * value)], second = [.. first.Select(value => value - 2)];

        var interval = Bootstrap.Of(20, seeds => Bootstrap.Mean(first, seeds) - Bootstrap.Mean(second, seeds));

        Assert.Equal(2, interval.Low, 9);   // unpaired, the ends would be some 60 apart on either side
        Assert.Equal(2, interval.High, 9);
    }

    [Fact]
    public void The_same_data_have_the_same_interval_and_another_key_has_another()
    {
        Assert.Equal(OfMean(Sample), OfMean(Sample));
        Assert.NotEqual(OfMean(Sample), OfMean(Sample, key: 1));
    }

    [Fact]
    public void Less_confidence_is_narrower()
    {
        var (wide, narrow) = (OfMean(Sample), OfMean(Sample, confidence: 0.5));

        Assert.True(wide.Low < narrow.Low && narrow.Low < narrow.Estimate && narrow.Estimate < narrow.High && narrow.High < wide.High);
    }

    [Fact]
    public void Resamples_without_a_value_are_counted_and_left_out()
    {
        // Mean of those above 0: none in a resample that drew only the first of two, one in four.
        double[] values = [-1, 1];
        var interval = Bootstrap.Of(2, seeds => seeds.Where(seed => values[seed] > 0).Select(seed => values[seed]).DefaultIfEmpty(double.NaN).Average());

        Assert.InRange(interval.Defined, 0.71, 0.79);
        Assert.Equal((1, 1, 1), (interval.Estimate, interval.Low, interval.High));
        Assert.InRange(Bootstrap.Of(2, seeds => 1 / seeds.Sum(seed => values[seed])).Defined, 0.45, 0.55);   // infinite is no value either
    }

    [Fact]
    public void Where_no_resample_has_a_value_there_is_no_interval() => Assert.Equal(
        new BootstrapInterval(double.NaN, double.NaN, double.NaN, 0, 2000), Bootstrap.Of(3, _ => double.NaN));

    [Fact]
    public void One_seed_has_no_interval()
    {
        Assert.Equal(new BootstrapInterval(4, double.NaN, double.NaN, 1, 2000), OfMean([4]));
        Assert.False(OfMean([4]).Excludes(0));
    }

    [Fact]
    public void Equal_values_have_an_interval_of_no_width()
    {
        Assert.Equal(new BootstrapInterval(2, 2, 2, 1, 2000), OfMean([2, 2, 2]));
        Assert.True(OfMean([2, 2, 2]).Excludes(0));
        Assert.False(OfMean([2, 2, 2]).Excludes(2));
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Of(0, _ => 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => OfMean(Sample, resamples: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => OfMean(Sample, confidence: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => OfMean(Sample, confidence: double.NaN));
    }

    /// <summary>
    /// Of 20 normal values the percentile interval of the mean is 1.96 √(19/20) of Student's standard errors wide, so it covers P(|t₁₉| &lt; 1.910) =
    /// 0.929, not 0.95; of 500 the share has a standard error of 0.011.
    /// </summary>
    [Fact]
    public void Of_twenty_seeds_it_covers_as_often_as_theory_says()
    {
        var covered = Samples.Share(500, sample => !OfMean(Samples.Normal(sample, 20, mean: 3), resamples: 400).Excludes(3));

        Assert.InRange(covered, 0.90, 0.955);
    }
}
