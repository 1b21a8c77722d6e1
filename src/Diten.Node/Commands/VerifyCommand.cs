using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Experiments;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Diten.Runs.Running;

namespace Diten.Node.Commands;

/// <summary><c>diten verify</c>: says whether two runs are the same to the bit, and if not, where they part.</summary>
internal static class VerifyCommand
{
    public static Command Create(Session session)
    {
        var command = new DocumentedCommand(
            "verify", "Say whether two runs are equal to the bit, and if not, where they part.",
            """
            Exit code 0 where they are equal. Otherwise the first slot and station that differ are named with their zones, and the exit code
            is 1. The device is named from what both runs recorded, if they were run with --devices-every 1, and both scenarios are run again
            up to that slot to find it.
            """,
            ("verify runs/quickstart-seed1 runs/quickstart-seed1-2", "did the same scenario give the same bits?"),
            ("verify runs/a runs/b --no-rerun", "only slot and station, from the folders alone"));
        var a = new Argument<string>("run-a") { HelpName = "RUN_A", Description = "Folder of a run" };
        var b = new Argument<string>("run-b") { HelpName = "RUN_B", Description = "Folder of another one" };
        var noRerun = new Option<bool>("--no-rerun") { Description = "Do not run the scenarios again to find the device" };
        var (threads, quiet) = (Inputs.Threads(), Inputs.Quiet());
        command.Add(a);
        command.Add(b);
        foreach (var option in new Option[] { noRerun, threads, quiet })
            command.Add(option);
        session.Act(command, async (parsed, cancel) =>
        {
            var (first, second) = (parsed.GetRequiredValue(a), parsed.GetRequiredValue(b));
            var comparison = RunVerifier.Compare(first, second);
            session.Terminal.Out.WriteLine(comparison.Message);
            if (comparison.Equal)
                return ExitCode.Ok;
            if (comparison is not { Slot: { } slot, Station: { } station })
                return ExitCode.Failed;
            foreach (var line in RecordedDevices.Explain(new RunFolder(first), new RunFolder(second), slot, station))
                session.Terminal.Out.WriteLine(line);
            if (!parsed.GetValue(noRerun))
            {
                var search = new DivergenceSearch(session, parsed.GetValue(threads), new StatusLine(session.Terminal, parsed.GetValue(quiet)));
                foreach (var line in await search.ExplainAsync(first, second, slot, station, cancel))
                    session.Terminal.Out.WriteLine(line);
            }

            return ExitCode.Failed;
        });
        return command;
    }
}
