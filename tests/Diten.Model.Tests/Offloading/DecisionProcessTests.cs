using Diten.Model.Offloading;
using Diten.Model.Scenarios;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Diten.Model.Tests.Offloading;

public class DecisionProcessTests
{
    [Fact]
    public void A_migration_fills_the_deficit_queue_and_time_drains_it()
    {
        // β𝒞 = 0.25 · 2 = 0.5.
        Assert.Equal(1.5, DeficitQueue.Next(0, cost: 2, beta: 0.25, migrationCost: 2));
        Assert.Equal(1.0, DeficitQueue.Next(1.5, cost: 0, beta: 0.25, migrationCost: 2));
        Assert.Equal(0.0, DeficitQueue.Next(0.25, cost: 0, beta: 0.25, migrationCost: 2));
    }

    [Property]
    public Property A_deficit_queue_is_never_negative_and_bounds_what_was_overdrawn() => Prop.ForAll(
        Gen.ArrayOf(Gen.Elements(true, false, false)).ToArbitrary(),
        moves =>
        {
            var queue = 0.0;
            foreach (var move in moves)
                Assert.True((queue = DeficitQueue.Next(queue, move ? 1 : 0, 0.25, 1)) >= 0);
            Assert.True(queue >= moves.Count(move => move) - 0.25 * moves.Length);
        });

    [Fact]
    public void The_reward_weighs_latency_and_overdrawn_migrations()
    {
        Assert.Equal(-20 * 0.125, Rewards.Of(0.125, queue: 3, cost: 0, v: 20));
        Assert.Equal(-2.5 - 6, Rewards.Of(0.125, queue: 3, cost: 2, v: 20));
    }

    [Fact]
    public void The_deficit_queue_grows_by_what_exceeds_the_budget_and_is_never_negative()
    {
        Assert.Equal(1.3, DeficitQueue.Next(0.5, 1, 0.2, 1), 1e-12);
        Assert.Equal(0.3, DeficitQueue.Next(0.5, 0, 0.2, 1), 1e-12);
        Assert.Equal(0, DeficitQueue.Next(0.1, 0, 0.2, 1));
    }

    [Fact]
    public void A_reward_falls_with_latency_and_with_the_queue_times_the_cost() =>
        Assert.Equal(-20 * 0.1 - 0.5 * 1, Rewards.Of(0.1, 0.5, 1, 20), 1e-12);

    [Fact]
    public void Features_of_a_row_worked_by_hand()
    {
        // Candidates at 50 and 100 m, f = 5 and 10 GHz, deviations 0 and −0.25 GHz; the second serves; Q = e − 1, so log(1 + Q) = 1.
        var batch = Rows.Batch(new Row(0.15, 0.10) { Serving = 1, Queue = Math.E - 1, Cycles = 1e9 });
        var features = new float[2 * DecisionFeatures.Count];

        Assert.Equal(22, new DecisionFeatures(100, v: 20, migrationCost: 1).Write(batch, 0, features));

        float[] expected =
        [
            0.5f, 0.5f, 0, 0.5f, 0.75f, 1, 1, 1, 0.5f, 0, (float)((20 * 0.05 + Math.E - 1) / 5),
            1.0f, 1.0f, -0.25f, 0, 0.5f, 0, 1, 0, 0.5f, 0.25f, 0,
        ];
        Assert.Equal(expected, features, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void With_their_ages_three_more_features_follow_those_of_each_candidate()
    {
        var batch = Rows.Batch(new Row(0.15, 0.10) { Serving = 1, Queue = Math.E - 1, Cycles = 1e9 });
        (batch.AgeSlots[0], batch.Suspect[0], batch.SpreadHertz[0]) = (4, true, 0.75e9);
        batch.AgeSlots[1] = -2; // its clock goes wrong
        var (plain, aged) = (new float[22], new float[28]);
        new DecisionFeatures(100, v: 20, migrationCost: 1).Write(batch, 0, plain);

        Assert.Equal(28, new DecisionFeatures(100, 20, 1, DecisionState.DitenAged).Write(batch, 0, aged));

        Assert.Equal(plain, (float[])[.. aged[..11], .. aged[14..25]]);
        Assert.Equal([(float)Math.Log(5), 1, 0.75f], aged[11..14]);
        Assert.Equal([0, 0, 0], aged[25..]);
        Assert.Equal([.. DecisionFeatures.Names, "log-age", "suspect", "spread"], DecisionFeatures.NamesOf(DecisionState.DitenAged).AsEnumerable());
    }

    [Fact]
    public void A_long_queue_does_not_drown_the_score()
    {
        var batch = Rows.Batch(new Row(0.1, 0.1) { Serving = 0, Queue = 500 });
        var features = new float[22];

        new DecisionFeatures(100, 20, 1).Write(batch, 0, features);

        Assert.Equal((0f, 2f), (features[10], features[21]));
    }

    [Fact]
    public void Nothing_moves_in_the_first_slot_of_a_journey_and_everything_where_the_server_is_lost()
    {
        var batch = Rows.Batch(new Row(0.1, 0.1) { Serving = -1, Free = true }, new Row(0.1, 0.1) { Serving = -1 });
        var (start, lost) = (new float[22], new float[22]);
        var features = new DecisionFeatures(100, 20, 1);

        features.Write(batch, 0, start);
        features.Write(batch, 1, lost);

        Assert.Equal((0f, 0f), (start[5], start[16]));
        Assert.Equal((1f, 1f), (lost[5], lost[16]));
    }

    [Fact]
    public void The_papers_state_is_distance_frequency_and_deviation_of_each_candidate_and_the_queue()
    {
        var batch = Rows.Batch(new Row(0.1, 0.2) { Queue = 1.5 });
        var state = new float[PaperState.Length(Rows.MaximumCandidates)];
        Array.Fill(state, float.NaN);

        new PaperState(100).Write(batch, 0, state);

        Assert.Equal([0.5f, 0.5f, 0, 1, 1, -0.25f, 0, 0, 0, 0, 0, 0, 1.5f], state);
    }

    [Fact]
    public void Features_need_room() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecisionFeatures(100, 20, 1).Write(Rows.Batch(new Row(0.1, 0.2)), 0, new float[21]));
}
