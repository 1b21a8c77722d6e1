using Diten.Emulation.Tests.Clusters;
using Diten.Emulation.Tests.Results;
using Diten.Runs.Execution;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Execution;

/// <summary>A run that is gone on with, and one whose resume comes to nothing.</summary>
public sealed class ResumedRunTests(ReadBack.StoppedOnce made) : ReadBack(made)
{
    [Fact]
    public async Task A_run_that_nothing_happened_to_goes_on() => await ExpectTheSame(Town.Copy());

    [Theory]
    [InlineData(false, "resume")]
    [InlineData(true, "train", "--resume")]
    public async Task What_this_machine_cannot_hold_does_not_go_on(bool training, params string[] command)
    {
        var run = new RunFolder(Town.Copy());
        (RunStart.Read(run) with { Training = training }).Write(run);
        Directory.Delete(Path.GetDirectoryName(run.JournalFile)!, recursive: true); // where the check is broken, nothing shall start

        var said = await Program.Run(2, [.. command, run.Path, "--nodes", "1000000"]);

        Assert.Contains("too large for this machine: 80 devices, 1,000,000 processes need", said);
    }

    [Fact]
    public async Task A_run_that_broke_off_before_its_first_slot_begins()
    {
        var copy = Town.Copy();
        File.WriteAllBytes(Path.Combine(copy, Log), []);
        File.Delete(Path.Combine(copy, Database));

        await ExpectTheSame(copy);
    }

    [Fact]
    public async Task A_resume_that_fails_on_its_way_leaves_the_run_that_was_there()
    {
        var copy = Town.Copy();
        var before = Contents(copy);
        var run = StoppedRun.Open(copy);
        await using (var writer = RunWriter.Resume(copy, run.Input.Describe(run.Input.Ready()), run.Start))
            Assert.False(Directory.Exists(copy));

        Assert.False(Directory.Exists(copy + ".partial"));
        Assert.Equal(before, Contents(copy));
        await ExpectTheSame(copy);
    }

    [Fact]
    public async Task A_resume_that_is_killed_on_its_way_keeps_the_run_that_was_there()
    {
        var copy = Town.Copy();
        var run = StoppedRun.Open(copy);
        var killed = RunWriter.Resume(copy, run.Input.Describe(run.Input.Ready()), run.Start);
        Assert.True(File.Exists(Path.Combine(copy + ".partial", "before", "summary.json")));
        var left = copy + "-left.partial";
        using (var copying = System.Diagnostics.Process.Start("cp", ["-r", copy + ".partial", left])) // files that are open, as a kill would leave them
            await copying.WaitForExitAsync();

        await killed.DisposeAsync();
        var again = StoppedRun.Open(copy + "-left");
        await using (RunWriter.Resume(copy + "-left", again.Input.Describe(again.Input.Ready()), again.Start))
        {
        }

        Assert.Equal(Contents(copy), Contents(copy + "-left"));
        await ExpectTheSame(copy + "-left");
        Assert.False(Directory.Exists(Path.Combine(copy + "-left", "before")));
    }

    [Fact]
    public async Task Reports_of_another_run_do_not_become_tables_of_this_one()
    {
        var run = new SyntheticRun(2, 3);
        await using var writer = new RunWriter(Town.Copy() + "-synthetic", run.Description);
        for (var slot = 0; slot < 3; slot++)
            writer.SlotCompleted(run.Report(slot));

        Assert.Contains("they are of two runs", Assert.Throws<InvalidOperationException>(
            () => writer.Complete(run.Outcome() with { Digest = new byte[32] })).Message);
    }
}
