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
            case BeginDevices begin:
                Host([.. begin.Devices.Select(device => MobileDevice.Start(directory.Plan.World, device))]);
                break;
            case AdoptDevices adopt:
                Host(adopt.States);
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

    private void Host(List<MobileDeviceState> states)
    {
        states.Sort(static (a, b) => a.Station != b.Station ? a.Station.CompareTo(b.Station) : a.Device.CompareTo(b.Device));
        var hosted = new MovingDevice[states.Count];
        for (int from = 0, to; from < hosted.Length; from = to)
        {
            var station = states[from].Station;
            for (to = from; to < hosted.Length && states[to].Station == station; to++)
                hosted[to] = Host(states[to]);
            directory.Station(station).Tell(new DevicesArriving(station, hosted.AsMemory(from, to - from)), Self);
        }

        directory.Zone.Tell(new DevicesAdopted(hosted.Length), Self);
    }

    private MovingDevice Host(in MobileDeviceState state)
    {
        var device = _idle.TryPop(out var idle) ? idle : Context.ActorOf(_device);
        device.Tell(new AdoptDevice(state), Self);
        return new MovingDevice(state.Device, new SlotBeacon(device), state.Station);
    }

    /// <summary>An entity that failed is not mended in place: the run fails, and says why.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => Runtime.EmulationProps.ReportAndRestart;
}
