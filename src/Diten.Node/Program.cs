using Diten.Node.Commands;

namespace Diten.Node;

/// <summary>The <c>diten</c> program.</summary>
public static class Program
{
    /// <summary>Runs one command and returns its exit code, see <see cref="ExitCode"/>.</summary>
    public static async Task<int> Main(string[] args)
    {
        using var interruption = new Interruption();
        return await CommandTree.RunAsync(args, new Session(Terminal.OfProcess()), interruption.Token);
    }
}
