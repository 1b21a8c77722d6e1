using System.Runtime.Serialization;
using Diten.Actors;
using Diten.Actors.Wire;
using Diten.Model.Learning;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Learning.Tests;

/// <summary>A learner's checkpoint, as it is written down: it comes back to the bit, or is refused.</summary>
public sealed class SavedLearnerTests
{
    private static readonly NetworkShape Odd =
        Some.Shape(PolicyNetworkKind.Dense, candidates: 4) with { Features = [false, .. Some.AllFeatures.Skip(1)], PolicyWidths = [7], CriticWidths = [5, 3] };

    [Fact]
    public void It_gives_back_what_was_written()
    {
        using var learner = new ActorCritic(new() { Critic = CriticKind.ActionValue }, Odd, seed: 1);
        var episodes = Some.Episodes(Odd, seed: 1);
        learner.Update(episodes);
        var written = new SavedLearner(
            new TrainerMemory("0123456789abcdef", [-1.5, double.NaN, -0.0], learner.ToMemory()),
            [new PolicyPublished(1, learner.Policy.ToWeights(), true, null)],
            new SavedEpisodes(7, episodes[..2], [new(3, 0, -4.5), new(0, 1, -0.0)], episodes[2..], [new(1, 5, double.MinValue)]), []);

        var read = Some.Kept(written);

        Assert.Equivalent(written, read, strict: true);
        Assert.Equal((1, 16), (read.Trainer.Networks.Version, read.Trainer.Networks.PolicyAdam!.Steps));
        Assert.True(double.IsNegative(read.Episodes.BegunJourneys[1].Reward));
    }

    [Fact]
    public void The_papers_update_has_no_memory_of_steps()
    {
        using var learner = new ActorCritic(new() { Update = LearningUpdate.Paper }, Some.Shape(), seed: 1);

        var read = Some.Kept(Some.Saved(new("here", [], learner.ToMemory()))).Trainer.Networks;

        Assert.Null(read.PolicyAdam);
        Assert.Null(read.CriticAdam);
    }

    [Fact]
    public void A_damaged_one_is_refused_wherever_the_damage_is()
    {
        var whole = Written();

        foreach (var at in Enumerable.Range(0, 100).Select(i => (int)((long)i * whole.Length / 100)).Append(whole.Length - 1))
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 1;
            AssertRefused(damaged);
        }

        AssertRefused([]);
        AssertRefused(whole[..^1]);
        AssertRefused(whole[..(whole.Length / 2)]);
        AssertRefused([.. whole, 0]);
    }

    [Fact]
    public void One_of_another_format_or_kind_is_refused()
    {
        AssertRefused(Written(), "sz2"); // a zone's
        AssertRefused(Written(), "sl2"); // an older build's
        Assert.Contains("'sl9'", AssertRefused(Written(), "sl9")); // a later build's
    }

    [Fact]
    public void Parts_that_do_not_fit_make_no_learner()
    {
        using var learner = new ActorCritic(new(), Some.Shape(), seed: 1);
        var memory = learner.ToMemory();

        AssertMisfit(new(), Some.Shape(candidates: 6), memory);
        AssertMisfit(new(), Some.Shape(), memory with { Critic = [.. memory.Critic.Skip(1)] });
        AssertMisfit(new(), Some.Shape(), memory with { PolicyAdam = null });
        AssertMisfit(new(), Some.Shape(), memory with { PolicyAdam = memory.CriticAdam });
        AssertMisfit(new(), Some.Shape(), memory with { CriticAdam = memory.CriticAdam! with { Squares = [.. memory.CriticAdam.Squares.Skip(1)] } });
        AssertMisfit(new() { Critic = CriticKind.ActionValue }, Some.Shape(), memory);
        AssertMisfit(new() { Update = LearningUpdate.Paper }, Some.Shape(), memory);
    }

    [Fact]
    public void A_trainer_refuses_what_another_scenario_left()
    {
        var scenario = new Scenario();
        var place = World.Create(scenario).Topology;
        using var trainer = new Trainer(scenario, place);
        using var other = new Trainer(scenario with { Learning = new() { ScoreFeatures = false } }, place);

        Assert.Contains("does not fit the scenario", Assert.Throws<InvalidDataException>(() => other.Restore(trainer.ToMemory())).Message);
    }

    private static byte[] Written()
    {
        using var learner = new ActorCritic(new(), Some.Shape(), seed: 1);
        return MessageTable.ToBytes(new LearnerSaved(0, Some.Saved(new("here", [], learner.ToMemory()))));
    }

    private static string AssertRefused(byte[] bytes, string manifest = "sl3") =>
        Assert.Throws<SerializationException>(() => MessageTable.FromBytes(manifest, bytes)).Message;

    private static void AssertMisfit(LearningSection learning, NetworkShape shape, ActorCriticMemory memory) =>
        Assert.ThrowsAny<ArgumentException>(() => new ActorCritic(learning, shape, 1, memory));
}
