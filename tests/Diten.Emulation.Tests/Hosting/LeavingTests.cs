using Diten.Runs.Hosting;

namespace Diten.Emulation.Tests.Hosting;

/// <summary>A node that leaves says whether it was let go; it leaves all the same.</summary>
public sealed class LeavingTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1), Long = TimeSpan.FromMinutes(10), Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Where_no_clock_lets_it_go_a_node_says_so_and_leaves()
    {
        await using var node = await FoundedAsync([NodeRole.Emulation]);

        Assert.False(await node.LeaveAsync(Short).WaitAsync(Soon));

        Assert.True(node.System.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task A_node_that_the_clock_lets_go_says_that()
    {
        await using var node = await FoundedAsync([NodeRole.Emulation, NodeRole.Coordinator]);

        Assert.True(await node.LeaveAsync(Long).WaitAsync(Soon));
    }

    [Fact]
    public async Task A_node_that_never_joined_waits_for_nobody()
    {
        await using var node = ClusterNode.Start(Quiet with { SeedNodes = [new NodeAddress("127.0.0.1", 1)] });

        Assert.True(await node.LeaveAsync(Long).WaitAsync(Soon));
    }

    private static NodeConfiguration Quiet => new() { Roles = [NodeRole.Emulation], EndsProcess = false, Silent = true, Threads = 1 };

    private static async Task<ClusterNode> FoundedAsync(string[] roles)
    {
        var node = ClusterNode.Start(Quiet with { Roles = roles });
        node.FoundCluster();
        await TestCluster.Up(node.System, members: 1);
        return node;
    }
}
