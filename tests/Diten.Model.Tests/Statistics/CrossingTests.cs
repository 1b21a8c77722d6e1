using Diten.Model.Statistics;

namespace Diten.Model.Tests.Statistics;

public class CrossingTests
{
    private static readonly double[] Axis = [0, 10, 20, 40];

    /// <summary>Curves whose means differ by these values, one a point, over three seeds whose differences are the same.</summary>
    private static Crossing Of(params double[] differences) => Of(differences, [0, 0, 0]);

    /// <summary>Likewise, and a seed moves all of its points by as much.</summary>
    private static Crossing Of(double[] differences, double[] seeds) => Crossing.Of(
        Axis[..differences.Length], [.. differences.Select(value => seeds.Select(seed => 5 + value + seed).ToArray())],
        [.. differences.Select(_ => seeds.Select(_ => 5.0).ToArray())]);

    [Fact]
    public void It_lies_on_the_line_between_the_points()
    {
        var crossing = Of(3, 1, -1, -4);

        Assert.Equal((1, 1, true), (crossing.Changes, crossing.Before, crossing.Exists));
        Assert.Equal(new BootstrapInterval(15, 15, 15, 1, 2000), crossing.Place);
        Assert.Equal(10 + 10 * 1 / 4.0, Of(-3, -1, 3).Place.Estimate);
        Assert.Equal(-1, Of(-3, -1, 3).Before);
        Assert.Equal(20 + 20 * 3 / 4.0, Of(3, 3, 3, -1).Place.Estimate);   // points need not be equally far apart
    }

    [Theory]
    [InlineData(3, 2, 1)]
    [InlineData(-3, -2, -1)]
    [InlineData(3, 0, 1)]    // they touch
    [InlineData(0, 1, 2)]
    [InlineData(2, 1, 0)]
    [InlineData(0, 0, 0)]
    public void Where_no_sign_changes_there_is_none(double first, double second, double third)
    {
        var crossing = Of(first, second, third);

        Assert.Equal((0, 0, false, 0.0), (crossing.Changes, crossing.Before, crossing.Exists, crossing.CrossingShare));
        Assert.Equal(new BootstrapInterval(double.NaN, double.NaN, double.NaN, 0, 2000), crossing.Place);
    }

    [Fact]
    public void Where_they_are_equal_before_they_part_it_is_the_middle()
    {
        Assert.Equal(10, Of(1, 0, -1).Place.Estimate);
        Assert.Equal(15, Of(1, 0, 0, -1).Place.Estimate);
    }

    [Fact]
    public void Of_several_it_is_the_first_and_says_how_many()
    {
        var crossing = Of(1, -1, 1, -1);

        Assert.Equal((3, 1, 5.0), (crossing.Changes, crossing.Before, crossing.Place.Estimate));
    }

    [Fact]
    public void Points_without_a_number_part_the_curves()
    {
        Assert.False(Of(1, double.NaN, -1).Exists);
        Assert.Equal(30, Of(1, double.NaN, 1, -1).Place.Estimate);
        Assert.Equal(1, Of(1, double.NaN, 1, -1).CrossingShare);
        Assert.False(Of(double.NaN).Exists);
    }

    /// <summary>Difference 2 − x/10 and half of what a seed draws, mean 0: the crossing moves by 5 a unit of these, and so do the ends; Student's are some 9 % wider.</summary>
    [Fact]
    public void Its_interval_is_that_of_the_seeds()
    {
        var noise = Samples.Normal(3, 20);
        var mean = PairedTest.OfDifferences(noise).Difference;

        var crossing = Of([2, 1, 0, -2], [.. noise.Select(value => (value - mean.Mean) / 2)]);

        Assert.Equal(20, crossing.Place.Estimate, 9);
        Assert.Equal(20 - 5 * mean.HalfWidth, crossing.Place.Low, 0.8);
        Assert.Equal(20 + 5 * mean.HalfWidth, crossing.Place.High, 0.8);
        Assert.Equal(1, crossing.CrossingShare);
    }

    [Fact]
    public void How_many_resamples_cross_is_told_whether_the_means_do_or_not()
    {
        // A resample with k times −3 moves all points by 1 − k.
        double[] seeds = [-3, 1, 1, 1];
        var no = Of([0.5, 0.2, 0.1], seeds);     // below 0 everywhere from k = 2 on, nowhere before
        var some = Of([2.5, 1.5, 0.2], seeds);   // crosses with k = 2 (54 resamples in 256) and 3 (12 in 256), lies below 0 with 4

        Assert.False(no.Exists);
        Assert.Equal(0, no.CrossingShare);
        Assert.False(some.Exists);
        Assert.InRange(some.CrossingShare, 66 / 256.0 - 0.04, 66 / 256.0 + 0.04);
        Assert.Equal((double.NaN, double.NaN), (some.Place.Low, some.Place.High));
    }

    /// <summary>At 0 both curves are the same but for noise of a seed there, which changes the sign in many resamples, in the other direction.</summary>
    [Fact]
    public void A_resample_that_crosses_the_other_way_first_is_asked_for_the_same_way()
    {
        double[] noise = [-1, 1.4, -1, 1.4];
        double[][] zero = [.. Axis.Select(_ => new double[4])];
        double[][] first = [[.. noise], [3, 3, 3, 3], [1, 1, 1, 1], [-1, -1, -1, -1]];

        var crossing = Crossing.Of(Axis, first, zero);

        Assert.Equal(new BootstrapInterval(30, 30, 30, 1, 2000), crossing.Place);
    }

    [Fact]
    public void One_seed_has_a_place_and_no_interval()
    {
        var crossing = Of([1, -1], [0]);

        Assert.Equal(new BootstrapInterval(5, double.NaN, double.NaN, 1, 2000), crossing.Place);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Crossing.Of([], [], []));
        Assert.Throws<ArgumentException>(() => Crossing.Of([0, 1], [[1], [1]], [[1]]));
        Assert.Throws<ArgumentException>(() => Crossing.Of([0, 0], [[1], [1]], [[1], [1]]));
        Assert.Throws<ArgumentException>(() => Crossing.Of([0, double.NaN], [[1], [1]], [[1], [1]]));
        Assert.Throws<ArgumentException>(() => Crossing.Of([0, 1], [[1, 2], [1]], [[1, 2], [1]]));
        Assert.Throws<ArgumentException>(() => Crossing.Of([0, 1], [[1], [1]], [[1], [1, 2]]));
        Assert.Throws<ArgumentException>(() => Crossing.Of([0], [[]], [[]]));
    }
}
