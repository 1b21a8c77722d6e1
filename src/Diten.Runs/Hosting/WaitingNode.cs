using System.Diagnostics;
using Akka.Cluster;

namespace Diten.Runs.Hosting;

/// <summary>A node that waits for work until it is asked to leave, or the others go on without it.</summary>
/// <param name="tell">Is told what it waits for, and why it ends.</param>
public sealed class WaitingNode(ClusterNode node, Action<string> tell)
{
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(60), TellEvery = TimeSpan.FromSeconds(5);

    /// <summary>Waits.</summary>
    /// <param name="leave">Asks it to leave: its zones go to the others at the end of a slot.</param>
    /// <returns>Whether it has left in good order.</returns>
    public async Task<bool> WaitAsync(CancellationToken leave)
    {
        _ = TellJoiningAsync(leave);
        await Task.WhenAny(node.System.WhenTerminated, Task.Delay(Timeout.Infinite, leave));
        if (!leave.IsCancellationRequested)
        {
            tell("this node is no member of the cluster any more: the others could not reach it, or were more.");
            return false;
        }

        tell("leaving the cluster: zones move to other nodes at the end of the slot.");
        if (await node.LeaveAsync(LeavePatience))
            return true;
        tell($"no coordinator has let this node go within {LeavePatience.TotalSeconds} s: a run that it was part of goes back to its last checkpoint.");
        return false;
    }

    /// <summary>Says now and then that the cluster does not answer, until it does.</summary>
    private async Task TellJoiningAsync(CancellationToken leave)
    {
        if (node.Seeds.Count == 0)
        {
            tell("no --seed-node was given: this node is of no cluster until another one is told of it.");
            return;
        }

        var joined = new TaskCompletionSource();
        var cluster = Cluster.Get(node.System);
        cluster.RegisterOnMemberUp(joined.SetResult);
        var since = Stopwatch.StartNew();
        var over = Task.WhenAny(joined.Task, node.System.WhenTerminated, Task.Delay(Timeout.Infinite, leave));
        while (await Task.WhenAny(over, Task.Delay(TellEvery, CancellationToken.None)) != over)
            tell(FormattableString.Invariant($"no answer from {string.Join(", ", node.Seeds)} for {since.Elapsed.TotalSeconds:F0} s; asks on, until Ctrl-C."));
    }
}
