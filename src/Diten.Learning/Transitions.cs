using Diten.Model.Learning;
using Diten.Model.Offloading;
using Diten.Model.Scenarios;

namespace Diten.Learning;

/// <summary>A batch of episodes as rows (S_t, A_t, R_t, S_{t+1}).</summary>
/// <remarks>Sorted by first slot, then device, and within an episode by slot: the order in which episodes arrive does not matter.</remarks>
internal sealed class Transitions
{
    /// <summary>What stands in <see cref="Next"/> where nothing comes after.</summary>
    public const int Nothing = -1;

    private Transitions(int count, int states, int width)
    {
        Count = count;
        States = new float[states * width];
        CandidateCounts = new int[states];
        (Actions, Next) = (new long[count], new int[count]);
        (Probabilities, Rewards, TrainsPolicy) = (new float[count], new double[count], new bool[count]);
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>States of all rows, and after them those that follow truncated episodes.</summary>
    public float[] States { get; }

    /// <summary>Valid candidates of each of these states.</summary>
    public int[] CandidateCounts { get; }

    /// <summary>A_t.</summary>
    public long[] Actions { get; }

    /// <summary>Index of S_{t+1} among <see cref="States"/>, or <see cref="Nothing"/> where the journey ends.</summary>
    public int[] Next { get; }

    /// <summary>Probability that A_t was sampled with.</summary>
    public float[] Probabilities { get; }

    /// <summary>R_t times the reward scale.</summary>
    public double[] Rewards { get; }

    /// <summary>Whether the row may train the policy: sampled from a policy of the learner that is not too old.</summary>
    public bool[] TrainsPolicy { get; }

    /// <summary>Whether S_{t+1} is another row's state: the journey goes on within the batch.</summary>
    public bool Continues(int row) => Next[row] != Nothing && Next[row] < Count;

    /// <param name="episodes">In any order.</param>
    /// <param name="learning">How the learner learns.</param>
    /// <param name="shape">Of its networks.</param>
    /// <param name="version">The learner's version, from which older ones are counted.</param>
    /// <exception cref="ArgumentException">An episode does not fit; the message names it.</exception>
    public static Transitions Of(IReadOnlyList<Episode> episodes, LearningSection learning, NetworkShape shape, int version)
    {
        Episode[] sorted = [.. episodes.Where(e => e.Length > 0).OrderBy(e => e.FirstSlot).ThenBy(e => e.Device)];
        for (var i = 0; i < sorted.Length; i++)
        {
            Check(sorted[i], shape, version);
            if (i > 0 && (sorted[i].FirstSlot, sorted[i].Device) == (sorted[i - 1].FirstSlot, sorted[i - 1].Device))
                throw new ArgumentException($"{Name(sorted[i])} is there twice.");
        }

        var (count, width) = (sorted.Sum(e => e.Length), shape.StateWidth);
        var rows = new Transitions(count, count + sorted.Count(e => e.End == TransitionEnd.Truncated), width);
        var (row, extra) = (0, count);
        foreach (var episode in sorted)
        {
            episode.States.CopyTo(rows.States, row * width);
            episode.CandidateCounts.CopyTo(rows.CandidateCounts, row);
            episode.Probabilities.CopyTo(rows.Probabilities, row);
            for (var t = 0; t < episode.Length; t++, row++)
            {
                rows.Actions[row] = episode.Actions[t];
                rows.Rewards[row] = learning.RewardScale * episode.Rewards[t];
                rows.TrainsPolicy[row] = learning.TrainsPolicy(episode.Versions[t], version) && episode.Probabilities[t] > 0; // 0 where it was too small for float32
                rows.Next[row] = row + 1;
            }

            rows.Next[row - 1] = Nothing;
            if (episode.End != TransitionEnd.Truncated)
                continue;
            episode.NextState.CopyTo(rows.States, extra * width);
            rows.CandidateCounts[extra] = episode.NextCandidateCount;
            rows.Next[row - 1] = extra++;
        }

        return rows;
    }

    private static void Check(Episode episode, NetworkShape shape, int version)
    {
        var (rows, width) = (episode.Length, shape.StateWidth);
        Require(episode.StateWidth == width, episode, $"has states of {episode.StateWidth} numbers, the networks read {width}");
        Require(episode.States.Length == rows * width && episode.CandidateCounts.Length == rows && episode.Probabilities.Length == rows
            && episode.Versions.Length == rows && episode.Rewards.Length == rows, episode, "has arrays of lengths that do not fit");
        Require(episode.End != TransitionEnd.None, episode, "has no end: an episode ends terminal, or truncated with the state that would have come next");
        var truncated = episode.End == TransitionEnd.Truncated;
        Require(episode.NextState.Length == (truncated ? width : 0), episode, $"has a next state of {episode.NextState.Length} numbers");
        Require(!truncated || (episode.NextCandidateCount >= 1 && episode.NextCandidateCount <= shape.Candidates), episode,
            $"has {episode.NextCandidateCount} candidates in its next state");
        Require(Array.TrueForAll(episode.States, float.IsFinite) && Array.TrueForAll(episode.NextState, float.IsFinite), episode, "has a state that is no number");
        for (var t = 0; t < rows; t++)
        {
            var (count, action) = (episode.CandidateCounts[t], episode.Actions[t]);
            Require(count >= 1 && count <= shape.Candidates, episode, $"has {count} candidates in row {t}");
            Require(action >= 0 && action < count, episode, $"has action {action} of {count} candidates in row {t}");
            Require(episode.Versions[t] <= version, episode, $"has version {episode.Versions[t]} in row {t}, which is not there yet: the learner has {version}");
            Require(episode.Versions[t] < 0 || episode.Probabilities[t] is >= 0 and <= 1, episode, $"has probability {episode.Probabilities[t]} in row {t}");
            Require(float.IsFinite(episode.Rewards[t]), episode, $"has reward {episode.Rewards[t]} in row {t}");
        }
    }

    private static string Name(Episode episode) => $"The episode of device {episode.Device} from slot {episode.FirstSlot} on";

    private static void Require(bool holds, Episode episode, string otherwise)
    {
        if (!holds)
            throw new ArgumentException($"{Name(episode)} {otherwise}.");
    }
}
