using Diten.Learning.Tests.Mdps;
using Diten.Model.Scenarios;
using Xunit.Abstractions;

namespace Diten.Learning.Tests;

/// <summary>Processes so small that their optimum is known: learning must reach it, from every seed.</summary>
public sealed class LearningTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Learns_which_candidate_is_best(int seed)
    {
        var mdp = new CandidateBandit();
        using var learner = Learner(seed, candidates: 4);

        Train(mdp, learner, updates: 40, episodes: 256);

        AssertBest(mdp, learner, within: 0.01);
    }

    [Theory]
    [Trait("Takes", "Seconds")]
    [InlineData(1, PolicyNetworkKind.Set, CriticKind.StateValue)]
    [InlineData(2, PolicyNetworkKind.Set, CriticKind.StateValue)]
    [InlineData(3, PolicyNetworkKind.Set, CriticKind.StateValue)]
    [InlineData(1, PolicyNetworkKind.Dense, CriticKind.StateValue)]
    [InlineData(1, PolicyNetworkKind.Set, CriticKind.ActionValue)]
    [InlineData(2, PolicyNetworkKind.Set, CriticKind.ActionValue)]
    [InlineData(3, PolicyNetworkKind.Set, CriticKind.ActionValue)]
    public void Learns_to_move_where_the_moment_says_stay(int seed, PolicyNetworkKind kind, CriticKind critic)
    {
        var mdp = new MigrationTrap();
        using var learner = Learner(seed, candidates: 2, kind, critic);

        if (critic == CriticKind.ActionValue)
            Train(mdp, learner, updates: 30, episodes: 128, version: -1); // it knows nothing of later slots at first, and would teach to stay
        Train(mdp, learner, updates: 60, episodes: 128);

        var (optimum, greedy, learned) = (Exact.Optimum(mdp, 6), Exact.Greedy(mdp, 6), Exact.Learned(mdp, 6, learner.Policy));
        output.WriteLine($"learned {learned}, optimum {optimum}, greedy {greedy}");
        Assert.True(greedy < optimum - 0.5);
        Assert.Equal(optimum, learned, 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Learns_to_go_with_drifting_load(int seed)
    {
        var mdp = new DriftingLoad();
        using var learner = Learner(seed, candidates: 2);

        Train(mdp, learner, updates: 60, episodes: 64);

        var (optimum, greedy, learned) = (Exact.Optimum(mdp, 20), Exact.Greedy(mdp, 20), Exact.Learned(mdp, 20, learner.Policy));
        output.WriteLine($"learned {learned}, optimum {optimum}, greedy {greedy}");
        Assert.InRange(learned, optimum - 0.01 * Math.Abs(optimum), optimum + 1e-9);
    }

    /// <summary>With rewards of the order of one, the paper's single steps learn as well.</summary>
    [Theory]
    [Trait("Takes", "Seconds")]
    [InlineData(1, CriticKind.StateValue)]
    [InlineData(2, CriticKind.StateValue)]
    [InlineData(3, CriticKind.StateValue)]
    [InlineData(1, CriticKind.ActionValue)]
    public void The_papers_update_learns_which_candidate_is_best_where_rewards_are_small(int seed, CriticKind critic)
    {
        var mdp = new CandidateBandit();
        using var learner = new ActorCritic(new()
        {
            Update = LearningUpdate.Paper,
            Critic = critic,
            RewardScale = 1,
            PolicyRate = 0.03,
            CriticRate = 0.01,
        }, Some.Shape(candidates: 4), (ulong)seed);

        Train(mdp, learner, updates: 30, episodes: 128);

        AssertBest(mdp, learner, within: 0.02);
    }

    private void AssertBest(CandidateBandit mdp, ActorCritic learner, double within)
    {
        var states = Enumerable.Range(1_000_000, 1000).Select(i => new CandidateBandit.State(i, false)).ToArray();
        var best = Play.Best(mdp, learner.Policy, states);
        var learned = states.Select((s, i) => mdp.Reward(s, best[i])).Average();
        var optimum = states.Average(s => Enumerable.Range(0, CandidateBandit.Count(s)).Max(k => mdp.Reward(s, k)));
        output.WriteLine($"learned {learned}, optimum {optimum}");
        Assert.InRange(learned, optimum - within, optimum);
    }

    private static ActorCritic Learner(
        int seed, int candidates, PolicyNetworkKind kind = PolicyNetworkKind.Set, CriticKind critic = CriticKind.StateValue) => new(new()
        {
            Critic = critic,
            Discount = 1,
            Entropy = critic == CriticKind.StateValue ? 0.01 : 0.1, // Q never learns what the policy no longer tries
            PolicyRate = kind == PolicyNetworkKind.Set ? 1e-3 : 3e-4,
            CriticRate = kind == PolicyNetworkKind.Set ? 1e-3 : 3e-4,
        }, Some.Shape(kind, candidates: candidates), (ulong)seed);

    private void Train<TState>(ITinyMdp<TState> mdp, ActorCritic learner, int updates, int episodes, int? version = null)
        where TState : notnull
    {
        for (var update = 0; update < updates; update++)
        {
            var report = learner.Update(Play.Episodes(mdp, learner, episodes, slot: 1000 * learner.Version, learner.Seed, version));
            if (update == updates - 1)
                output.WriteLine(report.ToString());
        }
    }
}
