using Diten.Model.Offloading;
using Diten.Model.Policies.Tabular;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.Space;
using Diten.Model.Tests.Offloading;

namespace Diten.Model.Tests.Policies.Tabular;

public class QLearningTests
{
    private const int Bad = 0, Good = 1, Wait = 0, Repair = 1;

    /// <summary>
    /// In state bad, waiting costs 1 a slot and repairing leads to good; good costs nothing and turns bad with probability 0.1. Discount 0.9.
    /// Repairing: V(good) = 0.9 (0.9 V(good) + 0.1 V(bad)) = 9/19 V(bad) and V(bad) = −c + 0.9 V(good), so V(bad) = −c / (1 − 8.1/19).
    /// Waiting: V(bad) = −10.
    /// </summary>
    [Theory]
    [InlineData(3, Repair, -5.2294)]
    [InlineData(5.5, Repair, -9.5872)]
    [InlineData(6, Wait, -10)]
    public void A_table_learns_the_optimum_of_a_tiny_process(double cost, int best, double value)
    {
        var table = new QTable([0b11, 0b01], actions: 2, discount: 0.9);
        var state = Bad;
        for (var slot = 0; slot < 400_000; slot++)
        {
            var (luck, which) = RandomStreams.UniformPair(1, 0, slot, Purpose.PolicyTraining);
            var action = table.Any(state, which);   // learning does not need to act well
            var (reward, next) = (state, action) switch
            {
                (Bad, Wait) => (-1.0, Bad),
                (Bad, _) => (-cost, Good),
                _ => (0.0, luck < 0.1 ? Bad : Good),
            };
            table.Learn(state, action, reward, next, TransitionEnd.None);
            state = next;
        }

        Assert.Equal(best, table.Greedy(Bad));
        Assert.Equal(value, table.Value(Bad, best), 0.02 * -value);
    }

    [Fact]
    public void A_transition_moves_the_value_by_the_learning_rate()
    {
        var table = new QTable([0b1, 0b1], actions: 1, discount: 0.5);
        table.Learn(1, 0, reward: -8, next: 1, TransitionEnd.Terminal);

        table.Learn(0, 0, reward: -2, next: 1, TransitionEnd.None);        // whole: −2 + ½ · −8
        Assert.Equal(-6, table.Value(0, 0));
        table.Learn(0, 0, reward: -1.1, next: 1, TransitionEnd.Terminal);  // 50/51 of the way to −1.1 from here on: the end is worth 0
        Assert.Equal(-6 + 50 / 51.0 * 4.9, table.Value(0, 0), 12);
        table.Learn(0, 0, reward: -2, next: 1, TransitionEnd.Truncated);   // what comes after a cut counts
        Assert.Equal(-6 + 50 / 51.0 * 4.9 + 50 / 52.0 * (-6 - (-6 + 50 / 51.0 * 4.9)), table.Value(0, 0), 12);
    }

    [Fact]
    public void Only_actions_that_were_tried_are_best_and_only_allowed_ones_are_drawn()
    {
        var table = new QTable([0b110, 0b111], actions: 3, discount: 0.5);

        Assert.Equal(-1, table.Greedy(0));
        table.Learn(0, 2, -1, 0, TransitionEnd.Terminal);
        Assert.Equal(2, table.Greedy(0));
        table.Learn(0, 1, -1, 0, TransitionEnd.Terminal);
        Assert.Equal(1, table.Greedy(0));   // the first of equals
        Assert.Equal([1, 1, 2, 2], new[] { 0, 0.49, 0.5, 0.999 }.Select(uniform => table.Any(0, uniform)));
        Assert.Equal([0, 1, 2], new[] { 0.33, 0.34, 0.67 }.Select(uniform => table.Any(1, uniform)));
    }

    [Fact]
    public void States_tell_place_gain_and_queue_apart()
    {
        var states = new QStates(v: 20, migrationCost: 1);
        var batch = Rows.Batch(
            new Row(0.1, 0.1, 0.1) { Serving = 0 },
            new Row(0.1, 0.1, 0.1) { Serving = 1 },
            new Row(0.1, 0.1, 0.1) { Serving = 2 },
            new Row(0.1) { Serving = 0 },
            new Row(0.11, 0.1, 0.1) { Serving = 0 },                 // gain 0.2
            new Row(0.111, 0.1, 0.1) { Serving = 0 },                // gain 0.22
            new Row(0.1, 0.1, 0.1) { Serving = 0, Queue = 0.2 },
            new Row(0.1, 0.1, 0.1) { Serving = 0, Queue = 99 },
            new Row(0.1, 0.1, 0.1) { Serving = -1, Queue = 99 },
            new Row(0.1, 0.1, 0.1) { Serving = -1, Free = true });

        Assert.Equal([0, 42, 84, 0, 12, 18, 1, 5, 131, 132], Enumerable.Range(0, batch.Count).Select(row => states.Of(batch, row)));
        Assert.Equal(133, QStates.Count);
        Assert.Equal(0b110u, QStates.Allowed()[131]);
        Assert.Equal(0b111u, QStates.Allowed()[125]);
    }

    [Fact]
    public void Actions_are_staying_the_nearest_and_the_fastest()
    {
        var batch = Rows.Batch(new Row(0.3, 0.1, 0.1, 0.2) { Serving = 3 });

        int[] actions = [QStates.Stay, QStates.Nearest, QStates.Fastest];
        Assert.Equal([3, 0, 1], actions.Select(action => QStates.Candidate(batch, 0, action)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_learns_to_move_for_much_and_to_stay_for_little_and_that_a_queue_makes_the_difference(ulong seed)
    {
        var policy = Train(new Scenario { Seed = seed });
        // 20 · (0.20 − 0.10) = 2 against an empty queue, 20 · (0.11 − 0.10) = 0.2 against one of 1.
        Assert.Equal(1, policy.Choice(new Row(0.20, 0.10, 0.25) { Serving = 0 }));
        Assert.Equal(0, policy.Choice(new Row(0.11, 0.10, 0.25) { Serving = 0, Queue = 1 }));
        // In the first slot and where the server was lost the nearest may be slow: the fastest is worth it.
        Assert.Equal(1, policy.Choice(new Row(0.20, 0.10, 0.25) { Serving = -1, Free = true }));
        Assert.Equal(1, policy.Choice(new Row(0.20, 0.10, 0.25) { Serving = -1 }));
    }

    [Fact]
    public void The_same_scenario_and_seed_teach_the_same()
    {
        int[] Actions(ulong seed) => [.. Enumerable.Range(0, QStates.Count).Select(Train(new Scenario { Seed = seed }).Action)];

        Assert.Equal(Actions(1), Actions(1));
        Assert.NotEqual(Actions(1), Actions(2));   // it is learned, and from other draws
    }

    [Fact]
    public void What_is_predicted_happens_where_nothing_changes()
    {
        var scenario = new Scenario
        {
            Devices = new DevicesSection { Count = 1, SpeedMetresPerSecond = 0 },   // nobody else, and nobody moves
            Servers = new ServersSection { Background = BackgroundKind.None },
        };
        var world = new TrainingWorld(Surroundings.Of(scenario, Topologies.Create(scenario).Topology), devices: 3);
        for (var slot = 0; slot < 5; slot++)
        {
            world.BeginSlot(slot);
            for (var device = 0; device < 3; device++)
            {
                var (k, queue) = (slot % 2, world.Batch.Queues[device]);
                var moves = slot > 0;   // to and fro between the nearest two, once it has begun

                Assert.Equal(!moves, world.Batch.Free[device]);
                var predicted = world.Batch.PredictedSeconds.AsSpan(device * 5, 5).ToArray();
                Assert.Equal(-20 * (predicted[k] - predicted.Min()) - (moves ? queue : 0), world.Serve(device, k), 12);
            }
        }
    }

    [Fact]
    public void Loads_are_Poisson_numbers()
    {
        // e^−0.5 = 0.6065, and half as much again: 0.9098.
        Assert.Equal([0, 0, 1, 1, 2], new[] { 0, 0.606, 0.607, 0.909, 0.910 }.Select(uniform => TrainingWorld.Poisson(0.5, uniform)));
        Assert.Equal([100, 101], new[] { 0.6, 0.8 }.Select(uniform => TrainingWorld.Poisson(100.3, uniform)));
        var mean = Enumerable.Range(0, 20_000).Average(i => TrainingWorld.Poisson(7, RandomStreams.Uniform(1, i, 0, Purpose.PolicyTraining)));
        Assert.Equal(7, mean, 0.1);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(400, 1)]
    [InlineData(15, 1000)]
    public void Any_world_can_be_trained_for(double speed, int candidates)
    {
        var policy = Train(new Scenario
        {
            Devices = new DevicesSection { SpeedMetresPerSecond = speed, JourneySlots = 1, Count = 1_000_000 },
            Decisions = new DecisionsSection { Candidates = candidates },
            Objective = new ObjectiveSection { MigrationCost = 0 },
            Servers = new ServersSection { Background = BackgroundKind.Trace },
        });

        Assert.InRange(policy.Choice(new Row(0.2, 0.1) { Serving = -1, Free = true }), 0, 1);
    }

    private static QLearning Train(Scenario scenario) => QLearning.Train(Surroundings.Of(scenario, Topologies.Create(scenario).Topology));
}
