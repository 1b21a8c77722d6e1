using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Execution;

namespace Diten.Node.Commands;

/// <summary><c>diten resume</c>: goes on with a run that was stopped or broke off.</summary>
internal sealed class ResumeCommand : DocumentedCommand
{
    private readonly Session _session;
    private readonly Argument<string> _run = new("run") { HelpName = "RUN", Description = "Folder of the run, without .partial" };
    private readonly Option<int?> _from = Inputs.From("Go on from an earlier checkpoint that is kept, where the last one is damaged; 0 = run all slots again");
    private readonly Option<bool> _json = Inputs.Json("summary.json");
    private readonly Option<int> _threads = Inputs.Threads();
    private readonly Option<bool> _quiet = Inputs.Quiet();
    private readonly Option<bool> _force = Inputs.Force();
    private readonly Option<string?> _join = Inputs.Join();
    private readonly Option<string?> _config = Inputs.Config();
    private readonly Option<string?> _journal = Inputs.Journal("a file in the run's folder");

    private readonly Option<bool> _view = Viewing.View();
    private readonly Option<int?> _port = Viewing.Port();

    private readonly Option<int?> _nodes = Inputs.NotNegative(new Option<int?>("--nodes")
    {
        HelpName = "n",
        Description = "Go on as a cluster of so many processes; 0 = in this process [default: as it was]",
    });

    public ResumeCommand(Session session)
        : base(
            "resume", "Go on with a run that was stopped or broke off.",
            """
            After Ctrl-C, a full disk, a power cut or kill -9: the run goes on from its last checkpoint, and gives the digest that it would
            have given undisturbed. Slots that are run again are held against what is known of them. All that is read back is checked first, and
            a run whose scenario or data files have changed does not go on. Runs keep checkpoints unless they were begun with
            --checkpoint-every 0.
            """,
            ("resume runs/city-100k-seed1", "as many processes as it had"),
            ("resume runs/city-100k-seed1 --nodes 4", "or another number of them"),
            ("resume runs/quickstart-seed1 --view", "on a map in the browser, where it was begun with --view or --record; it takes changes again"))
    {
        _session = session;
        Add(_run);
        Add(_nodes, _from, _threads, _join, _config, _journal, _quiet, _json, _force, _view, _port);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var settings = new RunSettings
        {
            Nodes = parsed.GetValue(_nodes),
            Threads = parsed.GetValue(_threads),
            From = parsed.GetValue(_from),
            Force = parsed.GetValue(_force),
            Join = parsed.GetValue(_join),
            Config = parsed.GetValue(_config),
            Journal = parsed.GetValue(_journal),
        };
        var view = parsed.GetValue(_view);
        Viewing.RequireView(view, parsed.GetValue(_port));
        var asked = await RunRequest.GoOnAsync(parsed.GetRequiredValue(_run), settings, _session.Terminal);
        if (view && !asked.Start.Recorded)
            throw new UserErrorException("--view: this run tells too little of its devices to be shown; allowed: with runs that were begun with --view or --record.");
        await using var server = view ? await Viewing.StartAsync(_session.Terminal, parsed.GetValue(_port)) : null;
        var request = Viewing.Recorded(asked, server, _session.Terminal);
        var quiet = parsed.GetValue(_quiet);
        var (summary, _) = await FolderRun.RunAsync(_session, request, quiet, cancel);
        SummaryTable.Print(_session.Terminal, request.Folder, summary, quiet, parsed.GetValue(_json));
        if (server is not null && !summary.Cancelled)
            await Viewing.UntilStoppedAsync(_session.Terminal, server, cancel);
        return summary.Cancelled ? ExitCode.Cancelled : ExitCode.Ok;
    }
}
