using Akka.Actor.Setup;
using Diten.Actors;
using Diten.Actors.Nodes;
using Diten.Model.Worlds;
using Diten.Runs.Hosting;
using Diten.Runs.Results;
using Diten.Runs.Scenarios;
using Microsoft.Data.Sqlite;

namespace Diten.Runs.Execution;

/// <summary>Runs what was requested: in this process, on processes of its own or on a cluster that is up, with or without a journal.</summary>
/// <param name="observer">Is told of every slot.</param>
/// <param name="tell">Is told of processes that ended.</param>
internal sealed class RunExecution(Session session, RunRequest request, IRunObserver observer, Action<string> tell)
{
    private readonly RunStart _start = request.Start;

    /// <summary>Runs, or goes on with, a run whose folder is being written.</summary>
    /// <param name="workFolder">Where the run's folder is while it goes on.</param>
    /// <param name="taken">Digests of the slots whose results are kept from an earlier life of the run, in order.</param>
    /// <returns>How it ended, and the most memory that all its processes held, bytes; null = only this one.</returns>
    public async Task<(RunOutcome Outcome, long? PeakBytes)> RunAsync(string workFolder, IReadOnlyList<byte[]> taken, CancellationToken cancel)
    {
        if (_start.Journal == RunStart.InCluster)
            return (await RunJoinedAsync(taken, cancel), null);
        var location = _start.CheckpointEverySlots > 0 ? Prepared(workFolder) : null;
        var ended = _start.Nodes > 0 ? await RunOnClusterAsync(location, new RunFolder(workFolder).Logs, taken, cancel)
            : location is null ? (await RunUnkeptAsync(cancel), null)
            : (await RunHereAsync(location, taken, cancel), null);
        if (location is not null && !ended.Outcome.Cancelled && JournalTrim.AfterCompletion(location, _start.RunId, _start.Journal == RunStart.InFolder) is { } why)
            tell($"the journal keeps checkpoints that nobody needs any more: {why}");
        return ended;
    }

    /// <summary>A run, as nodes are told of it.</summary>
    public static RunSpec Spec(ScenarioInput input, RunStart start) =>
        new(start.RunId, input.Name, input.ResolvedText, Math.Max(1, start.Nodes), start.Options) { World = start.World };

    private RunSpec Spec() => Spec(request.Input, _start);

    private Task<RunOutcome> RunUnkeptAsync(CancellationToken cancel) => _start.Training
        ? Emulation.RunAsync(request.World, _start.Options, observer, journal: null, cancel, LearnerRecipe.Of)
        : session.Emulate(request.World, _start.Options, observer, cancel);

    private async Task<RunOutcome> RunHereAsync(JournalLocation location, IReadOnlyList<byte[]> taken, CancellationToken cancel)
    {
        var journal = new EmulationJournal(Spec(), JournalSettings.For(location), ActorSystemSetup.Create(JournalSettings.Setup(location)), taken)
        {
            Prepare = RunReader.Prepare,
            Change = ScenarioEdit.Apply,
            Hands = request.Hands,
        };
        try
        {
            return await Emulation.RunAsync(request.World, _start.Options, observer, journal, cancel, _start.Training ? LearnerRecipe.Of : null);
        }
        finally
        {
            SqliteConnection.ClearAllPools(); // the folder is the user's again
        }
    }

    private async Task<(RunOutcome Outcome, long? PeakBytes)> RunOnClusterAsync(
        JournalLocation? journal, string logs, IReadOnlyList<byte[]> taken, CancellationToken cancel)
    {
        await using var cluster = await LocalCluster.StartAsync(_start.Nodes, _start.Threads, journal, logs, tell, cancel, _start.Training);
        request.Started?.Invoke(cluster);
        var outcome = await cluster.Self.RunAsync(Spec(), observer, taken, cancel, request.Hands);
        return (outcome, cluster.PeakBytes());
    }

    private async Task<RunOutcome> RunJoinedAsync(IReadOnlyList<byte[]> taken, CancellationToken cancel)
    {
        var join = request.Join ?? throw new UserErrorException("--join: the run belongs to a cluster; say which node to join.");
        await using var self = ClusterNode.Start(join with { Roles = [NodeRole.Observer], EndsProcess = false, Silent = true, Threads = 1, Journal = null });
        return await self.RunAsync(Spec(), observer, taken, cancel, request.Hands);
    }

    private JournalLocation Prepared(string workFolder)
    {
        var location = _start.Journal == RunStart.InFolder ? new SqliteJournal(new RunFolder(workFolder).JournalFile) : request.Journal
            ?? throw new UserErrorException($"--journal: the run keeps its journal elsewhere ({_start.Journal}); say where, with the password if it has one.");
        JournalSettings.Prepare(location);
        return location;
    }
}
