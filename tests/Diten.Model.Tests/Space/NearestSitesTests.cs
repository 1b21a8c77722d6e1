using Diten.Model.Space;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Diten.Model.Tests.Space;

public class NearestSitesTests
{
    private static readonly Area Square = new(0, 0, 1000, 1000);

    /// <summary>Sites on a coarse raster, so that many coincide and many are equally near; queries in the area and far outside.</summary>
    public sealed record Case((double X, double Y)[] Sites, (double X, double Y)[] Queries);

    public static class Cases
    {
        public static Arbitrary<Case> Case()
        {
            var raster = Gen.Choose(-3, 13).Select(k => k * 100.0);
            var anywhere = Gen.Choose(-3_000_000, 4_000_000).Select(k => k / 1000.0);
            var sites = Gen.Choose(1, 60).SelectMany(count => Gen.Zip(Gen.OneOf(raster, anywhere), Gen.OneOf(raster, anywhere))
                .Select(p => (p.Item1, p.Item2)).ArrayOf(count));
            var halves = Gen.Choose(-10, 30).Select(k => k * 50.0);
            var queries = Gen.Zip(Gen.OneOf(halves, anywhere), Gen.OneOf(halves, anywhere)).Select(p => (p.Item1, p.Item2)).ArrayOf(20);
            return Gen.Zip(sites, queries).Select(both => new Case(both.Item1, both.Item2)).ToArbitrary();
        }
    }

    [Property(Arbitrary = [typeof(Cases)], MaxTest = 200)]
    public void The_nearest_are_those_that_a_look_at_all_sites_finds(Case given)
    {
        var nearest = Build(given.Sites);
        foreach (var (x, y) in given.Queries)
        {
            var expected = Layouts.ByDistance(given.Sites, x, y);
            Assert.Equal(expected[0], nearest.Nearest(x, y));
            foreach (var wanted in new[] { 1, 5, given.Sites.Length + 3 })
            {
                var found = new int[wanted];
                var count = nearest.Nearest(x, y, found);
                Assert.Equal(Math.Min(wanted, given.Sites.Length), count);
                Assert.Equal(expected[..count], found[..count]);
            }
        }
    }

    [Property(Arbitrary = [typeof(Cases)], MaxTest = 200)]
    public void Within_a_radius_are_those_that_a_look_at_all_sites_finds(Case given)
    {
        var nearest = Build(given.Sites);
        foreach (var (x, y) in given.Queries)
            foreach (var radius in new[] { 0.0, 100, 777.7, 1e5 })
                Assert.Equal(
                    Enumerable.Range(0, given.Sites.Length).Where(k =>
                        Math.Pow(given.Sites[k].X - x, 2) + Math.Pow(given.Sites[k].Y - y, 2) <= radius * radius),
                    nearest.Within(x, y, radius));
    }

    [Fact]
    public void Of_sites_equally_near_the_lower_id_comes_first()
    {
        var nearest = Build([(100, 100), (300, 100), (100, 100), (200, 200), (200, 0)]);
        var found = new int[5];

        nearest.Nearest(200, 100, found);

        Assert.Equal([0, 1, 2, 3, 4], found);
    }

    [Fact]
    public void Nothing_is_found_where_nothing_is_asked_for() => Assert.Equal(0, Build([(1, 1)]).Nearest(0, 0, []));

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.PositiveInfinity)]
    public void A_place_that_is_no_number_is_refused_and_does_not_hang(double x, double y)
    {
        var nearest = Build([(1, 1), (900, 900)]);

        Assert.Throws<ArgumentException>(() => nearest.Nearest(x, y));
        Assert.Throws<ArgumentException>(() => nearest.Nearest(x, y, new int[2]));
    }

    private static NearestSites Build((double X, double Y)[] sites) =>
        new([.. sites.Select(s => s.X)], [.. sites.Select(s => s.Y)], Square);
}
