using System.CommandLine;
using Diten.Actors;
using Diten.Model.Statistics;
using Diten.Runs;
using Diten.Runs.Experiments;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Diten.Runs.Running;
using Diten.Runs.Scenarios;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary><c>diten reference</c>: holds Diten against the figures of an independent implementation of its model.</summary>
internal static class ReferenceCommand
{
    public static Command Create(Session session)
    {
        var command = new DocumentedCommand(
            "reference", "Hold Diten against the figures of an independent implementation of its model.",
            """
            A figure agrees where the 95 % intervals overlap or the means are within 1.5 %. Of the 58 figures (five of each of 11 rows, and
            the mean uplink of three worlds) two may miss by chance, none by more than twice the summed half-widths. Exit code 1 where that
            does not hold.
            """,
            ("reference", "as published: 20 seeds a row"),
            ("reference --seeds 5", "quicker, with wider intervals"));
        var scenario = new Argument<string>("scenario")
        {
            HelpName = "SCENARIO",
            Description = "The default world [default: scenarios/paper.conf]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var (seeds, threads, quiet) = (Inputs.Seeds(20, least: 2), Inputs.Threads(), Inputs.Quiet());
        command.Add(scenario);
        foreach (var option in new Option[] { seeds, threads, quiet })
            command.Add(option);
        session.Act(command, async (parsed, cancel) =>
        {
            var file = parsed.GetValue(scenario) ?? ShippedScenarios.Find("paper.conf");
            var count = parsed.GetValue(seeds);
            Cell[] cells = [.. ReferenceFigures.Rows.SelectMany(row => Cell.Load(file, [], row.Overrides, row.Policy, null, count))];
            var options = new EmulationOptions { ServerRecords = false, WorkerThreads = parsed.GetValue(threads) };
            var (summaries, _) = await new Batch(session, options, parsed.GetValue(quiet)).RunAsync(cells, null, null, cancel);
            return Report(session.Terminal, [.. summaries.Chunk(count)], count) ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    /// <summary>Prints the table; true where the figures agree.</summary>
    private static bool Report(Terminal terminal, RunSummary[][] runs, int seeds)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("world", "policy");
        foreach (var metric in (Metric[])[.. Metric.Headline, Metric.Uplink])
            table.AddColumn(new TableColumn(metric.Display.Title).RightAligned());
        var agreements = new List<Agreement>();
        foreach (var (row, summaries) in ReferenceFigures.Rows.Zip(runs))
        {
            var cells = new List<string>();
            foreach (var (metric, figure) in row.All)
            {
                var measured = MeanInterval.Of([.. summaries.Select(run => run[metric])]);
                var agreement = ReferenceAgreement.Of(metric.Display.Scaled(measured), figure);
                agreements.Add(agreement);
                var reference = metric.Display.Show(new MeanInterval(figure.Mean / metric.Display.Scale, figure.HalfWidth / metric.Display.Scale, seeds));
                cells.Add($"{metric.Display.Show(measured)}\n{reference}\n{Word(agreement)}");
            }

            table.AddRow([row.World, row.Policy, .. cells]);
        }

        terminal.Tables().Write(table);
        var holds = ReferenceAgreement.Holds(agreements);
        terminal.Out.WriteLine("Upper line: Diten; middle line: the independent reference; lower line: whether they agree. ± is the 95 % interval of the mean.");
        terminal.Out.WriteLine(
            $"{agreements.Count} figures: {Count(Agreement.Agrees)} agree, {Count(Agreement.Misses)} miss ({ReferenceAgreement.AllowedMisses} may), "
            + $"{Count(Agreement.Contradicts)} contradict (none may): {(holds ? "agreement" : "NO AGREEMENT")}.");
        return holds;

        int Count(Agreement wanted) => agreements.Count(agreement => agreement == wanted);
    }

    private static string Word(Agreement agreement) => agreement switch
    {
        Agreement.Agrees => "ok",
        Agreement.Misses => "MISS",
        _ => "CONTRADICTS",
    };
}
