using Diten.Model.Statistics;

namespace Diten.Model.Tests.Statistics;

public class PairedTestTests
{
    /// <summary>R: <c>t.test(extra ~ group, data = sleep, paired = TRUE)</c>, as its manual prints it.</summary>
    [Fact]
    public void It_is_students_own_example()
    {
        var test = PairedTest.Of(Samples.SleepFirst, Samples.SleepSecond);

        Assert.Equal(-4.0621, test.T, 4);
        Assert.Equal(0.002833, test.P, 6);
        Assert.Equal(-1.58, test.Difference.Mean, 12);
        Assert.Equal(-2.4598858, test.Difference.Low, 7);
        Assert.Equal(-0.7001142, test.Difference.High, 7);
    }

    /// <summary>With two degrees of freedom P(|t| > x) = 1 − x/√(2 + x²).</summary>
    [Fact]
    public void P_is_that_of_the_closed_form()
    {
        var test = PairedTest.OfDifferences([1, 2, 3]);

        Assert.Equal(2 * Math.Sqrt(3), test.T, 12);
        Assert.Equal(1 - Math.Sqrt(12.0 / 14), test.P, 12);
        Assert.Equal(test.P, PairedTest.OfDifferences([-1, -2, -3]).P);
    }

    [Fact]
    public void A_small_p_keeps_its_digits()
    {
        // Differences 1 ± ε: t = √3 / ε, and 1 − t/√(2 + t²) is 1/t² = ε²/3 but for parts in 10¹².
        var test = PairedTest.OfDifferences([1 - 1e-6, 1, 1 + 1e-6]);

        Assert.InRange(test.P, 0.999999e-12 / 3, 1.000001e-12 / 3);
    }

    [Fact]
    public void Differences_that_are_all_zero_show_nothing() =>
        Assert.Equal(new PairedTest(new MeanInterval(0, 0, 3), 0, 1), PairedTest.Of([1, 2, 3], [1, 2, 3]));

    [Theory]
    [InlineData(0.1)]   // the mean of three times 0.1, summed, is another number
    [InlineData(-2)]
    public void Differences_that_are_all_the_same_leave_no_doubt(double difference)
    {
        var test = PairedTest.OfDifferences([difference, difference, difference]);

        Assert.Equal(new PairedTest(new MeanInterval(difference, 0, 3), Math.Sign(difference) * double.PositiveInfinity, 0), test);
    }

    [Fact]
    public void One_pair_shows_nothing()
    {
        var test = PairedTest.Of([3], [1]);

        Assert.Equal((2, 1), (test.Difference.Mean, test.Difference.Count));
        Assert.Equal((double.NaN, double.NaN, double.NaN), (test.Difference.HalfWidth, test.T, test.P));
    }

    [Fact]
    public void Without_a_number_there_is_no_p()
    {
        Assert.Equal(double.NaN, PairedTest.OfDifferences([1, double.NaN, 2]).P);
        Assert.Equal(double.NaN, PairedTest.OfDifferences([double.NaN, double.NaN]).P);
        Assert.Equal(double.NaN, PairedTest.OfDifferences([1, double.PositiveInfinity]).P);
    }

    [Fact]
    public void Runs_without_a_partner_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PairedTest.Of([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => PairedTest.OfDifferences([]));
    }

    [Fact]
    public void The_difference_is_that_of_the_comparison() => Assert.Equal(
        PairedComparison.Of(Samples.SleepFirst, Samples.SleepSecond).Difference, PairedTest.Of(Samples.SleepFirst, Samples.SleepSecond).Difference);

    /// <summary>Of 4,000 the shares have a standard error of 0.0034; the interval and the test are two views of one thing.</summary>
    [Fact]
    public void Of_twenty_seeds_the_interval_holds_the_truth_95_times_in_100()
    {
        var tests = Enumerable.Range(0, 4000).Select(sample => PairedTest.OfDifferences(Samples.Normal(sample, 20, mean: 3))).ToArray();

        Assert.InRange(tests.Average(test => test.Difference.Excludes(3) ? 0.0 : 1), 0.94, 0.96);
        Assert.All(tests, test => Assert.Equal(test.Difference.Excludes(0), test.P < 0.05));
    }

    [Fact]
    public void Where_nothing_differs_five_tests_in_100_say_so() =>
        Assert.InRange(Samples.Share(4000, sample => PairedTest.OfDifferences(Samples.Normal(sample, 8)).P < 0.05), 0.04, 0.06);
}
