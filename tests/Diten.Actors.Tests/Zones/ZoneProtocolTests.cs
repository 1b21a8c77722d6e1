using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Diten.Actors.Nodes;
using Diten.Actors.Runtime;
using Diten.Model;
using Diten.Model.MobileDevices;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Zones;

/// <summary>The zone in the middle of three, with real stations, servers and twins but no devices; clock and neighbours are probes.</summary>
public sealed class ZoneProtocolTests : TestKit
{
    private static readonly CityPlan Plan = CityPlan.Create(World.Create(new Scenario
    {
        AreaSideMetres = 450,
        Stations = new StationsSection { DensityPerSquareMetre = 9 / (450.0 * 450.0) },
        Radio = new RadioSection { Channels = 0 },
        Decisions = new DecisionsSection { Rounds = 1 },
        Zones = new ZonesSection { Columns = 3, Rows = 1 },
    }));

    private static readonly int PhasesBefore = Phase.BeforeTheRun.Count, PhasesOfASlot = Phase.OfASlot(1, interference: false).Count;

    private static readonly RunSpec Run = new("run", "", "", 1, new EmulationOptions());

    private readonly TestProbe _clock, _west, _east;
    private readonly IActorRef _zone;

    public ZoneProtocolTests()
        : base(NodeSettings.Load(1).WithFallback(EntityKit.Patience))
    {
        (_clock, _west, _east) = (CreateTestProbe("clock"), CreateTestProbe("west"), CreateTestProbe("east"));
        var start = new ZoneStart(Plan, 1, Run, 1, 0, FirstDevices.None, _clock) { DevicePool = Sys.ActorOf(Props.Create(() => new DevicePoolActor())) };
        _zone = _clock.ChildActorOf(
            Props.Create(() => new ZoneActor(start)),
            EmulationProps.ReportAndRestart);
        _zone.Tell(new StartZone([new ZoneLink(0, _west), new ZoneLink(2, _east)]), _clock);
    }

    [Fact]
    public void A_zone_sends_each_neighbour_one_exchange_a_phase_and_reports_when_all_phases_are_done()
    {
        GoThrough(-1, PhasesBefore);
        Assert.Equal(1, _clock.ExpectMsg<ZoneReady>().Zone);

        _zone.Tell(new BeginSlot(0, []), _clock);
        GoThrough(0, PhasesOfASlot);

        var completed = _clock.ExpectMsg<ZoneSlotCompleted>();
        Assert.Equal((1, 0), (completed.Zone, completed.Slot));
        Assert.Equal([3, 4, 5], completed.Stations.Select(s => s.Station).Order());
        Assert.Equal([3, 4, 5], completed.Servers.Select(s => s.Server).Order());
        Assert.False(_west.HasMessages || _east.HasMessages);
    }

    [Fact]
    public void A_zone_tells_each_neighbour_once_what_a_twin_published_however_many_stations_have_it_in_reach()
    {
        GoThrough(-1, PhasesBefore - 1);

        var told = _west.ExpectMsg<ZoneExchange>().Mails;

        Assert.All(told, mail => Assert.Equal((EntityKind.Station, ZoneMail.AllInReach), (mail.Kind, mail.Id)));
        Assert.Equal(Plan.Twins(1).ToArray(), told.Select(mail => Assert.IsType<TwinEstimate>(mail.Message).Server).Order());
    }

    [Fact]
    public void A_phase_ends_when_all_neighbours_have_sent_theirs_and_a_neighbour_may_be_a_phase_ahead()
    {
        FromWest(-1, 0);
        FromWest(-1, 1);
        Assert.Contains("waits for zones 2", WaitsFor());

        FromEast(-1, 0);

        ExpectExchange(_east, -1, 0);
        ExpectExchange(_east, -1, 1); // the zone is in the next phase,
        Assert.Contains("waits for zones 2", WaitsFor()); // for which the neighbour ahead has sent already
    }

    [Fact]
    public void A_zone_is_not_ready_before_its_neighbours_have_sent_theirs_however_often_it_is_started()
    {
        _zone.Tell(new StartZone([]), _clock);
        _zone.Tell(new DescribeWait(), _clock);

        _clock.ExpectMsg<WaitDescribed>();
    }

    [Fact]
    public void Word_of_a_phase_that_nobody_began_fails_the_run()
    {
        _zone.Tell(new PhaseDone(EntityKind.Server, 4, new Phase(0, 3, PhaseKind.Execute, -1), null));

        var failed = _clock.FishForMessage<EntityFailed>(_ => true);
        Assert.StartsWith("zone 1", failed.Entity);
        Assert.Contains("Server 4 is done with slot 0, phase Execute, which was not asked for", failed.Reason.Message);
    }

    /// <summary>Plays both neighbours through some phases.</summary>
    private void GoThrough(int slot, int phases)
    {
        for (var phase = 0; phase < phases; phase++)
        {
            ExpectExchange(_west, slot, phase);
            ExpectExchange(_east, slot, phase);
            FromWest(slot, phase);
            FromEast(slot, phase);
        }
    }

    private void FromWest(int slot, int phase) => _zone.Tell(new ZoneExchange(0, 1, slot, phase, [], []), _west);

    private void FromEast(int slot, int phase) => _zone.Tell(new ZoneExchange(2, 1, slot, phase, [], []), _east);

    private static void ExpectExchange(TestProbe neighbour, int slot, int phase) =>
        neighbour.ExpectMsg<ZoneExchange>(exchange => Assert.Equal((1, slot, phase), (exchange.From, exchange.Slot, exchange.PhaseIndex)));

    /// <summary>The zone's answer once its own entities are done.</summary>
    private string WaitsFor()
    {
        string? waiting = null;
        _clock.AwaitAssert(() =>
        {
            _zone.Tell(new DescribeWait(), _clock);
            waiting = _clock.FishForMessage<WaitDescribed>(described => described.Waiting?.StartsWith("zone", StringComparison.Ordinal) == true).Waiting;
            Assert.Contains("waits for zones", waiting);
        });
        return waiting!;
    }
}
