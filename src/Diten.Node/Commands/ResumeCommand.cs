using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Results;
using Diten.Runs.Running;

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
            have given undisturbed. Slots that are run again are held against what is known of them. All that is read back is checked first, and
            a run whose scenario or data files have changed does not go on. Runs keep checkpoints unless they were begun with
            --checkpoint-every 0.
            """,
            ("resume runs/city-100k-seed1", "as many processes as it had"),
            ("resume runs/city-100k-seed1 --nodes 4", "or another number of them"));
        var folderOf = new Argument<string>("run") { HelpName = "RUN", Description = "Folder of the run, without .partial" };
        var nodes = Inputs.NotNegative(new Option<int?>("--nodes")
        {
            HelpName = "n",
            Description = "Go on as a cluster of so many processes; 0 = in this process [default: as it was]",
        });
        var from = From();
        var json = new Option<bool>("--json") { Description = "Print summary.json, and nothing else, to standard output" };
        var (threads, quiet, force) = (Inputs.Threads(), Inputs.Quiet(), Inputs.Force());
        command.Add(folderOf);
        var (join, config, journal) = (Inputs.Join(), Inputs.Config(), Inputs.Journal("a file in the run's folder"));
        foreach (var option in new Option[] { nodes, from, threads, join, config, journal, quiet, json, force })
            command.Add(option);
        session.Act(command, async (parsed, cancel) =>
        {
            var folder = parsed.GetRequiredValue(folderOf);
            var run = StoppedRun.Open(folder);
            if (run.Start.Training)
                throw new UserErrorException($"{folder} is a training: go on with it by diten train --resume {folder}.");
            var start = run.Start with { Nodes = parsed.GetValue(nodes) ?? run.Start.Nodes, Threads = parsed.GetValue(threads) };
            var (input, quietly) = (run.Input, parsed.GetValue(quiet));
            var forced = parsed.GetValue(force) || start.Journal == RunStart.InCluster; // it has other machines' memory
            input.Checked(session.Terminal, start.Nodes, forced);
            var elsewhere = start.Journal is RunStart.InFolder or RunStart.InCluster ? null : Inputs.JournalAt(parsed.GetValue(journal));
            var world = input.Ready(start.Nodes, forced);
            await run.RequireSoundAsync(world, elsewhere, parsed.GetValue(from));
            var summary = await RunCommand.RunAsync(
                session, input, world, start, quietly, () => OutputFolder.Use(folder, () => RunWriter.Resume(folder, input.Describe(world), start)),
                elsewhere, RunCommand.Joined(parsed.GetValue(config), parsed.GetValue(join)), cancel);
            RunCommand.Report(session.Terminal, folder, summary, quietly, parsed.GetValue(json));
            return summary.Cancelled ? ExitCode.Cancelled : ExitCode.Ok;
        });
        return command;
    }

    /// <summary>From which checkpoint to go on.</summary>
    internal static Option<int?> From() => Inputs.NotNegative(new Option<int?>("--from")
    {
        HelpName = "SLOT",
        Description = "Go on from an earlier checkpoint that is kept, where the last one is damaged; 0 = run all slots again",
    });
}
