using System.Diagnostics;
using Akka.Actor;
using Diten.Actors;
using Diten.Actors.Nodes;
using Diten.Actors.Runtime;
using Diten.Model.MobileDevices;
using Diten.Model.Worlds;

namespace Diten.Bench;

/// <summary>
/// The least that a slot can cost with actors: as many device and station actors as the product has, on its dispatcher and mailboxes, and two
/// messages of its sizes a device-slot between them; nothing is computed.
/// </summary>
internal static class MessageFloor
{
    private sealed record Begin(int Slot);

    private sealed record Attach(IActorRef Device);

    private sealed record StationReady;

    private sealed record CreateDevices(IReadOnlyList<IActorRef> Stations, int First, int End, int Lane, int Lanes);

    /// <summary>Runs the exchange.</summary>
    /// <returns>Wall-clock time of all slots, seconds.</returns>
    public static async Task<double> RunAsync(BenchWorkload workload, BenchMeter meter)
    {
        var stations = World.Create(workload.Scenario()).Topology.StationCount;
        var system = ActorSystem.Create("floor", NodeSettings.Load(workload.Threads));
        var done = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(EmulationProps.Entity(Props.Create(() => new Driver(workload, meter, stations, done)), system, 0), "driver");
        var seconds = await done.Task;
        await system.Terminate();
        return seconds;
    }

    /// <summary>Begins a slot at every station once all have ended the last.</summary>
    private sealed class Driver(BenchWorkload workload, BenchMeter meter, int stations, TaskCompletionSource<double> done) : UntypedActor
    {
        private readonly List<IActorRef> _stations = [];
        private int _pending, _slot = -1;
        private long _started;

        protected override void PreStart()
        {
            var (devices, lanes) = (workload.Devices, Lanes.Of(Context.System));
            for (var i = 0; i < stations; i++)
            {
                var expected = devices / stations + (i < devices % stations ? 1 : 0);
                _stations.Add(Context.ActorOf(EmulationProps.Entity(Props.Create(() => new Station(expected)), Context.System, i)));
            }

            for (var first = 0; first < devices; first += 1000 * lanes)
                for (var lane = 0; lane < lanes; lane++)
                    Context.ActorOf(EmulationProps.Entity(Props.Create(() => new Shelf()), Context.System, lane))
                        .Tell(new CreateDevices(_stations, first, Math.Min(first + 1000 * lanes, devices), lane, lanes), Self);
            _pending = stations;
        }

        protected override void OnReceive(object message)
        {
            if (message is not StationReady || --_pending > 0)
                return;
            if (_slot >= 0)
                meter.SlotCompleted(_slot);
            if (++_slot == 0)
                _started = Stopwatch.GetTimestamp();
            if (_slot == workload.AllSlots)
            {
                done.TrySetResult(Stopwatch.GetElapsedTime(_started).TotalSeconds);
                return;
            }

            _pending = stations;
            var begin = new Begin(_slot);
            foreach (var station in _stations)
                station.Tell(begin, Self);
        }
    }

    private sealed class Shelf : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is not CreateDevices create)
                return;
            var props = EmulationProps.Child(Props.CreateBy(new DeviceProducer()), Context);
            for (var device = create.First; device < create.End; device++)
            {
                var station = device % create.Stations.Count; // those of one station are spread over memory, as devices are that move about
                if (station % create.Lanes == create.Lane)
                    create.Stations[station].Tell(new Attach(Context.ActorOf(props)), Self);
            }
        }
    }

    private sealed class DeviceProducer : IIndirectActorProducer
    {
        public Type ActorType => typeof(Device);

        public ActorBase Produce() => new Device();

        public void Release(ActorBase actor)
        {
        }
    }

    private sealed class Station(int expected) : UntypedActor
    {
        private readonly List<SlotBeacon> _devices = [];
        private int _pending;

        protected override void PreStart()
        {
            if (expected == 0)
                Context.Parent.Tell(new StationReady(), Self);
        }

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case OffloadRequest:
                    if (--_pending == 0)
                        Context.Parent.Tell(new StationReady(), Self);
                    break;
                case Begin begin:
                    _pending = _devices.Count;
                    for (var seat = 0; seat < _devices.Count; seat++)
                    {
                        (_devices[seat].Slot, _devices[seat].Seat, _devices[seat].Last) = (begin.Slot, seat, default);
                        _devices[seat].Address.Tell(_devices[seat], Self);
                    }

                    if (_pending == 0)
                        Context.Parent.Tell(new StationReady(), Self);
                    break;
                case Attach attach:
                    _devices.Add(new SlotBeacon(attach.Device));
                    if (_devices.Count == expected)
                        Context.Parent.Tell(new StationReady(), Self);
                    break;
            }
        }
    }

    private sealed class Device : UntypedActor
    {
        private readonly OffloadRequest _request = new();

        protected override void OnReceive(object message)
        {
            if (message is not SlotBeacon beacon)
                return;
            (_request.Slot, _request.Seat) = (beacon.Slot, beacon.Seat);
            Sender.Tell(_request, ActorRefs.NoSender);
        }
    }
}
