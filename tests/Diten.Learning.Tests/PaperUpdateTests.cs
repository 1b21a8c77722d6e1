using Diten.Model.Offloading;
using Diten.Model.Scenarios;

namespace Diten.Learning.Tests;

/// <summary>Algorithm 1, step by step, on networks that fit on paper.</summary>
public sealed class PaperUpdateTests
{
    private static readonly LearningSection Learning = Some.Plain(LearningUpdate.Paper);

    [Fact]
    public void Each_row_moves_critic_and_policy_by_its_own_error()
    {
        using var learner = Some.Learner(Learning); // V = 2 max x + 1, both candidates equally probable

        learner.Update([Some.Episode([(1, 1, 1), (3, 0, -1)])]);

        // Row 0: V(S_0) = 3, V(S_1) = 7, θ = 1 + 0.5 · 7 − 3 = 1.5. ∇V = (min 0, mean 0.5, max 1, bias 1), and for w: 1 − ½.
        // After it: mean 0.075, max 2.15, bias 1.15, w = 0.1 · 1.5 · 0.5 = 0.075.
        // Row 1: V(S_1) = 0.075 · 1.5 + 2.15 · 3 + 1.15 = 7.7125, and nothing comes after: θ = −1 − 7.7125. For w: 0 − 3 π(1).
        const double Error = -8.7125;
        var second = 1 / (1 + Math.Exp(-3 * 0.075));
        Some.Close([0, 0.075 + 0.1 * Error * 1.5, 2.15 + 0.1 * Error * 3, 1.15 + 0.1 * Error], Some.CriticOf(learner));
        Assert.Equal(0.075 + 0.1 * Error * -3 * second, Some.W(learner), 1e-5);
    }

    [Fact]
    public void The_report_tells_losses_and_how_far_the_policy_went()
    {
        using var learner = Some.Learner(Learning);

        var report = learner.Update([Some.Episode([(1, 1, 1)])]); // θ = 1 − 3 = −2, w = 0.1 · −2 · 0.5 = −0.1

        var first = 1 / (1 + Math.Exp(-0.1));
        Assert.Equal(-0.1, Some.W(learner), 1e-6);
        Assert.Equal((1, 1, 1), (report.Version, report.PolicyRows, report.CriticRows));
        Assert.Equal(2 * Math.Log(0.5), report.PolicyLoss, 1e-6);
        Assert.Equal(2, report.ValueLoss, 1e-6);
        Assert.Equal(-first * Math.Log(first) - (1 - first) * Math.Log(1 - first), report.Entropy, 1e-6);
        Assert.Equal(0.5 * Math.Log(0.5 / first) + 0.5 * Math.Log(0.5 / (1 - first)), report.KlDivergence, 1e-6);
        Assert.Equal((0, 0, false), (report.ClipFraction, report.ExplainedVariance, report.Diverged));
    }

    [Fact]
    public void A_cut_run_bootstraps_with_what_would_have_come_and_an_ended_journey_with_nothing()
    {
        using var ended = Some.Learner(Learning);
        using var cut = Some.Learner(Learning);

        ended.Update([Some.Episode([(1, 1, 1)], TransitionEnd.Terminal)]);
        cut.Update([Some.Episode([(1, 1, 1)], TransitionEnd.Truncated, next: 4)]);

        Assert.Equal(1 + 0.1 * (1 - 3), Some.CriticOf(ended)[3], 1e-6);
        Assert.Equal(1 + 0.1 * (1 + 0.5 * 9 - 3), Some.CriticOf(cut)[3], 1e-6); // V of the state that would have come: 2 · 4 + 1
    }

    /// <summary>(18) as printed: an error below 0 should lower V, but its square raises it, so that the error grows.</summary>
    [Fact]
    public void The_literal_rule_does_not_descend()
    {
        using var literal = Some.Learner(Learning with { CriticRule = CriticRule.Literal, CriticRate = 0.01 });
        using var settled = Some.Learner(Learning with { CriticRate = 0.01 });

        Assert.Equal(1 + 0.01 * 4, LiteralOnce(), 1e-6); // θ = 1 − 3 = −2, θ² = 4

        var errors = Enumerable.Range(0, 6).Select(_ => literal.Update([Some.Episode([(1, 1, 1)])]).ValueLoss).ToArray();
        Assert.All(errors.Zip(errors.Skip(1)), pair => Assert.True(pair.Second > pair.First));
        errors = [.. Enumerable.Range(0, 6).Select(_ => settled.Update([Some.Episode([(1, 1, 1)])]).ValueLoss)];
        Assert.All(errors.Zip(errors.Skip(1)), pair => Assert.True(pair.Second < pair.First));

        static float LiteralOnce()
        {
            using var learner = Some.Learner(Learning with { CriticRule = CriticRule.Literal, CriticRate = 0.01 });
            learner.Update([Some.Episode([(1, 1, 1)])]);
            return Some.CriticOf(learner)[3];
        }
    }

    [Fact]
    public void Weights_that_are_no_numbers_any_more_are_reported()
    {
        using var learner = Some.Learner(Learning with { CriticRule = CriticRule.Literal, CriticRate = 10 });

        var reports = Enumerable.Range(0, 12).Select(_ => learner.Update([Some.Episode([(1, 1, 1)])])).ToArray();

        Assert.False(reports[0].Diverged);
        Assert.True(reports[^1].Diverged);
    }

    [Fact]
    public void A_critic_of_state_and_action_follows_expected_sarsa_and_teaches_its_advantage()
    {
        using var learner = Some.ActionValueLearner(Learning, w: Math.Log(3)); // Q(S, A) = max x + 2 x(A)

        learner.Update([Some.Episode([(1, 1, 1)], TransitionEnd.Truncated, next: 2)]);

        // S: π = (¼, ¾), Q = (1, 3), Σ π Q = 2.5; next: π = (0.1, 0.9), Q = (2, 6), Σ π Q = 5.6. θ = 1 + 0.5 · 5.6 − 3; advantage 3 − 2.5.
        Assert.Equal(0.1 * (1 + 0.5 * 5.6 - 3), learner.ToMemory().Critic[2].Bias[0], 1e-5);
        Assert.Equal(Math.Log(3) + 0.1 * 0.5 * (1 - 0.75), Some.W(learner), 1e-5);
    }

    [Fact]
    public void The_deficit_queue_makes_each_further_migration_dearer()
    {
        // Three slots of 100 ms, v = 20 /s, β = 0.2: moves in the first two, with Q = 0 and 0.8, then a stay with Q = 1.6.
        var (queue, rewards) = (0.0, new List<double>());
        foreach (var cost in new[] { 1, 1, 0 })
        {
            rewards.Add(Rewards.Of(0.1, queue, cost, v: 20));
            queue = DeficitQueue.Next(queue, cost, beta: 0.2, migrationCost: 1);
        }

        var learning = Learning with { Discount = 1, AdvantageDecay = 1, RewardScale = 0.1 };
        var rows = Transitions.Of([Some.Episode([.. rewards.Select(r => (1.0, 1, r))])], learning, Some.Linear, version: 0);
        var (advantages, _) = Advantages.Estimate(rows, new float[3], new float[3], learning);

        Some.Close([-0.2 - 0.28 - 0.2, -0.28 - 0.2, -0.2], advantages.Select(a => (float)a)); // −2, −2 − 0.8, −2, on the scale 0.1
    }
}
