using Diten.Actors;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;
using Diten.Runs.Scenarios;
using Diten.View.Recordings;

namespace Diten.View.Tests.Recordings;

/// <summary>What a recording says of faults: to a server those at it, and in the log one line for all that a fault strikes at once.</summary>
public sealed class FaultTests(TinyRun run) : IClassFixture<TinyRun>
{
    [Fact]
    public void A_server_hears_of_each_fault_while_it_is_in_force_there_and_of_no_other()
    {
        using var folder = new TemporaryFolder();
        var scenario = City(
            Cut("all", 1, 4), // more servers than the log has lines for a fault
            Cut("later", 5, 6),
            Cut("elsewhere", 0, 6) with { Selection = FaultSelection.Ids, Ids = new WholeNumbers([90]) },
            new Fault { Name = "flicker", Kind = FaultKind.Delay, What = FaultWhat.Estimate, DelayLowSlots = 1, DelayHighSlots = 1, Timing = FaultTiming.At, At = new WholeNumbers([0, 2, 3]) },
            new Fault { Name = "hole", Kind = FaultKind.Down, What = FaultWhat.Stations, Selection = FaultSelection.Ids, Ids = new WholeNumbers([900]), Timing = FaultTiming.Slots, FromSlot = 3, ToSlot = 5 });
        var world = World.Create(scenario);
        Assert.Equal(1024, world.Topology.ServerCount);
        var thrown = new Fault { Name = "hand", Kind = FaultKind.LoseQueue, What = FaultWhat.Servers, Selection = FaultSelection.Ids, Ids = new WholeNumbers([900]), Timing = FaultTiming.Slots, FromSlot = 4, ToSlot = 6 };
        using (var recorder = new RunRecorder(folder.Path, "city", world, 1))
        {
            foreach (var report in run.Reports)
            {
                if (report.Slot == 4)
                    recorder.Edited(new RunEdited(4, new RunChange(RunChangeKind.AddFaults, ""), ScenarioFile.Resolve(scenario with { Faults = scenario.Faults.With(thrown) }), "", "fault hand"));
                recorder.SlotCompleted(report);
            }

            Assert.Equal(Expected, Told(recorder.Recording));
        }

        using var read = Recording.Open(folder.Path);
        Assert.Equal(Expected, Told(read));
    }

    [Fact]
    public void Of_a_circle_and_of_faults_that_come_and_go_a_recording_knows_the_same_targets_and_slots_as_the_run()
    {
        using var folder = new TemporaryFolder();
        var world = World.Create(City(
            Cut("circle", 0, 6) with { Selection = FaultSelection.Circle, CircleX = 1000, CircleY = 2000, CircleRadius = 777 },
            Cut("drawn", 0, 6) with { Selection = FaultSelection.Share, Share = 0.3 },
            Cut("renewed", 0, 0) with { Timing = FaultTiming.Renewal, RenewalBetweenSlots = 4, RenewalLastingSlots = 2, RenewalFromSlot = 1, RenewalToSlot = 5 }));
        new RunRecorder(folder.Path, "city", world, 1).Dispose();

        using var read = Recording.Open(folder.Path);

        Assert.Equal(InForce(world.Faults), InForce(read.Faults));
        Assert.All(world.Faults.All, fault => Assert.Contains(InForce(world.Faults), one => one.Fault == fault.Index));
    }

    [Fact]
    public void The_log_has_one_line_a_fault_and_stretch_by_slot()
    {
        var plan = World.Create(City(
            Cut("silence", 60, 160),
            Cut("always", 0, 0) with { Timing = FaultTiming.Always, Kind = FaultKind.Drop, Probability = 0.5, Selection = FaultSelection.Ids, Ids = new WholeNumbers([7]) },
            Cut("beyond", 300, 310),
            new Fault { Name = "at", Kind = FaultKind.LoseQueue, What = FaultWhat.Servers, Selection = FaultSelection.Ids, Ids = new WholeNumbers([3, 5]), Timing = FaultTiming.At, At = new WholeNumbers([8, 9, 70]) }) with
        { Slots = 200 }).Faults;

        Assert.Equal(
            [
                (0, "always: drop on sync 7, slots 0–199"), (8, "at: lose-queue on servers, 2 targets, slots 8–9"),
                (60, "silence: cut on sync, 1024 targets, slots 60–159"), (70, "at: lose-queue on servers, 2 targets, slot 70"),
            ],
            FaultLines.Of(plan, 200).Select(told => (told.Slot, told.Text)));
    }

    [Fact]
    public void Of_a_fault_that_strikes_again_and_again_the_first_times_are_told_and_that_there_are_more()
    {
        var renewed = Cut("renewed", 0, 0) with { Timing = FaultTiming.Renewal, RenewalBetweenSlots = 20, RenewalLastingSlots = 3 };
        var plan = World.Create(City(renewed) with { Slots = 200 }).Faults;

        var told = FaultLines.Of(plan, 200).ToList();

        Assert.InRange(told.Count, 2, FaultLines.MostOfFault + 1);
        Assert.Equal(told.Select(line => line.Slot).Order(), told.Select(line => line.Slot));
        Assert.Equal("renewed: strikes more often than is told here", told[^1].Text);
        var (first, planned) = (told[0], plan.All[0]);
        Assert.Equal(Enumerable.Range(0, 200).First(slot => planned.Targets.Any(target => planned.IsInForce(target, slot))), first.Slot);
    }

    private static string[] Expected =>
    [
        "flicker 0-1", "all 1-4", "all 1-4, flicker 2-4", "all 1-4, flicker 2-4, hole 3-5 of its station", "hand 4-6, hole 3-5 of its station", "hand 4-6, later 5-6",
    ];

    private static IEnumerable<string> Told(Recording recording) => Enumerable.Range(0, TinyRun.Slots).Select(index => string.Join(", ", Stories.OfServer(recording, 900, index)!.Faults
        .Select(fault => FormattableString.Invariant($"{fault.Name} {fault.From}-{fault.To}{(fault.OfStation ? " of its station" : "")}"))));

    private static List<(int Fault, int Target, int Slot)> InForce(FaultPlan plan) =>
    [
        .. from planned in plan.All
           from target in Enumerable.Range(0, 1024)
           from slot in Enumerable.Range(0, TinyRun.Slots)
           where planned.IsInForce(target, slot)
           select (planned.Index, target, slot),
    ];

    private static Fault Cut(string name, int from, int to) =>
        new() { Name = name, Kind = FaultKind.Cut, What = FaultWhat.Sync, Timing = FaultTiming.Slots, FromSlot = from, ToSlot = to };

    private static Scenario City(params Fault[] faults) => new()
    {
        Seed = 3,
        Slots = TinyRun.Slots,
        AreaSideMetres = 5000,
        Devices = new DevicesSection { Count = TinyRun.Devices },
        Faults = new FaultMap(faults),
    };
}
