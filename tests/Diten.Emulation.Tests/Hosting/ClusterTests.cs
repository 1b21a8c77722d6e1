using Akka.Actor;
using Akka.Cluster;
using Diten.Runs.Hosting;

namespace Diten.Emulation.Tests.Hosting;

/// <summary>Nodes with the built-in settings find each other.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task Two_nodes_on_this_machine_form_a_cluster()
    {
        await using var cluster = new TestCluster();
        var first = cluster.Start(new NodeConfiguration());
        var address = Cluster.Get(first).SelfAddress;
        Assert.Equal("akka.secret.tcp", address.Protocol);
        Cluster.Get(first).Join(address);

        var second = cluster.Start(new NodeConfiguration { SeedNodes = [new NodeAddress(address.Host!, address.Port!.Value)], Roles = [NodeRole.Observer] });

        await Task.WhenAll(TestCluster.Up(first, 2), TestCluster.Up(second, 2));
        Assert.Equal(["observer"], Cluster.Get(second).SelfRoles);
    }

    [Fact]
    public async Task A_node_that_is_declared_dead_ends_and_says_why()
    {
        await using var cluster = new TestCluster();
        var node = cluster.Start(new NodeConfiguration());
        Cluster.Get(node).Join(Cluster.Get(node).SelfAddress);
        await TestCluster.Up(node, 1);

        Cluster.Get(node).Down(Cluster.Get(node).SelfAddress);

        await TestCluster.Within(node.WhenTerminated, "the end of a node that was declared dead");
        Assert.IsType<CoordinatedShutdown.ClusterDowningReason>(CoordinatedShutdown.Get(node).ShutdownReason);
    }
}
