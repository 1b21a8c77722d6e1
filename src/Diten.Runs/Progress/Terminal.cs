using Spectre.Console;

namespace Diten.Runs.Progress;

/// <summary>Where a command writes: results to <see cref="Out"/>, progress and errors to <see cref="Error"/>.</summary>
/// <param name="OutIsTerminal">Whether a person reads <see cref="Out"/>: only then colours and cursor movements are sent.</param>
/// <param name="ErrorIsTerminal">The same for <see cref="Error"/>.</param>
public sealed record Terminal(TextWriter Out, TextWriter Error, bool OutIsTerminal = false, bool ErrorIsTerminal = false)
{
    private const int RedirectedWidth = 160;

    /// <summary>The terminal, files or pipes that the process was started with.</summary>
    public static Terminal OfProcess() => new(Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected);

    /// <summary>Draws tables on <see cref="Out"/>; plain text where it is redirected.</summary>
    public IAnsiConsole Tables()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Out),
            Ansi = OutIsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = OutIsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!OutIsTerminal)
            console.Profile.Width = RedirectedWidth;
        return console;
    }

    /// <summary>Writes one line about something that went wrong.</summary>
    public void Complain(string message) => Error.WriteLine("diten: " + message);
}
