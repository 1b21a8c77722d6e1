using Diten.Model.Statistics;

namespace Diten.Model.Tests.Statistics;

public class EquivalenceTests
{
    /// <summary>With two degrees of freedom P(t ≤ x) = 1/2 + x/(2√(2 + x²)), and its 95 % quantile is 0.9 √2 / √0.19.</summary>
    [Fact]
    public void Both_tests_and_the_interval_are_those_of_the_closed_form()
    {
        var test = Equivalence.OfDifferences([-1, 0, 1], margin: 3);   // standard error 1/√3, so 3 is 3√3 away

        Assert.Equal(0.5 - Math.Sqrt(27.0 / 29) / 2, test.P, 12);
        Assert.Equal(0.9 * Math.Sqrt(2 / 0.19 / 3), test.High, 9);
        Assert.Equal(-test.High, test.Low, 12);
        Assert.True(test.Equal);
    }

    /// <summary>Of the two tests the one against the nearer margin counts: mean 1 is 2 from 3, and 4 from −3.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void The_nearer_margin_counts(double mean)
    {
        var test = Equivalence.OfDifferences([mean - 1, mean, mean + 1], margin: 3);

        Assert.Equal(0.5 - Math.Sqrt(12.0 / 14) / 2, test.P, 12);
        Assert.True(test.Equal);
        Assert.False(Equivalence.OfDifferences([mean - 1, mean, mean + 1], margin: 2.5).Equal);
    }

    /// <summary>Student's drugs differ by −1.58 ± 1.833113 · 0.388959 (t₉ at 95 %): [−2.293, −0.867] lies within 2.3, not within 2.2.</summary>
    [Fact]
    public void They_are_equal_where_the_interval_of_90_percent_lies_within_the_margin()
    {
        var test = Equivalence.Of(Samples.SleepFirst, Samples.SleepSecond, margin: 2.3);

        Assert.Equal(-1.58, test.Mean, 12);
        Assert.Equal(-1.58 - 1.833113 * 0.388959, test.Low, 5);
        Assert.Equal(-1.58 + 1.833113 * 0.388959, test.High, 5);
        Assert.True(test.Equal);
        Assert.False(Equivalence.Of(Samples.SleepFirst, Samples.SleepSecond, margin: 2.2).Equal);
    }

    [Fact]
    public void A_difference_that_is_not_shown_is_not_yet_equality()
    {
        double[] differences = [-4, 5, -3, 4, 1];

        Assert.True(PairedTest.OfDifferences(differences).P > 0.5);
        Assert.False(Equivalence.OfDifferences(differences, margin: 1).Equal);
    }

    [Fact]
    public void A_small_difference_may_be_both_shown_and_of_no_account()
    {
        double[] differences = [0.1, 0.12, 0.09, 0.11];

        Assert.True(PairedTest.OfDifferences(differences).P < 0.05);
        Assert.True(Equivalence.OfDifferences(differences, margin: 1).Equal);
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.5, 0.0)]
    [InlineData(1.0, 0.5)]   // just on the margin
    [InlineData(-1.0, 0.5)]
    [InlineData(2.0, 1.0)]
    public void Without_any_spread_the_margin_decides(double difference, double p)
    {
        var test = Equivalence.OfDifferences([difference, difference, difference], margin: 1);

        Assert.Equal((p, difference, difference), (test.P, test.Low, test.High));
        Assert.Equal(p == 0, test.Equal);
    }

    [Fact]
    public void One_pair_and_what_is_no_number_show_no_equality()
    {
        foreach (var test in new[] { Equivalence.OfDifferences([0], 1), Equivalence.OfDifferences([0, double.NaN], 1) })
        {
            Assert.Equal((double.NaN, double.NaN, double.NaN), (test.P, test.Low, test.High));
            Assert.False(test.Equal);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_margin_that_is_none_is_refused(double margin) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Equivalence.OfDifferences([1, 2], margin));

    /// <summary>Where the truth lies on the margin, equality is said five times in 100; where there is no difference, 20 seeds show it.</summary>
    [Fact]
    public void Its_size_is_five_in_100()
    {
        Assert.InRange(Samples.Share(4000, sample => Equivalence.OfDifferences(Samples.Normal(sample, 20, mean: 1), 1).Equal), 0.04, 0.06);
        Assert.InRange(Samples.Share(1000, sample => Equivalence.OfDifferences(Samples.Normal(sample, 20), 1).Equal), 0.95, 1);
    }

    [Fact]
    public void The_interval_and_the_test_agree() => Assert.All(Enumerable.Range(0, 500), sample =>
    {
        var test = Equivalence.OfDifferences(Samples.Normal(sample, 12, mean: 0.4), 0.9);
        Assert.Equal(test.Low > -0.9 && test.High < 0.9, test.Equal);
    });
}
