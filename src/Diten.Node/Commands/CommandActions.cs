using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Execution;

namespace Diten.Node.Commands;

/// <summary>What every command does around what it is for.</summary>
internal static class CommandActions
{
    /// <summary>Gives a command what it does, and turns its exceptions into one line a piece and an exit code.</summary>
    public static void Act(this Session session, Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                return await action(parsed, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                session.Terminal.Complain("stopped on request.");
                return ExitCode.Cancelled;
            }
            catch (Exception exception) when (Failures.Describe(exception) is var (code, lines) && code != 0)
            {
                foreach (var line in lines)
                    session.Terminal.Complain(line);
                return code;
            }
        });
}
