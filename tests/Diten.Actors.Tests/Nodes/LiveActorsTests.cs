using System.Reflection;
using Akka.Actor;
using Diten.Actors.Nodes;
using Diten.Model;
using Diten.Model.Records;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Nodes;

/// <summary>Counts the actors of a running emulation, seen from outside through Akka's own tree.</summary>
public sealed class LiveActorsTests
{
    [Theory]
    [InlineData(1, 40)]
    [InlineData(3, 0)] // devices that go to another zone leave an idle actor behind, which is used again: here nobody goes
    public async Task There_is_exactly_one_actor_per_entity(int zonesPerSide, double speed)
    {
        var city = Small.City(devices: 130, slots: 4).Cut(zonesPerSide, zonesPerSide);
        var world = World.Create(city with
        {
            Stations = city.Stations with { ServersShare = 0.8 },
            Devices = city.Devices with { SpeedMetresPerSecond = speed },
        });

        var live = await LiveActors(world);

        Assert.Equal((25, 20), (world.Topology.StationCount, world.Topology.ServerCount));
        Assert.Equal(130, live.Count(a => a is MobileDeviceActor));
        Assert.Equal(25, live.Count(a => a is BaseStationActor));
        Assert.Equal(20, live.Count(a => a is EdgeServerActor));
        Assert.Equal(20, live.Count(a => a is ServerTwinActor));
        Assert.Equal(zonesPerSide * zonesPerSide, live.Count(a => a is ZoneActor));
        Assert.Single(live, a => a is SlotClockActor);
        Assert.Single(live, a => a is SystemTwinActor);
        var named = live.OfType<ZoneEntityActor>().Select(a => a.ToString()).ToArray();
        Assert.Equal(named.Length, named.Distinct().Count()); // 65 actors for 65 different entities
    }

    [Fact]
    public async Task Devices_that_change_zones_take_over_actors_that_others_left()
    {
        var city = Small.City(devices: 130, slots: 40).Cut(3, 3);
        var (world, reports) = (World.Create(city), new Reports());

        var live = await LiveActors(world, reports);

        var changes = reports.Slots.Zip(reports.Slots.Skip(1), (a, b) => a.Devices.Zip(b.Devices, Change(world)).Count(c => c)).Sum();
        Assert.InRange(changes, 200, int.MaxValue);
        Assert.InRange(live.Count(a => a is MobileDeviceActor), 130, 2 * 130);
    }

    private static Func<DeviceSlotRecord, DeviceSlotRecord, bool> Change(World world)
    {
        var plan = CityPlan.Create(world);
        return (a, b) => plan.ZoneOf(EntityKind.Station, a.Station) != plan.ZoneOf(EntityKind.Station, b.Station);
    }

    /// <summary>The actors that live when the last slot is done, and the run waits for the observer to take its report.</summary>
    private static async Task<IReadOnlyList<ActorBase>> LiveActors(World world, Reports? reports = null)
    {
        using var observer = new Holding(world.Scenario.Slots - 1, reports ?? new Reports());
        using var running = Emulation.Start(world, new EmulationOptions { DeviceRecordsEvery = 1, WorkerThreads = 1 }, observer);
        await observer.Reached.WaitAsync(TimeSpan.FromSeconds(30));
        ActorBase[] live = [.. Under(((ExtendedActorSystem)running.System).Guardian)];
        observer.Release();
        await running.Outcome.WaitAsync(TimeSpan.FromSeconds(30));
        return live;
    }

    private static IEnumerable<ActorBase> Under(IActorRef parent) => ((ActorRefWithCell)parent).Children
        .SelectMany(child => Under(child).Prepend(Instance((ActorRefWithCell)child)));

    /// <summary>The object behind a reference: Akka keeps it to itself, but the class of the entity tells more than its name.</summary>
    private static ActorBase Instance(ActorRefWithCell child) => (ActorBase)typeof(ActorCell)
        .GetProperty("Actor", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(child.Underlying)!;

    /// <summary>Takes its time over the report of one slot, until it is released.</summary>
    private sealed class Holding(int slot, IRunObserver next) : IRunObserver, IDisposable
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _released = new();

        public Task Reached => _reached.Task;

        public void Release() => _released.Set();

        public void SlotCompleted(SlotReport report)
        {
            next.SlotCompleted(report);
            if (report.Slot != slot)
                return;
            _reached.TrySetResult();
            _released.Wait(TimeSpan.FromSeconds(30));
        }

        public void Dispose() => _released.Dispose();
    }
}
