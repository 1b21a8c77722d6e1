using Diten.Emulation.Tests.Results;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>Runs that broke off are gone on with, and end as if nothing had happened.</summary>
[Collection(OneAtATime.Name)]
[Trait("Category", "Slow")]
public sealed class ResumeTests : IDisposable
{
    private const int Interrupt = 2;

    private readonly TemporaryFolder _folder = new();
    private readonly List<Program.Running> _started = [];

    public void Dispose()
    {
        foreach (var running in _started)
            running.Dispose();
        _folder.Dispose();
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_run_that_was_killed_with_all_its_processes_is_gone_on_with(int nodes)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "processes are killed as on Linux");
        var scenario = Scenario(slots: 400);
        var run = Start("run", scenario, "--out", _folder.At("run"), "--nodes", $"{nodes}", "--checkpoint-every", "20");
        await SlotsWritten("run", 60);

        run.Process.Kill();
        await run.End();
        Assert.True(Directory.Exists(_folder.At("run.partial")));
        Assert.False(Directory.Exists(_folder.At("run")));
        await Program.Run(0, "resume", _folder.At("run"), "--quiet");

        await ExpectUndisturbed(scenario);
    }

    [SkippableTheory]
    [InlineData(0, 0)]
    [InlineData(2, 0)] // and gone on with in one process
    [InlineData(0, 3)] // and gone on with in three
    public async Task A_run_that_was_stopped_by_Ctrl_C_is_whole_and_can_be_gone_on_with(int nodes, int then)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "signals are sent as on Linux");
        var scenario = Scenario(slots: 400);
        var run = Start("run", scenario, "--out", _folder.At("run"), "--nodes", $"{nodes}", "--checkpoint-every", "20");
        await SlotsWritten("run", 30);

        Signals.Send(run.Process, Interrupt);
        Assert.Equal(130, await run.End());
        var stopped = RunSummary.Read(new RunFolder(_folder.At("run")).SummaryFile);
        Assert.True(stopped.Cancelled);
        Assert.InRange(stopped.SlotsCompleted, 20, 399);
        Assert.True(File.Exists(new RunFolder(_folder.At("run")).ReportFile));
        await Program.Run(0, "resume", _folder.At("run"), "--quiet", "--nodes", $"{then}");

        await ExpectUndisturbed(scenario);
    }

    [Fact]
    public async Task What_is_done_or_no_run_at_all_cannot_be_gone_on_with()
    {
        await Program.Run(0, "run", Scenario(slots: 4), "--out", _folder.At("done"), "--quiet");
        await Program.Run(0, "run", Scenario(slots: 4), "--out", _folder.At("none"), "--quiet", "--checkpoint-every", "0");

        Assert.Contains("is done: there is nothing to go on with", await Program.Run(2, "resume", _folder.At("done")));
        Assert.Contains("is done: there is nothing to go on with", await Program.Run(2, "resume", _folder.At("none")));
        Assert.Contains("which does not exist, nor does", await Program.Run(2, "resume", _folder.At("nowhere")));
        Assert.Contains("is not the folder of a run", await Program.Run(2, "resume", _folder.Path));
    }

    [SkippableFact]
    public async Task A_disk_that_is_full_fails_the_run_which_is_gone_on_with_when_there_is_room()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.UserName == "root", "a small disk is mounted as root on Linux");
        var disk = _folder.At("disk");
        Directory.CreateDirectory(disk);
        await Shell("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk);
        try
        {
            var scenario = Scenario(slots: 400);
            var said = await Program.Run(1, "run", scenario, "--out", Path.Combine(disk, "run"), "--checkpoint-every", "20");
            Assert.Contains("diten resume", said);

            await Shell("mount", "-o", "remount,size=400m", disk);
            await Program.Run(0, "resume", Path.Combine(disk, "run"), "--quiet");

            await ExpectUndisturbed(scenario, Path.Combine(disk, "run"));
        }
        finally
        {
            await Shell("umount", "--lazy", disk);
        }
    }

    private async Task ExpectUndisturbed(string scenario, string? run = null)
    {
        run ??= _folder.At("run");
        await Program.Run(0, "run", scenario, "--out", _folder.At("undisturbed"), "--quiet", "--checkpoint-every", "0");
        Assert.StartsWith("Equal:", await Program.Run(0, "verify", _folder.At("undisturbed"), run));
        DigestTests.ExpectEqualTables(_folder.At("undisturbed"), run);
        Assert.False(Directory.Exists(run + ".partial"));
        Assert.False(Directory.Exists(new RunFolder(run).Resume));
    }

    private string Scenario(int slots)
    {
        var path = _folder.At("town.conf");
        // With a pace the run lasts some seconds on any machine, so that it can be interrupted.
        File.WriteAllText(path, $"slots = {slots}\npace = 100\narea.side = 800 m\ndevices.count = 300\ndevices.mobility.speed = 30 m/s\nzones.columns = 2\nzones.rows = 2\n");
        return path;
    }

    private Program.Running Start(params string[] args)
    {
        _started.Add(Signals.Interruptible(args));
        return _started[^1];
    }

    /// <summary>Waits until so many slots are in the log.</summary>
    private async Task SlotsWritten(string run, int slots)
    {
        var log = new RunFolder(_folder.At(run)).Partial.ReportLogFile;
        for (var waited = 0; !File.Exists(log) || new FileInfo(log).Length < slots * 3500; waited++)
        {
            Assert.True(waited < 6000, $"{log} does not grow; the run said:\n{_started[^1].Said}");
            await Task.Delay(20);
        }
    }

    private static async Task Shell(params string[] command)
    {
        using var process = System.Diagnostics.Process.Start(command[0], command[1..]);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
