using Diten.Model.Statistics;

namespace Diten.Model.Tests.Statistics;

public class HolmTests
{
    private static void Near(double[] expected, double[] actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 12));

    /// <summary>Smallest first: 0.005 · 4, 0.01 · 3, 0.03 · 2, and 0.04 · 1 raised to the one before it.</summary>
    [Fact]
    public void The_smallest_counts_them_all_and_each_further_one_fewer() => Near([0.03, 0.06, 0.06, 0.02], Holm.Adjust([0.01, 0.04, 0.03, 0.005]));

    [Fact]
    public void No_p_exceeds_one() => Near([1, 1, 0.3], Holm.Adjust([0.6, 0.9, 0.1]));

    [Fact]
    public void Equal_ones_stay_equal() => Near([0.06, 0.06, 0.5, 0.06], Holm.Adjust([0.02, 0.02, 0.5, 0.015]));

    [Fact]
    public void A_test_that_could_not_be_made_does_not_count()
    {
        Near([double.NaN, 0.02, 0.04], Holm.Adjust([double.NaN, 0.01, 0.04]));
        Near([double.NaN], Holm.Adjust([double.NaN]));
    }

    [Fact]
    public void One_alone_and_none_stay_what_they_are()
    {
        Near([0.04], Holm.Adjust([0.04]));
        Assert.Empty(Holm.Adjust([]));
        Near([0, 1], Holm.Adjust([0, 1]));
    }

    [Fact]
    public void What_is_given_is_not_changed()
    {
        double[] p = [0.01, 0.02];

        Holm.Adjust(p);

        Assert.Equal([0.01, 0.02], p);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    public void What_is_no_probability_is_refused(double p) => Assert.Throws<ArgumentOutOfRangeException>(() => Holm.Adjust([0.5, p]));

    /// <summary>Five policies against one baseline on ten seeds, none of them any different: the contrasts share the baseline, as ours do.</summary>
    [Fact]
    public void Where_nothing_differs_a_family_errs_five_times_in_100_at_most()
    {
        var families = Enumerable.Range(0, 2000).Select(family => Contrasts(family, [0, 0, 0, 0, 0])).ToArray();

        Assert.InRange(families.Average(p => p.Min() < 0.05 ? 1.0 : 0), 0.12, 0.25);   // uncorrected: what the correction is for
        Assert.InRange(families.Average(p => Holm.Adjust(p).Min() < 0.05 ? 1.0 : 0), 0.025, 0.06);
    }

    [Fact]
    public void Where_some_differ_the_others_err_five_times_in_100_at_most_and_more_is_found_than_by_bonferroni()
    {
        var families = Enumerable.Range(0, 2000).Select(family => Contrasts(family, [3, 3, 1.4, 0, 0])).ToArray();

        Assert.InRange(families.Average(p => Holm.Adjust(p)[3..].Min() < 0.05 ? 1.0 : 0), 0.02, 0.06);
        Assert.True(families.Count(p => Holm.Adjust(p)[2] < 0.05) > families.Count(p => 5 * p[2] < 0.05) + 50);
    }

    private static double[] Contrasts(int family, double[] effects)
    {
        var baseline = Samples.Normal(10 * family, 10);
        return [.. effects.Select((effect, i) => PairedTest.Of(Samples.Normal(10 * family + 1 + i, 10, effect), baseline).P)];
    }
}
