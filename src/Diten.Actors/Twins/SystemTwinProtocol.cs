using Diten.Model.ServerTwins;
using Diten.Model.SystemTwin;

namespace Diten.Actors;

/// <summary>To the twin of the whole system: what the servers' twins had published for a slot, by server id.</summary>
internal sealed record TwinsReported(int Slot, IReadOnlyList<TwinEstimate> Twins);

/// <summary>To the twin of the whole system: this run is what you are the twin of from now on.</summary>
internal sealed record DescribeRun(RunSpec Run);

/// <summary>To the twin of the whole system: what are the servers like? Answered by its <see cref="SystemTwinState"/>.</summary>
internal sealed record GetSystemCondition;

/// <summary>To the twin of the whole system: what would each candidate earn? Answered by <see cref="RewardsEstimated"/>.</summary>
internal sealed record GetEstimatedRewards(ConsideredTask Task);

/// <summary>Reply to <see cref="GetEstimatedRewards"/>: R^s, nearest candidate first; of the slot that the twin describes.</summary>
internal sealed record RewardsEstimated(int Slot, IReadOnlyList<EstimatedReward> Rewards);
