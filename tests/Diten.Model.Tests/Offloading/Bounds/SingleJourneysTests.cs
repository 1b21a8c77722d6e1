using Diten.Model.Offloading;
using Diten.Model.Offloading.Bounds;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Tests.Offloading.Bounds;

public class SingleJourneysTests
{
    // Three stations on a line, 100 m apart; two candidates a device. ψ = 2 ms / 100 m.
    private static readonly Topology Line = new([0, 100, 200], [0, 0, 0], [true, true, true], new Area(0, 0, 300, 300), 100);

    private static readonly Scenario Scenario = new()
    {
        Slots = 4,
        Devices = new DevicesSection { Count = 2, JourneySlots = 4 },
        Decisions = new DecisionsSection { Candidates = 2 },
    };

    private static readonly BoundInputs Inputs = new(Scenario, Line);

    // What twins published for a slot, and what then happened; the device was recorded at server 0, but for slot 2, out of coverage.
    private static readonly ServerSlotRecord[][] Servers =
    [
        [Server(0, 0, published: 2, tasks: 2), Server(0, 1, published: 1, tasks: 3), Server(0, 2, published: 0, tasks: 0)],
        [Server(1, 0, published: 2, tasks: 1), Server(1, 1, published: 3, tasks: 0), Server(1, 2, published: 0, tasks: 0)],
        [Server(2, 0, published: 1, tasks: 0), Server(2, 1, published: 0, tasks: 0), Server(2, 2, published: 0, tasks: 0)],
        [Server(3, 0, published: 0, tasks: 1), Server(3, 1, published: 0, tasks: 1), Server(3, 2, published: 0, tasks: 0)],
    ];

    private static readonly RecordedJourney Journey = Inputs.Journeys(
        [At(0, 40), At(1, 40), At(2, 40) with { Server = -1, Outcome = TaskOutcome.Uncovered }, At(3, 40)], slot => Servers[slot]).Single();

    [Fact]
    public void The_device_sees_the_load_of_others_wherever_it_went_itself()
    {
        var seen = new Scripted(1, 1, 0);

        new SingleJourneys(Scenario, Line, slot => Servers[slot]).Make(Journey, seen);

        // In slot 0 it counts at its nearest server, 0, and in slot 1 at the recorded one, 0 again; after a slot without a task nowhere.
        Assert.Equal([(1, 1), (1, 3), (0, 0)], seen.Others);
        Assert.Equal([10e9 / 2, 10e9 / 2, 10e9], seen.NearestHertz);
        Assert.Equal([-1, 1, 1], seen.Serving);
    }

    [Fact]
    public void It_gets_what_the_slot_had_for_it_and_pays_for_migrations_by_its_queue()
    {
        var seen = new Scripted(1, 0, 1);

        var made = new SingleJourneys(Scenario, Line, slot => Servers[slot]).Make(Journey, seen);

        // The first choice is free; moving in slot 1 fills the queue to 1 − β, and slot 2, without a task, drains it by β.
        Assert.Equal([0, 0, 0.6], seen.Queues, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(2, made.Migrations);
        // Server 1 beside its 3 tasks, 0 as recorded with 1, 1 beside its 1 task.
        var seconds = 3 * 0.015 + (60 + 40 + 60) * 2e-5
            + Inputs.Cycles(0, 0) / (10e9 / 4) + Inputs.Cycles(0, 1) / 10e9 + Inputs.Cycles(0, 3) / (10e9 / 2);
        Assert.Equal(seconds, made.Seconds, 12);
        Assert.Equal(-20 * seconds - 0.6, made.Reward, 10);
    }

    [Fact]
    public void A_migration_takes_its_outage()
    {
        var made = new SingleJourneys(Scenario, Line, slot => Servers[slot]).Make(Journey, new Scripted(1, 0, 1));
        var late = new SingleJourneys(Scenario, Line, slot => Servers[slot]).Make(Journey with { OutageSeconds = 0.05 }, new Scripted(1, 0, 1));

        Assert.Equal(made.Seconds + 2 * 0.05, late.Seconds, 12);
    }

    private static ServerSlotRecord Server(int slot, int server, int published, int tasks) =>
        new(slot, server, 20e9, 10e9, tasks, 0, 0, 10e9, published, 0, 0);

    private static DeviceSlotRecord At(int slot, double x)
    {
        var record = new DeviceSlotRecord(slot, 0, 0, x, 0, 0, TaskOutcome.InTime, false, 0.2, 0, 0, 0.015, 0, 0, 0, 0, 0, 0);
        return record with { LatencySeconds = Inputs.SecondsOn(record, Servers[slot][0]) };
    }

    /// <summary>Chooses as it was told, and takes note of what it saw.</summary>
    private sealed class Scripted(params int[] choices) : IOffloadingPolicy
    {
        public List<(int Nearest, int Other)> Others { get; } = [];

        public List<double> NearestHertz { get; } = [];

        public List<int> Serving { get; } = [];

        public List<double> Queues { get; } = [];

        public void Decide(DecisionBatch batch, Span<int> chosen)
        {
            chosen[0] = choices[Serving.Count];
            Others.Add((batch.TasksOfOthers[0], batch.TasksOfOthers[1]));
            NearestHertz.Add(batch.EstimatedHertz[0]);
            Serving.Add(batch.ServingIndices[0]);
            Queues.Add(batch.Queues[0]);
        }
    }
}
