using System.Buffers.Binary;
using Diten.Actors;
using Diten.Actors.Nodes;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;
using Diten.View.Recordings;

namespace Diten.View.Tests.Recordings;

/// <summary>However old a twin is, its age is told, and its ring closes where the scenario calls it desynchronised.</summary>
public sealed class AgeTests(TinyRun run) : IClassFixture<TinyRun>
{
    private const int Frozen = 1, From = 4, Slots = 90;

    [Theory]
    [InlineData(10)]
    [InlineData(70)]
    [InlineData(1000)]
    public async Task A_twin_that_is_frozen_for_80_slots_tells_80(int desyncAge)
    {
        using var folder = new TemporaryFolder();
        var world = World(desyncAge);
        var recorder = new RunRecorder(folder.Path, "tiny", world, 1, shown: true);
        await Emulation.RunAsync(world, new EmulationOptions { DeviceRecordsEvery = 1 }, recorder, CancellationToken.None);
        recorder.Dispose();
        recorder.Recording.Dispose();

        using var recording = Recording.Open(folder.Path);
        var moments = Stories.OfServer(recording, Frozen, upTo: Slots)!.Moments;

        Assert.Equal(80, moments[From + 80].AgeSlots); // the sync of the slot in which it froze was on its way
        var unit = FrameLayout.AgeUnit(desyncAge);
        foreach (var (moment, index) in moments.Select((moment, index) => (moment, index)))
        {
            var bits = recording.Frame(index)![recording.World.Layout().ConditionAt + Frozen] & FrameLayout.MostAge;
            Assert.Equal(Math.Min(FrameLayout.MostAge, Math.Ceiling((double)moment.AgeSlots / unit)), bits);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(63, 1)]
    [InlineData(64, 2)]
    [InlineData(630, 10)]
    [InlineData(int.MaxValue, 34_087_043)]
    public void Frames_count_ages_by_so_many_slots_that_a_ring_can_close(int desyncAge, int unit)
    {
        Assert.Equal(unit, FrameLayout.AgeUnit(desyncAge));
        Assert.True((long)unit * FrameLayout.MostAge >= desyncAge);
    }

    [Fact]
    public void A_server_that_is_down_is_so_in_its_slots_only()
    {
        using var folder = new TemporaryFolder();
        var world = World(10, new Fault
        {
            Name = "gone",
            Kind = FaultKind.Down,
            What = FaultWhat.Servers,
            Selection = FaultSelection.Ids,
            Ids = new WholeNumbers([1, 8]),
            Timing = FaultTiming.Slots,
            FromSlot = 1,
            ToSlot = 3,
        });
        using var recorder = new RunRecorder(folder.Path, "tiny", world, 1);
        foreach (var report in run.Reports.Take(4)) // who is down is in no report
            recorder.SlotCompleted(report with { Servers = [], Devices = [] });

        var layout = recorder.Recording.World.Layout();

        Assert.Equal([0, 0x0102, 0x0102, 0], Enumerable.Range(0, 4).Select(index => (int)BinaryPrimitives.ReadUInt16LittleEndian(recorder.Recording.Frame(index).AsSpan(layout.ServersDownAt))));
        Assert.All(Enumerable.Range(0, 4), index => Assert.Equal(0, recorder.Recording.Frame(index)![layout.DownAt])); // their stations are not
    }

    private static World World(int desyncAge, params Fault[] more) => Model.Worlds.World.Create(new Scenario
    {
        Seed = 3,
        Slots = Slots,
        AreaSideMetres = 500,
        Devices = new DevicesSection { Count = 10 },
        Twins = new TwinsSection { DesyncAgeSlots = desyncAge },
        Faults = new FaultMap([
            new Fault
            {
                Name = "stuck", Kind = FaultKind.Freeze, What = FaultWhat.Twins, Selection = FaultSelection.Ids, Ids = new WholeNumbers([Frozen]),
                Timing = FaultTiming.Slots, FromSlot = From, ToSlot = Slots,
            },
            .. more,
        ]),
    });
}
