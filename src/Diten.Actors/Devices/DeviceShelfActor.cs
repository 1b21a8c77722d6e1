using Akka.Actor;
using Diten.Model.BaseStations;
using Diten.Model.MobileDevices;

namespace Diten.Actors;

/// <summary>Parent of some thousand device actors: the map of an actor's children is slow beyond that. Keeps idle ones for newcomers.</summary>
internal sealed class DeviceShelfActor(ZoneDirectory directory) : UntypedActor
{
    private readonly Props _device = Runtime.EmulationProps.Child(MobileDeviceActor.Props(directory.Plan.World), Context);
    private readonly Stack<IActorRef> _idle = new();

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AdoptDevices adopt:
                foreach (var station in adopt.States.GroupBy(s => s.Station))
                    directory.Station(station.Key).Tell(new DevicesArriving(station.Key, [.. station.Select(Host)]), Self);

                directory.Zone.Tell(new DevicesAdopted(adopt.States.Count), Self);
                break;
            case DeviceIdle:
                _idle.Push(Sender);
                break;
            case EntityFailed failed:
                directory.Zone.Tell(failed, Sender);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private MovingDevice Host(MobileDeviceState state)
    {
        var device = _idle.TryPop(out var idle) ? idle : Context.ActorOf(_device);
        device.Tell(new AdoptDevice(state), Self);
        return new MovingDevice(state.Device, new SlotBeacon(device), state.Station, false, default);
    }

    /// <summary>An entity that failed is not mended in place: the run fails, and says why.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => Runtime.EmulationProps.ReportAndRestart;
}
