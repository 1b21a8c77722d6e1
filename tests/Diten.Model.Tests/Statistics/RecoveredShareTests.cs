using Diten.Model.Statistics;

namespace Diten.Model.Tests.Statistics;

public class RecoveredShareTests
{
    private static readonly double[] Noise = Samples.Normal(7, 20), Other = Samples.Normal(8, 20);

    private static double[] Around(double mean, double[] noise, double scale = 1) => [.. noise.Select(value => mean + scale * value)];

    [Fact]
    public void It_is_the_ratio_of_mean_differences()
    {
        // Losses 10, 20, 30; recovered 5, 5, 20: 30 of 60, though the mean of the ratios is 0.472.
        var recovered = RecoveredShare.Of(unharmed: [100, 100, 100], harmed: [110, 120, 130], remedied: [105, 115, 110], resamples: 200);

        // t₂ at 97.5 % is 4.303, the standard error 10/√3: 20 ± 24.8 has 0 in it.
        Assert.False(recovered.Defined);

        var shown = RecoveredShare.Of(
            unharmed: [100, 100, 100, 100, 100, 100], harmed: [110, 120, 130, 110, 120, 130], remedied: [105, 115, 110, 105, 115, 110]);

        Assert.True(shown.Defined);
        Assert.Equal(20, shown.Loss.Mean, 12);
        Assert.Equal(0.5, shown.Share.Estimate, 12);
        Assert.Equal(1, shown.Share.Defined);
        Assert.True(shown.Share.Low is > 0.25 and < 0.5 && shown.Share.High is > 0.5 and < 2.0 / 3);   // the seeds' own shares: 0.5, 0.25, 0.667
    }

    [Fact]
    public void A_remedy_that_recovers_the_same_share_in_each_seed_has_no_width()
    {
        var unharmed = Around(100, Noise);
        double[] harmed = [.. unharmed.Select((value, i) => value + 50 + 5 * Other[i])];
        double[] remedied = [.. unharmed.Select((value, i) => value + 0.25 * (harmed[i] - value))];

        var recovered = RecoveredShare.Of(unharmed, harmed, remedied);

        Assert.Equal(0.75, recovered.Share.Low, 9);
        Assert.Equal(0.75, recovered.Share.High, 9);
    }

    [Theory]
    [InlineData(100, 1.0)]    // all of it
    [InlineData(150, 0.0)]    // nothing
    [InlineData(175, -0.5)]   // more harm
    [InlineData(90, 1.2)]     // better than unharmed
    public void Its_scale_is_the_loss(double remedied, double share)
    {
        var recovered = RecoveredShare.Of(Around(100, Noise), Around(150, Noise), Around(remedied, Noise));

        Assert.Equal(share, recovered.Share.Estimate, 9);
    }

    [Fact]
    public void Where_more_is_better_the_share_is_the_same()
    {
        double[] unharmed = Around(100, Noise), harmed = Around(150, Other), remedied = Around(120, Noise, 2);
        var less = RecoveredShare.Of(unharmed, harmed, remedied);
        var more = RecoveredShare.Of(Negative(unharmed), Negative(harmed), Negative(remedied));

        Assert.Equal(less.Share, more.Share);
        Assert.Equal(-less.Loss.Mean, more.Loss.Mean);

        static double[] Negative(double[] values) => [.. values.Select(value => -value)];
    }

    [Fact]
    public void A_share_of_a_loss_that_is_not_shown_has_no_meaning()
    {
        var recovered = RecoveredShare.Of(Around(100, Noise), Around(100.1, Other), Around(100, Other));

        Assert.False(recovered.Defined);
        Assert.False(recovered.Loss.Excludes(0));
        Assert.Equal(new BootstrapInterval(double.NaN, double.NaN, double.NaN, 0, 0), recovered.Share);
    }

    /// <summary>A loss that is only just shown is 0 or less in one resample of 80 or so: these have no share, and it is said.</summary>
    [Fact]
    public void Resamples_that_lose_nothing_are_counted_out()
    {
        var spread = PairedTest.OfDifferences(Noise).Difference;
        var losses = Around(1.05 * spread.HalfWidth - spread.Mean, Noise);

        var recovered = RecoveredShare.Of(new double[20], losses, Around(0, losses, 0.5));

        Assert.True(recovered.Defined);
        Assert.InRange(recovered.Share.Defined, 0.94, 0.9995);
        Assert.Equal(0.5, recovered.Share.Low, 9);   // half in each of the others
    }

    [Fact]
    public void One_seed_equal_ones_and_what_is_no_number_have_no_share()
    {
        Assert.False(RecoveredShare.Of([1], [2], [1.5]).Defined);
        Assert.False(RecoveredShare.Of([1, 2], [1, 2], [1, 2]).Defined);
        Assert.False(RecoveredShare.Of([1, 2, 3], [5, double.NaN, 7], [1, 2, 3]).Defined);
        Assert.Equal(double.NaN, RecoveredShare.Of([1, 2, 3], [5, 6, 7], [double.NaN, 2, 3]).Share.Estimate);
        Assert.Throws<ArgumentException>(() => RecoveredShare.Of([1, 2], [1, 2], [1]));
        Assert.Throws<ArgumentException>(() => RecoveredShare.Of([], [], []));
    }

    /// <summary>True share 0.6; of 250 the coverage has a standard error of 0.016, and theory for means says 0.929.</summary>
    [Fact]
    public void Of_twenty_seeds_the_interval_holds_the_truth_as_often_as_one_of_a_mean()
    {
        var covered = Samples.Share(250, sample => !RecoveredShare.Of(
            Around(100, Samples.Normal(3 * sample, 20)), Around(110, Samples.Normal(3 * sample + 1, 20)), Around(104, Samples.Normal(3 * sample + 2, 20)),
            resamples: 400).Share.Excludes(0.6));

        Assert.InRange(covered, 0.88, 0.97);
    }
}
