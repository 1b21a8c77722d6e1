using Diten.Model.Statistics;

namespace Diten.Model.Tests.Statistics;

public class StoppingTests
{
    /// <summary>Values mean ± 1 in turn, so that the deviation of n of them is √(n / (n − 1)).</summary>
    private static double[] Alternating(int count, double mean = 0, double scale = 1) =>
        [.. Enumerable.Range(0, count).Select(i => mean + (i % 2 == 0 ? scale : -scale))];

    private static StoppingDecision Decide(double[] values, Precision precision) => Stopping.Decide([new("latency", values, precision)]);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(19)]
    public void It_begins_with_twenty(int have)
    {
        var decision = Decide(Alternating(have), Precision.Within(1000));

        Assert.Equal((have, 20, false), (decision.Have, decision.Seeds, decision.Ends));
    }

    /// <summary>t₁₉ at 97.5 % is 2.093024; of 20 values ± 1 the standard error is 1/√19: half-width 0.480173.</summary>
    [Theory]
    [InlineData(0.4802, true)]
    [InlineData(0.4801, false)]
    public void It_ends_where_the_half_width_is_the_bound(double bound, bool ends)
    {
        var decision = Decide(Alternating(20), Precision.Within(bound));

        Assert.Equal((ends, ends), (decision.Ends, decision.Reached));
        Assert.Equal(ends ? [] : ["latency"], decision.TooWide);
    }

    [Theory]
    [InlineData(10, 0.0481, true)]    // 0.480173 of 10
    [InlineData(10, 0.0480, false)]
    [InlineData(-10, 0.0481, true)]
    [InlineData(0, 0.5, false)]       // no share of 0 is anything
    public void A_relative_bound_is_a_share_of_the_mean(double mean, double share, bool ends) =>
        Assert.Equal(ends, Decide(Alternating(20, mean), Precision.Relative(share)).Ends);

    /// <summary>Deviation √(20/19) = 1.025978; t₄₅ = 2.014103 and √46 give 0.30468, t₄₆ = 2.012896 and √47 give 0.30124.</summary>
    [Theory]
    [InlineData(0.304, 47)]
    [InlineData(0.301, 48)]
    [InlineData(0.47, 30)]    // 21 would do; a step is 10
    [InlineData(0.05, 100)]   // 1,600 or so would do; 100 is the limit
    public void It_plans_with_the_variance_of_now(double bound, int seeds) => Assert.Equal(seeds, Decide(Alternating(20), Precision.Within(bound)).Seeds);

    [Fact]
    public void The_last_step_ends_at_the_limit() => Assert.Equal(100, Decide(Alternating(95), Precision.Within(0.01)).Seeds);

    [Theory]
    [InlineData(100)]
    [InlineData(120)]
    public void At_the_limit_it_ends_and_says_what_is_too_wide(int have)
    {
        var decision = Decide(Alternating(have), Precision.Within(0.01));

        Assert.Equal((true, false, have), (decision.Ends, decision.Reached, decision.Seeds));
        Assert.Equal(["latency"], decision.TooWide);
    }

    [Fact]
    public void The_widest_of_several_means_counts()
    {
        var decision = Stopping.Decide(
        [
            new("narrow", Alternating(20), Precision.Within(1)),
            new("wide", Alternating(20, scale: 2), Precision.Within(0.608)),   // as 0.304 of deviation 1
            new("wider than it may be", Alternating(20), Precision.Within(0.4)),
        ]);

        Assert.Equal(47, decision.Seeds);
        Assert.Equal(["wide", "wider than it may be"], decision.TooWide);
    }

    [Fact]
    public void Equal_values_are_enough()
    {
        Assert.True(Decide([.. Enumerable.Repeat(0.1, 20)], Precision.Within(1e-9)).Reached);
        Assert.True(Decide(new double[20], Precision.Relative(0.01)).Reached);
    }

    [Fact]
    public void A_mean_that_is_no_number_asks_for_no_more_seeds_and_is_named()
    {
        double[] broken = [.. Alternating(19), double.NaN];
        var alone = Decide(broken, Precision.Within(1));
        var beside = Stopping.Decide([new("rate", broken, Precision.Within(1)), new("latency", Alternating(20), Precision.Within(0.304))]);

        Assert.Equal((true, false), (alone.Ends, alone.Reached));
        Assert.Equal(["latency"], alone.Undefined);
        Assert.Equal((47, false), (beside.Seeds, beside.Reached));
        Assert.Equal(["rate"], beside.Undefined);
        Assert.Equal(["latency"], beside.TooWide);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        PrecisionGoal goal = new("latency", Alternating(20), Precision.Within(1));

        Assert.Throws<ArgumentException>(() => Stopping.Decide([]));
        Assert.Throws<ArgumentException>(() => Stopping.Decide([goal, goal with { Values = [1] }]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Stopping.Decide([goal with { Precision = Precision.Within(0) }]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Stopping.Decide([goal with { Precision = Precision.Relative(double.NaN) }]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Stopping.Decide([goal], first: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Stopping.Decide([goal], step: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Stopping.Decide([goal], first: 20, most: 19));
    }

    /// <summary>
    /// Deviation 1 and bound 0.35 need 34 seeds; samples that happen to be narrow end sooner, so the interval at the end covers a little less
    /// than 95 times in 100. Of 2,000 the share has a standard error of 0.005.
    /// </summary>
    [Fact]
    public void Stopping_early_costs_the_interval_a_little()
    {
        var ends = Enumerable.Range(0, 2000).Select(sample => EndOf(Samples.Normal(sample, 100), Precision.Within(0.35))).ToArray();

        Assert.InRange(ends.Average(end => end.Excludes(0) ? 0.0 : 1), 0.925, 0.955);
        Assert.InRange(ends.Average(end => end.Count), 30, 40);
        Assert.All(ends, end => Assert.True(end.Count == 100 || end.HalfWidth <= 0.35));
    }

    private static MeanInterval EndOf(double[] values, Precision precision)
    {
        var decision = Decide(values[..20], precision);
        while (!decision.Ends)
            decision = Decide(values[..decision.Seeds], precision);
        return PairedTest.OfDifferences(values[..decision.Have]).Difference;
    }
}
