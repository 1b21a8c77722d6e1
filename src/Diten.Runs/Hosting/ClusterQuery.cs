using Akka.Actor;
using Diten.Actors;

namespace Diten.Runs.Hosting;

/// <summary>Asks a cluster what it is doing, without joining it.</summary>
public static class ClusterQuery
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), TellAfter = TimeSpan.FromSeconds(2);

    /// <summary>Asks a node.</summary>
    /// <param name="configuration">How nodes of the cluster talk to each other.</param>
    /// <param name="node">Any node of the cluster.</param>
    /// <param name="tell">Is told that there is no answer yet.</param>
    /// <exception cref="UserErrorException">Nobody answers.</exception>
    public static async Task<ClusterStatus> AskAsync(NodeConfiguration configuration, NodeAddress node, Action<string> tell, CancellationToken cancel)
    {
        var system = (configuration with { Port = 0, SeedNodes = [], Roles = [NodeRole.Observer], EndsProcess = false, Threads = 1 }).Start();
        try // the system ends with the process: a node that never joined takes its time to leave
        {
            var clock = system.ActorSelection(new RootActorPath(configuration.AddressOf(node)) / "user" / "clock");
            var answer = clock.Ask<ClusterStatus>(new GetClusterStatus(), Patience, cancel);
            if (await Task.WhenAny(answer, Task.Delay(TellAfter, cancel)) != answer)
                tell($"no answer from {node} yet; gives up after {Patience.TotalSeconds} s.");
            return await answer;
        }
        catch (AskTimeoutException)
        {
            throw new UserErrorException($"{node} does not answer within {Patience.TotalSeconds} s: no node listens there, or its cluster has no coordinator.");
        }
    }
}
