using Diten.Model.Learning;
using Diten.Model.Scenarios;

namespace Diten.Learning;

/// <summary>Notices a policy that has given up deciding: one candidate whatever the state, or certain while rewards do not rise. Not thread-safe.</summary>
/// <remarks>Only decisions that were sampled from a version of the learner's policy that is not too old, and that had a choice, count. Pure: no torch, no clock.</remarks>
/// <param name="learning">Says which decisions are too old to count.</param>
internal sealed class CollapseWatch(LearningSection learning)
{
    /// <summary>Share of decisions above which one index is suspicious.</summary>
    public const double DominantShare = 0.95;

    /// <summary>Fewer decisions of an update than these tell nothing about its share.</summary>
    public const int LeastDecisions = 100;

    /// <summary>Entropy below this share of the largest possible is near zero.</summary>
    public const double LowEntropyShare = 0.02;

    /// <summary>Updates whose mean reward is compared with that of as many before.</summary>
    public const int Window = 10;

    private readonly Queue<double> _rewards = new();

    /// <summary>What it remembers: mean rewards of the last updates, at most twice <see cref="Window"/>, the oldest first.</summary>
    public IReadOnlyList<double> Memory
    {
        get => [.. _rewards];
        set
        {
            _rewards.Clear();
            foreach (var reward in value)
                _rewards.Enqueue(reward);
        }
    }

    /// <summary>Looks at what an update was made of and what it did.</summary>
    /// <param name="episodes">The batch of the update.</param>
    /// <param name="report">Of the update.</param>
    /// <returns>A warning as a sentence or two for people; null where there is nothing to say.</returns>
    public string? Observe(IReadOnlyList<Episode> episodes, UpdateReport report)
    {
        var (decisions, reward, rows, largest) = (new Dictionary<int, int>(), 0.0, 0, 0.0);
        foreach (var episode in episodes)
        {
            for (var t = 0; t < episode.Length; t++)
            {
                if (!learning.TrainsPolicy(episode.Versions[t], report.Version - 1))
                    continue;
                (reward, rows, largest) = (reward + episode.Rewards[t], rows + 1, largest + Math.Log(episode.CandidateCounts[t]));
                if (episode.CandidateCounts[t] > 1)
                    decisions[episode.Actions[t]] = decisions.GetValueOrDefault(episode.Actions[t]) + 1;
            }
        }

        if (report.Diverged)
            return $"Update {report.Version} made weights that are no numbers: training has diverged. Go back to a checkpoint, with smaller steps or rewards.";
        if (rows == 0)
            return null;
        _rewards.Enqueue(reward / rows);
        if (_rewards.Count > 2 * Window)
            _rewards.Dequeue();

        var total = decisions.Values.Sum();
        foreach (var (index, count) in decisions)
        {
            if (total >= LeastDecisions && count > DominantShare * total)
            {
                return $"Update {report.Version}: {100.0 * count / total:0.#} % of {total} decisions took candidate {index}, counted from the nearest as 0. "
                    + "If no fixed candidate can be that good, the policy has collapsed: start again with a larger entropy weight or smaller steps.";
            }
        }

        if (report.PolicyRows > 0 && report.Entropy < LowEntropyShare * (largest / rows) && _rewards.Count == 2 * Window
            && _rewards.Skip(Window).Average() <= _rewards.Take(Window).Average())
        {
            return $"Update {report.Version}: the policy is all but certain (entropy {report.Entropy:0.0000} nats), and the mean reward of the last {Window} updates "
                + "is not above that of the ones before: it has stopped exploring before it was good. Raise the entropy weight.";
        }

        return null;
    }
}
