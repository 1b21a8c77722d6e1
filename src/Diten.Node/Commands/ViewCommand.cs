using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.View.Serving;

namespace Diten.Node.Commands;

/// <summary><c>diten view</c>: shows a run that was recorded.</summary>
internal sealed class ViewCommand : DocumentedCommand
{
    private readonly Session _session;
    private readonly Argument<string> _run = new("run") { HelpName = "RUN", Description = "Folder of a run that was begun with --view or --record" };
    private readonly Option<int?> _port = Viewing.Port();

    public ViewCommand(Session session)
        : base(
            "view", "Show a map of a recorded run in the browser.",
            """
            Devices, servers and their twins on a map, slot by slot, with figures over time. The page is served on 127.0.0.1 until Ctrl-C; it
            fetches nothing from elsewhere, and changes nothing. Runs are recorded by diten run --view or --record.
            """,
            ("view runs/quickstart-seed1", "then open the address that is printed"))
    {
        _session = session;
        Add(_run);
        Add(_port);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var server = await ViewServer.OpenAsync(parsed.GetRequiredValue(_run), parsed.GetValue(_port));
        await Viewing.UntilStoppedAsync(_session.Terminal, server, cancel);
        return ExitCode.Ok;
    }
}
