using Diten.Model.Learning;
using Diten.Model.Offloading;
using Diten.Model.Scenarios;

namespace Diten.Learning;

/// <summary>Trains a policy from episodes, version by version, as a scenario's <c>learning</c> section says. Not thread-safe.</summary>
public sealed class Trainer : IDisposable
{
    private readonly LearningSection _learning;
    private readonly CollapseWatch _watch = new();
    private ActorCritic _networks;

    /// <exception cref="PlatformNotSupportedException">This machine cannot train.</exception>
    public Trainer(Scenario scenario)
    {
        _learning = scenario.Learning;
        _networks = new ActorCritic(SettingsOf(scenario), scenario.Seed);
    }

    /// <summary>The policy as it is now.</summary>
    public PolicyWeights Weights => _networks.Policy.ToWeights();

    /// <summary>What <c>learning</c> says, as the networks and their updates take it.</summary>
    public static ActorCriticSettings SettingsOf(Scenario scenario)
    {
        var learning = scenario.Learning;
        var seen = Enumerable.Repeat(true, DecisionFeatures.Count).ToArray();
        if (!learning.ScoreFeatures)
            foreach (var name in (string[])["log-queue-move", "drift-plus-penalty"])
                seen[DecisionFeatures.Names.ToList().IndexOf(name)] = false;
        return new ActorCriticSettings
        {
            Network = new NetworkSettings
            {
                Kind = learning.Network,
                State = scenario.Decisions.State,
                Candidates = scenario.Decisions.Candidates,
                Features = seen,
            },
            Update = learning.Update == LearningUpdate.Paper ? UpdateRule.Paper : UpdateRule.Ppo,
            Critic = learning.Critic == Model.Scenarios.CriticKind.ActionValue ? CriticKind.ActionValue : CriticKind.StateValue,
            CriticRule = learning.CriticRule == Model.Scenarios.CriticRule.Literal ? CriticRule.Literal : CriticRule.SemiGradient,
            Discount = learning.Discount,
            RewardScale = learning.RewardScale,
            Clip = learning.Clip,
            Passes = learning.Passes,
            Minibatches = learning.Minibatches,
            GaeLambda = learning.AdvantageDecay,
            EntropyWeight = learning.Entropy,
            LearningRate = learning.PolicyRate,
            PolicyLearningRate = learning.PolicyRate,
            CriticLearningRate = learning.CriticRate,
        };
    }

    /// <summary>Makes the next version: an update for each lot of some <c>batch-journeys</c> episodes, all of about one size.</summary>
    public LearningReport Train(TrainVersion due)
    {
        var lots = Math.Max(1, (int)Math.Round((double)due.Episodes.Count / _learning.BatchJourneys));
        var updates = new List<UpdateReport>(lots);
        string? warning = null;
        for (var lot = 0; lot < lots; lot++)
        {
            var (from, to) = (lot * due.Episodes.Count / lots, (lot + 1) * due.Episodes.Count / lots);
            Episode[] episodes = [.. due.Episodes.Skip(from).Take(to - from).Select(episode => Dated(episode, due.Version))];
            updates.Add(_networks.Update(episodes));
            warning = _watch.Observe(episodes, updates[^1]) ?? warning;
        }

        var rewards = due.Episodes.Select(episode => episode.Rewards.Sum()).ToArray();
        var (critic, policy) = (updates.Sum(update => (long)update.CriticRows), updates.Sum(update => (long)update.PolicyRows));
        double Mean(Func<UpdateReport, double> figure) => updates.Average(figure);
        return new LearningReport(
            due.Version, due.Slots, rewards, (critic, policy), Mean(update => update.PolicyLoss), Mean(update => update.ValueLoss),
            Mean(update => update.Entropy), Mean(update => update.ClipFraction), Mean(update => update.KlDivergence), Mean(update => update.ExplainedVariance),
            TopActionShare(due.Episodes), warning);
    }

    /// <summary>All that the next version depends on.</summary>
    public byte[] Save() => _networks.ToCheckpoint().ToBytes();

    /// <summary>Goes on from what <see cref="Save"/> gave.</summary>
    public void Load(byte[] saved)
    {
        _networks.Dispose();
        _networks = new ActorCritic(LearnerCheckpoint.FromBytes(saved, "the learner's checkpoint"));
    }

    /// <inheritdoc/>
    public void Dispose() => _networks.Dispose();

    /// <summary>
    /// A version is made by several updates, of which each counts for the networks. To them all decisions of versions that are new enough are of
    /// the present policy, whose probabilities are written down; the others train the critic only.
    /// </summary>
    private Episode Dated(Episode episode, int version) => episode with
    {
        Versions = Array.ConvertAll(episode.Versions, of => of >= 0 && version - 1 - of <= _learning.StaleVersions ? _networks.Version : -1),
    };

    private static double TopActionShare(IReadOnlyList<Episode> episodes)
    {
        var counts = episodes.SelectMany(episode => episode.Actions).CountBy(action => action).Select(count => (double)count.Value).ToArray();
        return counts.Length == 0 ? 0 : counts.Max() / counts.Sum();
    }
}
