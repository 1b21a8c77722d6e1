using Akka.Actor;
using Diten.Model;
using Diten.Model.ServerTwins;
using Diten.Model.SystemTwin;

namespace Diten.Actors;

/// <summary>To the twin of the whole system: what the servers' twins had published for a slot, by server id.</summary>
public sealed record TwinsReported(int Slot, IReadOnlyList<TwinEstimate> Twins);

/// <summary>To the twin of the whole system: what are the servers like? Answered by its <see cref="SystemTwinState"/>.</summary>
public sealed record GetSystemCondition;

/// <summary>To the twin of the whole system: what would each candidate earn? Answered by <see cref="RewardsEstimated"/>.</summary>
public sealed record GetEstimatedRewards(ConsideredTask Task);

/// <summary>Reply to <see cref="GetEstimatedRewards"/>: R^s, nearest candidate first; of the slot that the twin describes.</summary>
public sealed record RewardsEstimated(int Slot, IReadOnlyList<EstimatedReward> Rewards);

/// <summary>Hosts the digital twin of the whole system, 𝒟^s of eq. (2): the rules are in <see cref="SystemTwinRules"/>.</summary>
public sealed class SystemTwinActor(World world) : UntypedActor
{
    private SystemTwinState _state = SystemTwinState.Fresh;

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case TwinsReported report:
                _state = SystemTwinRules.Apply(_state, report.Slot, report.Twins);
                break;
            case GetSystemCondition:
                Sender.Tell(_state, Self);
                break;
            case GetEstimatedRewards query:
                Sender.Tell(new RewardsEstimated(_state.Slot, SystemTwinRules.EstimateRewards(_state, world, query.Task)), Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
