using System.Diagnostics;

namespace Diten.Runs.Hosting;

/// <summary>A process whose lines, output and errors alike, go to a file.</summary>
internal sealed class LoggedProcess : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly Action<string>? _heard;
    private bool _closed;

    /// <param name="start">How to start it.</param>
    /// <param name="log">The file; what it held is gone.</param>
    /// <param name="heard">Is told each line once it is written.</param>
    public LoggedProcess(ProcessStartInfo start, string log, Action<string>? heard = null)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        (Log, _heard, _writer) = (log, heard, new StreamWriter(log, append: false) { AutoFlush = true });
        Process = new Process { StartInfo = start };
        Process.OutputDataReceived += (_, line) => Take(line.Data);
        Process.ErrorDataReceived += (_, line) => Take(line.Data);
    }

    /// <summary>The process.</summary>
    public Process Process { get; }

    /// <summary>The file.</summary>
    public string Log { get; }

    /// <summary>Starts it.</summary>
    /// <exception cref="UserErrorException">It cannot be started.</exception>
    public void Start()
    {
        if (!Process.Start())
            throw new UserErrorException($"{Process.StartInfo.FileName} cannot be started.");
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();
    }

    /// <summary>Lets go of process and file; lines that come later are lost.</summary>
    public void Dispose()
    {
        Process.Dispose();
        lock (_writer)
        {
            _closed = true;
            _writer.Dispose();
        }
    }

    /// <summary>Output and errors come on threads of their own, and one file takes both.</summary>
    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_writer)
            if (!_closed)
                _writer.WriteLine(line);
        _heard?.Invoke(line);
    }
}
