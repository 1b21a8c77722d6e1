using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Execution;

namespace Diten.Node.Commands;

/// <summary><c>diten nodes kill</c></summary>
internal sealed class NodesKillCommand : DocumentedCommand
{
    private readonly Argument<string> _run = FaultCommand.Run();
    private readonly Argument<string> _name = new("name") { HelpName = "NAME", Description = "Its HOST:PORT, the number of its process, or clock: the one that the clock lives in" };
    private readonly Option<string?> _token = FaultCommand.Token();

    public NodesKillCommand(Session session)
        : base(
            "kill", "Kill a process of a run that goes on.",
            """
            The run must have been begun with diten run --nodes N --view, on processes of this machine. The process ends at once, as by a power cut
            (SIGKILL). Its zones go on in the others from the last checkpoint, and the results are the same, bit for bit. Refused where nobody
            would be left, where the run keeps no checkpoints, or where too many died just before.
            """,
            ("run scenarios/quickstart.conf --view --nodes 3 --set pace=2 --set slots=300", "a run to try it on, in another terminal"),
            ("nodes kill runs/quickstart-seed1 clock", "kill the process with the clock"),
            ("nodes kill http://127.0.0.1:4780/ 2 --token 0123abcd", "by address: the second process that was started"))
    {
        Add(_token);
        Add(_run);
        Add(_name);
        session.Act(this, async (parsed, cancel) =>
        {
            using var hands = RemoteHands.Of(parsed.GetRequiredValue(_run), parsed.GetValue(_token), needsToken: true);
            using var answer = await hands.PostAsync("api/nodes/kill", new { Name = parsed.GetRequiredValue(_name) }, cancel);
            session.Terminal.Out.WriteLine($"Done: {answer.RootElement.GetProperty("what").GetString()}.");
            return ExitCode.Ok;
        });
    }
}

/// <summary><c>diten nodes start</c></summary>
internal sealed class NodesStartCommand : DocumentedCommand
{
    private readonly Argument<string> _run = FaultCommand.Run();
    private readonly Option<string?> _token = FaultCommand.Token();

    public NodesStartCommand(Session session)
        : base(
            "start", "Start a process in the place of one that has ended.",
            "Zones move to it from the next checkpoint on. A run never has more processes than it was begun with.",
            ("nodes start runs/quickstart-seed1", "one more"))
    {
        Add(_token);
        Add(_run);
        session.Act(this, async (parsed, cancel) =>
        {
            using var hands = RemoteHands.Of(parsed.GetRequiredValue(_run), parsed.GetValue(_token), needsToken: true);
            using var answer = await hands.PostAsync("api/nodes/start", new { }, cancel);
            session.Terminal.Out.WriteLine($"Done: {answer.RootElement.GetProperty("what").GetString()}.");
            return ExitCode.Ok;
        });
    }
}
