using System.CommandLine;
using Diten.Model.Statistics;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Reference;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Diten.Runs.Scenarios;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary><c>diten reference</c>: holds Diten against the figures of an independent implementation of its model.</summary>
internal sealed class ReferenceCommand : DocumentedCommand
{
    private readonly Option<string[]> _rows = new("--rows")
    {
        HelpName = "TEXT",
        Description = "Only worlds with this in their name, or of this name; may be given again and again",
        DefaultValueFactory = _ => [],
    };

    private readonly Session _session;
    private readonly ReferenceTable _table;
    private readonly Option<int> _seeds = Inputs.Seeds(20, least: 2);
    private readonly Option<int> _parallel = Inputs.Parallel();
    private readonly Option<int> _threads = Inputs.Threads();
    private readonly Option<bool> _quiet = Inputs.Quiet();

    private readonly Argument<string> _scenario = new("scenario")
    {
        HelpName = "SCENARIO",
        Description = "The default world [default: scenarios/paper.conf]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public ReferenceCommand(Session session)
        : base(
            "reference", "Hold Diten against the figures of an independent implementation of its model.",
            """
            A figure agrees where the 95 % intervals overlap or the means are within 1.5 %. Of the 58 figures (five of each of 11 rows, and
            the mean uplink of three worlds) two may miss by chance, none by more than twice the summed half-widths. Exit code 1 where that
            does not hold.
            """,
            ("reference", "as published: 20 seeds a row"),
            ("reference --seeds 5", "quicker, with wider intervals"),
            ("reference faults", "the worlds with faults"))
    {
        (_session, _table) = (session, ReferenceTable.Paper);
        AddAll();
        Add(new ReferenceCommand(session, ReferenceTable.Faults));
    }

    private ReferenceCommand(Session session, ReferenceTable table)
        : base(
            "faults", "The same for worlds with faults, and twins that lose sync.",
            $"""
            {table.Rows.Count} worlds, {table.Count} figures: seven of each world, and in two the queries to servers. A figure agrees by the same rule.
            Of all {table.AllowedMisses} may miss by chance, of some as many less. Exit code 1 where that does not hold.
            """,
            ("reference faults", "as published: 20 seeds a world"),
            ("reference faults --rows \"drop 90 %\" --seeds 5", "worlds that lose 90 % of something"))
    {
        (_session, _table) = (session, table);
        AddAll();
    }

    private void AddAll()
    {
        Add(_scenario);
        Add(_rows, _seeds, _parallel, _threads, _quiet);
        _session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var settings = new ExperimentSettings
        {
            Scenario = parsed.GetValue(_scenario) ?? ShippedScenarios.Find("paper.conf"),
            Seeds = parsed.GetValue(_seeds),
            Parallel = parsed.GetValue(_parallel),
            Threads = parsed.GetValue(_threads),
            Quiet = parsed.GetValue(_quiet),
        };
        var table = _table.Only(parsed.GetValue(_rows)!);
        var results = await ReferenceRun.RunAsync(_session, settings, table, cancel);
        return Print(_session.Terminal, table, results) ? ExitCode.Ok : ExitCode.Failed;
    }

    /// <summary>Prints the table; true where the figures agree.</summary>
    private static bool Print(Terminal terminal, ReferenceTable reference, IReadOnlyList<ReferenceResult> results)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("world", "policy");
        foreach (var metric in reference.Columns)
            table.AddColumn(new TableColumn(metric.Display.Title).RightAligned());
        foreach (var (row, checks) in results)
            table.AddRow([row.World, row.Policy, .. checks.Select(Lines)]);
        terminal.Tables().Write(table);

        Agreement[] agreements = [.. results.SelectMany(result => result.Checks).Select(check => check.Agreement)];
        var holds = ReferenceAgreement.Holds(agreements, reference.AllowedMisses);
        terminal.Out.WriteLine("Upper line: Diten; middle line: the independent reference; lower line: whether they agree. ± is the 95 % interval of the mean.");
        terminal.Out.WriteLine(
            $"{agreements.Length} figures: {Count(Agreement.Agrees)} agree, {Count(Agreement.Misses)} miss ({reference.AllowedMisses} may), "
            + $"{Count(Agreement.Contradicts)} contradict (none may): {(holds ? "agreement" : "NO AGREEMENT")}.");
        return holds;

        int Count(Agreement wanted) => agreements.Count(agreement => agreement == wanted);
    }

    private static string Lines(ReferenceCheck check)
    {
        var (display, measured, figure) = (check.Metric.Display, check.Measured, check.Figure);
        var reference = display.Show(new MeanInterval(figure.Mean / display.Scale, figure.HalfWidth / display.Scale, measured.Count));
        return $"{display.Show(measured)}\n{reference}\n{Word(check.Agreement)}";
    }

    private static string Word(Agreement agreement) => agreement switch
    {
        Agreement.Agrees => "ok",
        Agreement.Misses => "MISS",
        _ => "CONTRADICTS",
    };
}
