using System.Diagnostics;
using Diten.Node.Commands;

namespace Diten.Node.Progress;

/// <summary>One line that says how far something is: rewritten in place on a terminal, a new line now and then in a file or pipe.</summary>
/// <remarks>Thread-safe. Sends control characters to terminals only. Never part of a result.</remarks>
public sealed class StatusLine(Terminal terminal, bool quiet, TimeProvider? time = null)
{
    private static readonly TimeSpan RewriteEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan NewLineEvery = TimeSpan.FromSeconds(5);
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private long _lastShown = (time ?? TimeProvider.System).GetTimestamp();
    private bool _onLine;

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
                terminal.Error.Write("\r\u001b[K" + Fitted(text()));
            else
                terminal.Error.WriteLine(text());
            terminal.Error.Flush();
            _onLine = terminal.ErrorIsTerminal;
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

    /// <summary>Clears the line, so that what follows starts on an empty one.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            if (_onLine)
                terminal.Error.Write("\r\u001b[K");
            _onLine = false;
        }
    }

    private static string Fitted(string text)
    {
        var width = Console.WindowWidth - 1;
        return width <= 0 || text.Length <= width ? text : text[..width];
    }
}
