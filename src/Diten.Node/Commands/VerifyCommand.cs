using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Experiments;
using Diten.Runs.Progress;
using Diten.Runs.Results;

namespace Diten.Node.Commands;

/// <summary><c>diten verify</c>: says whether two runs are the same to the bit, and if not, where they part.</summary>
internal sealed class VerifyCommand : DocumentedCommand
{
    private readonly Session _session;
    private readonly Argument<string> _first = new("run-a") { HelpName = "RUN_A", Description = "Folder of a run" };
    private readonly Argument<string> _second = new("run-b") { HelpName = "RUN_B", Description = "Folder of another one" };
    private readonly Option<bool> _noRerun = new("--no-rerun") { Description = "Do not run the scenarios again to find the device" };
    private readonly Option<int> _threads = Inputs.Threads();
    private readonly Option<bool> _quiet = Inputs.Quiet();

    public VerifyCommand(Session session)
        : base(
            "verify", "Say whether two runs are equal to the bit, and if not, where they part.",
            """
            Exit code 0 where they are equal. Otherwise the first slot and station that differ are named with their zones, and the exit code
            is 1. The device is named from what both runs recorded, if they were run with --devices-every 1, and both scenarios are run again
            up to that slot to find it.
            """,
            ("verify runs/quickstart-seed1 runs/quickstart-seed1-2", "did the same scenario give the same bits?"),
            ("verify runs/a runs/b --no-rerun", "only slot and station, from the folders alone"))
    {
        _session = session;
        Add(_first);
        Add(_second);
        Add(_noRerun, _threads, _quiet);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (first, second, output) = (parsed.GetRequiredValue(_first), parsed.GetRequiredValue(_second), _session.Terminal.Out);
        var comparison = RunVerifier.Compare(first, second);
        output.WriteLine(comparison.Message);
        if (comparison.Equal)
            return ExitCode.Ok;
        if (comparison is not { Slot: { } slot, Station: { } station })
            return ExitCode.Failed;
        foreach (var line in RecordedDevices.Explain(new RunFolder(first), new RunFolder(second), slot, station))
            output.WriteLine(line);
        if (parsed.GetValue(_noRerun))
            return ExitCode.Failed;
        var search = new DivergenceSearch(_session, parsed.GetValue(_threads), new StatusLine(_session.Terminal, parsed.GetValue(_quiet)));
        foreach (var line in await search.ExplainAsync(first, second, slot, station, cancel))
            output.WriteLine(line);
        return ExitCode.Failed;
    }
}
