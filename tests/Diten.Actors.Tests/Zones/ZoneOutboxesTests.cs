using Diten.Model;
using Diten.Model.Faults;
using Diten.Model.MobileDevices;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Zones;

public sealed class ZoneOutboxesTests
{
    /// <summary>Three zones in a row.</summary>
    private static readonly CityPlan Plan = CityPlan.Create(World.Create(Small.City().Cut(1, 3)));

    [Fact]
    public void Devices_go_to_a_neighbour_in_the_order_of_their_ids_whichever_station_was_first()
    {
        var (outboxes, there) = (new ZoneOutboxes(Plan, 0), Plan.Stations(1)[0]);
        outboxes.Add([Device(4, there), Device(9, there)]);
        outboxes.Add([Device(2, there), Device(7, there)]);

        var exchange = outboxes.TakeExchange(1, new Phase(3, 5, PhaseKind.Complete, -1));

        Assert.Equal([2, 4, 7, 9], exchange.Devices.Select(d => d.Device));
        Assert.Equal((0, 1, 3, 5), (exchange.From, exchange.To, exchange.Slot, exchange.PhaseIndex));
        Assert.Empty(outboxes.TakeExchange(1, new Phase(4, 5, PhaseKind.Complete, -1)).Devices);
    }

    [Theory]
    [InlineData(DesyncResponse.Trust, 1)]
    [InlineData(DesyncResponse.Query, 2)]
    public void Placements_go_to_a_servers_twin_and_to_the_server_too_where_it_can_be_asked(DesyncResponse response, int receivers)
    {
        var scenario = Small.City().Cut(1, 1);
        var plan = CityPlan.Create(World.Create(scenario with { Decisions = scenario.Decisions with { OnDesync = response } }));
        var outboxes = new ZoneOutboxes(plan, 0);
        var reach = plan.World.Reach.ServersOf(new StationId(7)).Length;
        outboxes.Add(7, [3, .. new int[reach - 1]]);
        outboxes.Add(7, [-1, .. new int[reach - 1]]);

        outboxes.SendPlacements(new Phase(3, 1, PhaseKind.Decide, 0));

        var mails = outboxes.TakeLocal();
        Assert.Equal(new[] { EntityKind.Twin, EntityKind.Server }.Take(receivers), mails.Select(mail => mail.Kind));
        Assert.All(mails, mail => Assert.Equal(2, ((ReportPlacements)mail.Message).Change));
    }

    [Fact]
    public void Where_the_link_has_a_fault_twins_hear_only_what_it_lets_through_and_servers_all()
    {
        var scenario = Small.City().Cut(1, 1);
        var plan = CityPlan.Create(World.Create(scenario with
        {
            Decisions = scenario.Decisions with { OnDesync = DesyncResponse.Query },
            Faults = new FaultMap([new Fault { Name = "loss", Kind = FaultKind.Drop, What = FaultWhat.Report, Probability = 0.5 }]),
        }));
        var outboxes = new ZoneOutboxes(plan, 0);
        var reach = plan.World.Reach.ServersOf(new StationId(7));
        outboxes.Add(7, [3, .. new int[reach.Length - 1]]);
        outboxes.Add([new ReportPlacements(reach[0], 2, 3, 0), new ReportPlacements(reach[0], 4, 1, 0), new ReportPlacements(reach[0], -1, 3, 0)]);

        outboxes.SendPlacements(new Phase(3, 1, PhaseKind.Decide, 0));

        Assert.Equal(
            [
                (EntityKind.Server, new ReportPlacements(reach[0], 3, 3, 0)), // no fault of the link is on its way
                (EntityKind.Twin, new ReportPlacements(reach[0], 4, 1, 0)),
                (EntityKind.Twin, new ReportPlacements(reach[0], 1, 3, 0)),
            ],
            outboxes.TakeLocal().Select(mail => (mail.Kind, (ReportPlacements)mail.Message)));
    }

    [Fact]
    public void What_a_twin_publishes_goes_once_to_each_zone_that_has_a_station_in_reach()
    {
        var outboxes = new ZoneOutboxes(Plan, 0);
        var server = Plan.Servers(0).ToArray().First(server => Plan.World.Reach.StationsOf(new ServerId(server)).ToArray()
            .Select(station => Plan.ZoneOf(EntityKind.Station, station)).Distinct().Order().SequenceEqual([0, 1]));
        var notice = new ZoneMail(EntityKind.Station, ZoneMail.AllInReach, new TwinEstimate(server, 0, 0, 0, 1e9, 1, 0));

        outboxes.Add(notice);

        Assert.Equal([notice], outboxes.TakeLocal());
        Assert.Equal([notice], outboxes.TakeExchange(1, new Phase(0, 0, PhaseKind.Complete, -1)).Mails);
        Assert.Empty(outboxes.TakeExchange(2, new Phase(0, 0, PhaseKind.Complete, -1)).Mails);
        Assert.Empty(outboxes.TakeLocal());
    }

    private static MobileDeviceState Device(int id, int station) => new() { Device = id, Station = station };
}
