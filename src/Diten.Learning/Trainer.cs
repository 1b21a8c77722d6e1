using System.Diagnostics;
using Diten.Model.Learning;
using Diten.Model.Policies.Networks;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Learning;

/// <summary>Trains a policy from episodes, version by version, as a scenario's <c>learning</c> section says. Not thread-safe.</summary>
public sealed class Trainer : IDisposable
{
    private readonly Scenario _scenario;
    private readonly TwinPlay _twin;
    private readonly CollapseWatch _watch;
    private ActorCritic _networks;
    private string? _moved; // to be told with the next version

    /// <param name="scenario">What is trained, and how.</param>
    /// <param name="topology">Where the scenario's servers stand.</param>
    /// <exception cref="PlatformNotSupportedException">This machine cannot train.</exception>
    public Trainer(Scenario scenario, Topology topology)
    {
        (_scenario, _twin, _watch) = (scenario, new TwinPlay(scenario, topology), new CollapseWatch(scenario.Learning));
        _networks = new ActorCritic(scenario.Learning, NetworkShape.Of(scenario), scenario.Seed);
    }

    /// <summary>Wall-clock time of all calls of <see cref="Train"/> so far. Only for people to look at: nothing that is learned, saved or told depends on it.</summary>
    public TimeSpan TimeSpent { get; private set; }

    /// <summary>The policy as it is now.</summary>
    public PolicyWeights Weights => _networks.Policy.ToWeights();

    /// <summary>Makes the next version, by one update from all decisions since the last one, or from as many that it makes itself on the system's twin.</summary>
    /// <exception cref="ArgumentException">The version is not the next one, or an episode does not fit.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the trainer is good for nothing but <see cref="Dispose"/>.</exception>
    public LearningReport Train(TrainVersion due, CancellationToken cancel = default)
    {
        var started = Stopwatch.GetTimestamp();
        var report = Update(due, cancel);
        TimeSpent += Stopwatch.GetElapsedTime(started);
        return report;
    }

    /// <summary>A copy of all that the next version and its report depend on.</summary>
    public TrainerMemory ToMemory() => new(TrainingFingerprint.Here, _watch.Memory, _networks.ToMemory());

    /// <summary>Goes on from what <see cref="ToMemory"/> gave.</summary>
    /// <exception cref="InvalidDataException">It is of another scenario's training.</exception>
    public void Restore(TrainerMemory memory)
    {
        ActorCritic networks;
        try
        {
            networks = new ActorCritic(_scenario.Learning, NetworkShape.Of(_scenario), _scenario.Seed, memory.Networks);
        }
        catch (ArgumentException misfit)
        {
            throw new InvalidDataException($"The learner's checkpoint does not fit the scenario: {misfit.Message}", misfit);
        }

        _networks.Dispose();
        _networks = networks;
        _watch.Memory = memory.MeanRewards;
        if (memory.Fingerprint != TrainingFingerprint.Here)
            _moved = $"training went on here ({TrainingFingerprint.Here}) from another machine ({memory.Fingerprint}), where torch computes other last bits: "
                + "no other training gives exactly this policy";
    }

    /// <inheritdoc/>
    public void Dispose() => _networks.Dispose();

    private LearningReport Update(TrainVersion due, CancellationToken cancel)
    {
        if (due.Version != _networks.Version + 1)
            throw new ArgumentException($"Version {due.Version} is due, but the networks are of version {_networks.Version}.", nameof(due));
        var episodes = due.Twin is null ? due.Episodes : _twin.Play(due.Twin, Weights, _networks.Version);
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

    private static double TopActionShare(IReadOnlyList<Episode> episodes)
    {
        var counts = episodes.SelectMany(episode => episode.Actions).CountBy(action => action).Select(count => (double)count.Value).ToArray();
        return counts.Length == 0 ? 0 : counts.Max() / counts.Sum();
    }
}
