using Diten.Actors.Tests.Recovery;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Clock;

public sealed class PlacementTests
{
    private static readonly CityPlan City = CityPlan.Create(World.Create(new Scenario
    {
        Devices = new DevicesSection { Count = 5000 },
        Zones = new ZonesSection { Columns = 8, Rows = 8 },
    }));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(64)]
    public void Every_node_gets_its_share(int nodes)
    {
        var nodeOf = Placement.Place(City, [.. Enumerable.Repeat(2, nodes)]);

        var shares = Enumerable.Range(0, nodes).Select(node => Weight(nodeOf, node)).ToArray();
        Assert.All(shares, share => Assert.True(share > 0));
        if (nodes <= 8)
            Assert.InRange(shares.Max() / (double)shares.Min(), 1, 1.35); // in whole zones
    }

    [Fact]
    public void A_node_with_three_times_the_threads_gets_three_times_as_much()
    {
        var nodeOf = Placement.Place(City, [1, 3]);

        Assert.InRange(Weight(nodeOf, 1) / (double)Weight(nodeOf, 0), 2.5, 3.5);
    }

    [Fact]
    public void More_nodes_than_zones_leave_some_without()
    {
        var small = CityPlan.Create(World.Create(Small.City().Cut(2, 1)));

        Assert.Equal(2, Placement.Place(small, [1, 1, 1, 1, 1]).Distinct().Count());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Neighbours_are_placed_together(int nodes)
    {
        var placed = Crossing(Placement.Place(City, [.. Enumerable.Repeat(1, nodes)]));
        var inTurn = Crossing([.. Enumerable.Range(0, City.Zones.Count).Select(zone => zone % nodes)]);

        Assert.True(placed < 0.55 * inTurn, $"{placed} pairs of neighbours are on different nodes, {inTurn} if zones were dealt out in turn");
    }

    private static long Weight(int[] nodeOf, int node) => Enumerable.Range(0, nodeOf.Length).Where(zone => nodeOf[zone] == node).Sum(zone => City.Weights[zone]);

    private static int Crossing(int[] nodeOf) =>
        Enumerable.Range(0, nodeOf.Length).Sum(zone => City.Neighbours(zone).ToArray().Count(other => nodeOf[other] != nodeOf[zone])) / 2;
}
