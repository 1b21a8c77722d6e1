using Diten.Actors;
using Diten.Actors.Nodes;
using Diten.Model.Faults;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;
using Diten.View.Recordings;

namespace Diten.View.Tests;

/// <summary>Reports of a small town that was emulated once: twins that lose syncs, and a station that is down.</summary>
public sealed class TinyRun : IAsyncLifetime
{
    public const int Slots = 6, Devices = 50;

    internal World World { get; } = World.Create(new Scenario
    {
        Seed = 3,
        Slots = Slots,
        AreaSideMetres = 800,
        Devices = new DevicesSection { Count = Devices },
        Faults = new FaultMap([
            new Fault { Name = "hole", Kind = FaultKind.Down, What = FaultWhat.Stations, Selection = FaultSelection.Ids, Ids = new WholeNumbers([2]), Timing = FaultTiming.Slots, FromSlot = 2, ToSlot = 4 },
            new Fault { Name = "loss", Kind = FaultKind.Drop, What = FaultWhat.Sync, Probability = 0.5 },
        ]),
    });

    internal List<SlotReport> Reports { get; } = [];

    internal RunOutcome Outcome { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Outcome = await Emulation.RunAsync(World, new EmulationOptions { DeviceRecordsEvery = 1 }, new Collector(Reports), CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Records the run into a folder; the recording stays open.</summary>
    internal RunRecorder Record(string folder, int drawnEvery = 1)
    {
        var recorder = new RunRecorder(folder, "tiny", World, drawnEvery, shown: true);
        foreach (var report in Reports)
            recorder.SlotCompleted(report);
        recorder.Dispose();
        return recorder;
    }

    private sealed class Collector(List<SlotReport> reports) : IRunObserver
    {
        public void SlotCompleted(SlotReport report) => reports.Add(report);
    }
}
