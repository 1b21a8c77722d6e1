using Diten.Model.Offloading;
using Diten.Model.Scenarios;

namespace Diten.Learning.Tests;

/// <summary>Proximal policy optimisation, on networks that fit on paper. Adam's first mean is a tenth of the gradient, so that the gradient can be read from it.</summary>
public sealed class ProximalUpdateTests
{
    private static readonly LearningSection Learning = Some.Plain(LearningUpdate.Ppo);

    [Fact]
    public void Advantages_add_up_errors_to_the_end_of_the_journey()
    {
        var learning = Learning with { AdvantageDecay = 0.5 };
        var rows = Transitions.Of([Some.Episode([(1, 1, 1), (1, 1, 1), (1, 1, 1)])], learning, Some.Linear, version: 0);

        var (advantages, targets) = Advantages.Estimate(rows, [1, 2, 3], [1, 2, 3], learning);

        Assert.Equal([1, 0, -2], advantages); // θ = 1 + 1 − 1, 1 + 1.5 − 2, 1 + 0 − 3; each takes a quarter of the next
        Assert.Equal([2, 2, 1], targets);
    }

    [Fact]
    public void Advantages_of_a_cut_run_look_at_what_would_have_come()
    {
        var learning = Learning with { AdvantageDecay = 0.5 };
        var rows = Transitions.Of([Some.Episode([(1, 1, 1), (1, 1, 1), (1, 1, 1)], TransitionEnd.Truncated, next: 9)], learning, Some.Linear, version: 0);

        var (advantages, _) = Advantages.Estimate(rows, [1, 2, 3, 4], [1, 2, 3], learning);

        Assert.Equal([1.125, 0.5, 0], advantages); // the last θ = 1 + 0.5 · 4 − 3
    }

    [Fact]
    public void Advantages_do_not_run_from_one_episode_into_the_next()
    {
        var learning = Learning with { AdvantageDecay = 0.5 };
        var rows = Transitions.Of([Some.Episode([(1, 1, 1)], device: 1), Some.Episode([(1, 1, 5)], device: 2)], learning, Some.Linear, version: 0);

        var (advantages, _) = Advantages.Estimate(rows, [1, 2], [1, 2], learning);

        Assert.Equal([0, 3], advantages);
    }

    [Fact]
    public void Advantages_of_state_and_action_compare_with_what_the_policy_expects()
    {
        var learning = Learning with { Critic = CriticKind.ActionValue };
        var rows = Transitions.Of([Some.Episode([(1, 1, 1), (1, 1, 1)])], learning, Some.Linear, version: 0);

        var (advantages, targets) = Advantages.Estimate(rows, values: [2, 4], predictions: [2.5f, 3], learning);

        Assert.Equal([0.5, -1], advantages);
        Assert.Equal([1 + 0.5 * 4, 1], targets);
    }

    [Fact]
    public void Normalised_advantages_have_mean_zero_and_deviation_one_over_the_rows_that_train_the_policy()
    {
        double[] advantages = [-2, 100, 4];

        Advantages.Normalise(advantages, [0, 2]);

        Some.Close([-1, 100, 1], advantages.Select(a => (float)a));
    }

    [Fact]
    public void One_row_moves_policy_and_critic_by_one_step_of_Adam_against_their_gradients()
    {
        using var learner = Some.Learner(Learning with { RewardScale = 0.1 });

        var report = learner.Update([Some.Episode([(1, 1, 10)])]);

        // V = 3, A = 0.1 · 10 − 3 = −2, ρ = 1: the surrogate's loss is 2, its gradient for w is 2 ρ (1 − ½) = 1; ½θ² = 2, −θ ∇V = 2 (0, ½, 1, 1).
        var after = learner.ToMemory();
        Assert.Equal((2, 2, 0), (report.PolicyLoss, report.ValueLoss, report.ClipFraction));
        Assert.Equal((1, 1), (after.PolicyAdam!.Steps, after.CriticAdam!.Steps));
        Assert.Equal(0.1 * 1, after.PolicyAdam.Means[0][0], 1e-6);
        Assert.Equal(0.001 * 1, after.PolicyAdam.Squares[0][0], 1e-8);
        Some.Close([0, 0.1 * 1, 0.1 * 2, 0.1 * 2], [after.CriticAdam.Means[0][0], after.CriticAdam.Means[0][11], after.CriticAdam.Means[0][22], after.CriticAdam.Means[1][0]]);
        Assert.Equal(-0.001, Some.W(learner), 1e-7); // Adam's first step is its step size, whatever the gradient
        Some.Close([0, -0.001, 2 - 0.001, 1 - 0.001], Some.CriticOf(learner), 1e-6);
    }

    /// <summary>ρ = 0.75 / 0.6 = 1.25 lies outside 1 ± 0.2.</summary>
    [Theory]
    [InlineData(13, -1.2 * 10, 0)]                 // A = 10: more probable than allowed already, nothing pulls
    [InlineData(-7, 1.25 * 10, 1.25 * 10 * 0.25)]  // A = −10: the clip does not hold what goes back, ∂ρ/∂w = ρ (1 − ¾)
    public void A_policy_that_has_gone_far_enough_is_pulled_back_only(double reward, double loss, double gradient)
    {
        using var learner = Some.Learner(Learning, w: Math.Log(3)); // π = (¼, ¾)

        var report = learner.Update([Some.Episode([(1, 1, reward)], probability: 0.6f)]);

        Assert.Equal(loss, report.PolicyLoss, 1e-4);
        Assert.Equal(1, report.ClipFraction);
        Assert.Equal(0.1 * gradient, learner.ToMemory().PolicyAdam!.Means[0][0], 1e-5);
    }

    [Fact]
    public void Entropy_pulls_towards_uniform()
    {
        using var learner = Some.Learner(Learning with { Entropy = 0.5 }, w: Math.Log(3)); // π = (¼, ¾)

        var report = learner.Update([Some.Episode([(1, 1, 3)], probability: 0.75f)]); // A = 0

        var entropy = -0.25 * Math.Log(0.25) - 0.75 * Math.Log(0.75);
        Assert.Equal(-0.5 * entropy, report.PolicyLoss, 1e-6);
        Assert.Equal(0.1 * 0.5 * 0.75 * (Math.Log(0.75) + entropy), learner.ToMemory().PolicyAdam!.Means[0][0], 1e-6); // ∂H/∂w = −π(1) (log π(1) + H)
        Assert.True(Some.W(learner) < Math.Log(3));
    }

    [Fact]
    public void The_report_tells_entropy_and_divergence_exactly()
    {
        using var learner = Some.Learner(Learning with { PolicyRate = 0.5, CriticRate = 0.5 });

        var report = learner.Update([Some.Episode([(1, 1, 1)])]); // A = −2: w goes from 0 to −0.5

        var second = 1 / (1 + Math.Exp(0.5));
        Assert.Equal(-0.5, Some.W(learner), 1e-6);
        Assert.Equal(-second * Math.Log(second) - (1 - second) * Math.Log(1 - second), report.Entropy, 1e-6);
        Assert.Equal(0.5 * Math.Log(0.5 / second) + 0.5 * Math.Log(0.5 / (1 - second)), report.KlDivergence, 1e-6);
    }

    [Fact]
    public void Explained_variance_is_the_share_of_the_targets_spread_that_the_critic_knew()
    {
        using var learner = Some.Learner(Learning, c: 1, b: 0); // V = max x

        var report = learner.Update([Some.Episode([(1, 1, 2)], device: 1), Some.Episode([(3, 1, 6)], device: 2)]);

        // Targets 2 and 6, predictions 1 and 3: variance 4 of targets, 1 of what is left.
        Assert.Equal(0.75, report.ExplainedVariance, 1e-6);
    }

    [Fact]
    public void Rows_of_another_policy_or_of_one_too_old_train_the_critic_only()
    {
        var learning = Learning with { StaleVersions = 2 };
        foreach (var (version, probability, trains) in new[] { (-1, 1f, false), (2, 0.5f, false), (3, 0.5f, true), (5, 0.5f, true), (5, 0f, false) })
        {
            using var learner = Some.Learner(learning, version: 5);

            var report = learner.Update([Some.Episode([(1, 1, 1)], version: version, probability: probability)]);

            Assert.Equal((trains ? 1 : 0, 1, 6), (report.PolicyRows, report.CriticRows, report.Version));
            Assert.Equal(trains, Some.W(learner) != 0);
            Assert.Equal(1 - 0.001, Some.CriticOf(learner)[3], 1e-6);
            Assert.Equal(trains ? 1 : 0, learner.ToMemory().PolicyAdam!.Steps);
        }
    }

    [Fact]
    public void Each_pass_takes_each_row_once_in_as_many_steps_as_there_are_minibatches()
    {
        using var learner = Some.Learner(Learning with { Passes = 3, Minibatches = 4 });

        learner.Update([Some.Episode([.. Enumerable.Range(0, 10).Select(i => (1.0, 1, 1.0 * i))])]);
        Assert.Equal(12, learner.ToMemory().CriticAdam!.Steps);

        learner.Update([Some.Episode([(1, 1, 1), (1, 1, 1)], version: 1)]); // fewer rows than minibatches: a step for each row
        Assert.Equal(12 + 3 * 2, learner.ToMemory().CriticAdam!.Steps);
    }

    [Fact]
    public void An_empty_batch_changes_the_version_and_nothing_else()
    {
        using var learner = Some.Learner(Learning);
        var before = Some.Bits(learner);

        var report = learner.Update([]);

        Assert.Equal(new UpdateReport { Version = 1 }, report);
        Assert.Equal(before, Some.Bits(learner));
    }

    [Fact]
    public void Episodes_that_do_not_fit_are_refused_by_name_and_change_nothing()
    {
        using var learner = Some.Learner(Learning);
        var good = Some.Episode([(1, 1, 1)], device: 7, slot: 3);
        var before = Some.Bits(learner);

        foreach (var bad in new[]
        {
            good with { StateWidth = 33 },
            good with { States = new float[44] },
            good with { States = [float.NaN, .. new float[21]] },
            good with { Rewards = [1, 2] },
            good with { CandidateCounts = [3] },
            good with { Actions = [2] },
            good with { Versions = [1] },
            good with { Probabilities = [-0.1f] },
            good with { Probabilities = [float.NaN] },
            good with { Rewards = [float.NaN] },
            good with { End = TransitionEnd.None },
            good with { End = TransitionEnd.Truncated },
            good with { NextState = new float[22] },
        })
        {
            Assert.Contains("device 7 from slot 3", Assert.Throws<ArgumentException>(() => learner.Update([bad])).Message);
        }

        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => learner.Update([good, good])).Message);
        Assert.Equal(before, Some.Bits(learner));
        Assert.Equal(0, learner.Version);
    }

    /// <summary>Values set in code are held to the ranges of the scenario's keys.</summary>
    [Fact]
    public void Settings_out_of_range_are_refused_by_name()
    {
        foreach (var (bad, key) in new[]
        {
            (Learning with { Discount = 1.1 }, "learning.discount"),
            (Learning with { Clip = 0 }, "learning.clip"),
            (Learning with { Passes = 0 }, "learning.passes"),
            (Learning with { RewardScale = 0 }, "learning.reward-scale"),
            (Learning with { PolicyRate = double.NaN }, "learning.policy-rate"),
        })
        {
            Assert.Contains(key, Assert.Throws<ArgumentException>(() => new ActorCritic(bad, Some.Linear, 1)).Message);
        }
    }
}
