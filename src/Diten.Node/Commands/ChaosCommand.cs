using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Chaos;
using Diten.Runs.Progress;

namespace Diten.Node.Commands;

/// <summary><c>diten chaos</c>: kills nodes of a running cluster, and holds the results against those of a run that nobody disturbed.</summary>
internal sealed class ChaosCommand : DocumentedCommand
{
    private readonly Session _session;
    private readonly Argument<string> _scenario = Inputs.ScenarioFile();
    private readonly Option<string[]> _set = Inputs.Set();
    private readonly Option<ulong?> _seed = Inputs.Seed();
    private readonly Option<int> _threads = Inputs.Threads();
    private readonly Option<bool> _quiet = Inputs.Quiet();
    private readonly Option<bool> _force = Inputs.Force();
    private readonly Option<int> _nodes = new("--nodes") { HelpName = "n", Description = "Processes", DefaultValueFactory = _ => 3 };
    private readonly Option<ulong> _chaosSeed = new("--chaos-seed") { HelpName = "n", Description = "Seed of the strikes", DefaultValueFactory = _ => 1 };

    private readonly Option<int> _kills = Inputs.Positive(new Option<int>("--kills")
    {
        HelpName = "n",
        Description = "Strikes that must count",
        DefaultValueFactory = _ => 20,
    });

    private readonly Option<int> _checkpointEvery = Inputs.Positive(new Option<int>("--checkpoint-every")
    {
        HelpName = "k",
        Description = "Slots between two checkpoints",
        DefaultValueFactory = _ => 50,
    });

    private readonly Option<int> _killsARun = Inputs.Positive(new Option<int>("--kills-a-run")
    {
        HelpName = "n",
        Description = "Most strikes in one run; 1 = each digest is of one strike",
        DefaultValueFactory = _ => int.MaxValue,
    });

    public ChaosCommand(Session session)
        : base(
            "chaos", "Kill nodes of a running cluster again and again, and see whether results stay the same.",
            """
            Runs the scenario once undisturbed in this process, then again and again on a cluster of processes of this machine, which is struck
            at moments drawn from the seed. In turn: any node, the clock's, two at once, the clock's while a checkpoint is taken, and one more while
            the run gets over that are killed (kill -9) and replaced by new ones; all nodes at once, or the program that started them, are
            killed and the run is gone on with by diten resume; a node is stopped for some seconds and wakes; a node, or the launcher, is
            killed before the first slot. Until there were as many strikes as wanted that made the run go back to a checkpoint, or that no run
            could ignore. Exit code 1 where a digest differs, or where something does not end.
            """,
            ("chaos scenarios/quickstart.conf --set slots=2000 --kills 20", "twenty strikes, some a run"),
            ("chaos scenarios/quickstart.conf --set slots=600 --kills 100 --kills-a-run 1", "a hundred, each in a run of its own"),
            ("chaos scenarios/city-100k.conf --set devices.count=20000 --set slots=400 --kills 100 --nodes 4", "for a night"))
    {
        _session = session;
        Add(_scenario);
        Add(_kills, _killsARun, _nodes, _seed, _set, _checkpointEvery, _chaosSeed, _threads, _quiet, _force);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (nodes, force) = (parsed.GetValue(_nodes), parsed.GetValue(_force));
        if (nodes < 2)
            throw new UserErrorException($"--nodes: found {nodes}; allowed: a whole number of at least 2, for one must live on.");
        var input = ScenarioInput.Load(parsed.GetRequiredValue(_scenario), parsed.GetValue(_set)!, parsed.GetValue(_seed))
            .Checked(_session.Terminal, nodes, force);
        var chaos = new ChaosRuns(_session, input, input.Ready(_session.Terminal, nodes, force), new ChaosSettings
        {
            Kills = parsed.GetValue(_kills),
            KillsARun = parsed.GetValue(_killsARun),
            Nodes = nodes,
            CheckpointEverySlots = parsed.GetValue(_checkpointEvery),
            Seed = parsed.GetValue(_chaosSeed),
            Threads = parsed.GetValue(_threads),
        });
        return await chaos.RunAsync(new StatusLine(_session.Terminal, parsed.GetValue(_quiet)), cancel) ? ExitCode.Ok : ExitCode.Failed;
    }
}
