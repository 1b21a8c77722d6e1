using System.Buffers.Binary;
using Diten.Actors;
using Diten.Runs.Results;
using Diten.View.Recordings;

namespace Diten.View.Tests.Recordings;

/// <summary>What was recorded comes back whole, or is refused by name; and it keeps to its bounds.</summary>
public sealed class RecordingTests(TinyRun run) : IClassFixture<TinyRun>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_recording_that_is_opened_again_is_what_was_recorded()
    {
        using var live = run.Record(_folder.Path).Recording;

        using var read = Recording.Open(_folder.Path);

        Assert.Equal(TinyRun.Slots, read.Frames);
        Assert.Equal(live.World.ToJson(), read.World.ToJson());
        Assert.Equal(live.Series(0), read.Series(0));
        Assert.Equal(live.Events(0), read.Events(0));
        Assert.All(Enumerable.Range(0, TinyRun.Slots), index => Assert.Equal(live.Frame(index), read.Frame(index)));
        Assert.Contains(read.Events(0), happened => happened is { Kind: "fault", Slot: 2, Text: "hole: down on stations 2, slots 2–3" });
    }

    [Fact]
    public void A_bit_that_flips_anywhere_is_seen()
    {
        run.Record(_folder.Path).Recording.Dispose();
        var (path, random) = (Recording.FramesIn(_folder.Path), new Random(1));
        var whole = File.ReadAllBytes(path);
        for (var flip = 0; flip < 200; flip++)
        {
            var bit = flip < 50 ? flip * 5 : random.NextInt64(whole.Length * 8L);
            var damaged = whole.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            File.WriteAllBytes(path, damaged);
            Assert.Contains(path, Assert.Throws<InvalidDataException>(() => Recording.Open(_folder.Path).Dispose()).Message);
        }
    }

    [Fact]
    public void Frames_that_changed_places_are_refused()
    {
        run.Record(_folder.Path).Recording.Dispose();
        var path = Recording.FramesIn(_folder.Path);
        var bytes = File.ReadAllBytes(path);
        var record = RecordBytes();
        var (first, second) = (bytes.Length - (2 * record), bytes.Length - record);
        byte[] swapped = [.. bytes[..first], .. bytes[second..], .. bytes[first..second]];
        File.WriteAllBytes(path, swapped);

        Assert.Contains("frame 4", Assert.Throws<InvalidDataException>(() => Recording.Open(_folder.Path).Dispose()).Message);
    }

    [Fact]
    public void A_recording_that_was_cut_off_is_shown_up_to_its_last_whole_frame()
    {
        run.Record(_folder.Path).Recording.Dispose();
        var path = Recording.FramesIn(_folder.Path);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^(RecordBytes() / 2)]);

        using var read = Recording.Open(_folder.Path);

        Assert.Equal(TinyRun.Slots - 1, read.Frames);
    }

    [Fact]
    public void A_line_of_the_log_that_was_changed_is_refused()
    {
        run.Record(_folder.Path).Recording.Dispose();
        var path = Recording.EventsIn(_folder.Path);
        File.WriteAllText(path, File.ReadAllText(path).Replace("stations 2", "stations 1"));

        Assert.Contains("line ", Assert.Throws<InvalidDataException>(() => Recording.Open(_folder.Path).Dispose()).Message);
        if (OperatingSystem.IsLinux())
            Assert.DoesNotContain(Path.GetFullPath(Recording.FramesIn(_folder.Path)), Directory.EnumerateFiles("/proc/self/fd").Select(TargetOf)); // whoever is refused leaves nothing open
    }

    /// <summary>The file that this process holds open; null where another test has closed it meanwhile.</summary>
    private static string? TargetOf(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName;
        }
        catch (IOException)
        {
            return null;
        }
    }

    [Theory]
    [InlineData(60)]
    [InlineData(100_000)]
    [InlineData(10_000_000)]
    public void A_recording_of_any_length_keeps_to_its_bounds(int slots)
    {
        foreach (var layout in (FrameLayout[])[new(64, 64, 300), new(1024, 1024, 5000)])
        {
            var every = RecordingFile.EverySlotsFor(slots, layout);
            var frames = ((slots - 1L) / every) + 2;
            Assert.True(frames <= RecordingFile.MostFrames, $"{frames} frames");
            Assert.True(frames * (layout.FrameBytes + layout.DetailBytes + 16) <= RecordingFile.MostBytes, $"{frames} frames");
        }
    }

    [Fact]
    public void Of_a_run_that_is_too_long_to_be_recorded_whole_the_last_slot_is_there_and_the_sums_are_of_all()
    {
        var world = RecordedWorld.Of("tiny", run.World, 1);
        Assert.Equal(1, world.EverySlots); // a short one is whole
        using var recorder = new RunRecorder(_folder.Path, world with { EverySlots = 4 }, run.World.Faults, shown: false);
        foreach (var report in run.Reports)
            recorder.SlotCompleted(report);

        var slots = Enumerable.Range(0, recorder.Recording.Frames).Select(i => BinaryPrimitives.ReadInt32LittleEndian(recorder.Recording.Frame(i).AsSpan(FrameLayout.SlotAt)));
        Assert.Equal([0, 4, 5], slots);
        var last = recorder.Recording.Frame(2)!;
        Assert.Equal(run.Outcome.Total.Devices, BinaryPrimitives.ReadDoubleLittleEndian(last.AsSpan(world.Layout().RunTotalsAt)));
    }

    [Fact]
    public void No_more_events_are_kept_than_there_is_room_for()
    {
        using var recorder = new RunRecorder(_folder.Path, "tiny", run.World, 1, shown: true);
        for (var slot = 0; slot < Recording.MostEvents + 50; slot++)
            recorder.Noticed(new RunNotice(RunNoticeKind.CheckpointCommitted, 1, slot, "a checkpoint counts"));

        var events = recorder.Recording.Events(0);

        Assert.Equal(Recording.MostEvents, events.Count);
        Assert.Equal("more", events[^1].Kind);
        recorder.Recording.Dispose();
    }

    [Fact]
    public void What_nodes_held_is_kept_where_it_changes_and_how_long_a_recovery_took_is_told()
    {
        using (var recorder = new RunRecorder(_folder.Path, "tiny", run.World, 1))
        {
            recorder.ClusterSeen(Status(slot: 1, epoch: 1, ("a:1", [0]), ("b:2", [1])));
            recorder.ClusterSeen(Status(slot: 1, epoch: 1, ("b:2", [1]), ("a:1", [0]))); // the same once more
            recorder.Noticed(new RunNotice(RunNoticeKind.FirstSlotCompleted, 1, 1, "slot 1 is the first one done in epoch 1"));
            recorder.SlotCompleted(run.Reports[0]);
            recorder.Noticed(new RunNotice(RunNoticeKind.EpochOpened, 2, 0, "epoch 2 from slot 0 on 1 nodes"));
            recorder.ClusterSeen(Status(slot: 1, epoch: 2, ("a:1", [0, 1])));
            recorder.Noticed(new RunNotice(RunNoticeKind.FirstSlotCompleted, 2, 0, "slot 0 is the first one done in epoch 2"));
        }

        using var read = Recording.Open(_folder.Path);

        Assert.Equal(
            ["1: a:1 0, b:2 1", "2: a:1 0+1"],
            read.Nodes(0).Select(moment => $"{moment.Epoch}: {string.Join(", ", moment.Nodes.Select(node => $"{node.Node} {string.Join('+', node.Zones)}"))}"));
        Assert.Single(read.Events(0), new RecordedEvent(1, "zones", "zone 1 moved from b:2 to a:1"));
        Assert.Single(read.Events(0), new RecordedEvent(1, "node-lost", "node b:2 is gone")); // the clock was lost with it, and told nothing
        Assert.Matches(
            @"^recovered in \d+\.\d\d s: from the last slot before the loss to slot 0 in epoch 2$", Assert.Single(read.Events(0), happened => happened.Kind == "recovered").Text);
    }

    [Fact]
    public void Zones_that_move_are_told_with_whence_and_whither_and_only_once()
    {
        using var recorder = new RunRecorder(_folder.Path, "tiny", run.World, 1);
        recorder.ClusterSeen(Status(slot: 1, epoch: 1, ("a:1", [0, 3]), ("b:2", [1, 2, 5]), ("c:3", [4])));
        recorder.ClusterSeen(Status(slot: 2, epoch: 2, ("a:1", []), ("b:2", []), ("d:4", []))); // an epoch is being opened: nobody holds any
        recorder.ClusterSeen(Status(slot: 2, epoch: 2, ("a:1", [0, 2, 3, 5]), ("b:2", [4]), ("d:4", [1])));
        recorder.ClusterSeen(Status(slot: 3, epoch: 2, ("a:1", [0, 2, 3, 5]), ("b:2", [4]), ("d:4", [1])));

        Assert.Equal(
            ["zones 2, 5 moved from b:2 to a:1", "zone 4 moved from c:3 to b:2", "zone 1 moved from b:2 to d:4"],
            recorder.Recording.Events(0).Where(happened => happened.Kind == "zones").Select(happened => happened.Text));
    }

    [Fact]
    public void A_recording_of_an_older_build_is_refused_by_its_version()
    {
        run.Record(_folder.Path).Recording.Dispose();
        var bytes = File.ReadAllBytes(Recording.FramesIn(_folder.Path));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), 1);
        File.WriteAllBytes(Recording.FramesIn(_folder.Path), bytes);

        Assert.Contains(
            "is a recording of version 1; this program reads version 2", Assert.Throws<InvalidDataException>(() => Recording.Open(_folder.Path).Dispose()).Message);
    }

    [Fact]
    public void Metrics_of_a_slot_are_those_of_its_report()
    {
        using var recording = run.Record(_folder.Path).Recording;

        var plotted = PlottedMetrics.Of(recording.World).Select(metric => metric.Name).ToList();

        Assert.Contains("regret.mean", plotted);
        Assert.DoesNotContain("latency.p95", plotted); // a slot's sums do not tell it
        foreach (var metric in Metric.All.Where(metric => plotted.Contains(metric.Name)))
        {
            var values = PlottedMetrics.Series(recording, metric.Name, from: 2)!;
            Assert.Equal(
                run.Reports.Skip(2).Select(report => metric.Of(new Measured(report.Total, (float)report.UtilisationMean, null, report.Twins))),
                Enumerable.Range(0, values.Length / 8).Select(i => BinaryPrimitives.ReadDoubleLittleEndian(values.AsSpan(8 * i))));
        }

        Assert.Null(PlottedMetrics.Series(recording, "none", from: 0));
    }

    [Fact]
    public async Task A_viewer_that_is_slow_is_given_the_newest_frame_and_none_of_those_between()
    {
        using var recorder = new RunRecorder(_folder.Path, "tiny", run.World, 1);
        var first = recorder.Recording.NextAsync(0, CancellationToken.None);
        Assert.False(first.IsCompleted);
        foreach (var report in run.Reports)
            recorder.SlotCompleted(report);

        var next = await recorder.Recording.NextAsync(1, CancellationToken.None);

        Assert.NotNull(await first.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(TinyRun.Slots - 1, BinaryPrimitives.ReadInt32LittleEndian(next.AsSpan(FrameLayout.SlotAt)));
    }

    private static ClusterStatus Status(int slot, long epoch, params (string Node, int[] Zones)[] nodes) =>
        new("tiny", slot, TinyRun.Slots, epoch, 0, [.. nodes.Select(node => new NodeStatus(node.Node, "", "Up", node.Zones, 10, 100))]);

    private int RecordBytes()
    {
        var layout = RecordedWorld.Of("tiny", run.World, 1).Layout();
        return layout.FrameBytes + layout.DetailBytes + 16;
    }
}
