using System.Diagnostics;
using System.Text;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>The program <c>diten</c>, called in this process or started as one of its own.</summary>
internal static class Program
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Calls it here and expects an exit code; returns what it printed.</summary>
    public static Task<string> Run(int exitCode, params string[] args) => Run(exitCode, Patience, args);

    /// <inheritdoc cref="Run(int, string[])"/>
    public static async Task<string> Run(int exitCode, TimeSpan patience, params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandTree.RunAsync(args, new Session(new Terminal(TextWriter.Synchronized(output), TextWriter.Synchronized(error)))).WaitAsync(patience);
        Assert.True(code == exitCode, $"diten {string.Join(' ', args)} ended with {code} instead of {exitCode}:\n{output}\n{error}");
        return output.ToString() + error;
    }

    /// <summary>Starts it as a process of its own.</summary>
    public static Running Start(params string[] args) => new([Environment.ProcessPath!, typeof(CommandTree).Assembly.Location, .. args]);

    /// <summary>A process whose lines are kept.</summary>
    internal sealed class Running : IDisposable
    {
        private readonly StringBuilder _said = new();
        private readonly List<(string Text, TaskCompletionSource<string> Line)> _awaited = [];

        public Running(string[] command)
        {
            Process = new Process { StartInfo = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true } };
            Process.OutputDataReceived += (_, line) => Take(line.Data);
            Process.ErrorDataReceived += (_, line) => Take(line.Data);
            Process.Start();
            Process.BeginOutputReadLine();
            Process.BeginErrorReadLine();
        }

        public Process Process { get; }

        public string Said
        {
            get
            {
                lock (_said)
                    return _said.ToString();
            }
        }

        /// <summary>Waits for a line that contains a text, past or future.</summary>
        public async Task<string> Line(string text)
        {
            var awaited = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_said)
            {
                if (Said.Split('\n').FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } there)
                    return there;
                _awaited.Add((text, awaited));
            }

            try
            {
                return await awaited.Task.WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"No line with \"{text}\" within {Patience}; it said:\n{Said}");
            }
        }

        /// <summary>Waits for its end.</summary>
        public async Task<int> End()
        {
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await Process.WaitForExitAsync(patience.Token);
                return Process.ExitCode;
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"It did not end within {Patience}; it said:\n{Said}");
            }
        }

        public void Dispose()
        {
            if (!Process.HasExited)
                Process.Kill(entireProcessTree: true);
            Process.Dispose();
        }

        private void Take(string? line)
        {
            if (line is null)
                return;
            lock (_said)
            {
                _said.AppendLine(line);
                foreach (var (text, awaited) in _awaited)
                    if (line.Contains(text, StringComparison.Ordinal))
                        awaited.TrySetResult(line);
            }
        }
    }
}
