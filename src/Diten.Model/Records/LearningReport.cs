namespace Diten.Model.Records;

/// <summary>What training came to in one version of a policy. Never holds a time of this machine.</summary>
/// <param name="Version">The version that was made.</param>
/// <param name="Slots">Slots whose decisions were known then.</param>
/// <param name="JourneyRewards">Sum of R_t over each journey that ended since the version before, by first slot and device.</param>
/// <param name="Rows">Decisions that trained the critic, and of those the ones that trained the policy too.</param>
/// <param name="PolicyLoss">Mean over the updates; likewise what follows.</param>
/// <param name="ValueLoss">Mean squared error of the critic, on scaled rewards.</param>
/// <param name="Entropy">Of the policy, nats.</param>
/// <param name="ClipFraction">Share of decisions whose probability moved as far as it may.</param>
/// <param name="Divergence">Approximate Kullback-Leibler divergence of the new policy from the one that decided, nats.</param>
/// <param name="ExplainedVariance">Share of the variance of returns that the critic explains; at most 1.</param>
/// <param name="TopActionShare">Share of decisions for the candidate that was chosen most often, by its rank.</param>
/// <param name="Warning">Where training has collapsed, or seems to; null = it has not.</param>
public sealed record LearningReport(
    int Version, int Slots, IReadOnlyList<float> JourneyRewards, (long Critic, long Policy) Rows, double PolicyLoss, double ValueLoss, double Entropy,
    double ClipFraction, double Divergence, double ExplainedVariance, double TopActionShare, string? Warning)
{
    /// <summary>Mean of <see cref="JourneyRewards"/>; NaN where there are none.</summary>
    public double JourneyRewardMean => JourneyRewards.Count == 0 ? double.NaN : JourneyRewards.Sum(reward => (double)reward) / JourneyRewards.Count;
}
