using Akka.Actor;
using Diten.Actors;
using Diten.Model.Worlds;

namespace Diten.Runs.Hosting;

/// <summary>Looks on at the run of a standing cluster, without joining it.</summary>
public static class RunFollower
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Follows the run that goes on, or the next one that begins, until it is over or nothing is heard of it.</summary>
    /// <param name="configuration">How nodes of the cluster talk to each other.</param>
    /// <param name="node">Any node of the cluster.</param>
    /// <exception cref="OperationCanceledException">That was asked for; the follower hears nothing any more.</exception>
    public static async Task FollowAsync(NodeConfiguration configuration, NodeAddress node, IRunFollower follower, CancellationToken cancel)
    {
        // The system ends with the process, as that of a query does.
        var system = (configuration with { Port = 0, SeedNodes = [], Roles = [NodeRole.Observer], EndsProcess = false, Threads = 1, Silent = true }).Start();
        var clock = system.ActorSelection(new RootActorPath(configuration.AddressOf(node)) / "user" / "clock");
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = system.ActorOf(Props.Create(() => new RunFollowerActor(clock, follower, over)), "follower");
        try
        {
            await over.Task.WaitAsync(cancel);
        }
        finally
        {
            await actor.GracefulStop(Patience);
        }
    }

    /// <summary>The world of a run that is followed; files that its scenario names must be on this machine, too.</summary>
    /// <exception cref="Model.Scenarios.Keys.ScenarioException">A file is missing, or this build does not know a key.</exception>
    /// <exception cref="Model.Input.InputFileException">A file cannot be used.</exception>
    public static World WorldOf(RunSpec run) => RunReader.Prepare(run).Plan.World;
}
