using System.CommandLine;
using Diten.Model.Worlds;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.View.Recordings;

namespace Diten.Node.Commands;

/// <summary><c>diten train</c>: trains a policy in an emulation.</summary>
internal sealed class TrainCommand : DocumentedCommand
{
    private readonly Session _session;
    private readonly Argument<string> _scenario = Inputs.ScenarioFile();
    private readonly Option<string[]> _set = Inputs.Set();
    private readonly Option<ulong?> _seed = Inputs.Seed();
    private readonly Option<int> _threads = Inputs.Threads();
    private readonly Option<bool> _quiet = Inputs.QuietWithTable();
    private readonly Option<string?> _output = Inputs.Out("runs/<scenario>-training-seed<seed>");
    private readonly Option<bool> _overwrite = Inputs.Overwrite();
    private readonly Option<bool> _json = Inputs.Json("policy.json");
    private readonly Option<bool> _force = Inputs.Force();

    private readonly Option<string?> _resume = new("--resume")
    {
        HelpName = "DIR",
        Description = "Go on with a training that was stopped or broke off, in place of SCENARIO",
    };

    private readonly Option<int?> _from = Inputs.From(
        "With --resume: go on from an earlier checkpoint that is kept, where the last one is damaged; 0 = train anew");

    private readonly Option<int?> _nodes = Inputs.NotNegative(new Option<int?>("--nodes")
    {
        HelpName = "n",
        Description = "Train on a cluster of so many processes on this machine; 0 = in this process [default: 0, or as it was]",
    });

    private readonly Option<int> _checkpointEvery = new("--checkpoint-every")
    {
        HelpName = "k",
        Description = "Slots between two checkpoints, at least 1",
        DefaultValueFactory = _ => 200,
    };

    private readonly Option<bool> _view = Viewing.View(), _record = Viewing.Record();
    private readonly Option<int?> _port = Viewing.Port();

    public TrainCommand(Session session)
        : base(
            "train", "Train a policy in the emulation of a scenario.",
            """
            All devices decide by one policy, which tries things out and is trained from what came of it (actor-critic; the keys learning.*
            of the scenario say how, for how many slots, and where). The folder holds the policy's file, its card policy.json, the curves as
            plots and as tables, and summary.json. A run of the same scenario and seed gives the same policy, bit for bit, on one process or
            many, and after any of them was killed. Ctrl-C stops at the end of a slot; --resume goes on.
            """,
            ("train scenarios/paper.conf", "a policy for the paper's city"),
            ("train scenarios/paper.conf --set learning.train-on=system-twin", "the paper's way: on the digital twin of the system"),
            ("train scenarios/paper.conf --nodes 3", "on a cluster of three processes of this machine"),
            ("train scenarios/paper.conf --set learning.slots=1000 --out runs/short", "a shorter training"),
            ("train --resume runs/short", "go on with one that was stopped"),
            ("run scenarios/paper.conf --set policy.name=learned --set policy.file=runs/paper-training-seed1/paper.policy", "use it"))
    {
        _session = session;
        _scenario.Arity = ArgumentArity.ZeroOrOne;
        Add(_seed, _set, _output, _overwrite, _resume, _quiet, _json, _threads, _nodes, _from, _checkpointEvery, _force, _view, _record, _port);
        Add(_scenario);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (!Learning.Training.IsAvailable(out var why))
            throw new UserErrorException($"This machine cannot train: {why}");
        RequireSense(parsed);
        var view = parsed.GetValue(_view);
        Viewing.RequireView(view, parsed.GetValue(_port));
        var settings = new RunSettings
        {
            Folder = parsed.GetValue(_output),
            Overwrite = parsed.GetValue(_overwrite),
            Nodes = parsed.GetValue(_nodes),
            Threads = parsed.GetValue(_threads),
            CheckpointEverySlots = parsed.GetValue(_checkpointEvery),
            From = parsed.GetValue(_from),
            RecordDevicesEvery = view || parsed.GetValue(_record) ? RunRecorder.DrawnEveryFor : null,
            Force = parsed.GetValue(_force),
        };
        var request = parsed.GetValue(_resume) is { } stopped
            ? await RunRequest.GoOnTrainingAsync(stopped, settings, _session.Terminal)
            : RunRequest.NewTraining(Loaded(parsed), settings, _session.Terminal);
        await using var server = view ? await Viewing.StartAsync(_session.Terminal, parsed.GetValue(_port)) : null;
        request = parsed.GetValue(_resume) is null ? Viewing.Recorded(request, server) : request;
        var quiet = parsed.GetValue(_quiet);
        var (summary, card) = await FolderRun.RunAsync(_session, request, quiet, cancel);
        PolicyTable.Print(_session.Terminal, request.Folder, summary, card, quiet, parsed.GetValue(_json));
        if (server is not null && !summary.Cancelled)
            await Viewing.UntilStoppedAsync(_session.Terminal, server, cancel);
        return summary.Cancelled ? ExitCode.Cancelled : ExitCode.Ok;
    }

    private void RequireSense(ParseResult parsed)
    {
        var resumes = parsed.GetValue(_resume) is not null;
        if ((parsed.GetValue(_scenario) is null) != resumes)
            throw new UserErrorException("Name a SCENARIO to train in, or --resume DIR to go on with a training.");
        if (parsed.GetValue(_checkpointEvery) < 1)
            throw new UserErrorException($"--checkpoint-every: found {parsed.GetValue(_checkpointEvery)}; allowed: whole numbers of at least 1.");
        if (resumes && (parsed.GetValue(_view) || parsed.GetValue(_record)))
            throw new UserErrorException("--view and --record: allowed for a training that begins, not with --resume.");
        if (parsed.GetValue(_from) is not null && !resumes)
            throw new UserErrorException("--from: allowed with --resume only.");
    }

    private ScenarioInput Loaded(ParseResult parsed)
    {
        var overrides = parsed.GetValue(_set)!;
        if (overrides.Any(word => word.Split('=')[0].Trim() == "slots"))
            _session.Terminal.Complain("warning: --set: slots has no effect here: a training takes learning.slots.");
        return ScenarioInput.Load(parsed.GetValue(_scenario)!, overrides, parsed.GetValue(_seed));
    }
}
