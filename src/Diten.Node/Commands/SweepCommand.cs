using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Sweeps;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary><c>diten sweep</c>: every combination of some keys' values, several seeds each; can be interrupted and resumed.</summary>
internal sealed class SweepCommand : DocumentedCommand
{
    private readonly Session _session;
    private readonly Argument<string> _scenario = Inputs.ScenarioFile();
    private readonly ExperimentOptions _options = new("runs/sweep-<scenario>", seeds: 20);
    private readonly Option<string?> _policies = new("--policies") { HelpName = "a,b,c", Description = "Policies to run each case with [default: the scenario's]" };

    private readonly Option<string[]> _vary = new("--vary")
    {
        HelpName = "key=a,b,c",
        Description = "A key and its values; given again, all combinations are run",
        Required = true,
    };

    public SweepCommand(Session session)
        : base(
            "sweep", "Run all combinations of the given values, several seeds each, into one table and a page.",
            """
            Finished runs are kept in the output folder, so that the same command goes on where it was stopped, and a wider one runs only
            what is new. A changed scenario or program runs again.
            """,
            ("sweep scenarios/paper.conf --vary devices.count=50,100,200 --vary decisions.candidates=5,10 --seeds 20", "a grid of six cases"),
            ("sweep scenarios/paper.conf --vary \"devices.mobility.speed=10 m/s,20 m/s\" --policies nearest-first,drift-plus-penalty", "units, policies"))
    {
        _session = session;
        Add(_scenario);
        Add([_vary, _policies, .. _options.All]);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var settings = _options.Of(parsed, parsed.GetRequiredValue(_scenario));
        Axis[] axes = [.. parsed.GetRequiredValue(_vary).Select(Axis.Parse)];
        var policies = parsed.GetValue(_policies) is { } list ? Axis.List(list) : [];
        var result = await new SweepRun(_session, settings, axes, policies).RunAsync(cancel);
        Show(_session.Terminal, axes, result.Rows);
        _session.Terminal.Out.WriteLine(
            $"{result.Runs} runs, {result.Kept} of them kept from before. Tables: {result.Folder}/sweep.csv, {result.Folder}/runs.csv (and .parquet); page: {result.Folder}/report.html");
        return ExitCode.Ok;
    }

    private static void Show(Terminal terminal, Axis[] axes, IReadOnlyList<SweepRow> rows)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns([.. axes.Select(axis => Markup.Escape(axis.Name)), "policy"]);
        foreach (var metric in Metric.Headline)
            table.AddColumn(new TableColumn(metric.Display.Title).RightAligned());
        foreach (var row in rows.Where(row => Metric.Headline.Contains(row.Metric)).Chunk(Metric.Headline.Count))
        {
            table.AddRow([
                .. row[0].Values.Select(Markup.Escape), row[0].Policy,
                .. row.Select(cell => cell.Metric.Display.Show(cell.Estimate))]);
        }

        terminal.Tables().Write(table);
    }
}
