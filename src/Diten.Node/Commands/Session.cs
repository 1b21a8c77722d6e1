using System.CommandLine;
using Diten.Actors;
using Diten.Model;

namespace Diten.Node.Commands;

/// <summary>Runs a world that is ready; see <see cref="Emulation"/>.</summary>
public delegate Task<RunOutcome> Emulate(World world, EmulationOptions options, IRunObserver? observer, CancellationToken cancel);

/// <summary>What a command works with: its terminal, and what runs scenarios.</summary>
public sealed record Session(Terminal Terminal, Emulate Emulate)
{
    /// <summary>A session that runs scenarios as actors in this process.</summary>
    public Session(Terminal terminal)
        : this(terminal, Emulation.RunAsync)
    {
    }

    /// <summary>Gives a command what it does, and turns its exceptions into one line a piece and an exit code.</summary>
    internal void Act(Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                return await action(parsed, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                Terminal.Complain("stopped on request.");
                return ExitCode.Cancelled;
            }
            catch (Exception exception) when (Failures.Describe(exception) is var (code, lines) && code != 0)
            {
                foreach (var line in lines)
                    Terminal.Complain(line);
                return code;
            }
        });
}
