using Diten.Emulation.Tests.Clusters;
using Diten.Emulation.Tests.Results;
using Diten.Model.Worlds;
using Diten.Runs;
using Diten.Runs.Demos;
using Diten.Runs.Demos.Lectures;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.View.Demos;
using Diten.View.Serving;

namespace Diten.Emulation.Tests.Demos.Lectures;

/// <summary>A lecture is prepared: what is refused before anything runs, what is kept, and what is run again.</summary>
public sealed class LectureRunTests : IDisposable
{
    private const int Worlds = 8, Shown = 4; // two loads, two sides, two seeds; one of the seeds is recorded

    private readonly TemporaryFolder _folder = new();
    private readonly List<(int Done, int Runs)> _told = [];
    private int _runs;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("5 = \"It goes on.\"", "12 = \"Too late.\"", "captions.12: found slot 12; allowed: slots 0 to 11, those of its scenario.")]
    [InlineData("few { slot = 4,", "few { slot = 12,", "questions.few.slot: found slot 12; allowed: slots 0 to 11")]
    [InlineData("few { slot = 4,", "few { slot = 11,", "questions.few.slots: found slot 12; allowed: slots 0 to 11")] // nothing is left to be measured
    [InlineData("tells = 9", "tells = 12", "questions.many.tells: found slot 12; allowed: slots 0 to 11")]
    [InlineData("slots = [3, 12]", "slots = [3, 13]", "questions.many.slots: found slots before 13; allowed: at most 12, which its scenario has.")]
    [InlineData("devices = [3, 4]", "devices = [3, 10]", "devices: found 10; allowed: 0 to 9.")]
    [InlineData("server = 1", "server = 999", "server: found 999; allowed: 0 to ")]
    [InlineData("near { policy.name = nearest-first }", "near { slots = 13 }", "sides: found runs of 13 and 12 slots; allowed: as many slots in all runs of a scene.")]
    [InlineData("set { slots = 12 }", "set { slots = 12, decisions.rounds = 3 }", "devices: found devices to choose for, and decisions.rounds = 3; allowed: decisions.rounds = 1")]
    [InlineData("set { slots = 12 }", "set { slots = 12, measure.regret = auto, servers.sharing = fifo }", "devices: found devices to choose for, and servers.sharing = fifo; allowed: servers.sharing = equal or exclusive.")]
    [InlineData("set { slots = 12 }", "set { slots = 12, faults.f { kind = down, on = servers, ids = [2], slots = [1, 3] } }", "devices: found devices to choose for, and faults f; allowed: no faults on servers")]
    public async Task A_mistake_that_only_the_scenario_shows_is_told_before_anything_runs(string old, string other, string told)
    {
        var script = TinyLecture.Read(_folder, old, other);

        var problem = await Assert.ThrowsAsync<UserErrorException>(() => PrepareAsync(script));

        Assert.StartsWith(script.File + ": lecture.scenes.part." + told, problem.Message, StringComparison.Ordinal);
        Assert.EndsWith("script.conf", script.File, StringComparison.Ordinal);
        Assert.Equal(0, _runs);
        Assert.False(Directory.Exists(_folder.At("out")));
    }

    [Fact]
    public async Task What_has_run_is_not_run_again_and_what_is_damaged_is()
    {
        var script = LectureFile.Read(TinyLecture.Write(_folder));
        var first = await PrepareAsync(script);
        Assert.Equal(Worlds + Shown, _runs);

        await AgainAsync(0);

        Directory.Delete(_folder.At("out", first.Runs().First().Folder), recursive: true);
        await AgainAsync(1);

        var recorded = _folder.At("out", first.Runs().Last().Folder, "view");
        var frames = Directory.EnumerateFiles(recorded).MaxBy(file => new FileInfo(file).Length)!;
        File.WriteAllBytes(frames, File.ReadAllBytes(frames)[..^1]);
        await AgainAsync(1);

        File.AppendAllText(_folder.At("out", LectureRecord.FileName), " "); // choices were kept there: they cannot be had without their runs
        await AgainAsync(Shown);

        File.Delete(Directory.EnumerateFiles(_folder.At("out", "cells")).First());
        await AgainAsync(1);

        // What was computed of many worlds is not deleted because a byte is wrong: who knows what it was for?
        var cell = Directory.EnumerateFiles(_folder.At("out", "cells")).First();
        File.AppendAllText(cell, " ");
        Assert.Contains($"{cell} is damaged or was changed: delete it", (await Assert.ThrowsAsync<InvalidDataException>(() => PrepareAsync(script))).Message, StringComparison.Ordinal);

        async Task AgainAsync(int runs)
        {
            _runs = 0;
            var again = await PrepareAsync(script);
            Assert.Equal(runs, _runs);
            Assert.Equal(first.ToJson(), again.ToJson());
            LectureHall.Open(_folder.At("out")).Dispose();
        }
    }

    [Fact]
    public async Task It_goes_on_where_it_was_stopped()
    {
        var script = LectureFile.Read(TinyLecture.Write(_folder));
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PrepareAsync(script, () =>
        {
            if (_runs == Worlds + 2) // in the second recording
                stop.Cancel();
        }, stop.Token));
        Assert.False(LectureRecord.IsIn(_folder.At("out")));
        Assert.Equal("--replay", Assert.Throws<UserErrorException>(() => LectureHall.Open(_folder.At("out"))).Message[..8]);

        _runs = 0;
        var lecture = await PrepareAsync(script);

        Assert.Equal(Shown, _runs); // worlds are kept; what one could choose in a recorded run is not, before all are recorded
        Assert.Equal(Shown, lecture.Runs().Count());
        Assert.DoesNotContain(Directory.EnumerateDirectories(_folder.At("out")), folder => folder.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task How_far_it_is_is_told_from_what_is_kept_on_until_all_has_run()
    {
        var script = LectureFile.Read(TinyLecture.Write(_folder));
        await PrepareAsync(script);
        Assert.Equal(Enumerable.Range(0, Worlds + Shown + 1).Select(done => (done, Worlds + Shown)), _told.Distinct().Order());

        _told.Clear();
        await PrepareAsync(script with { Seeds = 3 });

        Assert.Equal((Worlds, Worlds + 4 + Shown), _told[0]);
        Assert.Equal((Worlds + 4 + Shown, Worlds + 4 + Shown), _told[^1]);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_replay_whose_port_is_taken_leaves_no_recording_open(bool lecture)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "which files are open is read as on Linux");
        var kept = (await PrepareAsync(LectureFile.Read(TinyLecture.Write(_folder)))).Runs().First().Folder;
        if (!lecture)
        {
            Directory.Move(_folder.At("out", kept), _folder.At("out", "act"));
            File.Delete(_folder.At("out", LectureRecord.FileName));
            new DemoRecord("T", [new RecordedAct("act", "An act", [], "aa", "aa")]).Write(_folder.At("out"));
        }

        await using var other = await ViewServer.StartAsync(0);

        var said = await Program.Run(2, "demo", "--replay", _folder.At("out"), "--port", $"{new Uri(other.Address).Port}");

        Assert.Contains("where nothing can listen", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles("/proc/self/fd").Select(TargetOf), open => open?.StartsWith(_folder.Path, StringComparison.Ordinal) == true);
    }

    /// <summary>The file that this process holds open; null where another test has closed it meanwhile.</summary>
    private static string? TargetOf(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    [Fact]
    public async Task More_worlds_run_only_what_is_new()
    {
        var script = LectureFile.Read(TinyLecture.Write(_folder));
        await PrepareAsync(script);

        _runs = 0;
        var lecture = await PrepareAsync(script with { Seeds = 3 });

        Assert.Equal(4, _runs);
        Assert.Equal(3, lecture.Seeds);
    }

    private async Task<LectureRecord> PrepareAsync(LectureScript script, Action? begun = null, CancellationToken cancel = default)
    {
        using var hall = new LectureHall();
        var session = new Session(new Terminal(TextWriter.Null, TextWriter.Null));
        Emulate counted = (world, options, observer, stop) =>
        {
            Interlocked.Increment(ref _runs);
            begun?.Invoke();
            return session.Emulate(world, options, observer, stop);
        };
        return await new LectureRun(session with { Emulate = counted }, script, _folder.At("out"), new Told(hall, _told)).RunAsync(cancel);
    }

    /// <summary>A stage that keeps how far it was told that all is.</summary>
    private sealed class Told(ILectureStage stage, List<(int Done, int Runs)> told) : ILectureStage
    {
        public void Preparing(int done, int runs)
        {
            lock (told)
                told.Add((done, runs));
        }

        public bool TryOpen(int run, string folder) => stage.TryOpen(run, folder);

        public IRunWatcher Record(string folder, ScenarioInput input, World world) => stage.Record(folder, input, world);

        public void Begin(LectureRecord lecture) => stage.Begin(lecture);
    }
}
