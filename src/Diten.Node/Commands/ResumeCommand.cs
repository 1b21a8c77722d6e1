using System.CommandLine;
using Diten.Node.Results;

namespace Diten.Node.Commands;

/// <summary><c>diten resume</c>: goes on with a run that was stopped or broke off.</summary>
internal static class ResumeCommand
{
    public static Command Create(Session session)
    {
        var command = new DocumentedCommand(
            "resume", "Go on with a run that was stopped or broke off.",
            """
            After Ctrl-C, a full disk, a power cut or kill -9: the run goes on from its last checkpoint, and gives the digest that it would
            have given undisturbed. Slots that are run again are held against what is known of them. Runs keep checkpoints unless they were
            begun with --checkpoint-every 0.
            """,
            ("resume runs/city-100k-seed1", "as many processes as it had"),
            ("resume runs/city-100k-seed1 --nodes 4", "or another number of them"));
        var run = new Argument<string>("run") { HelpName = "RUN", Description = "Folder of the run, without .partial" };
        var nodes = Inputs.NotNegative(new Option<int?>("--nodes")
        {
            HelpName = "n",
            Description = "Go on as a cluster of so many processes; 0 = in this process [default: as it was]",
        });
        var json = new Option<bool>("--json") { Description = "Print summary.json, and nothing else, to standard output" };
        var (threads, quiet) = (Inputs.Threads(), Inputs.Quiet());
        command.Add(run);
        var (join, config, journal) = (Inputs.Join(), Inputs.Config(), Inputs.Journal("a file in the run's folder"));
        foreach (var option in new Option[] { nodes, threads, join, config, journal, quiet, json })
            command.Add(option);
        session.Act(command, async (parsed, cancel) =>
        {
            var folder = parsed.GetRequiredValue(run);
            var found = Resumable(folder);
            var start = RunStart.Read(found);
            if (start.Training)
                throw new UsageException($"{folder} is a training: go on with it by diten train --resume {folder}.");
            start = start with { Nodes = parsed.GetValue(nodes) ?? start.Nodes, Threads = parsed.GetValue(threads) };
            var input = ScenarioInput.Load(found.ScenarioFile, [], null) with { Name = start.Name };
            var quietly = parsed.GetValue(quiet);
            var summary = await RunCommand.RunAsync(
                session, input, start, quietly, world => OutputFolder.Use(folder, () => RunWriter.Resume(folder, input.Describe(world), start)),
                start.Journal is RunStart.InFolder or RunStart.InCluster ? null : Inputs.JournalAt(parsed.GetValue(journal)), RunCommand.Joined(parsed.GetValue(config), parsed.GetValue(join)), cancel);
            RunCommand.Report(session.Terminal, folder, summary, quietly, parsed.GetValue(json));
            return summary.Cancelled ? ExitCode.Cancelled : ExitCode.Ok;
        });
        return command;
    }

    /// <summary>The folder of a run that is not done.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    internal static RunFolder Resumable(string path)
    {
        var folder = new RunFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        if (File.Exists(folder.Partial.StartFile))
            return folder.Partial;
        if (!Directory.Exists(folder.Path))
            throw new UsageException($"RUN: found {path}, which does not exist, nor does {path}.partial; allowed: the folder of a run.");
        if (File.Exists(folder.ReportLogFile))
            return folder;
        throw new UsageException(folder.Exists
            ? RunSummary.Read(folder.SummaryFile).Cancelled
                ? $"{path} was stopped, but keeps no checkpoints: run its scenario again."
                : $"{path} is done: there is nothing to go on with."
            : $"{path} is not the folder of a run.");
    }
}
