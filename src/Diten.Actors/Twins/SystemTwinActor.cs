using Akka.Actor;
using Akka.Event;
using Diten.Model.SystemTwin;
using Diten.Model.Worlds;

namespace Diten.Actors;

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
