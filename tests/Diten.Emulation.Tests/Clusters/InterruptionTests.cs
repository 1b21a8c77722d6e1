using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Diten.Emulation.Tests.Results;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>Ctrl-C, sent to the program in a process of its own.</summary>
[Collection(OneAtATime.Name)]
public sealed class InterruptionTests : IDisposable
{
    private const int Interrupt = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder _folder = new();
    private readonly StringBuilder _told = new();
    private readonly List<Process> _started = [];

    public void Dispose()
    {
        foreach (var process in _started)
        {
            if (!process.HasExited)
                process.Kill();
            process.Dispose();
        }

        _folder.Dispose();
    }

    [SkippableFact]
    [Trait("Takes", "Seconds")]
    public async Task Ctrl_C_ends_a_run_at_a_slot_s_end_and_leaves_a_whole_run_folder()
    {
        var scenario = Scenario("slots = 10000000");
        var process = Start("run", scenario, "--out", _folder.At("run"));

        var progress = await LineWith(process, "slot ");
        Send(process, Interrupt);
        await End(process);

        Assert.Equal(130, process.ExitCode);
        Assert.Matches(@"slot \d+/10000000  [0-9.]+ [kM]?\s?device-slots/s  ETA \d+:\d\d", progress);
        Assert.Contains("what was done is kept", _told.ToString());
        Assert.Equal([_folder.At("long.conf"), _folder.At("run")], Directory.GetFileSystemEntries(_folder.Path).Order());
        var run = RunFolder.Open(_folder.At("run"));
        var summary = RunSummary.Read(run.SummaryFile);
        Assert.True(summary.Cancelled);
        Assert.InRange(summary.SlotsCompleted, 1, 9_999_999);
        Assert.Equal(summary.SlotsCompleted, TableFile.Read(run.Csv(Tables.Slots.Name)).Count);
        Assert.Contains("was cancelled", File.ReadAllText(run.ReportFile));
        Assert.Equal(
            ["digests", "journal", "plots", "report.html", "resume", "run.json", "scenario.conf", "summary.json", "tables"],
            Directory.GetFileSystemEntries(run.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        // What is kept is what a run of so many slots gives.
        var again = Start(
            "run", scenario, "--out", _folder.At("again"), "--quiet", "--set", $"slots={summary.SlotsCompleted}");
        await End(again);
        Assert.True(RunVerifier.Compare(_folder.At("run"), _folder.At("again")).Equal);
    }

    [SkippableFact]
    public async Task A_second_Ctrl_C_ends_the_program_at_once()
    {
        // Nobody writes into the pipe: reading its first byte takes forever.
        var pipe = _folder.At("sites.csv");
        Skip.IfNot(OperatingSystem.IsLinux(), "signals are sent as on Linux");
        using (var made = Process.Start("mkfifo", [pipe]))
            await made.WaitForExitAsync();
        var process = Start("run", Scenario($"stations {{ topology = sites, sites-file = \"{pipe}\" }}"), "--out", _folder.At("run"));
        // Once the pipe can be opened for writing, the program has opened it for reading, and so listens to signals.
        await using var open = await Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)).WaitAsync(Patience);

        Send(process, Interrupt);
        await LineWith(process, "Ctrl-C again");
        Send(process, Interrupt);
        await End(process);

        Assert.Equal(130, process.ExitCode);
        Assert.False(Directory.Exists(_folder.At("run")));
    }

    [Fact]
    public void A_default_folder_s_name_is_used_again_where_a_killed_run_left_its_beginnings()
    {
        Directory.CreateDirectory(_folder.At("run.partial"));
        File.WriteAllText(_folder.At("run.partial", "lock"), "");
        Assert.Equal(_folder.At("run"), OutputFolder.Unused(_folder.At("run")));

        using (new FileStream(_folder.At("run.partial", "lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.Equal(_folder.At("run-2"), OutputFolder.Unused(_folder.At("run")));
    }

    private string Scenario(string more)
    {
        var path = _folder.At("long.conf");
        File.WriteAllText(path, $"area.side = 800 m\ndevices.count = 60\n{more}\n");
        return path;
    }

    private Process Start(params string[] args)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "signals are sent as on Linux");
        // A parent that ignores Ctrl-C, such as a script in the background, hands that on: env takes it back.
        string[] command = ["--default-signal=INT", Environment.ProcessPath!, typeof(CommandTree).Assembly.Location, .. args];
        _started.Add(Process.Start(new ProcessStartInfo("env", command) { RedirectStandardError = true, RedirectStandardOutput = true })!);
        return _started[^1];
    }

    private async Task<string> LineWith(Process process, string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            _told.AppendLine(line);
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }

        throw new InvalidOperationException($"The program ended and did not say \"{text}\", but: {_told}");
    }

    private async Task End(Process process)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            _told.Append(await process.StandardError.ReadToEndAsync(patience.Token));
            await output;
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The program did not end within {Patience}; it said: {_told}");
        }
    }

    private static void Send(Process process, int signal) => Assert.Equal(0, Kill(process.Id, signal));

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
