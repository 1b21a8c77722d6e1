namespace Diten.Learning;

/// <summary>What one update did. Where nothing was trained, its figures are 0.</summary>
public sealed record UpdateReport
{
    /// <summary>Version of the policy after the update.</summary>
    public required int Version { get; init; }

    /// <summary>Rows that trained the policy: sampled from a policy of the learner that is not too old.</summary>
    public int PolicyRows { get; init; }

    /// <summary>Rows that trained the critic: all of them.</summary>
    public int CriticRows { get; init; }

    /// <summary>
    /// Mean over steps of what the policy was moved to lessen. PPO: the clipped surrogate −min(ρ A, clip(ρ) A) less the entropy bonus, which hovers near
    /// 0 and tells little by its size; paper: −A log π(A_t | S_t). Watch for jumps, not for a trend.
    /// </summary>
    public double PolicyLoss { get; init; }

    /// <summary>
    /// Mean of ½θ², half the squared error of the critic, over all its steps; squared units of scaled reward. Should fall, then stay with the noise
    /// of rewards.
    /// </summary>
    public double ValueLoss { get; init; }

    /// <summary>
    /// Mean entropy of π(· | S) after the update over the rows that trained the policy, nats: log N is uniform, 0 is certain. Should fall slowly;
    /// near 0 early means collapse.
    /// </summary>
    public double Entropy { get; init; }

    /// <summary>
    /// PPO: share of policy rows, over all passes, whose ratio ρ had left [1 − clip, 1 + clip], 0 to 1. Up to 0.3 is usual; more means steps too
    /// long. 0 with the paper's update.
    /// </summary>
    public double ClipFraction { get; init; }

    /// <summary>
    /// 1 − Var(target − prediction) / Var(target), before the update: 1 is a perfect critic, 0 one that knows nothing but the mean, below 0 is worse
    /// than that. 0 where all targets are alike.
    /// </summary>
    public double ExplainedVariance { get; init; }

    /// <summary>
    /// Mean KL(π_before ‖ π_after) over the rows that trained the policy, nats, exact: how far the update took the policy. Much above 0.05, updates
    /// are too bold.
    /// </summary>
    public double KlDivergence { get; init; }

    /// <summary>Whether a weight of either network is no longer a finite number. Such a policy decides nothing: go back to a checkpoint.</summary>
    public bool Diverged { get; init; }
}
