using Diten.Model.Scenarios;
using TorchSharp;

namespace Diten.Learning.Tests;

public sealed class ReproducibilityTests
{
    public static TheoryData<LearningUpdate, CriticKind, PolicyNetworkKind, DecisionState> Kinds => new()
    {
        { LearningUpdate.Ppo, CriticKind.StateValue, PolicyNetworkKind.Set, DecisionState.Diten },
        { LearningUpdate.Ppo, CriticKind.ActionValue, PolicyNetworkKind.Set, DecisionState.Diten },
        { LearningUpdate.Ppo, CriticKind.StateValue, PolicyNetworkKind.Dense, DecisionState.Paper },
        { LearningUpdate.Ppo, CriticKind.ActionValue, PolicyNetworkKind.Dense, DecisionState.Diten },
        { LearningUpdate.Paper, CriticKind.StateValue, PolicyNetworkKind.Dense, DecisionState.Paper },
        { LearningUpdate.Paper, CriticKind.ActionValue, PolicyNetworkKind.Set, DecisionState.Diten },
        { LearningUpdate.Ppo, CriticKind.StateValue, PolicyNetworkKind.Set, DecisionState.DitenAged },
        { LearningUpdate.Ppo, CriticKind.ActionValue, PolicyNetworkKind.Dense, DecisionState.DitenAged },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_seed_gives_the_same_bits_in_whatever_thread_memory_and_order_of_episodes(
        LearningUpdate update, CriticKind critic, PolicyNetworkKind kind, DecisionState state)
    {
        var settings = Of(update, critic, kind, state);

        var expected = Train(settings, seed: 1, updates: 3);

        uint[] other = [];
        var litter = new List<byte[]>();
        var thread = new Thread(() =>
        {
            torch.set_num_threads(2); // whoever asked for more threads
            other = Train(settings, seed: 1, updates: 3, beforeUpdate: i => litter.AddRange(Enumerable.Range(0, 100).Select(k => new byte[i + k])), reversed: true);
        });
        thread.Start();
        thread.Join();
        Assert.Equal(expected, other);
        Assert.NotEqual(expected, Train(settings, seed: 2, updates: 3));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_learner_continues_from_a_checkpoint_as_if_it_had_never_stopped(
        LearningUpdate update, CriticKind critic, PolicyNetworkKind kind, DecisionState state)
    {
        var settings = Of(update, critic, kind, state);
        var expected = Train(settings, seed: 1, updates: 5);

        using var first = NewLearner(settings);
        Update(first, updates: 2);
        var kept = Some.Kept(Some.Saved(new("here", [], first.ToMemory())));
        using var second = new ActorCritic(settings.Learning, settings.Shape, 1, kept.Trainer.Networks);
        Assert.Equal(2, second.Version);
        Assert.Equal(Some.Bits(first), Some.Bits(second));
        Update(second, updates: 3);

        Assert.Equal(expected, Some.Bits(second));
    }

    [Theory]
    [Trait("Takes", "Seconds")]
    [InlineData(LearningUpdate.Ppo)]
    [InlineData(LearningUpdate.Paper)]
    public void No_tensor_outlives_an_update(LearningUpdate update)
    {
        var settings = Of(update, CriticKind.ActionValue, PolicyNetworkKind.Set, DecisionState.Diten);
        using var learner = new ActorCritic(settings.Learning with { Passes = 1, Minibatches = 2 }, settings.Shape, 1);
        void Batch()
        {
            learner.Update(Some.Episodes(learner.Shape, seed: 1, count: 2, length: 2, learner.Version));
            learner.Policy.Probabilities(new float[33], [3]);
            learner.ToMemory();
        }

        Batch();
        var statistics = DisposeScopeManager.Statistics; // of this thread
        var before = (statistics.ThreadTotalLiveCount, statistics.TensorStatistics.ThreadTotalLiveCount);

        for (var i = 0; i < 1000; i++)
            Batch();

        Assert.Equal(before, (statistics.ThreadTotalLiveCount, statistics.TensorStatistics.ThreadTotalLiveCount));
    }

    [Fact]
    public void A_learner_takes_all_its_tensors_with_it()
    {
        var settings = Of(LearningUpdate.Ppo, CriticKind.ActionValue, PolicyNetworkKind.Dense, DecisionState.Diten);
        using (NewLearner(settings)) // whatever torch keeps for itself
        {
        }

        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var learner = NewLearner(settings))
        using (var copy = new ActorCritic(settings.Learning, settings.Shape, 1, learner.ToMemory()))
            Update(copy, updates: 1);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    /// <summary>Collections at all moments, which would take away whatever torch still needs.</summary>
    [Fact]
    public void Garbage_collections_do_not_change_a_bit()
    {
        var settings = Of(LearningUpdate.Paper, CriticKind.ActionValue, PolicyNetworkKind.Set, DecisionState.Diten);
        var expected = Train(settings, seed: 1, updates: 3);

        using var stop = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        var actual = Train(settings, seed: 1, updates: 3);
        stop.Cancel();
        collector.Join();

        Assert.Equal(expected, actual);
    }

    private static ActorCritic NewLearner(Settings settings, ulong seed = 1) => new(settings.Learning, settings.Shape, seed);

    private static Settings Of(LearningUpdate update, CriticKind critic, PolicyNetworkKind kind, DecisionState state)
    {
        var learning = new LearningSection { Update = update, Critic = critic };
        if (update == LearningUpdate.Paper)
            learning = learning with { RewardScale = 1, PolicyRate = 1e-4 };
        return new(learning, Some.Shape(kind, state, candidates: 3));
    }

    private sealed record Settings(LearningSection Learning, NetworkShape Shape);

    private static uint[] Train(Settings settings, ulong seed, int updates, Action<int>? beforeUpdate = null, bool reversed = false)
    {
        using var learner = NewLearner(settings, seed);
        Update(learner, updates, beforeUpdate, reversed);
        return Some.Bits(learner);
    }

    private static void Update(ActorCritic learner, int updates, Action<int>? beforeUpdate = null, bool reversed = false)
    {
        for (var i = 0; i < updates; i++)
        {
            beforeUpdate?.Invoke(i);
            var episodes = Some.Episodes(learner.Shape, seed: learner.Version, count: 6, length: 9, learner.Version);
            learner.Update(reversed ? [.. episodes.Reverse()] : episodes);
        }
    }
}
