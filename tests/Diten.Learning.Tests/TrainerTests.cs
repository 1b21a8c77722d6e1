using Diten.Model.Learning;
using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using Diten.Model.Space;
using Diten.Model.Worlds;

namespace Diten.Learning.Tests;

/// <summary>A trainer makes versions from episodes as a scenario says.</summary>
public sealed class TrainerTests
{
    private static readonly Scenario City = new()
    {
        Decisions = new DecisionsSection { Candidates = 2 },
        Learning = new LearningSection { StaleVersions = 1 },
    };

    private static readonly Topology Place = World.Create(City).Topology;

    [Fact]
    public void It_goes_on_from_what_was_saved_to_the_same_bits()
    {
        using var undisturbed = new Trainer(City, Place);
        using var interrupted = new Trainer(City, Place);
        undisturbed.Train(Version(1));
        interrupted.Train(Version(1));
        var saved = Some.Kept(Some.Saved(interrupted.ToMemory()));
        using var back = new Trainer(City, Place);
        back.Restore(saved.Trainer);

        var (a, b) = (undisturbed.Train(Version(2)), back.Train(Version(2)));

        Assert.Equal(PolicyFile.Hash(undisturbed.Weights), PolicyFile.Hash(back.Weights));
        Assert.Equivalent(undisturbed.ToMemory(), back.ToMemory(), strict: true);
        Assert.Equal((a.ValueLoss, a.Entropy, a.Warning), (b.ValueLoss, b.Entropy, b.Warning));
    }

    [Fact]
    public void A_training_that_came_from_a_machine_with_another_fingerprint_says_so_once()
    {
        using var there = new Trainer(City, Place);
        there.Train(Version(1));
        using var here = new Trainer(City, Place);

        here.Restore(there.ToMemory() with { Fingerprint = "0123456789abcdef" });

        Assert.Contains("from another machine (0123456789abcdef)", here.Train(Version(2)).Warning);
        Assert.Null(here.Train(Version(3)).Warning);
    }

    [Fact]
    public void Decisions_of_versions_that_are_too_old_or_of_nobodys_train_the_critic_only()
    {
        using var trainer = new Trainer(City, Place);
        for (var version = 1; version < 5; version++)
            trainer.Train(Version(version));

        var report = trainer.Train(Version(5, -1, 2, 3, 4)); // version 4 is the newest: 3 is one behind, 2 is two

        Assert.Equal((16, 8), report.Rows);
    }

    [Fact]
    public void A_version_out_of_turn_is_refused()
    {
        using var trainer = new Trainer(City, Place);
        trainer.Train(Version(1));

        Assert.Throws<ArgumentException>(() => trainer.Train(Version(1)));
        Assert.Throws<ArgumentException>(() => trainer.Train(Version(3)));
    }

    [Fact]
    public void The_score_can_be_hidden_from_the_networks()
    {
        using var trainer = new Trainer(City with { Learning = new LearningSection { ScoreFeatures = false } }, Place);

        Assert.Equal(
            ["log-queue-move", "drift-plus-penalty"],
            DecisionFeatures.Names.Where((_, feature) => !trainer.Weights.Features[feature]));
    }

    [Fact]
    public void The_papers_networks_and_update_are_there_too()
    {
        using var trainer = new Trainer(City with
        {
            Decisions = new DecisionsSection { Candidates = 2, State = DecisionState.Paper },
            Learning = new LearningSection { Network = PolicyNetworkKind.Dense, Update = LearningUpdate.Paper },
        }, Place);

        Assert.Equal("7 → 64 → 64 → 64 → 2", PolicyShape.Describe(trainer.Weights));
        var before = PolicyFile.Hash(trainer.Weights);
        trainer.Train(new TrainVersion(1, 32, [Episode(PaperState.Length(2), 0)], []));
        Assert.NotEqual(before, PolicyFile.Hash(trainer.Weights));
    }

    [Fact]
    public void Networks_that_read_ages_have_fourteen_features_a_candidate()
    {
        using var trainer = new Trainer(City with { Decisions = City.Decisions with { State = DecisionState.DitenAged } }, Place);

        Assert.Equal("14 → 32 → 32 → 1", PolicyShape.Describe(trainer.Weights));
        var before = PolicyFile.Hash(trainer.Weights);
        trainer.Train(new TrainVersion(1, 32, [Episode(2 * DecisionFeatures.AgedCount, 0)], [new JourneyReward(0, 7, -5)]));
        Assert.NotEqual(before, PolicyFile.Hash(trainer.Weights));
    }

    private static TrainVersion Version(int version, params int[] of) =>
        new(version, 32 * version, [Episode(2 * DecisionFeatures.Count, of.Length == 0 ? [version - 1] : of)], [new JourneyReward(0, 7, -5)]);

    /// <summary>Four decisions of each of some versions.</summary>
    private static Episode Episode(int width, params int[] versions)
    {
        int[] rows = [.. versions.SelectMany(version => Enumerable.Repeat(version, 4))];
        return new Episode
        {
            Device = 7,
            FirstSlot = 0,
            StateWidth = width,
            States = [.. Enumerable.Range(0, rows.Length * width).Select(i => i * 37 % 11 / 11f)],
            CandidateCounts = Array.ConvertAll(rows, _ => 2),
            Actions = [.. rows.Select((_, row) => row % 2)],
            Probabilities = Array.ConvertAll(rows, version => version < 0 ? 1 : 0.5f),
            Versions = rows,
            Rewards = [.. rows.Select((_, row) => -1f - row % 3)],
            End = TransitionEnd.Terminal,
        };
    }
}
