using Diten.Model.Policies.Networks;
using Diten.Model.SystemTwin;

namespace Diten.Model.Learning;

/// <summary>All that a learner must remember to go on, bit by bit, as if it had never stopped; what the scenario says is not in it. Immutable by convention.</summary>
/// <param name="Trainer">What it trains with.</param>
/// <param name="Policies">Those in force from the next slot on, ascending by version.</param>
/// <param name="Episodes">Decisions that have trained nothing yet.</param>
/// <param name="Twin">What the system's twin knows: its last slots, consecutive; none where nobody plays on it.</param>
public sealed record SavedLearner(
    TrainerMemory Trainer, IReadOnlyList<PolicyPublished> Policies, SavedEpisodes Episodes, IReadOnlyList<RecordedSlot> Twin);

/// <summary>What the next version of a policy and its report depend on. Immutable by convention.</summary>
/// <param name="Fingerprint">Of the machine that trained so far: what it is, Diten.Learning says.</param>
/// <param name="MeanRewards">Mean rewards of the last updates, the oldest first, by which a collapse is noticed.</param>
/// <param name="Networks">Networks and optimiser.</param>
public sealed record TrainerMemory(string Fingerprint, IReadOnlyList<double> MeanRewards, ActorCriticMemory Networks);

/// <summary>What the next update of a policy and its critic depends on. Immutable by convention.</summary>
/// <param name="Version">Updates done, which is the version of the policy; at least 0.</param>
/// <param name="Policy">The policy's weights.</param>
/// <param name="Critic">The critic's layers; of a critic of states and actions: state part, action part, the others.</param>
/// <param name="PolicyAdam">What Adam remembers of the policy; null with the paper's update, which remembers nothing.</param>
/// <param name="CriticAdam">Likewise of the critic.</param>
public sealed record ActorCriticMemory(
    int Version, PolicyWeights Policy, IReadOnlyList<DenseLayer> Critic, AdamMemory? PolicyAdam, AdamMemory? CriticAdam);

/// <summary>What Adam remembers of one network. Immutable by convention.</summary>
/// <param name="Steps">t, steps taken; at least 0.</param>
/// <param name="Means">m, for each parameter in turn: W of the first layer, its b, W of the next and so on; row-major.</param>
/// <param name="Squares">v, likewise.</param>
public sealed record AdamMemory(long Steps, IReadOnlyList<float[]> Means, IReadOnlyList<float[]> Squares);
