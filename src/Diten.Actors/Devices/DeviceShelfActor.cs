using Akka.Actor;
using Diten.Model.BaseStations;
using Diten.Model.MobileDevices;
using Diten.Model.Worlds;

namespace Diten.Actors;

/// <summary>
/// Parent of some hundred device actors: the map of an actor's children is slow beyond a thousand. Keeps idle ones for newcomers. It belongs to a zone
/// for as long as that lives, and to its pool's next one after that.
/// </summary>
internal sealed class DeviceShelfActor : UntypedActor
{
    private readonly Props _device = Runtime.EmulationProps.Child(MobileDeviceActor.Props, Context);
    private readonly Stack<IActorRef> _idle = new();
    private ZoneDirectory? _directory; // null = in the pool

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case BeginDevices begin when _directory is { Plan.World: var world } directory:
                Host([.. begin.Devices.Select(device => MobileDevice.Start(world, device))], directory);
                break;
            case AdoptDevices adopt when _directory is { } directory:
                Host(adopt.States, directory);
                break;
            case UseShelf use when _directory is null:
                _directory = use.Directory;
                break;
            case ClearShelf:
                Clear();
                break;
            case DeviceIdle:
                _idle.Push(Sender);
                break;
            case EntityFailed failed:
                (_directory?.Zone ?? Context.Parent).Tell(failed, Sender);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Clear()
    {
        _directory = null;
        _idle.Clear();
        foreach (var device in Context.GetChildren())
        {
            device.Tell(ForgetDevice.Instance, Self);
            _idle.Push(device);
        }
    }

    private void Host(List<MobileDeviceState> states, ZoneDirectory directory)
    {
        states.Sort(static (a, b) => a.Station != b.Station ? a.Station.CompareTo(b.Station) : a.Device.CompareTo(b.Device));
        var hosted = new MovingDevice[states.Count];
        for (int from = 0, to; from < hosted.Length; from = to)
        {
            var station = states[from].Station;
            for (to = from; to < hosted.Length && states[to].Station == station; to++)
                hosted[to] = Host(states[to], directory.Plan.World);
            directory.Station(station).Tell(new DevicesArriving(station, hosted.AsMemory(from, to - from)), Self);
        }

        directory.Zone.Tell(new DevicesAdopted(hosted.Length), Self);
    }

    private MovingDevice Host(in MobileDeviceState state, World world)
    {
        var device = _idle.TryPop(out var idle) ? idle : Context.ActorOf(_device);
        var beacon = new SlotBeacon(device);
        device.Tell(new AdoptDevice(world, state, beacon), Self);
        return new MovingDevice(state.Device, beacon, state.Station);
    }

    /// <summary>An entity that failed is not mended in place: the run fails, and says why.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => Runtime.EmulationProps.ReportAndRestart;
}
