using Diten.Node.Commands;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Progress;

namespace Diten.Node;

/// <summary>The <c>diten</c> program.</summary>
public static class Program
{
    /// <summary>Runs one command and returns its exit code, see <see cref="ExitCode"/>.</summary>
    public static async Task<int> Main(string[] args)
    {
        var terminal = Terminal.OfProcess();
        using var interruption = new Interruption(terminal);
        return await CommandTree.RunAsync(args, new Session(terminal), interruption.Token);
    }
}
