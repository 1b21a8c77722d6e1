namespace Diten.Runs.Progress;

/// <summary>Says how far something is, in one line or a few: rewritten in place on a terminal, written anew now and then in a file or pipe.</summary>
/// <remarks>Thread-safe. Sends control characters to terminals only. Never part of a result.</remarks>
public sealed class StatusLine(Terminal terminal, bool quiet, TimeProvider? time = null)
{
    private static readonly TimeSpan RewriteEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan NewLineEvery = TimeSpan.FromSeconds(5);
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private long _lastShown = (time ?? TimeProvider.System).GetTimestamp();
    private int _lines; // on the terminal, to be rewritten

    /// <summary>Whether what is shown is rewritten in place: there is room for more than one line then.</summary>
    public bool Rewrites => terminal.ErrorIsTerminal;

    /// <summary>Shows what <paramref name="text"/> returns if it is time for it again.</summary>
    public void Show(Func<string> text)
    {
        if (quiet)
            return;
        lock (_lock)
        {
            if (_time.GetElapsedTime(_lastShown) < (terminal.ErrorIsTerminal ? RewriteEvery : NewLineEvery))
                return;
            _lastShown = _time.GetTimestamp();
            if (terminal.ErrorIsTerminal)
                Rewrite(text().Split('\n'));
            else
                terminal.Error.WriteLine(text());
            terminal.Error.Flush();
        }
    }

    /// <summary>Says something that stays, above the line.</summary>
    public void Tell(string text)
    {
        if (quiet)
            return;
        lock (_lock)
        {
            Clear();
            terminal.Error.WriteLine(text);
        }
    }

    /// <summary>Clears what is shown, so that what follows starts on an empty line.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            if (_lines > 0)
                terminal.Error.Write(ToStart() + "\u001b[J");
            _lines = 0;
        }
    }

    private void Rewrite(string[] lines)
    {
        var height = Console.WindowHeight - 1;
        if (height > 0 && lines.Length > height)
            lines = lines[..height];
        terminal.Error.Write(ToStart() + string.Join('\n', lines.Select(line => Fitted(line) + "\u001b[K")) + "\u001b[J");
        _lines = lines.Length;
    }

    /// <summary>Moves to the start of the first line.</summary>
    private string ToStart() => _lines > 1 ? FormattableString.Invariant($"\r\u001b[{_lines - 1}A") : "\r";

    private static string Fitted(string text)
    {
        var width = Console.WindowWidth - 1;
        return width <= 0 || text.Length <= width ? text : text[..width];
    }
}
