using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Diten.Actors.Nodes;
using Diten.Actors.Runtime;
using Diten.Model;
using Diten.Model.MobileDevices;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Devices;

/// <summary>A pool with real shelves and devices; zones and stations are probes.</summary>
public sealed class DevicePoolProtocolTests : TestKit
{
    private static readonly CityPlan Plan = CityPlan.Create(World.Create(new Scenario
    {
        AreaSideMetres = 450,
        Stations = new StationsSection { DensityPerSquareMetre = 9 / (450.0 * 450.0) },
        Zones = new ZonesSection { Columns = 1, Rows = 1 },
    }));

    private readonly IActorRef _pool;
    private readonly TestProbe _stations;

    public DevicePoolProtocolTests()
        : base(NodeSettings.Load(1).WithFallback(EntityKit.Patience)) =>
        (_pool, _stations) = (ActorOf(EmulationProps.Entity(Props.Create(() => new DevicePoolActor()), Sys, 0), "pool"), CreateTestProbe("stations"));

    [Fact]
    public async Task The_actors_of_a_zone_that_is_gone_host_the_devices_of_the_next_epochs()
    {
        var first = CreateTestProbe("first");
        var before = Host(Lend(first, epoch: 1, shelves: 2), 1, 2, 3, 4);
        Sys.Stop(first);

        var after = Host(Lend(CreateTestProbe("second"), epoch: 2, shelves: 2), 5, 6, 7, 8);

        Assert.Equal(before.ToHashSet(), after.ToHashSet());
        Assert.Equal(4, (await Task.WhenAll(after.Select(async device => (await device.Ask<DeviceStateTold>(new GetDeviceState(Of(device), 0))).State.Device)))
            .Distinct().Count());

        int Of(IActorRef device) => 5 + Array.IndexOf(after, device);
    }

    [Fact]
    public void Nothing_is_lent_to_an_epoch_while_zones_of_an_earlier_one_live()
    {
        TestProbe dying = CreateTestProbe("dying"), alive = CreateTestProbe("alive"), next = CreateTestProbe("next");
        Lend(dying, epoch: 1, shelves: 3);
        Lend(alive, epoch: 1, shelves: 1);
        Ask(next, epoch: 2, shelves: 2);
        Sys.Stop(dying);
        next.ExpectNoMsg(TimeSpan.FromMilliseconds(200));

        Sys.Stop(alive);

        Assert.Equal(2, next.ExpectMsg<ShelvesLent>().Shelves.Distinct().Count());
    }

    [Fact]
    public void Zones_of_one_epoch_share_no_shelf()
    {
        var shelves = Lend(CreateTestProbe("a"), epoch: 1, shelves: 2).Concat(Lend(CreateTestProbe("b"), epoch: 1, shelves: 2));

        Assert.Equal(4, shelves.Distinct().Count());
    }

    [Fact]
    public void A_zone_that_asks_twice_fails_the_run()
    {
        var zone = CreateTestProbe("zone");
        Lend(zone, epoch: 1, shelves: 1);
        Sys.EventStream.Subscribe(TestActor, typeof(Akka.Event.UnhandledMessage));

        Ask(zone, epoch: 1, shelves: 1);

        Assert.IsType<LendShelves>(ExpectMsg<Akka.Event.UnhandledMessage>().Message);
    }

    [Fact]
    public void A_pool_that_is_closed_ends_when_its_last_zone_has()
    {
        var zone = CreateTestProbe("zone");
        Lend(zone, epoch: 1, shelves: 1);
        Watch(_pool);

        _pool.Tell(ClosePool.Instance);
        ExpectNoMsg(TimeSpan.FromMilliseconds(200));
        Sys.Stop(zone);

        ExpectTerminated(_pool);
    }

    private IReadOnlyList<IActorRef> Lend(TestProbe zone, long epoch, int shelves)
    {
        Ask(zone, epoch, shelves);
        return zone.ExpectMsg<ShelvesLent>().Shelves;
    }

    private void Ask(TestProbe zone, long epoch, int shelves)
    {
        var directory = new ZoneDirectory(Plan, 0, zone);
        Array.Fill(directory.All(EntityKind.Station), _stations.Ref);
        _pool.Tell(new LendShelves(epoch, shelves, new UseShelf(directory)), zone);
    }

    /// <summary>Has devices live on shelves, in turn.</summary>
    private IActorRef[] Host(IReadOnlyList<IActorRef> shelves, params int[] devices)
    {
        var hosts = new IActorRef[devices.Length];
        for (var i = 0; i < devices.Length; i++)
        {
            shelves[i % shelves.Count].Tell(new AdoptDevices([MobileDevice.Start(Plan.World, devices[i])]));
            hosts[i] = ((SlotBeacon)_stations.ExpectMsg<DevicesArriving>().Devices.Span[0].Link).Address;
        }

        return hosts;
    }
}
