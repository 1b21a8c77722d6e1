using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Pages;
using Diten.Runs.Reproduction;

namespace Diten.Node.Commands;

/// <summary><c>diten reproduce</c>: the paper's evaluation, and whether what the paper says of it holds.</summary>
internal sealed class ReproduceCommand : DocumentedCommand
{
    private readonly Session _session;
    private readonly Option<string[]> _figures = new("--figure")
    {
        HelpName = "4-9|text",
        Description = "Only this figure of the paper, or what its text says of learning; may be given again and again",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _quick = new("--quick") { Description = "Few worlds and points: some minutes, and what they cannot tell is open" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only list what would be run, with about how long it takes" };
    private readonly Option<string?> _page = new("--page") { HelpName = "FILE.md", Description = "Also write the page to a file, with its figures beside it" };
    private readonly Option<bool> _waypoint = new("--waypoint") { Description = "Users who drive straight from one random place to the next [default: synthetic taxis]" };
    private readonly Option<DirectoryInfo?> _tDrive = new("--t-drive") { HelpName = "folder", Description = "Users who drive as recorded: the folder of T-Drive, or other journeys that docs/traces.md tells of" };
    private readonly ExperimentOptions _options = new("runs/reproduction", seeds: null);
    private readonly Option<int> _nodes = Inputs.NodesOfWorlds();

    public ReproduceCommand(Session session)
        : base(
            "reproduce", "Repeat the paper's evaluation: its figures, and whether what the paper says of them holds.",
            """
            Runs the experiments of scenarios/paper, one for each of Figs. 4 to 9 and one for what the text says of learning, and holds the paper's
            sentences against what comes of them. Verdicts are computed from 95 % intervals. The output folder
            holds the figures (SVG, PNG, and the data behind each), tables of means, runs, verdicts and the numbers behind them (CSV and Parquet),
            reproduction.md and report.html. Finished runs and trained policies are kept there: the same command goes on where it was stopped, and
            figures that share runs run them once.
            """,
            ("reproduce --dry-run", "what it would run"),
            ("reproduce --figure 5 --quick", "one figure, a minute or two of it"),
            ("reproduce --page reproduction.md", "the whole, and its page"))
    {
        _session = session;
        Add([_figures, _quick, _dryRun, _page, _waypoint, _tDrive, _nodes, .. _options.All]);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        ExperimentPage.Require(parsed.GetValue(_page));
        var settings = _options.Of(parsed, scenario: "");
        var figures = PaperFigure.Named(parsed.GetValue(_figures)!);
        var run = new ReproductionRun(_session, figures, parsed.GetValue(_quick), settings, TrajectoriesOf(parsed), parsed.GetValue(_nodes));
        if (parsed.GetValue(_dryRun))
        {
            ExperimentCommand.Show(_session.Terminal, run.Plan());
            return ExitCode.Ok;
        }

        var result = await run.RunAsync(cancel);
        ReproductionTables.Print(_session.Terminal, result);
        if (parsed.GetValue(_page) is { } page)
        {
            ReproductionPage.Write(page, result);
            _session.Terminal.Out.WriteLine($"Page: {page}");
        }

        return ExitCode.Ok;
    }

    private Trajectories TrajectoriesOf(ParseResult parsed) => (parsed.GetValue(_tDrive), parsed.GetValue(_waypoint)) switch
    {
        (not null, true) => throw new UserErrorException("--waypoint and --t-drive are two ways to move: leave out one."),
        ({ Exists: false } folder, _) => throw new UserErrorException($"--t-drive: found {folder}, which is no folder; allowed: a folder with recorded journeys."),
        ({ } folder, _) => Trajectories.RecordedIn(folder.ToString()),
        (_, true) => Trajectories.Waypoint(),
        _ => Trajectories.Taxi(),
    };
}
