using System.CommandLine;
using Diten.Actors;
using Diten.Runs;
using Diten.Runs.Experiments;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Diten.Runs.Running;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary><c>diten sweep</c>: every combination of some keys' values, several seeds each; can be interrupted and resumed.</summary>
internal static class SweepCommand
{
    public static Command Create(Session session)
    {
        var command = new DocumentedCommand(
            "sweep", "Run all combinations of the given values, several seeds each, into one table.",
            """
            Finished runs are kept in the output folder, so that the same command goes on where it was stopped, and a wider one runs only
            what is new. A changed scenario or program runs again.
            """,
            ("sweep scenarios/paper.conf --vary devices.count=50,100,200 --vary decisions.candidates=5,10 --seeds 20", "a grid of six cases"),
            ("sweep scenarios/paper.conf --vary \"devices.mobility.speed=10 m/s,20 m/s\" --policies nearest-first,drift-plus-penalty", "units, policies"));
        var scenario = Inputs.ScenarioFile();
        var vary = new Option<string[]>("--vary")
        {
            HelpName = "key=a,b,c",
            Description = "A key and its values; given again, all combinations are run",
            Required = true,
        };
        var policies = new Option<string?>("--policies") { HelpName = "a,b,c", Description = "Policies to run each case with [default: the scenario's]" };
        var (set, seed, seeds, threads) = (Inputs.Set(), Inputs.Seed(), Inputs.Seeds(20), Inputs.Threads());
        var (output, quiet) = (Inputs.Out("runs/sweep-<scenario>"), Inputs.Quiet());
        var force = Inputs.Force();
        command.Add(scenario);
        foreach (var option in new Option[] { vary, seeds, policies, set, seed, output, threads, quiet, force })
            command.Add(option);
        session.Act(command, async (parsed, cancel) =>
        {
            var file = parsed.GetRequiredValue(scenario);
            Axis[] axes = [.. parsed.GetRequiredValue(vary).Select(Axis.Parse)];
            if (axes.GroupBy(axis => axis.Key, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
                throw new UserErrorException($"--vary names {twice.Key} twice: give all its values in one list.");
            string?[] names = parsed.GetValue(policies) is { } list ? [.. Axis.List(list)] : [null];
            var count = parsed.GetValue(seeds);
            // All cases are loaded before the first runs: a wrong value is told at once, not after an hour.
            Cell[] cells = [.. from point in Axis.Grid(axes)
                               from name in names
                               from cell in Cell.Load(file, parsed.GetValue(set)!, point, name, parsed.GetValue(seed), count)
                               select cell];
            Cell.Check(cells, session.Terminal, parsed.GetValue(force));
            var folder = OutputFolder.Named(
                parsed.GetValue(output) ?? $"runs/sweep-{cells[0].Input.Name}", mayHold: true);
            var store = OutputFolder.Use(folder, () => new CellStore(folder));
            var batch = new Batch(
                session, new EmulationOptions { ServerRecords = false, WorkerThreads = parsed.GetValue(threads) }, parsed.GetValue(quiet));
            RunSummary[] summaries;
            int kept;
            try
            {
                (summaries, kept) = await batch.RunAsync(cells, store, null, cancel);
            }
            catch (OperationCanceledException)
            {
                session.Terminal.Complain("finished runs are kept: the same command goes on from there.");
                throw;
            }
            finally
            {
                store.RemoveIfEmpty();
            }

            SweepRow[] rows = [.. Sweeps.Rows(cells, summaries, count)];
            SweepTables.Write(folder, axes, rows, [.. cells.Zip(summaries)]);
            Show(session.Terminal, axes, rows);
            session.Terminal.Out.WriteLine($"{cells.Length} runs, {kept} of them kept from before. Tables: {folder}/sweep.csv, {folder}/runs.csv (and .parquet)");
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Show(Terminal terminal, Axis[] axes, IReadOnlyList<SweepRow> rows)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns([.. axes.Select(axis => Markup.Escape(axis.Key)), "policy"]);
        foreach (var metric in Metric.Headline)
            table.AddColumn(new TableColumn(metric.Display.Title).RightAligned());
        foreach (var row in rows.Chunk(Metric.HeadlineFirst.Count))
        {
            table.AddRow([
                .. row[0].Values.Select(Markup.Escape), row[0].Policy,
                .. row.Take(Metric.Headline.Count).Select(cell => cell.Metric.Display.Show(cell.Estimate))]);
        }

        terminal.Tables().Write(table);
    }
}
