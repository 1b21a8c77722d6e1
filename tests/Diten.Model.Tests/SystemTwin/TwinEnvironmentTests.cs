using Diten.Model.Offloading;
using Diten.Model.Scenarios;
using Diten.Model.SystemTwin;
using static Diten.Model.Tests.SystemTwin.TwinWorld;

namespace Diten.Model.Tests.SystemTwin;

/// <summary>Initial state, observation, transition and reward in the system's twin; all figures by hand from <see cref="TwinWorld.Recorded"/>.</summary>
public sealed class TwinEnvironmentTests
{
    private readonly DecisionBatch _batch = new(2);
    private readonly float[] _rewards = new float[2];

    [Fact]
    public void At_first_journeys_begin_and_everybody_counts_where_it_was_recorded()
    {
        var state = Environment(Recorded()).Initial(1);

        Assert.Equal([0, 0], state.LastTask);
        Assert.Equal([-1, -1], state.Serving);
        Assert.Equal([0, 0], state.Queue);
        Assert.Equal([3, 0, 0, 0], state.Seen); // devices 7 and 9, and somebody else
    }

    [Fact]
    public void A_device_sees_what_the_twins_had_published_without_its_own_last_task()
    {
        var environment = Environment(Recorded());

        environment.Observe(environment.Initial(1), [0], _batch);

        Assert.Equal((1, 7, 2, -1), (_batch.Count, _batch.Devices[0], _batch.CandidateCounts[0], _batch.ServingIndices[0]));
        Assert.True(_batch.Free[0]);
        Assert.Equal([0, 1], _batch.Servers[..2]);
        Assert.Equal([2, 0], _batch.TasksOfOthers[..2]);
        Assert.Equal([4e9, 8e9], _batch.EstimatedHertz[..2]); // 12 GHz for three, 8 GHz for one
        Assert.Equal(0.02 + 0.25, _batch.PredictedSeconds[0], 1e-12);
        Assert.Equal(0.02 + 0.002 + 0.125, _batch.PredictedSeconds[1], 1e-12);
    }

    [Fact]
    public void Who_decides_later_in_a_slot_sees_the_moves_of_those_before()
    {
        var environment = Environment(Recorded());
        var state = environment.Initial(1);

        Decide(environment, state, 0, 1);
        Assert.Equal([2, 1, 0, 0], state.Seen);
        environment.Observe(state, [1], _batch);

        Assert.Equal([1, 1], _batch.TasksOfOthers[..2]);
        Assert.Equal([6e9, 4e9], _batch.EstimatedHertz[..2]);
    }

    [Fact]
    public void What_comes_of_it_is_what_the_twins_knew_afterwards_with_the_tasks_of_this_play()
    {
        var environment = Environment(Recorded());
        var state = environment.Initial(1);
        Decide(environment, state, 0, 1);
        Decide(environment, state, 1, 0);

        environment.EndSlot(state, _rewards);

        Assert.Equal(-20 * (0.02 + 0.002 + 0.2), _rewards[0], 1e-5); // alone on 5 GHz
        Assert.Equal(-20 * (0.02 + 0.5), _rewards[1], 1e-5); // one of three on 6 GHz: two are others
        Assert.Equal([1, 0], state.LastTask);
        Assert.Equal([1, 0], state.Serving);
        Assert.Equal([3, 1, 0, 0], state.Seen);
        Assert.Equal(2, state.At);
    }

    [Fact]
    public void A_migration_delays_its_task_and_fills_the_queue_and_the_next_one_costs_it()
    {
        var environment = Environment(Recorded());
        var state = environment.Initial(1);
        Decide(environment, state, 0, 1);
        Decide(environment, state, 1, 0);
        environment.EndSlot(state, _rewards);
        state.Queue[0] = 0.5;

        environment.Observe(state, [0], _batch);
        Assert.Equal(1, _batch.ServingIndices[0]);
        Assert.Equal(0.02 + 4 / 6.0 + 0.004, _batch.PredictedSeconds[0], 1e-12); // back to server 0, where three are
        environment.Place(state, [0], _batch, [0]);
        Decide(environment, state, 1, 0);
        environment.EndSlot(state, _rewards);

        Assert.Equal(-20 * (0.02 + 0.4 + 0.004) - 0.5, _rewards[0], 1e-5); // one of four on 10 GHz
        Assert.Equal(0.5 + 1 - 0.2, state.Queue[0], 1e-12);
    }

    [Fact]
    public void A_journey_that_ends_leaves_its_task_and_nothing_else()
    {
        var environment = Environment(Recorded());
        var state = environment.Initial(2);
        state.Queue[1] = 3;
        Decide(environment, state, 1, 1);

        environment.EndSlot(state, _rewards);

        Assert.Equal((0, -1, 1), (state.Queue[1], state.Serving[1], state.LastTask[1]));
    }

    [Fact]
    public void Who_does_not_decide_has_no_reward_and_its_queue_falls()
    {
        var environment = Environment(Recorded());
        var state = environment.Initial(1);
        (state.Queue[0], state.Serving[0]) = (0.5, 0);
        Decide(environment, state, 1, 0);

        environment.EndSlot(state, _rewards);

        Assert.Equal(0, _rewards[0]);
        Assert.Equal((0.3, 0, -1), (state.Queue[0], state.Serving[0], state.LastTask[0]));
        Assert.Equal(-20 * (0.02 + 0.5), _rewards[1], 1e-5); // its task left server 0, but there are two others
    }

    /// <summary>Injected, a deviation is that of the slot, known in advance; emergent, it is part of what the twins know afterwards.</summary>
    [Theory]
    [InlineData(DeviationSource.Injected, DeviationSide.Server, 1 / 6.0)] // 5 GHz + 1
    [InlineData(DeviationSource.Injected, DeviationSide.Twin, 1 / 5.0)]
    [InlineData(DeviationSource.Emergent, DeviationSide.Server, 1 / 5.0)] // 0 in the slot that follows
    public void Deviations_act_as_in_the_emulation(DeviationSource source, DeviationSide side, double computationSeconds)
    {
        var scenario = Town with { Twins = new TwinsSection { DeviationSource = source, DeviationSide = side } };
        var environment = Environment(Recorded(deviation: 1), scenario);
        var state = environment.Initial(1);
        Decide(environment, state, 0, 1);

        environment.EndSlot(state, _rewards);

        Assert.Equal(-20 * (0.02 + 0.002 + computationSeconds), _rewards[0], 1e-5);
    }

    [Fact]
    public void Nobody_knows_who_was_where_before_the_first_slot() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Environment(Recorded()).Initial(0));

    private void Decide(TwinEnvironment environment, TwinEnvironmentState state, int device, int choice)
    {
        environment.Observe(state, [device], _batch);
        environment.Place(state, [device], _batch, [choice]);
    }
}
