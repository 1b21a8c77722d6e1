using Diten.Model.Faults;
using Diten.Model.Offloading.Bounds;
using Diten.Model.Randomness;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Tests.Offloading.Bounds;

public class BoundInputsTests
{
    // Three stations on a line, 100 m apart; two candidates a device. ψ = 2 ms / 100 m.
    private static readonly Topology Line = new([0, 100, 200], [0, 0, 0], [true, true, true], new Area(0, 0, 300, 300), 100);

    private static readonly Scenario Scenario = new()
    {
        Seed = 9,
        Slots = 3,
        Devices = new DevicesSection { Count = 2, JourneySlots = 2 },
        Decisions = new DecisionsSection { Candidates = 2 },
    };

    private static readonly BoundInputs Inputs = new(Scenario, Line);

    [Fact]
    public void A_tasks_work_is_drawn_again_as_the_run_drew_it()
    {
        var data = 4.8e6 + 1.6e6 * RandomStreams.Uniform(9, 4, 2, Purpose.Task, 0);
        var cyclesPerBit = 200 + 200 * RandomStreams.Uniform(9, 4, 2, Purpose.Task, 1);

        Assert.Equal(data * cyclesPerBit, Inputs.Cycles(4, 2), 1e-3);
    }

    [Theory]
    [InlineData(FaultWhat.Sync, false)]
    [InlineData(FaultWhat.Twins, false)]
    [InlineData(FaultWhat.Servers, true)]
    [InlineData(FaultWhat.Stations, true)]
    [InlineData(FaultWhat.Radio, true)]
    [InlineData(FaultWhat.Backhaul, true)]
    public void There_are_no_bounds_where_faults_change_what_tasks_meet(FaultWhat what, bool changes)
    {
        var faulty = Scenario with { Faults = new FaultMap([new Fault { Name = "any", Kind = FaultKind.Slow, What = what }]) };

        Assert.Equal(changes, faulty.Faults.ChangesWhatTasksMeet);
        if (changes)
            Assert.Throws<NotSupportedException>(() => new BoundInputs(faulty, Line));
        else
            Assert.NotNull(new BoundInputs(faulty, Line));
    }

    [Fact]
    public void On_its_own_server_a_task_meets_the_recorded_load_and_elsewhere_one_task_more()
    {
        var record = Record(device: 0, slot: 0, x: 30, server: 0);
        var (own, other) = (Server(0, 0, tasks: 2, free: 10e9, deviation: 1e9), Server(0, 1, tasks: 2, free: 12e9, deviation: -1e9));
        var cycles = Inputs.Cycles(0, 0);

        Assert.Equal(0.015 + 30 * 2e-5 + cycles / 6e9, Inputs.SecondsOn(record, own), 12);
        Assert.Equal(0.015 + 70 * 2e-5 + cycles / 3e9, Inputs.SecondsOn(record, other), 12);
        Assert.Equal(0.015 + 70 * 2e-5 + cycles / 0.4e9, Inputs.SecondsOn(record, other with { DeviationHertz = -3.9e9 }), 12);
    }

    [Fact]
    public void On_the_twins_side_a_deviation_misleads_but_does_not_slow_down()
    {
        var inputs = new BoundInputs(Scenario with { Twins = new TwinsSection { DeviationSide = DeviationSide.Twin } }, Line);

        Assert.Equal(
            0.015 + 30 * 2e-5 + inputs.Cycles(0, 0) / 5e9,
            inputs.SecondsOn(Record(0, 0, 30, 0), Server(0, 0, tasks: 2, free: 10e9, deviation: 1e9)), 12);
    }

    [Fact]
    public void An_exclusive_server_is_as_fast_under_any_load()
    {
        var inputs = new BoundInputs(Scenario with { Servers = new ServersSection { Sharing = CpuSharing.Exclusive } }, Line);

        Assert.Equal(
            0.015 + 70 * 2e-5 + inputs.Cycles(0, 0) / 13e9,
            inputs.SecondsOn(Record(0, 0, 30, 0), Server(0, 1, tasks: 7, free: 12e9, deviation: 1e9)), 12);
    }

    [Fact]
    public void Journeys_are_cut_out_of_a_run_and_their_frontier_holds_what_was_done()
    {
        ServerSlotRecord[][] servers =
        [
            [Server(0, 0, 2, 10e9), Server(0, 1, 0, 10e9), Server(0, 2, 0, 10e9)],
            [Server(1, 0, 1, 10e9), Server(1, 1, 0, 20e9), Server(1, 2, 0, 10e9)],
            [Server(2, 0, 0, 10e9), Server(2, 1, 1, 10e9), Server(2, 2, 1, 10e9)],
        ];
        DeviceSlotRecord[] records =
        [
            Done(Record(1, 0, 20, 0), servers), Record(1, 1, 290, -1) with { Outcome = TaskOutcome.Uncovered }, Done(Record(1, 2, 180, 2), servers),
            Done(Record(0, 0, 40, 0), servers), Done(Record(0, 1, 45, 0), servers), Done(Record(0, 2, 60, 1), servers),
        ];

        var journeys = Inputs.Journeys(records, slot => servers[slot]).ToArray();

        Assert.Equal([(0, 0), (0, 2), (1, 0), (1, 2)], journeys.Select(journey => (journey.Device, journey.FirstSlot)));
        Assert.Equal([true, false, true, false], journeys.Select(journey => journey.Whole));
        Assert.Equal([2, 1, 1, 1], journeys.Select(journey => journey.Tasks));
        Assert.Equal([[0, 1], [0, 1]], journeys[0].Slots.Select(slot => slot.Servers));
        Assert.Empty(journeys[2].Slots[1].Servers);
        Assert.Equal(records[3].LatencySeconds + records[4].LatencySeconds, journeys[0].Seconds, 12);
        // The device could have had server 1 to itself: in slot 0 twice as fast as half of server 0, in slot 1 twice as fast again.
        Assert.Equal([1, 1], journeys[0].Frontier().Sequence(0));
        Assert.All(journeys, journey => Assert.InRange(journey.Frontier().AtMost(journey.Migrations), 0, journey.Seconds + 1e-12));
    }

    [Fact]
    public void A_slot_for_the_balance_bound_has_every_covered_task()
    {
        ServerSlotRecord[] servers = [Server(0, 0, 2, 10e9, 1e9), Server(0, 1, 0, 20e9), Server(0, 2, 0, 10e9)];
        DeviceSlotRecord[] records =
            [Done(Record(0, 0, 40, 0), [servers]), Done(Record(1, 0, 90, 0), [servers]), Record(2, 0, 0, -1) with { Outcome = TaskOutcome.Uncovered }];

        var slot = Inputs.Slot(records, servers);

        Assert.Equal([0, 2, 4], slot.Start);
        Assert.Equal([0, 1, 1, 0], slot.Servers);
        Assert.Equal([0.015 + 40 * 2e-5, 0.015 + 60 * 2e-5, 0.015 + 10 * 2e-5, 0.015 + 90 * 2e-5], slot.BaseSeconds, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([1e9, 0, 0], slot.DeviationHertz);
        var recorded = records.Sum(record => record.LatencySeconds);
        Assert.Equal(recorded, BalanceBound.TotalSeconds(slot, [0, 3]), 12);
        Assert.InRange(BalanceBound.Of(slot).LowerSeconds, 0, recorded);
    }

    [Fact]
    public void An_outage_counts_where_a_migration_was_made()
    {
        var inputs = new BoundInputs(
            Scenario with { Servers = new ServersSection { MigrationOutage = true, ServiceStateBits = 5e8 } }, Line);
        ServerSlotRecord[] servers = [Server(0, 0, 1, 10e9), Server(0, 1, 0, 10e9), Server(0, 2, 0, 10e9)];
        var record = Done(Record(0, 0, 40, 0), [servers]);
        record = record with { OutageSeconds = 0.05, LatencySeconds = record.LatencySeconds + 0.05 };

        Assert.Equal(0.05, inputs.Journeys([record], _ => servers).Single().OutageSeconds);
    }

    [Theory]
    [InlineData(CpuSharing.Fifo)]
    [InlineData(CpuSharing.ProcessorSharing)]
    public void Other_sharings_have_no_bound(CpuSharing sharing)
    {
        var scenario = Scenario with { Servers = new ServersSection { Sharing = sharing } };

        Assert.Contains("servers.sharing", Assert.Throws<NotSupportedException>(() => new BoundInputs(scenario, Line)).Message);
    }

    [Fact]
    public void There_is_nothing_to_balance_on_exclusive_servers()
    {
        var inputs = new BoundInputs(Scenario with { Servers = new ServersSection { Sharing = CpuSharing.Exclusive } }, Line);

        Assert.Throws<NotSupportedException>(() => inputs.Slot([], []));
    }

    [Fact]
    public void Records_that_do_not_fit_are_refused()
    {
        ServerSlotRecord[] servers = [Server(0, 0, 1, 10e9), Server(0, 1, 0, 10e9), Server(0, 2, 0, 10e9)];
        var record = Done(Record(0, 0, 40, 0), [servers]);
        var otherSeed = new BoundInputs(Scenario with { Seed = 10 }, Line);

        Assert.Contains("not of the same run", Assert.Throws<ArgumentException>(() => otherSeed.Slot([record], servers)).Message);
        Assert.Contains("every device's record", Assert.Throws<ArgumentException>(() => Inputs.Slot([], servers)).Message);
        Assert.Contains("all 3 servers", Assert.Throws<ArgumentException>(() => Inputs.Slot([record], servers[..2])).Message);
        Assert.Contains("slot 0", Assert.Throws<ArgumentException>(() => Inputs.Journeys([record with { Slot = 1 }], _ => servers).ToArray()).Message);
        Assert.Throws<ArgumentException>(() => new BoundInputs(Scenario with { Devices = new DevicesSection { Mobility = MobilityKind.Trace } }, Line));
    }

    private static DeviceSlotRecord Record(int device, int slot, double x, int server) =>
        new() { Device = device, Slot = slot, X = x, Server = server, UplinkSeconds = 0.015 };

    private static DeviceSlotRecord Done(DeviceSlotRecord record, ServerSlotRecord[][] servers) =>
        record with { LatencySeconds = Inputs.SecondsOn(record, servers[record.Slot][record.Server]) };

    private static ServerSlotRecord Server(int slot, int server, int tasks, double free, double deviation = 0) =>
        new() { Slot = slot, Server = server, Tasks = tasks, FreeHertz = free, DeviationHertz = deviation };
}
