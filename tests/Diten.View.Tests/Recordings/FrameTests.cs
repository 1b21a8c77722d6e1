using System.Buffers.Binary;
using Diten.Model.Records;
using Diten.View.Recordings;

namespace Diten.View.Tests.Recordings;

/// <summary>A frame says what the slot's report said, as exactly as its bits allow.</summary>
public sealed class FrameTests(TinyRun run) : IClassFixture<TinyRun>
{
    [Fact]
    public void A_frame_of_five_thousand_devices_and_a_thousand_stations_has_no_more_than_25_kB() =>
        Assert.InRange(new FrameLayout(1024, 1024, 5000).FrameBytes, 24_000, 25_000);

    [Theory]
    [InlineData(200, 1, 1)]
    [InlineData(5000, 1, 1)]
    [InlineData(5001, 1, 2)]
    [InlineData(100_000, 1, 20)]
    [InlineData(100_000, 7, 21)]
    public void Of_many_devices_no_more_are_drawn_than_a_map_can_show(int devices, int told, int every) =>
        Assert.Equal(every, RecordedWorld.DrawnEveryFor(devices, told));

    [Fact]
    public void Places_and_outcomes_of_devices_come_back()
    {
        var (layout, frames) = Frames();
        var step = 800.0 / FrameLayout.MostPlace;
        foreach (var (report, frame) in run.Reports.Zip(frames))
        {
            Assert.Equal(TinyRun.Devices, report.Devices.Length);
            foreach (var device in report.Devices)
            {
                var word = BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(layout.PlacesAt + (4 * device.Device)));
                Assert.Equal(device.X, (word & 0x7fff) * step, step);
                Assert.Equal(device.Y, ((word >> 15) & 0x7fff) * step, step);
                Assert.Equal(device.Outcome, (TaskOutcome)(word >> 30));
                Assert.Equal(device.Migrated, (frame[layout.MigratedAt + (device.Device / 8)] & (1 << (device.Device % 8))) != 0);
            }
        }
    }

    [Fact]
    public void Load_belief_condition_and_age_of_servers_come_back()
    {
        var (layout, frames) = Frames();
        Assert.Contains(run.Reports, report => report.Servers.Any(server => server.Twin!.AgeSlots > 0));
        foreach (var (report, frame) in run.Reports.Zip(frames))
        {
            foreach (var server in report.Servers)
            {
                Assert.Equal(server.Utilisation, frame[layout.LoadAt + server.Server] / 255.0, 0.002);
                Assert.Equal((server.TwinFreeHertz - server.FreeHertz) / server.CapacityHertz, (sbyte)frame[layout.BeliefAt + server.Server] / 127.0, 0.004);
                Assert.Equal((int)server.Twin!.Condition, frame[layout.ConditionAt + server.Server] >> 6);
                Assert.Equal(server.Twin.AgeSlots, frame[layout.ConditionAt + server.Server] & 63);
            }
        }
    }

    [Fact]
    public void Stations_that_are_down_are_holes_in_their_slots_only()
    {
        var (layout, frames) = Frames();

        Assert.Equal([0, 0, 1 << 2, 1 << 2, 0, 0], frames.Select(frame => (int)frame[layout.DownAt]));
    }

    [Fact]
    public void Sums_of_the_last_frame_are_those_of_the_whole_run_bit_for_bit()
    {
        var (layout, frames) = Frames();
        var total = run.Outcome.Total;
        var at = layout.RunTotalsAt;
        foreach (var count in TotalsTable.Counts)
            Assert.Equal(count.Of(ref total), Next());
        foreach (var sum in TotalsTable.Sums)
            Assert.Equal(sum.Of(ref total), Next());

        double Next() => BinaryPrimitives.ReadDoubleLittleEndian(frames[^1].AsSpan((at += 8) - 8));
    }

    [Fact]
    public void A_story_of_a_device_tells_its_decisions_and_what_came()
    {
        using var folder = new TemporaryFolder();
        using var recording = run.Record(folder.Path, drawnEvery: 5).Recording;

        var story = Stories.OfDevice(recording, 15, upTo: 99)!;

        Assert.Null(Stories.OfDevice(recording, 16, upTo: 99)); // it was not drawn
        foreach (var (moment, device) in story.Zip(run.Reports.Select(report => report.Devices.Single(device => device.Device == 15))))
        {
            Assert.Equal((device.Slot, device.Server, device.Migrated, (int)device.Outcome), (moment.Slot, moment.Server, moment.Migrated, moment.Outcome));
            Assert.Equal(device.LatencySeconds, moment.LatencySeconds, 1e-6);
            Assert.Equal(device.PredictedSeconds, moment.PredictedSeconds, 1e-6);
            Assert.Equal(device.X, moment.X, 0.1);
        }

        Assert.Equal(TinyRun.Slots, story.Count);
    }

    [Fact]
    public void A_story_of_a_server_tells_what_its_twin_believed_and_what_was_true_up_to_the_slot()
    {
        using var folder = new TemporaryFolder();
        using var recording = run.Record(folder.Path).Recording;

        var story = Stories.OfServer(recording, 4, upTo: 3)!.Moments;

        Assert.Null(Stories.OfServer(recording, recording.World.StationOfServer.Length, upTo: 3));
        Assert.Equal(4, story.Count);
        var (moment, server) = (story[3], run.Reports[3].Servers[4]);
        Assert.Equal(server.FreeHertz, moment.FreeHertz, 1e3);
        Assert.Equal(server.TwinFreeHertz, moment.TwinFreeHertz, 1e3);
        Assert.Equal((server.Tasks, server.TwinTasks, server.Twin!.AgeSlots), (moment.Tasks, moment.TwinTasks, moment.AgeSlots));
    }

    private (FrameLayout Layout, byte[][] Frames) Frames()
    {
        using var folder = new TemporaryFolder();
        using var recording = run.Record(folder.Path).Recording;
        return (recording.World.Layout(), [.. Enumerable.Range(0, recording.Frames).Select(index => recording.Frame(index)!)]);
    }
}
