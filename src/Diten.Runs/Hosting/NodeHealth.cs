using Akka.Actor;
using Akka.Cluster;
using Diten.Actors;

namespace Diten.Runs.Hosting;

/// <summary>What a node says of its health. Asks only, and changes nothing.</summary>
public sealed class NodeHealth
{
    private static readonly TimeSpan ClockPatience = TimeSpan.FromSeconds(2);
    private static readonly NodeFinding Starting = new(false, "the node is starting");

    private volatile ClusterNode? _node;

    /// <summary>The node has started.</summary>
    public void Show(ClusterNode node) => _node = node;

    /// <summary>Whether the process is one that can still be of use: false = start another one. A node that waits, or is busy, lives.</summary>
    public NodeFinding Lives() => _node?.System.WhenTerminated.IsCompleted == true
        ? new(false, "this node is no member of the cluster any more")
        : new(true, "the process answers");

    /// <summary>Whether the node is a member of its cluster: it has joined, and does not leave.</summary>
    public NodeFinding IsMember()
    {
        if (_node is not { } node)
            return Starting;
        if (!Lives().IsGood)
            return Lives();
        var cluster = Cluster.Get(node.System);
        var (status, address) = (cluster.SelfMember.Status, cluster.SelfAddress);
        return status == MemberStatus.Up
            ? new(true, $"{address} is a member of the cluster, with {cluster.State.Members.Count - 1} others")
            : new(false, $"{address} is no member of the cluster: {status}");
    }

    /// <summary>Whether a clock answers this node, and, while a run goes on, has placed its zones.</summary>
    public async Task<NodeFinding> HasClockAsync(CancellationToken cancel)
    {
        if (_node is not { } node)
            return Starting;
        try
        {
            var status = await node.Clock.Ask<ClusterStatus>(new GetClusterStatus(), ClockPatience, cancel);
            if (status.Run is null)
                return new(true, "no run goes on");
            var placed = status.Nodes.Any(member => member.Zones.Count > 0);
            return new(placed, FormattableString.Invariant(
                $"{status.Run}: slot {status.Slot} of {status.Slots}, epoch {status.Epoch}{(placed ? "" : ", zones are not placed")}"));
        }
        catch (AskTimeoutException)
        {
            return new(false, $"no clock answers within {ClockPatience.TotalSeconds} s: it is on its way to another node, or there is no coordinator");
        }
    }
}

/// <summary>What was found of one thing.</summary>
/// <param name="Says">In words.</param>
public sealed record NodeFinding(bool IsGood, string Says);
