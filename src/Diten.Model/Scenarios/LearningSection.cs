
namespace Diten.Model.Scenarios;

/// <summary>How the learner updates its networks; <c>learning.update</c>.</summary>
public enum LearningUpdate
{
    /// <summary>Proximal policy optimisation: several passes over a batch, and no step takes the policy far from the one that acted (model.md §5).</summary>
    Ppo,
    /// <summary>The paper's Algorithm 1: one step of plain gradient descent after each row, by (17) to (19).</summary>
    Paper,
}

/// <summary>What the critic estimates; <c>learning.critic</c>.</summary>
public enum CriticKind
{
    /// <summary>V(S), as (17) has it.</summary>
    StateValue,
    /// <summary>Q(S, A), as the paper's Section IV-D describes the critic network.</summary>
    ActionValue,
}

/// <summary>How the critic follows its error θ; <c>learning.critic-rule</c>.</summary>
public enum CriticRule
{
    /// <summary>W_c += l_c θ ∇V, which descends on ½θ² with the target held still.</summary>
    SemiGradient,
    /// <summary>W_c += l_c θ² ∇V, (18) as printed: θ² is never negative, so that values can only rise. To show what it does.</summary>
    Literal,
}

/// <summary>Where episodes come from; <c>learning.train-on</c>.</summary>
public enum TrainingGround { SystemTwin, Cluster, Both }

/// <summary>How a policy is trained (model.md §5); only <c>diten train</c> looks at it.</summary>
public sealed record LearningSection
{
    /// <summary>How networks are moved. Default: <see cref="LearningUpdate.Ppo"/>.</summary>
    public LearningUpdate Update { get; init; } = LearningUpdate.Ppo;
    /// <summary>What the critic estimates. Default: V(S).</summary>
    public CriticKind Critic { get; init; } = CriticKind.StateValue;
    /// <summary>How the critic follows its error. Default: it descends.</summary>
    public CriticRule CriticRule { get; init; } = CriticRule.SemiGradient;
    /// <summary>Where episodes come from. Default: the emulation.</summary>
    public TrainingGround TrainOn { get; init; } = TrainingGround.Cluster;
    /// <summary>The policy's shape. Default: <see cref="PolicyNetworkKind.Set"/>.</summary>
    public PolicyNetworkKind Network { get; init; } = PolicyNetworkKind.Set;
    /// <summary>Whether the network sees the drift-plus-penalty score and log(1 + Q) · move among its features. Default: yes.</summary>
    public bool ScoreFeatures { get; init; } = true;
    /// <summary>Length of a training run, slots, at least 1; default 6400.</summary>
    public int Slots { get; init; } = 6400;
    /// <summary>P, slots between two versions of the policy, at least 1; default 32.</summary>
    public int PeriodSlots { get; init; } = 32;
    /// <summary>L, slots that the emulation goes on with the last version while the next one is trained; 0 (default) = it waits.</summary>
    public int LagSlots { get; init; }
    /// <summary>Slots in which another policy decides, the scenario's own, and only the critic learns: K1 of Algorithm 1. Default 0.</summary>
    public int PretrainingSlots { get; init; }
    /// <summary>Journeys that are played on the system's twin for a version; 0 (default) = those of as many decisions as the emulation has in P slots.</summary>
    public int TwinJourneys { get; init; }
    /// <summary>ε of (17), what a reward one decision later is worth, [0, 1]; default 0.95.</summary>
    public double Discount { get; init; } = 0.95;
    /// <summary>λ of generalised advantage estimation (ppo), [0, 1]; default 0.9. A critic of <see cref="CriticKind.ActionValue"/> does without.</summary>
    public double AdvantageDecay { get; init; } = 0.9;
    /// <summary>Step size of the policy, above 0: Adam's (ppo), l_a of (19) (paper, which prints none). Default 10⁻³.</summary>
    public double PolicyRate { get; init; } = 1e-3;
    /// <summary>Step size of the critic, above 0: Adam's (ppo), l_c of (18) (paper, which prints none). Default 10⁻³.</summary>
    public double CriticRate { get; init; } = 1e-3;
    /// <summary>Weight of the policy's entropy, nats, in its loss (ppo), at least 0; default 0.01.</summary>
    public double Entropy { get; init; } = 0.01;
    /// <summary>How far from 1 the ratio of new to old probability of an action may pull the policy (ppo), above 0 and below 1; default 0.2.</summary>
    public double Clip { get; init; } = 0.2;
    /// <summary>Times that an update goes over its batch (ppo), at least 1; default 4.</summary>
    public int Passes { get; init; } = 4;
    /// <summary>Parts that a batch is cut into (ppo), of equal size but for one row, at least 1; default 4.</summary>
    public int Minibatches { get; init; } = 4;
    /// <summary>Factor on rewards, above 0, so that values are of the order of one; default 0.1. Values and targets are in its units.</summary>
    public double RewardScale { get; init; } = 0.1;
    /// <summary>Versions that the policy may be ahead of the one an action was sampled from, at least 0; older ones train the critic only. Default 1.</summary>
    public int StaleVersions { get; init; } = 1;

    /// <summary>Whether a decision may train the policy, and not the critic only.</summary>
    /// <param name="sampled">Version of the learner's policy that it was drawn from; below 0 = none.</param>
    /// <param name="version">Version that is there to be improved.</param>
    public bool TrainsPolicy(int sampled, int version) => sampled >= 0 && version - sampled <= StaleVersions;

    /// <summary>
    /// Slots in which the system's twin is fed: versions that are due by then are trained on it, those after it on the emulation's episodes. With
    /// <see cref="TrainingGround.Both"/> it is the first half of the run.
    /// </summary>
    public int TwinSlots() => TrainOn switch
    {
        TrainingGround.SystemTwin => int.MaxValue,
        TrainingGround.Both => Slots / 2,
        _ => 0,
    };

    /// <summary>First slots, in which the scenario's own policy decides. The system's twin is fitted to at least a journey before it is played on.</summary>
    /// <param name="journeySlots">τ.</param>
    public int LeadSlots(int journeySlots) => TwinSlots() == 0 ? PretrainingSlots : Math.Max(PretrainingSlots, journeySlots);

    /// <summary>Which version holds when.</summary>
    public TrainingSchedule ToSchedule() => new(PeriodSlots, LagSlots);
}
