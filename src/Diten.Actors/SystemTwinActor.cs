using Akka.Actor;
using Akka.Event;
using Diten.Model;
using Diten.Model.ServerTwins;
using Diten.Model.SystemTwin;

namespace Diten.Actors;

/// <summary>To the twin of the whole system: what the servers' twins had published for a slot, by server id.</summary>
public sealed record TwinsReported(int Slot, IReadOnlyList<TwinEstimate> Twins);

/// <summary>To the twin of the whole system: this run is what you are the twin of from now on.</summary>
public sealed record DescribeRun(RunSpec Run);

/// <summary>To the twin of the whole system: what are the servers like? Answered by its <see cref="SystemTwinState"/>.</summary>
public sealed record GetSystemCondition;

/// <summary>To the twin of the whole system: what would each candidate earn? Answered by <see cref="RewardsEstimated"/>.</summary>
public sealed record GetEstimatedRewards(ConsideredTask Task);

/// <summary>Reply to <see cref="GetEstimatedRewards"/>: R^s, nearest candidate first; of the slot that the twin describes.</summary>
public sealed record RewardsEstimated(int Slot, IReadOnlyList<EstimatedReward> Rewards);

/// <summary>Hosts the digital twin of the whole system, 𝒟^s of eq. (2): the rules are in <see cref="SystemTwinRules"/>.</summary>
/// <param name="plans">Makes a run's world ready on this node.</param>
public sealed class SystemTwinActor(RunPlans plans) : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Courier _courier = new(Context.System);
    private SystemTwinState _state = SystemTwinState.Fresh;
    private RunSpec? _run;
    private World? _world;

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case DescribeRun describe:
                if (describe.Run.RunId == _run?.RunId)
                    break;
                (_run, _world, _state) = (describe.Run, null, SystemTwinState.Fresh);
                plans.Get(_run).PipeTo(
                    Self, Self, prepared => new Ready(describe.Run, prepared.Plan.World), failure => new NotReady(describe.Run, failure));
                break;
            case Ready ready:
                if (ready.Run == _run)
                    _world = ready.World;
                break;
            case NotReady failed: // the clock hears of it as well, and fails the run; whoever describes it again is taken at his word
                _log.Warning("The twin of the system cannot be made ready for run {0}: {1}", failed.Run.RunId, failed.Cause.Message);
                if (failed.Run == _run)
                    _run = null;
                break;
            case Parcel parcel:
                if (_courier.ReceiveFromOne(parcel, Sender) is { } whole)
                    OnReceive(whole);
                break;
            case TwinsReported report:
                _state = SystemTwinRules.Apply(_state, report.Slot, report.Twins);
                break;
            case GetSystemCondition:
                Sender.Tell(_state, Self);
                break;
            case GetEstimatedRewards query:
                Sender.Tell(
                    _world is null
                        ? new RewardsEstimated(-1, [])
                        : new RewardsEstimated(_state.Slot, SystemTwinRules.EstimateRewards(_state, _world, query.Task)),
                    Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private sealed record Ready(RunSpec Run, World World);

    private sealed record NotReady(RunSpec Run, Exception Cause);
}
