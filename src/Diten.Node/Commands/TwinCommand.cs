using System.CommandLine;
using Diten.Actors;
using Diten.Runs;
using Diten.Runs.Hosting;
using Diten.Runs.Plots;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Diten.Runs.Running;

namespace Diten.Node.Commands;

/// <summary><c>diten twin</c>: what did a server's twin believe, and what was true?</summary>
internal static class TwinCommand
{
    public static Command Create(Session session)
    {
        var command = new DocumentedCommand(
            "twin", "Say what the twin of a server believed, and what was true.",
            """
            The answer is rebuilt from the run's journal, event by event; it does not need the tables. It works for runs that are done, were
            stopped, broke off or still go on. With --at: belief and truth side by side, and what happened to the twin around that slot;
            without: how wrong it was over the run, and when most. Both are drawn over time, with dotted lines where the twin noticed that it
            had missed a sync. A run whose journal is not in its folder needs --journal.
            """,
            ("twin runs/quickstart-seed1 17", "over the whole run"),
            ("twin runs/quickstart-seed1 17 --at 42", "in one slot"),
            ("twin runs/quickstart-seed1 17 --json", "a line of JSON a slot, with the names of tables/servers.csv"),
            ("twin runs/city-100k-seed1 17 --journal \"Host=db;Database=diten\"", "of a run that kept its journal on PostgreSQL"));
        var run = new Argument<string>("run") { HelpName = "RUN", Description = "Folder of the run, with or without .partial" };
        var server = new Argument<int>("server") { HelpName = "SERVER", Description = "Number of the server, from 0" };
        var at = new Option<int?>("--at") { HelpName = "SLOT", Description = "One slot [default: the whole run]" };
        var output = new Option<string?>("--out") { HelpName = "DIR", Description = "Folder for the plots [default: RUN/plots]" };
        var json = new Option<bool>("--json") { Description = "Print a line of JSON for each slot, or that of --at, and draw nothing" };
        var journal = Inputs.Journal("where the run says");
        command.Add(run);
        command.Add(server);
        foreach (var option in new Option[] { at, output, json, journal })
            command.Add(option);
        session.Act(command, async (parsed, cancel) =>
        {
            var path = parsed.GetRequiredValue(run);
            var folder = Folder(path);
            var number = parsed.GetRequiredValue(server);
            var slots = await ReadAsync(session.Terminal, folder, number, parsed.GetValue(journal), cancel);
            if (parsed.GetValue(at) is { } wanted && (wanted < 0 || wanted >= slots.Count))
                throw new UserErrorException($"--at: found {wanted}; allowed: 0 to {slots.Count - 1}, what the journal knows.");
            if (parsed.GetValue(json))
            {
                foreach (var slot in parsed.GetValue(at) is { } one ? [slots[one]] : slots)
                    session.Terminal.Out.WriteLine(TwinTables.Json(slot));
                return ExitCode.Ok;
            }

            // The run may have ended meanwhile, and its folder have got another name.
            var plots = parsed.GetValue(output) is { } named ? OutputFolder.Named(named, mayHold: true) : Folder(path).Plots;
            session.Terminal.Tables().Write(parsed.GetValue(at) is { } chosen ? TwinTables.OneSlot(number, slots, chosen) : TwinTables.WholeRun(number, slots));
            var plot = OutputFolder.Use(plots, () => TwinPlot.Write(plots, number, slots, parsed.GetValue(at)));
            session.Terminal.Out.WriteLine($"Plot: {plot}.svg, .png");
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>All slots that the journal knows; at least one.</summary>
    private static async Task<IReadOnlyList<TwinSlot>> ReadAsync(Terminal terminal, RunFolder folder, int server, string? journal, CancellationToken cancel)
    {
        var start = RunStart.Read(folder);
        if (!start.Options.TwinJournal)
            throw new UserErrorException($"{folder.Path} keeps no history of twins: it was begun with --no-twin-history, or is a training.");
        var world = ScenarioInput.Load(folder.ScenarioFile, [], null).Ready();
        var servers = world.Topology.ServerCount;
        if (server < 0 || server >= servers)
            throw new UserErrorException($"SERVER: found {server}; allowed: 0 to {servers - 1}.");
        var place = Journal(folder, start, journal);
        var slots = await TwinJournal.ReadAsync(place, start.RunId, world, server, cancel);
        var done = folder.Exists ? RunSummary.Read(folder.SummaryFile).SlotsCompleted : 0;
        if (slots.Count == 0)
            throw new UserErrorException(done == 0
                ? $"The journal ({place.Describe()}) knows no slot of run {start.RunId} yet."
                : $"The journal ({place.Describe()}) holds no events of run {start.RunId}, which has {done} slots: is it that of another run?");
        if (slots.Count < done)
            terminal.Complain($"events are missing: the journal knows slots 0 to {slots.Count - 1}, but the run has {done}.");
        return slots;
    }

    /// <summary>Where the journal is: where the user says, else where the run says, else where the environment says.</summary>
    private static JournalLocation Journal(RunFolder folder, RunStart start, string? named)
    {
        var place = named is null && start.Journal == RunStart.InFolder
            ? new SqliteJournal(folder.JournalFile)
            : JournalLocation.Chosen(named) ?? throw new UserErrorException($"--journal: the run's journal is elsewhere ({start.Journal}); say where.");
        return place is SqliteJournal { File: var file } && !File.Exists(file)
            ? throw new UserErrorException($"The run's journal {file} is missing; if it was moved, say --journal sqlite:FILE.")
            : place;
    }

    /// <summary>The run's folder, or where it is while it goes on.</summary>
    /// <exception cref="UserErrorException">There is neither.</exception>
    private static RunFolder Folder(string path)
    {
        var folder = new RunFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        if (!File.Exists(folder.StartFile) && File.Exists(folder.Partial.StartFile))
            return folder.Partial;
        return Directory.Exists(folder.Path)
            ? folder
            : throw new UserErrorException($"RUN: found {path}, which does not exist, nor does {path}.partial; allowed: the folder of a run.");
    }
}
