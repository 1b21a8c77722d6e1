using Diten.Model.Scenarios;

namespace Diten.Learning;

/// <summary>Everything that an <see cref="ActorCritic"/> is made of but its seed.</summary>
public sealed record ActorCriticSettings
{
    private readonly double? _rewardScale, _policyLearningRate;

    /// <summary>Shapes of policy and critic.</summary>
    public NetworkSettings Network { get; init; } = new();

    public LearningUpdate Update { get; init; } = LearningUpdate.Ppo;

    public CriticKind Critic { get; init; } = CriticKind.StateValue;

    public CriticRule CriticRule { get; init; } = CriticRule.SemiGradient;

    /// <summary>ε, what a reward one decision later is worth, [0, 1]; default 0.95.</summary>
    public double Discount { get; init; } = 0.95;

    /// <summary>Factor on rewards, positive; values and targets are in its units. Default 0.1 (PPO) or 1 (paper).</summary>
    public double RewardScale { get => _rewardScale ?? (Update == LearningUpdate.Paper ? 1 : 0.1); init => _rewardScale = value; }

    /// <summary>A row whose action was sampled from a policy more than this many versions ago trains the critic only, at least 0; default 2.</summary>
    public int StalenessLimit { get; init; } = 2;

    /// <summary>PPO: how far from 1 the ratio of new to old probability may pull the policy, (0, 1); default 0.2.</summary>
    public double Clip { get; init; } = 0.2;

    /// <summary>PPO: passes over a batch, at least 1; default 4.</summary>
    public int Passes { get; init; } = 4;

    /// <summary>PPO: minibatches of a pass, of equal size but for one row, at least 1; default 4.</summary>
    public int Minibatches { get; init; } = 4;

    /// <summary>PPO: λ of generalised advantage estimation, [0, 1]; default 0.9. A critic of <see cref="CriticKind.ActionValue"/> does without.</summary>
    public double GaeLambda { get; init; } = 0.9;

    /// <summary>PPO: weight of the policy's entropy in its loss, at least 0; default 0.01.</summary>
    public double EntropyWeight { get; init; } = 0.01;

    /// <summary>PPO: whether a batch's advantages are shifted and scaled to mean 0 and standard deviation 1; default yes.</summary>
    public bool NormaliseAdvantages { get; init; } = true;

    /// <summary>Step size of the policy, positive: Adam's (PPO), l_a of (19) (paper). Default 10⁻³ (PPO) or 10⁻⁴ (paper, which prints none).</summary>
    public double PolicyLearningRate { get => _policyLearningRate ?? (Update == LearningUpdate.Paper ? 1e-4 : 1e-3); init => _policyLearningRate = value; }

    /// <summary>Step size of the critic, positive: Adam's (PPO), l_c of (18) (paper). Default 10⁻³ (the paper prints none).</summary>
    public double CriticLearningRate { get; init; } = 1e-3;

    /// <exception cref="ArgumentException">A value is out of its range; the message says which.</exception>
    internal void Check()
    {
        Network.Check();
        Require(Discount is >= 0 and <= 1, nameof(Discount), Discount, "0 to 1");
        Require(RewardScale > 0, nameof(RewardScale), RewardScale, "positive");
        Require(StalenessLimit >= 0, nameof(StalenessLimit), StalenessLimit, "at least 0");
        Require(Clip is > 0 and < 1, nameof(Clip), Clip, "above 0 and below 1");
        Require(Passes >= 1, nameof(Passes), Passes, "at least 1");
        Require(Minibatches >= 1, nameof(Minibatches), Minibatches, "at least 1");
        Require(GaeLambda is >= 0 and <= 1, nameof(GaeLambda), GaeLambda, "0 to 1");
        Require(EntropyWeight >= 0, nameof(EntropyWeight), EntropyWeight, "at least 0");
        Require(PolicyLearningRate > 0, nameof(PolicyLearningRate), PolicyLearningRate, "positive");
        Require(CriticLearningRate > 0, nameof(CriticLearningRate), CriticLearningRate, "positive");
    }

    private static void Require(bool holds, string name, double value, string allowed)
    {
        if (!holds)
            throw new ArgumentException($"{name} is {value}: it must be {allowed}.");
    }
}
