using System.Diagnostics;
using Diten.Model.Learning;
using Diten.Model.Offloading;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Learning;

/// <summary>Trains a policy from episodes, version by version, as a scenario's <c>learning</c> section says. Not thread-safe.</summary>
public sealed class Trainer : IDisposable
{
    private readonly LearningSection _learning;
    private readonly TwinPlay _twin;
    private readonly CollapseWatch _watch = new();
    private ActorCritic _networks;
    private string? _moved; // to be told with the next version

    /// <param name="scenario">What is trained, and how.</param>
    /// <param name="topology">Where the scenario's servers stand.</param>
    /// <exception cref="PlatformNotSupportedException">This machine cannot train.</exception>
    public Trainer(Scenario scenario, Topology topology)
    {
        _learning = scenario.Learning;
        _twin = new TwinPlay(scenario, topology);
        _networks = new ActorCritic(SettingsOf(scenario), scenario.Seed);
    }

    /// <summary>Wall-clock time of all calls of <see cref="Train"/> so far. Only for people to look at: nothing that is learned, saved or told depends on it.</summary>
    public TimeSpan TimeSpent { get; private set; }

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
            Update = learning.Update,
            Critic = learning.Critic,
            CriticRule = learning.CriticRule,
            Discount = learning.Discount,
            RewardScale = learning.RewardScale,
            Clip = learning.Clip,
            Passes = learning.Passes,
            Minibatches = learning.Minibatches,
            GaeLambda = learning.AdvantageDecay,
            EntropyWeight = learning.Entropy,
            PolicyLearningRate = learning.PolicyRate,
            CriticLearningRate = learning.CriticRate,
        };
    }

    /// <summary>Makes the next version, by one update from all decisions since the last one, or from as many that it makes itself on the system's twin.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; the trainer is good for nothing but <see cref="Dispose"/>.</exception>
    public LearningReport Train(TrainVersion due, CancellationToken cancel = default)
    {
        var started = Stopwatch.GetTimestamp();
        var report = Update(due, cancel);
        TimeSpent += Stopwatch.GetElapsedTime(started);
        return report;
    }

    /// <summary>All that the next version and its report depend on: this machine's <see cref="TrainingFingerprint"/>, int32 number and float64 values of what the watch remembers, then the networks.</summary>
    public byte[] Save()
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            writer.Write(TrainingFingerprint.Here);
            writer.Write(_watch.Memory.Count);
            foreach (var reward in _watch.Memory)
                writer.Write(reward);
            writer.Write(_networks.ToCheckpoint().ToBytes());
        }

        return bytes.ToArray();
    }

    /// <summary>Goes on from what <see cref="Save"/> gave.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Load(byte[] saved)
    {
        using var reader = new BinaryReader(new MemoryStream(saved));
        if (reader.ReadString() is var there && there != TrainingFingerprint.Here)
            _moved = $"training went on here ({TrainingFingerprint.Here}) from another machine ({there}), where torch computes other last bits: "
                + "no other training gives exactly this policy";
        _watch.Memory = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadDouble())];
        var networks = new ActorCritic(LearnerCheckpoint.FromBytes(reader.ReadBytes(saved.Length), "the learner's checkpoint"));
        _networks.Dispose();
        _networks = networks;
    }

    /// <inheritdoc/>
    public void Dispose() => _networks.Dispose();

    private LearningReport Update(TrainVersion due, CancellationToken cancel)
    {
        var known = due.Twin is null ? due.Episodes : _twin.Play(due.Twin, Weights, due.Version - 1);
        Episode[] episodes = [.. known.Select(episode => Dated(episode, due.Version))];
        var update = _networks.Update(episodes, cancel);
        if (update.Diverged)
            throw new ArithmeticException(FormattableString.Invariant(
                $"training diverged in version {due.Version}: weights are no numbers any more; take smaller steps (learning.policy-rate, learning.critic-rate)"));
        var (warning, moved) = (_watch.Observe(episodes, update), _moved);
        _moved = null;
        return new LearningReport(
            due.Version, due.Slots, [.. due.Journeys.Select(journey => (float)journey.Reward)], (update.CriticRows, update.PolicyRows),
            update.PolicyLoss, update.ValueLoss, update.Entropy, update.ClipFraction, update.KlDivergence, update.ExplainedVariance,
            TopActionShare(episodes), warning is null || moved is null ? warning ?? moved : $"{warning}; {moved}");
    }

    /// <summary>To the networks all decisions of versions that are new enough are of the present policy; the others train the critic only.</summary>
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
