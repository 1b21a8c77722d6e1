using System.Text;
using System.Text.RegularExpressions;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;

namespace Diten.View.Tests.Serving;

/// <summary>The program, called in this process, and the page that it serves meanwhile.</summary>
internal sealed partial class ViewedRun : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly CancellationTokenSource _stop = new();
    private readonly Listening _error = new();
    private readonly Task<int> _ends;

    public ViewedRun(params string[] args) =>
        _ends = Task.Run(() => CommandTree.RunAsync(args, new Session(new Terminal(TextWriter.Synchronized(Out), _error)), _stop.Token));

    public StringWriter Out { get; } = new();

    public string Said => _error.ToString();

    /// <summary>The page's address, as soon as it is printed.</summary>
    public async Task<string> AddressAsync() => AddressPattern().Match(await _error.WaitForAsync(AddressPattern(), _ends).WaitAsync(Patience)).Value;

    /// <summary>Waits until the run is over, and only its page is left.</summary>
    public Task RunAsync() => _error.WaitForAsync(UntilPattern(), _ends).WaitAsync(Patience);

    /// <summary>Ctrl-C; returns the exit code.</summary>
    public Task<int> StopAsync()
    {
        _stop.Cancel();
        return _ends.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex AddressPattern();

    [GeneratedRegex("until Ctrl-C")]
    private static partial Regex UntilPattern();

    /// <summary>Keeps what is written, and tells whoever waits for it.</summary>
    private sealed class Listening : TextWriter
    {
        private readonly StringBuilder _text = new();
        private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(value.ToString());

        public override void WriteLine(string? value) => Write(value + "\n");

        public override void Write(string? value)
        {
            lock (_text)
            {
                _text.Append(value);
                _more.SetResult();
                _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public override string ToString()
        {
            lock (_text)
                return _text.ToString();
        }

        public async Task<string> WaitForAsync(Regex pattern, Task ends)
        {
            while (true)
            {
                Task more;
                lock (_text)
                {
                    if (pattern.IsMatch(_text.ToString()))
                        return _text.ToString();
                    more = _more.Task;
                }

                if (await Task.WhenAny(more, ends) == ends && !more.IsCompleted)
                    throw new InvalidOperationException($"The program ended, and said:\n{this}");
            }
        }
    }
}
