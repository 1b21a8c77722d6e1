using Akka.Actor;
using Diten.Actors.Metering;
using Diten.Actors.Runtime;

namespace Diten.Actors;

/// <summary>One on each node: holds the zones that the clock places there. A new epoch has new zones; those of the old one stop.</summary>
/// <param name="clock">The clock, or what stands for it in a cluster; <see cref="ActorRefs.Nobody"/> where the node never leaves.</param>
/// <param name="learner">Recipe of a learner, as one more zone; null where the node cannot hold one.</param>
public sealed class NodeHostActor(NodeDescription node, RunPlans plans, IActorRef clock, Func<ZoneStart, Props>? learner = null)
    : UntypedActor, IWithTimers
{
    private static readonly TimeSpan SayAgainEvery = TimeSpan.FromMilliseconds(500);

    private const string OtherFiles = "it reads other files than those that the run was changed with: the same files must be on all nodes";

    private readonly List<IActorRef> _zones = [];
    private readonly List<IActorRef> _devicePools = []; // by lane; none before the first zones
    private int _poolsMade;
    private string? _runId;
    private long _epoch;
    private ZonesStarted? _started;
    private RunFailed? _failure;
    private IActorRef _clock = ActorRefs.Nobody;
    private StartZones? _starting;
    private IActorRef? _leaving;

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Name of a zone's actor: zones of different epochs can stop and start at once.</summary>
    public static string NameOf(int zone, long epoch) => FormattableString.Invariant($"zone-{zone}@{epoch}");

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PrepareRun prepare:
                Prepare(prepare.Run);
                break;
            case StartZones start:
                Start(start);
                break;
            case Ready ready when ready.Start == _starting:
                StartZones(ready.Start, ready.Plan);
                break;
            case Ready: // a later epoch was faster
                break;
            case StopZones stop when stop.RunId == _runId:
                StopAll();
                ClosePools();
                (_runId, _epoch, _started, _failure, _starting) = (null, 0, null, null, null);
                break;
            case StopZones:
                break;
            case NotReady failed when failed.Start == _starting:
                _failure = new RunFailed($"Node {node.Name} cannot take part: {failed.Cause.Message}", failed.Cause);
                _clock.Tell(_failure, Self);
                break;
            case NotReady:
                break;
            case MessageLost lost:
                if (lost.Epoch is null || lost.Epoch == _epoch)
                    (_clock.IsNobody() ? clock : _clock).Tell(new RunFailed(lost.Text, null), Self);
                break;
            case Leave:
                _leaving = Sender;
                Timers.StartPeriodicTimer("leave", new LeaveRequested(), TimeSpan.Zero, SayAgainEvery);
                break;
            case LeaveRequested request:
                clock.Tell(request, Self);
                break;
            case MayLeave may:
                Timers.Cancel("leave");
                _leaving?.Tell(may, Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => EmulationProps.ReportAndRestart;

    private void Prepare(RunSpec run)
    {
        var lanes = Lanes.Of(Context.System);
        plans.Get(run).PipeTo(
            Sender, Self,
            prepared => new HostReady(run.RunId, node.Name, lanes, prepared.WorldFingerprint, node.NumericFingerprint, node.Platform, learner is not null),
            failure => new HostRefused(run.RunId, node.Name, failure.Message));
    }

    private void Start(StartZones start)
    {
        if (start.Run.RunId == _runId && start.Epoch < _epoch)
            return; // from a clock that has been replaced
        if (start.Run.RunId == _runId && start.Epoch == _epoch)
        {
            object? answer = _failure is null ? _started : _failure;
            if (answer is not null)
                Sender.Tell(answer, Self); // else it is on its way
            return;
        }

        StopAll();
        (_runId, _epoch, _started, _failure, _starting, _clock) = (start.Run.RunId, start.Epoch, null, null, start, Sender);
        plans.Get(start.Run).PipeTo<PreparedRun>(
            Self, Self,
            prepared => IsOther(start.Run, prepared) ? new NotReady(start, new InvalidDataException(OtherFiles)) : new Ready(start, prepared.Plan),
            failure => new NotReady(start, failure));
    }

    /// <summary>Whether this node reads other files than the run was changed with; those that it was begun with were compared before.</summary>
    private static bool IsOther(RunSpec run, PreparedRun prepared) => run.EditedWorld.Length > 0 && run.EditedWorld != prepared.WorldFingerprint;

    private void StartZones(StartZones start, CityPlan plan)
    {
        int[] zones = [.. start.Zones.Where(part => !plan.IsLearner(part))];
        var devices = start.FromSlot == 0 ? plan.InitialDevices(zones) : null;
        var tidying = devices is null ? null : new Tidying(zones.Sum(zone => devices[zone]!.Ids.Count));
        var lanes = Lanes.Share([.. zones.Select(zone => plan.Weights[zone])], Lanes.Of(Context.System));
        OpenPools();
        for (var i = 0; i < zones.Length; i++)
        {
            var zoneStart = StartOf(zones[i], devices?[zones[i]] ?? FirstDevices.None) with { DevicePool = _devicePools[lanes[i]] };
            Hold(zones[i], EmulationProps.Entity(Props.Create(() => new ZoneActor(zoneStart)), Context.System, lanes[i]));
        }

        if (start.Zones.Any(plan.IsLearner))
            Hold(plan.LearnerPart, learner!(StartOf(plan.LearnerPart, FirstDevices.None)));
        Instruments.OfProcess.Zones.Record(zones.Length);
        _started = new ZonesStarted(start.Epoch, [.. start.Zones.Zip(_zones, (zone, held) => new ZoneLink(zone, held))]);
        _clock.Tell(_started, Self);

        ZoneStart StartOf(int zone, FirstDevices attached) =>
            new(plan, zone, start.Run, start.Epoch, start.FromSlot, attached, _clock) { Tidying = tidying };

        void Hold(int zone, Props props) => _zones.Add(Context.ActorOf(props, NameOf(zone, start.Epoch)));
    }

    private void StopAll()
    {
        foreach (var zone in _zones)
            Context.Stop(zone);
        _zones.Clear();
        Instruments.OfProcess.Zones.Record(0);
    }

    /// <summary>Devices' actors outlive the zones of an epoch: making them is most of what an epoch costs.</summary>
    private void OpenPools()
    {
        for (var lane = _devicePools.Count; lane < Lanes.Of(Context.System); lane++)
            _devicePools.Add(Context.ActorOf(
                EmulationProps.Entity(Props.Create(() => new DevicePoolActor()), Context.System, lane),
                FormattableString.Invariant($"devices-{_poolsMade++}")));
    }

    private void ClosePools()
    {
        foreach (var pool in _devicePools)
            pool.Tell(ClosePool.Instance, Self);
        _devicePools.Clear();
    }

    private sealed record Ready(StartZones Start, CityPlan Plan);

    private sealed record NotReady(StartZones Start, Exception Cause);
}
