using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Experiments;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Pages;
using Diten.Runs.Progress;
using Diten.View.Experiments;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary><c>diten experiment</c>: cases × seeds from one file, what is estimated from them, and whether sentences hold.</summary>
internal sealed class ExperimentCommand : DocumentedCommand
{
    private readonly Session _session;
    private readonly Argument<string> _file = new("file") { HelpName = "EXPERIMENT", Description = "An experiment file, e.g. scenarios/experiments/old-information.conf" };
    private readonly Option<bool> _quick = new("--quick") { Description = "The few worlds and cases that the file names under quick: shows that it works" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only list what would be run, with about how long it takes" };
    private readonly Option<string?> _page = new("--page") { HelpName = "FILE.md", Description = "Also write the page as Markdown, with its figures beside it" };
    private readonly ExperimentOptions _options = new("runs/experiment-<file>", seeds: null);
    private readonly Option<int> _nodes = Inputs.NodesOfWorlds();
    private readonly Option<bool> _view = new("--view") { Description = "Show in the browser of this machine which cells are done, and those that run on a map, until Ctrl-C" };
    private readonly Option<int?> _port = Viewing.Port();

    public ExperimentCommand(Session session)
        : base(
            "experiment", "Run an experiment: cases on the same worlds, estimates with intervals, figures, and whether sentences hold.",
            """
            An experiment's file names a scenario, what is varied, the seeds, and what shall be learned: contrasts that are named beforehand (their
            p-values are corrected together, by Holm), others that are only explored, sentences with the range in which they hold, and figures.
            A replicate is a world, that is a seed; differences are taken world by world. docs/experiments.md explains every key, docs/statistics.md
            what is computed. Finished runs are kept in the output folder: the same command goes on where it was stopped, and a changed file runs
            only what is new. The folder holds report.html, tables of means, runs, estimates and claims (CSV and Parquet), and the figures
            (SVG, PNG, and the data behind each).
            """,
            ("experiment scenarios/experiments/old-information.conf --dry-run", "what it would run"),
            ("experiment scenarios/experiments/old-information.conf --quick", "a few minutes of it"),
            ("experiment scenarios/experiments/old-information.conf --page docs/experiments/old-information.md", "the whole, and its page"),
            ("experiment scenarios/experiments/old-information.conf --quick --view", "watch it"))
    {
        _session = session;
        Add(_file);
        Add([_quick, _dryRun, _page, _nodes, _view, _port, .. _options.All]);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        ExperimentPage.Require(parsed.GetValue(_page));
        var design = DesignFile.Read(parsed.GetRequiredValue(_file), parsed.GetValue(_quick));
        var settings = _options.Of(parsed, scenario: "");
        Viewing.RequireView(parsed.GetValue(_view), parsed.GetValue(_port));
        if (parsed.GetValue(_dryRun))
        {
            Show(_session.Terminal, new ExperimentRun(_session, design, settings).Plan());
            return ExitCode.Ok;
        }

        if (!parsed.GetValue(_view))
            return await RunAsync(parsed, new ExperimentRun(_session, design, settings) { Nodes = parsed.GetValue(_nodes) }, cancel);
        using var watched = new WatchedExperiment(design.Title);
        await using var server = await Viewing.StartAsync(_session.Terminal, parsed.GetValue(_port));
        server.Show(watched);
        var code = await RunAsync(parsed, new ExperimentRun(_session, design, settings) { Nodes = parsed.GetValue(_nodes), Stage = watched }, cancel);
        watched.Over();
        await Viewing.UntilStoppedAsync(_session.Terminal, server, cancel);
        return code;
    }

    private async Task<int> RunAsync(ParseResult parsed, ExperimentRun run, CancellationToken cancel)
    {
        var result = await run.RunAsync(cancel);
        ExperimentTables.Print(_session.Terminal, result);
        if (parsed.GetValue(_page) is { } page)
        {
            ExperimentPage.Write(page, result, CommandLine(parsed));
            _session.Terminal.Out.WriteLine($"Page: {page}");
        }

        return ExitCode.Ok;
    }

    /// <summary>What makes the page again: nothing in it that changes no number.</summary>
    private string CommandLine(ParseResult parsed) => string.Join(' ', new[]
    {
        "diten", "experiment", parsed.GetRequiredValue(_file), parsed.GetValue(_quick) ? "--quick" : "",
        string.Join(' ', _options.Changes(parsed).Select(text => $"--set \"{text}\"")), $"--page {parsed.GetValue(_page)}",
    }.Where(word => word.Length > 0));

    /// <summary>Prints what would be run.</summary>
    internal static void Show(Terminal terminal, IReadOnlyList<PlannedPart> parts)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("part");
        foreach (var head in new[] { "cases", "worlds", "runs", "processor time, about", "memory of a run" })
            table.AddColumn(new TableColumn(head).RightAligned());
        foreach (var part in parts)
            table.AddRow(
                Markup.Escape(part.Name), Figures.Number(part.Cases, 0), Figures.Number(part.Seeds, 0), Figures.Number(part.Runs, 0),
                Figures.Duration(TimeSpan.FromSeconds(part.ProcessorSeconds)), Figures.Bytes((long)part.BytesAtOnce));
        terminal.Tables().Write(table);
        var cores = Environment.ProcessorCount;
        terminal.Out.WriteLine(
            $"{parts.Sum(part => part.Runs)} runs, about {Figures.Duration(TimeSpan.FromSeconds(parts.Sum(part => part.ProcessorSeconds) / cores))} on the {cores} cores of this machine.");
    }
}
