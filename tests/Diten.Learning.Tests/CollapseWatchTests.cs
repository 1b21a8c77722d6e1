using Diten.Model.Learning;
using Diten.Model.Offloading;
using Diten.Model.Scenarios;

namespace Diten.Learning.Tests;

public sealed class CollapseWatchTests
{
    private static readonly UpdateReport Healthy = new() { Version = 3, PolicyRows = 200, CriticRows = 200, Entropy = 0.5 };

    [Fact]
    public void One_candidate_for_nearly_all_decisions_is_a_warning()
    {
        Assert.Null(new CollapseWatch(new LearningSection()).Observe([Episode(ones: 190, zeros: 10)], Healthy));
        Assert.Contains("95.5 % of 200 decisions took candidate 1", new CollapseWatch(new LearningSection()).Observe([Episode(ones: 191, zeros: 9)], Healthy));
    }

    [Fact]
    public void Decisions_without_a_choice_of_other_policies_too_old_or_too_few_do_not_count()
    {
        Assert.Null(new CollapseWatch(new LearningSection()).Observe([Episode(0, 150) with { CandidateCounts = [.. Enumerable.Repeat(1, 150)] }], Healthy));
        Assert.Null(new CollapseWatch(new LearningSection()).Observe([Episode(150, 0) with { Versions = [.. Enumerable.Repeat(-1, 150)] }], Healthy));
        Assert.Null(new CollapseWatch(new LearningSection { StaleVersions = 0 }).Observe([Episode(150, 0) with { Versions = [.. Enumerable.Repeat(1, 150)] }], Healthy));
        Assert.Null(new CollapseWatch(new LearningSection()).Observe([Episode(99, 0)], Healthy));
        Assert.NotNull(new CollapseWatch(new LearningSection()).Observe([Episode(100, 0)], Healthy));
    }

    [Fact]
    public void Certainty_is_a_warning_only_while_rewards_do_not_rise()
    {
        var certain = Healthy with { Entropy = 0.001 };

        Assert.All(Observe(certain, reward: update => update), Assert.Null);
        var level = Observe(certain, reward: _ => -3);
        Assert.All(level.Take(2 * CollapseWatch.Window - 1), Assert.Null);
        Assert.Contains("all but certain", level[^1]);
        Assert.All(Observe(Healthy, reward: _ => -3), Assert.Null);
    }

    [Fact]
    public void Divergence_is_a_warning() =>
        Assert.Contains("diverged", new CollapseWatch(new LearningSection()).Observe([], Healthy with { Diverged = true }));

    private static List<string?> Observe(UpdateReport report, Func<int, float> reward)
    {
        var watch = new CollapseWatch(new LearningSection());
        return [.. Enumerable.Range(0, 2 * CollapseWatch.Window).Select(i =>
            watch.Observe([Episode(100, 100) with { Rewards = [.. Enumerable.Repeat(reward(i), 200)] }], report))];
    }

    private static Episode Episode(int ones, int zeros) => new()
    {
        Device = 0,
        FirstSlot = 0,
        StateWidth = 0,
        States = [],
        CandidateCounts = [.. Enumerable.Repeat(2, ones + zeros)],
        Actions = [.. Enumerable.Repeat(1, ones), .. Enumerable.Repeat(0, zeros)],
        Probabilities = [.. Enumerable.Repeat(0.5f, ones + zeros)],
        Versions = [.. Enumerable.Repeat(2, ones + zeros)],
        Rewards = new float[ones + zeros],
        End = TransitionEnd.Terminal,
    };
}
