using Diten.Actors.Runtime;

namespace Diten.Actors.Tests.Runtime;

public sealed class LanesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void Zones_are_shared_among_the_lanes_that_there_are(int lanes)
    {
        long[][] cities = [[1], [1, 1, 1], [.. Enumerable.Repeat(1L, 500)], [1_000_000, 1, 1, 1], [1, 1, 1, 1_000_000], [.. Enumerable.Range(1, 40).Select(i => (long)i)]];

        foreach (var weights in cities)
        {
            var shared = Lanes.Share(weights, lanes);

            Assert.All(shared, lane => Assert.InRange(lane, 0, lanes - 1));
            Assert.Equal(shared.Order(), shared); // neighbours are together
        }
    }

    [Fact]
    public void Lanes_have_about_the_same_to_do()
    {
        Assert.Equal([0, 0, 1, 1], Lanes.Share([5, 5, 5, 5], 2));
        Assert.Equal([0, 1, 1, 1], Lanes.Share([9, 3, 3, 3], 2));
        Assert.Equal([0, 0, 0, 1], Lanes.Share([3, 3, 3, 9], 2));
    }
}
