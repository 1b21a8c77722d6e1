using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Experiments;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary><c>diten sweep</c>: every combination of some keys' values, several seeds each; can be interrupted and resumed.</summary>
internal sealed class SweepCommand : DocumentedCommand
{
    private readonly Session _session;
    private readonly Argument<string> _scenario = Inputs.ScenarioFile();
    private readonly Option<string?> _policies = new("--policies") { HelpName = "a,b,c", Description = "Policies to run each case with [default: the scenario's]" };
    private readonly Option<string[]> _set = Inputs.Set();
    private readonly Option<ulong?> _seed = Inputs.Seed();
    private readonly Option<int> _seeds = Inputs.Seeds(20);
    private readonly Option<int> _threads = Inputs.Threads();
    private readonly Option<string?> _output = Inputs.Out("runs/sweep-<scenario>");
    private readonly Option<bool> _quiet = Inputs.Quiet();
    private readonly Option<bool> _force = Inputs.Force();

    private readonly Option<string[]> _vary = new("--vary")
    {
        HelpName = "key=a,b,c",
        Description = "A key and its values; given again, all combinations are run",
        Required = true,
    };

    public SweepCommand(Session session)
        : base(
            "sweep", "Run all combinations of the given values, several seeds each, into one table.",
            """
            Finished runs are kept in the output folder, so that the same command goes on where it was stopped, and a wider one runs only
            what is new. A changed scenario or program runs again.
            """,
            ("sweep scenarios/paper.conf --vary devices.count=50,100,200 --vary decisions.candidates=5,10 --seeds 20", "a grid of six cases"),
            ("sweep scenarios/paper.conf --vary \"devices.mobility.speed=10 m/s,20 m/s\" --policies nearest-first,drift-plus-penalty", "units, policies"))
    {
        _session = session;
        Add(_scenario);
        Add(_vary, _seeds, _policies, _set, _seed, _output, _threads, _quiet, _force);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var settings = new ExperimentSettings
        {
            Scenario = parsed.GetRequiredValue(_scenario),
            Set = parsed.GetValue(_set)!,
            Seed = parsed.GetValue(_seed),
            Seeds = parsed.GetValue(_seeds),
            Folder = parsed.GetValue(_output),
            Threads = parsed.GetValue(_threads),
            Force = parsed.GetValue(_force),
            Quiet = parsed.GetValue(_quiet),
        };
        Axis[] axes = [.. parsed.GetRequiredValue(_vary).Select(Axis.Parse)];
        var policies = parsed.GetValue(_policies) is { } list ? Axis.List(list) : [];
        var result = await new SweepRun(_session, settings, axes, policies).RunAsync(cancel);
        Show(_session.Terminal, axes, result.Rows);
        _session.Terminal.Out.WriteLine(
            $"{result.Runs} runs, {result.Kept} of them kept from before. Tables: {result.Folder}/sweep.csv, {result.Folder}/runs.csv (and .parquet)");
        return ExitCode.Ok;
    }

    private static void Show(Terminal terminal, Axis[] axes, IReadOnlyList<SweepRow> rows)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns([.. axes.Select(axis => Markup.Escape(axis.Key)), "policy"]);
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
