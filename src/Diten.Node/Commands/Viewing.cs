using System.CommandLine;
using Diten.Actors;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Hosting;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Diten.View.Recordings;
using Diten.View.Serving;

namespace Diten.Node.Commands;

/// <summary>What commands that show or record a run share.</summary>
internal static class Viewing
{
    private const int MostPort = 65_535;

    public static Option<bool> View() => new("--view")
    {
        Description = "Show a map of the run in the browser of this machine while it goes on, and until Ctrl-C; records it, too",
    };

    public static Option<bool> Record() => new("--record") { Description = "Record the run in its folder, for diten view" };

    public static Option<int?> Port() => Inputs.Within(new Option<int?>("--port")
    {
        HelpName = "n",
        Description = FormattableString.Invariant($"Port of the page on 127.0.0.1; 0 = any free one [default: {ViewServer.UsualPort}, or any where that is taken]"),
    }, 0, MostPort);

    /// <summary>Refuses a port without a page.</summary>
    /// <exception cref="UserErrorException">There is one.</exception>
    public static void RequireView(bool view, int? port)
    {
        if (!view && port is not null)
            throw new UserErrorException($"--port: found {port}, and no --view; allowed: with --view only.");
    }

    /// <summary>Starts the page of a run that begins, and says where it is.</summary>
    public static async Task<ViewServer> StartAsync(Terminal terminal, int? port)
    {
        var server = await ViewServer.StartAsync(port);
        terminal.Error.WriteLine($"View: {server.Address}");
        return server;
    }

    /// <summary>The same run, recorded where that was wished for.</summary>
    /// <param name="server">Shows it; null = nobody does.</param>
    /// <param name="terminal">Is told the token that changes of the run need; null = it takes none.</param>
    public static RunRequest Recorded(RunRequest request, ViewServer? server, Terminal? terminal = null)
    {
        if (!request.Start.Recorded)
            return request;
        var hands = server is not null && terminal is not null ? new RunHands() : null;
        var nodes = hands is not null && request.Start.Nodes > 0 && request.Join is null
            ? new NodeHands(request.Start.Nodes, request.Start.CheckpointEverySlots > 0)
            : null;
        return request with
        {
            Hands = hands,
            Started = nodes is null ? null : nodes.Take,
            Watch = folder =>
            {
                var recorder = new RunRecorder(folder.Path, request.Input.Name, request.World, request.Start.RecordDevicesEvery, shown: server is not null);
                server?.Show(recorder);
                return hands is null ? recorder : Handled(request, folder, recorder, (hands, nodes), server!, terminal!);
            },
        };
    }

    private static HandledRun Handled(RunRequest request, RunFolder folder, RunRecorder recorder, (RunHands Run, NodeHands? Nodes) hands, ViewServer server, Terminal terminal)
    {
        var token = HandsOn.NewToken();
        new HandsFile(server.Address, token).Write(folder);
        var handed = new HandsOn(hands.Run, request.Input.Name, request.Input.Scenario, token, hands.Nodes);
        server.Hand(handed);
        terminal.Error.WriteLine($"Hands on: token {token} (diten fault --help)");
        return new HandledRun(recorder, handed, () =>
        {
            server.Hand(null);
            hands.Nodes?.End();
            HandsFile.Delete(folder);
        });
    }

    /// <summary>Waits for Ctrl-C.</summary>
    public static async Task UntilStoppedAsync(Terminal terminal, ViewServer server, CancellationToken cancel)
    {
        terminal.Error.WriteLine($"{server.Address} shows it until Ctrl-C.");
        try
        {
            await Task.Delay(Timeout.Infinite, cancel);
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
    }
}
