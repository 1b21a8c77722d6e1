using Akka.Actor.Setup;
using Diten.Actors;
using Diten.Actors.Nodes;
using Diten.Model.Worlds;
using Diten.Runs.Hosting;
using Diten.Runs.Results;
using Microsoft.Data.Sqlite;

namespace Diten.Runs.Running;

/// <summary>Runs a scenario in this process or on processes of its own, with or without a journal.</summary>
public static class RunExecution
{
    /// <summary>Runs, or goes on with, a run whose folder is being written.</summary>
    /// <param name="workFolder">Where the run's folder is while it goes on.</param>
    /// <param name="taken">Digests of the slots whose results are kept from an earlier life of the run, in order.</param>
    /// <param name="elsewhere">Where the journal is, if not in the run's folder.</param>
    /// <param name="join">This process's node, with the cluster's node to join as seed; null where there is none.</param>
    /// <param name="tell">Is told of processes that ended.</param>
    /// <returns>How it ended, and the most memory that all its processes held; null = only this one.</returns>
    public static async Task<(RunOutcome Outcome, long? PeakBytes)> RunAsync(
        Session session, ScenarioInput input, World world, RunStart start, string workFolder, IReadOnlyList<byte[]> taken, IRunObserver observer,
        JournalLocation? elsewhere, NodeConfiguration? join, Action<string> tell, CancellationToken cancel)
    {
        if (start.Journal == RunStart.InCluster)
            return await RunJoinedAsync(input, start, join ?? throw new UserErrorException("--join: the run belongs to a cluster; say which node to join."), taken, observer, cancel);
        var location = start.CheckpointEverySlots > 0 ? Prepared(start, workFolder, elsewhere) : null;
        var ended = start.Nodes > 0 ? await RunOnClusterAsync(input, start, location, new RunFolder(workFolder).Logs, taken, observer, tell, cancel)
            : location is null ? (await session.Emulate(world, start.Options, observer, cancel), null)
            : (await RunHereAsync(input, world, start, location, taken, observer, cancel), null);
        if (location is not null && !ended.Outcome.Cancelled && JournalTrim.AfterCompletion(location, start.RunId, start.Journal == RunStart.InFolder) is { } why)
            tell($"the journal keeps checkpoints that nobody needs any more: {why}");
        return ended;
    }

    private static async Task<RunOutcome> RunHereAsync(
        ScenarioInput input, World world, RunStart start, JournalLocation location, IReadOnlyList<byte[]> taken, IRunObserver observer, CancellationToken cancel)
    {
        var journal = new EmulationJournal(
            Spec(input, start), JournalSettings.For(location), ActorSystemSetup.Create(JournalSettings.Setup(location)), taken);
        try
        {
            return await Emulation.RunAsync(world, start.Options, observer, journal, cancel, start.Training ? LearnerRecipe.Of : null);
        }
        finally
        {
            SqliteConnection.ClearAllPools(); // the folder is the user's again
        }
    }

    private static async Task<(RunOutcome Outcome, long? PeakBytes)> RunOnClusterAsync(
        ScenarioInput input, RunStart start, JournalLocation? journal, string logs, IReadOnlyList<byte[]> taken, IRunObserver observer,
        Action<string> tell, CancellationToken cancel)
    {
        await using var cluster = await LocalCluster.StartAsync(start.Nodes, start.Threads, journal, logs, tell, cancel, start.Training);
        var outcome = await cluster.Self.RunAsync(Spec(input, start), observer, taken, cancel);
        return (outcome, cluster.PeakBytes());
    }

    private static async Task<(RunOutcome Outcome, long? PeakBytes)> RunJoinedAsync(
        ScenarioInput input, RunStart start, NodeConfiguration join, IReadOnlyList<byte[]> taken, IRunObserver observer, CancellationToken cancel)
    {
        await using var self = ClusterNode.Start(join with { Roles = [NodeRole.Observer], EndsProcess = false, Silent = true, Threads = 1, Journal = null });
        return (await self.RunAsync(Spec(input, start), observer, taken, cancel), null);
    }

    /// <summary>A run, as nodes are told of it.</summary>
    public static RunSpec Spec(ScenarioInput input, RunStart start) =>
        new(start.RunId, input.Name, input.ResolvedText, Math.Max(1, start.Nodes), start.Options) { World = start.World };

    private static JournalLocation Prepared(RunStart start, string workFolder, JournalLocation? elsewhere)
    {
        var location = start.Journal == RunStart.InFolder ? new SqliteJournal(new RunFolder(workFolder).JournalFile) : elsewhere
            ?? throw new UserErrorException($"--journal: the run keeps its journal elsewhere ({start.Journal}); say where, with the password if it has one.");
        JournalSettings.Prepare(location);
        return location;
    }
}
