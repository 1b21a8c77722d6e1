using Diten.Model.Learning;
using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.SystemTwin;

namespace Diten.Learning.Tests;

/// <summary>What a learner trains when, and which policy holds in which slot.</summary>
public sealed class LearnerStateTests
{
    private static readonly PolicyWeights Untrained = UntrainedPolicy.Set(1);

    private static readonly LearningReport Report = new(1, 4, [], (0, 0), 0, 0, 0, 0, 0, 0, 0, null);

    [Fact]
    public void Without_a_lag_the_next_slot_waits_for_the_version_that_is_due()
    {
        var state = State(period: 4, lag: 0);
        state.Begin(Untrained);
        TellSlots(state, 4);

        Assert.Null(state.PolicyAt(4));
        var due = Assert.IsType<TrainVersion>(state.TakeWork());
        Assert.Equal((1, 4), (due.Version, due.Slots));
        state.Trained(1, Untrained, Report);

        Assert.Equal(1, state.PolicyAt(4)!.Version);
        Assert.Equal(0, state.PolicyAt(3)!.Version);
        Assert.Null(state.TakeWork());
    }

    [Fact]
    public void With_a_lag_slots_go_on_with_the_version_before()
    {
        var state = State(period: 4, lag: 3);
        state.Begin(Untrained);
        TellSlots(state, 6);

        Assert.Equal(0, state.PolicyAt(6)!.Version);
        Assert.Null(state.PolicyAt(7));
        var due = Assert.IsType<TrainVersion>(state.TakeWork());
        Assert.Equal(4, due.Slots); // what came later is for the next one
        Assert.Equal(3, Assert.Single(due.Episodes).Length); // the fourth says what follows
    }

    [Fact]
    public void In_pretraining_the_scenarios_own_policy_decides_and_nothing_counts_as_sampled()
    {
        var state = State(period: 4, lag: 0, pretraining: 8);
        state.Begin(Untrained);
        TellSlots(state, 4);

        Assert.False(state.PolicyAt(3)!.Decides);
        Assert.All(Assert.IsType<TrainVersion>(state.TakeWork()).Episodes, episode => Assert.All(episode.Versions, version => Assert.Equal(-1, version)));
        state.Trained(1, Untrained, Report);
        TellSlots(state, 8, from: 4);
        state.Trained(2, Untrained, Report);
        Assert.False(state.PolicyAt(7)!.Decides);
        Assert.True(state.PolicyAt(8)!.Decides);
    }

    [Fact]
    public void A_checkpoint_comes_after_the_version_that_was_due_before_it_and_brings_all_back()
    {
        var state = State(period: 4, lag: 3);
        state.Begin(Untrained);
        TellSlots(state, 6);
        state.Capture(6);
        state.Capture(6); // asked for again
        TellSlots(state, 7, from: 6);

        Assert.IsType<TrainVersion>(state.TakeWork());
        state.Trained(1, Untrained, Report);
        var save = Assert.IsType<SaveLearner>(state.TakeWork());
        Assert.Equal(6, save.Slot);
        Assert.Null(state.TakeWork());
        var back = State(period: 4, lag: 3);
        back.Restore(Some.Kept(state.Save(save, Some.Trainer())));

        Assert.Equal(6, back.NextSlot);
        Assert.Equal(0, back.PolicyAt(6)!.Version); // in force still, though the next one is there
        Assert.Equal(1, back.PolicyAt(7)!.Version);
        TellSlots(back, 8, from: 6);
        TellSlots(state, 8, from: 7);
        var (expected, found) = (Assert.IsType<TrainVersion>(state.TakeWork()), Assert.IsType<TrainVersion>(back.TakeWork()));
        Assert.Equal(expected.Version, found.Version);
        Assert.Equal(expected.Episodes.SelectMany(e => e.States), found.Episodes.SelectMany(e => e.States));
    }

    [Fact]
    public void On_the_systems_twin_nothing_is_trained_before_a_journey_was_reported_and_the_emulations_episodes_train_nothing()
    {
        var state = TwinState();
        state.Begin(Untrained);
        TellTwin(state, 4);

        var fitting = Assert.IsType<TrainVersion>(state.TakeWork());
        Assert.Null(fitting.Twin);
        Assert.Empty(fitting.Episodes);
        state.Trained(1, Untrained, Report);
        Assert.False(state.PolicyAt(7)!.Decides);
        TellTwin(state, 8, from: 4);

        var due = Assert.IsType<TrainVersion>(state.TakeWork());
        Assert.Empty(due.Episodes);
        Assert.Equal(8, due.Twin!.Slots.Length);
        state.Trained(2, Untrained, Report);
        Assert.True(state.PolicyAt(8)!.Decides);
    }

    [Fact]
    public void A_version_that_was_due_before_the_systems_twin_was_fitted_never_decides()
    {
        var state = TwinState(lag: 3);
        state.Begin(Untrained);
        TellTwin(state, 7);
        Assert.Null(Assert.IsType<TrainVersion>(state.TakeWork()).Twin);
        state.Trained(1, Untrained, Report);

        Assert.Equal(1, state.PolicyAt(7)!.Version);
        Assert.False(state.PolicyAt(7)!.Decides); // though seven slots are over
    }

    [Fact]
    public void A_checkpoint_brings_back_to_the_bit_what_the_systems_twin_knows()
    {
        var (state, back) = (TwinState(), TwinState());
        state.Begin(Untrained);
        TellTwin(state, 6);
        state.TakeWork();
        state.Trained(1, Untrained, Report);
        state.Capture(6);
        back.Restore(Some.Kept(state.Save(Assert.IsType<SaveLearner>(state.TakeWork()), Some.Trainer())));
        TellTwin(state, 8, from: 6);
        TellTwin(back, 8, from: 6);

        var (expected, found) = (Assert.IsType<TrainVersion>(state.TakeWork()).Twin!, Assert.IsType<TrainVersion>(back.TakeWork()).Twin!);
        Assert.Equal((expected.Window, 8), (found.Window, found.Slots.Length));
        foreach (var (one, other) in expected.Slots.Zip(found.Slots))
        {
            Assert.Equal(one.Slot, other.Slot);
            Assert.Equal(one.FreeHertz, other.FreeHertz);
            Assert.Equal(one.DeviationHertz, other.DeviationHertz);
            Assert.Equal(one.TasksOfOthers, other.TasksOfOthers);
            Assert.Equal(one.Devices, other.Devices);
        }
    }

    [Fact]
    public void A_zone_that_reports_nothing_to_the_systems_twin_is_told() =>
        Assert.Throws<InvalidDataException>(() => TwinState().Add(0, 0, DecisionRows.None));

    private static LearnerState TwinState(int lag = 0) => new(
        new Scenario
        {
            Decisions = new DecisionsSection { Candidates = 1 },
            Devices = new DevicesSection { Count = 1, JourneySlots = 7 },
            Learning = new LearningSection { PeriodSlots = 4, LagSlots = lag, TrainOn = TrainingGround.SystemTwin },
        },
        zones: 1);

    private static void TellTwin(LearnerState state, int to, int from = 0)
    {
        for (var slot = from; slot < to; slot++)
            state.Add(
                0, slot, DecisionRows.None,
                new SystemReport(
                    [new TwinEstimate(0, slot, slot, 0, Math.Sqrt(slot), slot, -0.0)],
                    [new DeviceSighting(7, slot / 3.0, 2, slot % 2 - 1, 0.1, 3, 4, 5, slot == 5)]));
    }

    private static LearnerState State(int period, int lag, int pretraining = 0) => new(
        new Scenario
        {
            Decisions = new DecisionsSection { Candidates = 1 },
            Learning = new LearningSection { PeriodSlots = period, LagSlots = lag, PretrainingSlots = pretraining },
        },
        zones: 1);

    private static void TellSlots(LearnerState state, int to, int from = 0)
    {
        for (var slot = from; slot < to; slot++)
            state.Add(0, slot, new DecisionRows([7], [1], [0], [1], [-slot], [false], [.. Enumerable.Repeat((float)slot, DecisionFeatures.Count)]));
    }
}
