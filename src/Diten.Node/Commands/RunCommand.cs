using System.CommandLine;
using Diten.Actors;
using Diten.Model.Worlds;
using Diten.Runs;
using Diten.Runs.Hosting;
using Diten.Runs.Progress;
using Diten.Runs.Reports;
using Diten.Runs.Results;
using Diten.Runs.Running;

namespace Diten.Node.Commands;

/// <summary><c>diten run</c>: emulates one scenario and writes a run folder.</summary>
internal static class RunCommand
{
    public static Command Create(Session session)
    {
        var command = new DocumentedCommand(
            "run", "Emulate a scenario and write what happened to a folder.",
            """
            The folder appears when the run is done; it holds summary.json, scenario.conf (every key as it was), tables as CSV and Parquet
            with a dictionary, plots, and report.html. Ctrl-C stops at the end of a slot: what was done is written as a whole run, and the
            exit code is 130. A second Ctrl-C ends the program at once: it leaves no run, but a folder DIR.partial. diten resume DIR goes on
            with either, from the last checkpoint. On a cluster results are the same, bit for bit, also if nodes die.
            """,
            ("run scenarios/quickstart.conf", "a first run"),
            ("run scenarios/paper.conf --seed 7 --set policy.name=nearest-first", "other random draws, another policy"),
            ("run scenarios/paper.conf --set devices.count=400 --set \"devices.mobility.speed=20 m/s\"", "values carry their units"),
            ("run scenarios/quickstart.conf --quiet --json", "only summary.json, for scripts"),
            ("run scenarios/city-100k.conf --nodes 4", "on a cluster of four processes of this machine"),
            ("run scenarios/city-100k.conf --join 127.0.0.1:4711 --nodes 3", "on a cluster that is up, once it has three nodes"));
        var scenario = Inputs.ScenarioFile();
        var (set, seed, threads, quiet) = (Inputs.Set(), Inputs.Seed(), Inputs.Threads(), Inputs.Quiet());
        quiet.Description = "No progress and no table: only the folder's name";
        var output = Inputs.Out("runs/<scenario>-seed<seed>");
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace an earlier run in the output folder" };
        var json = new Option<bool>("--json") { Description = "Print summary.json, and nothing else, to standard output" };
        var devicesEvery = Inputs.NotNegative(new Option<int>("--devices-every")
        {
            HelpName = "k",
            Description = "Also write a row a slot for each device whose id is a multiple of k; 1 = all devices, 0 = none",
        });
        var noTables = new Option<bool>("--no-tables") { Description = "Leave out the big table of a row per server and slot" };
        var noTwins = new Option<bool>("--no-twin-history")
        {
            Description = "Keep no history of what twins believed: a long run's journal stays small, and diten twin has nothing to tell",
        };
        var nodes = Inputs.NotNegative(new Option<int>("--nodes")
        {
            HelpName = "n",
            Description = "Run as a cluster of so many processes on this machine; with --join, wait for so many nodes; 0 = in this process [default: 0]",
        });
        var checkpointEvery = Inputs.NotNegative(new Option<int>("--checkpoint-every")
        {
            HelpName = "k",
            Description = "Slots between two checkpoints; 0 = no checkpoints and no journal, and a run that breaks off is lost",
            DefaultValueFactory = _ => 50,
        });
        var force = Inputs.Force();
        var (join, config, journal) = (Inputs.Join(), Inputs.Config(), Inputs.Journal("a file in the run's folder"));
        foreach (var option in new Option[]
                 {
                     seed, set, output, overwrite, quiet, json, threads, devicesEvery, noTables, noTwins, nodes, join, config, journal, checkpointEvery, force,
                 })
            command.Add(option);
        command.Add(scenario);
        session.Act(command, async (parsed, cancel) =>
        {
            var input = ScenarioInput.Load(parsed.GetRequiredValue(scenario), parsed.GetValue(set)!, parsed.GetValue(seed));
            // A cluster that is joined has other machines' memory.
            var forced = parsed.GetValue(force) || parsed.GetValue(join) is not null;
            input.Checked(session.Terminal, parsed.GetValue(nodes), forced);
            var folder = parsed.GetValue(output) is { } given
                ? OutputFolder.Named(given, parsed.GetValue(overwrite), "choose another one, or say --overwrite")
                : OutputFolder.Unused($"runs/{input.Name}-seed{input.Scenario.Seed}");
            var joined = Joined(parsed.GetValue(config), parsed.GetValue(join));
            var elsewhere = joined is null ? Inputs.JournalAt(parsed.GetValue(journal)) : null;
            var place = joined is not null ? RunStart.InCluster : elsewhere?.Describe() ?? RunStart.InFolder;
            // Any other journal than the folder's own holds many runs.
            var runId = $"{input.Name}-seed{input.Scenario.Seed}" + (place == RunStart.InFolder ? "" : $"-{DateTime.UtcNow:yyyyMMdd-HHmmss-fff}");
            var start = new RunStart(
                runId, input.Name, place, parsed.GetValue(nodes), parsed.GetValue(threads),
                parsed.GetValue(checkpointEvery), !parsed.GetValue(noTables), parsed.GetValue(devicesEvery))
            {
                TwinHistory = !parsed.GetValue(noTwins),
            }
                .Holding(input.ResolvedText, InputDigest.Of(input.Scenario));
            var world = input.Ready(session.Terminal, parsed.GetValue(nodes), forced);
            var (quietly, replace) = (parsed.GetValue(quiet), parsed.GetValue(overwrite));
            var outcome = await RunAsync(
                session, input, world, start, quietly, () => OutputFolder.Use(folder, () => new RunWriter(
                    folder, input.Describe(world), replace, start.CheckpointEverySlots > 0 ? start : null)), elsewhere, joined, cancel);
            Report(session.Terminal, folder, outcome, parsed.GetValue(quiet), parsed.GetValue(json));
            return outcome.Cancelled ? ExitCode.Cancelled : ExitCode.Ok;
        });
        return command;
    }

    /// <summary>This process as a node of somebody else's cluster; null where there is none to join.</summary>
    internal static NodeConfiguration? Joined(string? config, string? join) => join is null
        ? null
        : NodeConfiguration.Load(config, ("--join", "diten.node.seed-nodes", $"[{join}]"));

    /// <summary>Runs a scenario into a folder, with progress.</summary>
    /// <param name="open">Opens the folder.</param>
    internal static async Task<RunSummary> RunAsync(
        Session session, ScenarioInput input, World world, RunStart start, bool quiet, Func<RunWriter> open, JournalLocation? journal, NodeConfiguration? join, CancellationToken cancel)
    {
        var line = new StatusLine(session.Terminal, quiet);
        await using var writer = open();
        var before = writer.Taken.Count;
        try
        {
            var progress = new RunProgress(line, input.Name, input.Scenario.Slots);
            if (join is not null)
                line.Tell($"{input.Name}  asks {string.Join(", ", join.SeedNodes)} to run it");
            var (outcome, peakBytes) = await RunExecution.RunAsync(session, input, world, start, writer.WorkPath, [.. writer.Taken], new Observers(writer, progress), journal, join, Tell, cancel);
            var summary = writer.Complete(outcome, peakBytes);
            RunReport.Write(new RunFolder(writer.Folder));
            return summary;
        }
        catch (EmulationFailedException failure) when (start.CheckpointEverySlots > 0 && writer.Taken.Count > before) // one that got nowhere would fail again
        {
            throw new EmulationFailedException($"{failure.Message} What was done is kept: diten resume {writer.Folder} goes on with it.", failure);
        }
        finally
        {
            line.Clear();
        }

        void Tell(string text)
        {
            line.Clear(); // it comes again with the next slot
            session.Terminal.Complain(text);
        }
    }

    internal static void Report(Terminal terminal, string folder, RunSummary summary, bool quiet, bool json)
    {
        var files = new RunFolder(folder);
        if (json)
        {
            terminal.Out.Write(File.ReadAllText(files.SummaryFile));
            return;
        }

        if (quiet)
        {
            terminal.Out.WriteLine(folder);
            return;
        }

        terminal.Tables().Write(SummaryTable.Of(summary));
        terminal.Out.WriteLine($"Folder: {folder}");
        terminal.Out.WriteLine($"Report: {files.ReportFile}");
        if (summary.Cancelled)
            terminal.Complain($"stopped on request after {summary.SlotsCompleted} of {summary.Slots} slots; what was done is kept.");
    }
}
