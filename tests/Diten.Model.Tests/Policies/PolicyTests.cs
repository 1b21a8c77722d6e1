using Diten.Model.Offloading;
using Diten.Model.Policies;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.Tests.Offloading;

namespace Diten.Model.Tests.Policies;

public class PolicyTests
{
    private static readonly DriftPlusPenalty DriftPlusPenalty = new(v: 20, migrationCost: 1);

    [Fact]
    public void A_scenarios_margin_and_weights_reach_its_policy()
    {
        var scenario = new Scenario { Objective = new ObjectiveSection { V = 100, MigrationCost = 2 }, Policy = new PolicySection { Margin = 0.05 } };
        var row = new Row(0.10, 0.09) { Serving = 0, Queue = 0.6 };

        // Staying scores 10, moving 9 + 0.6 · 2 = 10.2; one unit of cost a migration would give 9.6.
        Assert.Equal(0, Rows.Policy(scenario).Choice(row));
        Assert.Equal(1, Rows.Policy(scenario with { Policy = scenario.Policy with { Name = "hysteresis" } }).Choice(row));
    }

    [Fact]
    public void Nearest_first_takes_the_first_whatever_it_costs() =>
        Assert.Equal([0, 0], new NearestFirst().Choices(Rows.Batch(new Row(0.9, 0.1) { Serving = 1, Queue = 9 }, new Row(0.2))));

    [Fact]
    public void Staying_ends_where_the_server_is_lost() =>
        Assert.Equal(
            [2, 0, 0],
            new Stay().Choices(Rows.Batch(
                new Row(0.1, 0.2, 0.3) { Serving = 2 }, new Row(0.3, 0.1) { Serving = -1 }, new Row(0.3, 0.1) { Serving = -1, Free = true })));

    [Fact]
    public void Least_loaded_counts_tasks_and_breaks_ties_towards_the_nearer() =>
        Assert.Equal(
            [1, 0, 2],
            new LeastLoaded().Choices(Rows.Batch(
                new Row(0.1, 0.2, 0.3, 0.4) { Tasks = [2, 1, 1, 5] },
                new Row(0.9) { Tasks = [7] },
                new Row(0.1, 0.1, 0.9) { Tasks = [1, 1, 0], Queue = 50 })));

    [Fact]
    public void Lowest_latency_ignores_the_queue_and_breaks_ties_towards_the_nearer() =>
        Assert.Equal(
            [1, 0, 0],
            new LowestLatency().Choices(Rows.Batch(
                new Row(0.2, 0.1, 0.1) { Serving = 0, Queue = 100 }, new Row(0.3, 0.3) { Serving = 1 }, new Row(0.5))));

    [Fact]
    public void Drift_plus_penalty_moves_while_v_times_the_gain_exceeds_the_queue()
    {
        // Moving gains 20 · (0.20 − 0.15) = 1.
        Assert.Equal(1, DriftPlusPenalty.Choice(new Row(0.20, 0.15) { Serving = 0, Queue = 0.99 }));
        Assert.Equal(0, DriftPlusPenalty.Choice(new Row(0.20, 0.15) { Serving = 0, Queue = 1.01 }));
        Assert.Equal(2, DriftPlusPenalty.Choice(new Row(0.10, 0.10, 0.15) { Serving = 2, Queue = 1.01 }));
    }

    [Fact]
    public void Drift_plus_penalty_breaks_ties_towards_the_nearer()
    {
        Assert.Equal(0, DriftPlusPenalty.Choice(new Row(0.25, 0.25) { Serving = 1, Queue = 0 }));
        // 20 · 0.25 + 0 = 20 · 0.125 + 2.5, exactly.
        Assert.Equal(0, DriftPlusPenalty.Choice(new Row(0.25, 0.125) { Serving = 0, Queue = 2.5 }));
        Assert.Equal(0, DriftPlusPenalty.Choice(new Row(0.125, 0.25) { Serving = 1, Queue = 2.5 }));
    }

    [Fact]
    public void Drift_plus_penalty_takes_the_fastest_where_every_choice_costs_the_same()
    {
        Assert.Equal(1, DriftPlusPenalty.Choice(new Row(0.20, 0.19) { Serving = -1, Queue = 40 }));
        Assert.Equal(1, DriftPlusPenalty.Choice(new Row(0.20, 0.19) { Serving = -1, Free = true }));
        Assert.Equal(0, DriftPlusPenalty.Choice(new Row(0.20) { Serving = -1, Queue = 40 }));
    }

    [Fact]
    public void Hysteresis_moves_only_where_another_server_is_faster_by_the_margin()
    {
        var policy = new Hysteresis(margin: 0.5);

        Assert.Equal(1, policy.Choice(new Row(0.25, 0.125) { Serving = 0 }));
        Assert.Equal(0, policy.Choice(new Row(0.25, 0.126) { Serving = 0 }));
        Assert.Equal(2, policy.Choice(new Row(0.20, 0.15, 0.25) { Serving = 2 }));
    }

    [Fact]
    public void Hysteresis_takes_the_fastest_where_nothing_serves()
    {
        var policy = new Hysteresis(margin: 0.5);

        Assert.Equal(1, policy.Choice(new Row(0.20, 0.19, 0.19) { Serving = -1 }));
        Assert.Equal(1, policy.Choice(new Row(0.20, 0.19) { Serving = -1, Free = true }));
        Assert.Equal(0, policy.Choice(new Row(0.20) { Serving = -1 }));
    }

    [Fact]
    public void A_hard_budget_is_spent_only_while_the_queue_is_empty()
    {
        var policy = new HardBudget();

        Assert.Equal(1, policy.Choice(new Row(0.20, 0.19) { Serving = 0, Queue = 0 }));
        Assert.Equal(1, policy.Choice(new Row(0.20, 0.19) { Serving = 0, Queue = 1e-12 }));
        Assert.Equal(0, policy.Choice(new Row(0.20, 0.01) { Serving = 0, Queue = 1.1e-12 }));
        Assert.Equal(1, policy.Choice(new Row(0.20, 0.19) { Serving = -1, Queue = 3 }));
        Assert.Equal(1, policy.Choice(new Row(0.20, 0.19) { Serving = -1, Free = true }));
    }

    [Fact]
    public void A_random_choice_is_the_draw_of_that_device_and_slot()
    {
        var policy = new RandomChoice(seed: 5);
        var batch = Rows.Batch(slot: 3, new Row(0.1, 0.2, 0.3, 0.4) { Device = 11 }, new Row(0.1) { Device = 12 });

        var uniform = RandomStreams.Uniform(5, 11, 3, Purpose.Policy);
        Assert.Equal([(int)(4 * uniform), 0], policy.Choices(batch));
    }

    [Fact]
    public void Random_choices_are_uniform()
    {
        var policy = new RandomChoice(seed: 1);
        var batch = Rows.Batch([.. Enumerable.Range(0, 40_000).Select(device => new Row(1, 1, 1, 1) { Device = device })]);

        // A count of 40,000 draws with probability ¼ has a standard deviation of 87.
        Assert.All(policy.Choices(batch).CountBy(choice => choice), count => Assert.InRange(count.Value, 10_000 - 350, 10_000 + 350));
    }

    [Fact]
    public void An_empty_batch_is_no_work() =>
        Assert.All(Rows.ShippedPolicies(), policy => policy.Decide(new DecisionBatch(3), []));

    [Fact]
    public void Two_choices_takes_the_faster_of_two_and_every_pair_is_as_likely()
    {
        // The fastest of 0, 1, 2, 3 wins each of its 3 pairs of 6, the slowest none.
        Assert.Equal([0, 1, 2, 3], Shares(new TwoChoices(1), new Row(0.4, 0.3, 0.2, 0.1)).Select(share => (int)Math.Round(6 * share)));
    }

    [Fact]
    public void Two_choices_breaks_ties_towards_the_nearer_whatever_a_migration_costs() =>
        Assert.Equal([3, 2, 1, 0], Shares(new TwoChoices(1), new Row(0.1, 0.1, 0.1, 0.1) { Serving = 3, Queue = 9 }).Select(share => (int)Math.Round(6 * share)));

    [Fact]
    public void Serving_or_random_weighs_the_serving_server_against_one_other()
    {
        var policy = new ServingOrRandom(1, v: 20, migrationCost: 1);

        // Moving to 0 costs 1.5 and gains 20 · 0.1, moving to 3 gains only 1; 1 is slower. So two of the three others are refused.
        Assert.Equal([1, 0, 2, 0], Shares(policy, new Row(0.2, 0.4, 0.3, 0.25) { Serving = 2, Queue = 1.5 }).Select(share => (int)Math.Round(3 * share)));
        Assert.Equal([1, 0, 1, 1], Shares(policy, new Row(0.2, 0.4, 0.3, 0.25) { Serving = 2, Queue = 0.5 }).Select(share => (int)Math.Round(3 * share)));
    }

    [Fact]
    public void Serving_or_random_takes_the_better_of_two_where_none_serves() =>
        Assert.Equal(
            [0, 1, 2, 3],
            Shares(new ServingOrRandom(1, 20, 1), new Row(0.4, 0.3, 0.2, 0.1) { Serving = -1, Free = true }).Select(share => (int)Math.Round(6 * share)));

    [Fact]
    public void Serving_or_random_breaks_ties_towards_the_nearer()
    {
        var policy = new ServingOrRandom(1, 20, 1);

        Assert.Equal([1, 1, 1, 0], Shares(policy, new Row(0.25, 0.25, 0.25, 0.5) { Serving = 2 }).Select(share => (int)Math.Round(3 * share)));
    }

    [Fact]
    public void With_one_candidate_there_is_no_choice()
    {
        Assert.Equal([0, 0], new TwoChoices(1).Choices(Rows.Batch(new Row(0.3), new Row(0.3) { Serving = -1 })));
        Assert.Equal([0, 0], new ServingOrRandom(1, 20, 1).Choices(Rows.Batch(new Row(0.3), new Row(0.3) { Serving = -1 })));
    }

    /// <summary>How often each candidate of a row is chosen, over 3,000 devices.</summary>
    private static double[] Shares(IOffloadingPolicy policy, Row row)
    {
        var choices = policy.Choices(Rows.Batch([.. Enumerable.Range(0, 3000).Select(device => row with { Device = device })]));
        return [.. Enumerable.Range(0, row.Predicted.Length).Select(k => choices.Count(choice => choice == k) / 3000.0)];
    }
}
