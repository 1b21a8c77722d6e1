using Akka.Actor;
using Diten.Model;
using Diten.Model.MobileDevices;
using Diten.Model.Worlds;

namespace Diten.Actors;

/// <summary>Hosts one mobile device, or none while it waits in its shelf's pool.</summary>
internal sealed class MobileDeviceActor : UntypedActor
{
    private readonly OffloadRequest _request = new();
    private MobileDeviceState _state = new() { Device = -1 };
    private World? _world;
    private SlotBeacon? _beacon; // the one that the device has here

    /// <summary>One recipe for all devices of a node: no closure each.</summary>
    public static Props Props { get; } = Akka.Actor.Props.CreateBy(new Producer());

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SlotBeacon beacon:
                if (beacon != _beacon || beacon.Device != _state.Device)
                    throw new InvariantViolatedException($"Device {_state.Device} got the beacon of device {beacon.Device} in slot {beacon.Slot}.");
                if (beacon.HasLast)
                    MobileDevice.Apply(ref _state, beacon.Last);
                MobileDevice.BeginJourneyIfDue(ref _state);
                (_request.Slot, _request.Seat) = (beacon.Slot, beacon.Seat);
                MobileDevice.Report(_world!, ref _state, beacon.Slot, _request.Report);
                Sender.Tell(_request, ActorRefs.NoSender); // the seat says who it is
                break;
            case ReleaseDevice release:
                if (release.Device != _state.Device)
                    throw new InvariantViolatedException($"Device {release.Device} should be let go, but its actor hosts device {_state.Device}.");
                MobileDevice.Apply(ref _state, release.Last);
                Sender.Tell(new DeviceReleased(_state), Self);
                Context.Parent.Tell(new DeviceIdle(_state.Device), Self);
                Forget();
                break;
            case ForgetDevice:
                Forget();
                break;
            case GetDeviceState get:
                if (get.Device != _state.Device)
                    throw new InvariantViolatedException($"Device {get.Device} should say what it is, but its actor hosts device {_state.Device}.");
                Sender.Tell(new DeviceStateTold(get.Place, _state), ActorRefs.NoSender);
                break;
            case AdoptDevice adopt:
                if (_state.Device >= 0)
                    throw new InvariantViolatedException($"Device {adopt.State.Device} should be hosted by an actor that hosts device {_state.Device}.");
                (_world, _state, _beacon) = (adopt.World, adopt.State, adopt.Beacon);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Forget() => (_world, _state, _beacon) = (null, new MobileDeviceState { Device = -1 }, null);

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message)
    {
        Context.Parent.Tell(new EntityFailed($"device {_state.Device}", message.GetType().Name, reason), Self);
        base.PreRestart(reason, message);
    }

    private sealed class Producer : IIndirectActorProducer
    {
        public Type ActorType => typeof(MobileDeviceActor);

        public ActorBase Produce() => new MobileDeviceActor();

        public void Release(ActorBase actor)
        {
        }
    }
}
