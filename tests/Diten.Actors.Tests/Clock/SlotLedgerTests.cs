using System.Security.Cryptography;
using Diten.Model;
using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Clock;

/// <summary>The last look at every slot: four stations, devices 0 to 2.</summary>
public sealed class SlotLedgerTests
{
    private readonly SlotLedger _ledger = new(World(), serverRecords: true);

    [Fact]
    public void A_slot_is_summed_up_by_station_id_in_whatever_order_zones_report()
    {
        Add(Zone(1, [Station(2, [0]), Station(3, [])], servers: [3, 2]), Zone(0, [Station(1, [1, 2]), Station(0, [])], servers: [1, 0]));

        var report = _ledger.Close(7);

        Assert.Equal((7, 3, 3), (report.Slot, report.Total.Devices, report.Total.InTime));
        Assert.Equal([0, 2, 1, 0], report.StationTotals.Select(t => t.Devices));
        byte[] digests = [.. Enumerable.Range(0, 4).SelectMany(id => Digest(id))];
        Assert.Equal(SHA256.HashData(digests), report.Digest);
        Assert.Equal([0, 1, 2, 3], report.Servers.Select(s => s.Server));
        Assert.Equal([0, 1, 2, 3], _ledger.TakeTwins().Select(t => t.Server));
    }

    [Fact]
    public void Where_twins_are_measured_a_slot_tells_their_sums_and_a_row_of_each()
    {
        var scenario = World().Scenario with { Measure = new MeasureSection { Regret = RegretMeasure.On } };
        var measures = new TwinMeasures(scenario, servers: 4, faults: ["loss"]);
        var ledger = new SlotLedger(World(), serverRecords: true, measures);
        var all = Zone(0, [Station(0, [0, 1, 2]), Station(1, []), Station(2, []), Station(3, [])], servers: [0, 1, 2, 3]);
        var (sent, lost) = (new SyncCounts(1, 0, 0, 0, 0, 0), new SyncCounts(1, 1, 0, 0, 0, 0));
        ServerFacts[] servers = [.. all.Servers.Select(server => server with { Syncs = server.Server == 2 ? lost : sent })];
        ledger.Add(all with
        {
            Servers = servers,
            TwinFacts = [new TwinFacts(2, 0, 0, TwinCondition.InSync)],
            Faults = new FaultCounts([4], [1]),
        });
        var first = ledger.Close(0);
        ledger.Add(all with { Servers = [.. servers.Select(server => server with { Syncs = sent })], Faults = new FaultCounts([4], [0]) });

        var second = ledger.Close(1); // what a twin made of syncs holds for one slot

        Assert.Equal((4, 3, 1), (first.Twins!.Value.SyncsSent, first.Twins.Value.SyncsAccepted, first.Twins.Value.SyncsLost));
        Assert.Equal((4, 4, 0), (second.Twins!.Value.SyncsSent, second.Twins.Value.SyncsAccepted, second.Twins.Value.SyncsLost));
        Assert.Equal([0, 0, 1, 0], first.Servers.Select(server => server.Twin!.SyncsLost));
        Assert.Equal((8, 1), (measures.Figures.Faults.Offered[0], measures.Figures.Faults.Hit[0]));
        Assert.Equal(8, measures.Figures.Total.SyncsSent);
    }

    [Fact]
    public void Where_twins_are_not_measured_nothing_is_told_of_them()
    {
        Add(Zone(0, [Station(0, [0, 1, 2]), Station(1, []), Station(2, []), Station(3, [])], servers: [0, 1, 2, 3]));

        var report = _ledger.Close(0);

        Assert.Null(report.Twins);
        Assert.All(report.Servers, server => Assert.Null(server.Twin));
        Assert.False(World().Scenario.MeasuresTwins);
    }

    /// <summary>Larger ones are collected with all that is old, each slot.</summary>
    [Fact]
    public void A_slot_of_a_city_takes_no_large_object()
    {
        var ledger = new SlotLedger(Model.Worlds.World.Create(new Scenario { Devices = new DevicesSection { Count = 3 } }), serverRecords: true);
        for (var slot = 0; slot < 2; slot++)
        {
            ledger.Add(Zone(0, [.. Enumerable.Range(0, 1024).Select(id => Station(id, id == 0 ? [0, 1, 2] : []))], [.. Enumerable.Range(0, 1024)]));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var report = ledger.Close(slot);
            // Rows of servers, digests, and the stations themselves; with an array of totals it would be 164 kB more.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * (80 + 32 + 8) + 20_000);
            Assert.Equal(3, report.StationTotals.Sum(totals => totals.Devices));
        }
    }

    [Theory]
    [InlineData(new[] { 0, 1 }, "2 devices are attached, 3 should be")] // one is nowhere
    [InlineData(new[] { 0, 1, 1, 2 }, "4 devices are attached, 3 should be")] // one is there twice
    [InlineData(new[] { 0, 1, 1 }, "each exactly once")] // one twice, one nowhere: the count is right
    public void Every_device_is_attached_exactly_once(int[] devices, string problem)
    {
        Add(Zone(0, [Station(0, devices), Station(1, []), Station(2, []), Station(3, [])], servers: [0, 1, 2, 3]));

        Assert.Contains(problem, Assert.Throws<InvariantViolatedException>(() => _ledger.Close(4)).Message);
    }

    [Fact]
    public void Every_device_has_an_outcome()
    {
        var station = Station(0, [0, 1, 2]);
        var lacking = station with { Totals = station.Totals with { InTime = 2 } };
        Add(Zone(0, [lacking, Station(1, []), Station(2, []), Station(3, [])], servers: [0, 1, 2, 3]));

        Assert.Equal("Slot 4: 3 devices have 2 outcomes.", Assert.Throws<InvariantViolatedException>(() => _ledger.Close(4)).Message);
    }

    [Theory]
    [InlineData(3, 4, "Slot 1: station 3 did not report.")]
    [InlineData(4, 3, "Slot 1: server 3 did not report.")]
    public void Every_station_and_every_server_reports_in_every_slot(int stations, int servers, string problem)
    {
        StationSlot[] all = [Station(0, [0, 1, 2]), Station(1, []), Station(2, []), Station(3, [])];
        Add(Zone(0, all, servers: [0, 1, 2, 3]));
        _ledger.Close(0);

        Add(Zone(0, all[..stations], servers: [.. Enumerable.Range(0, servers)]));

        Assert.Equal(problem, Assert.Throws<InvariantViolatedException>(() => _ledger.Close(1)).Message);
    }

    private static World World() => Model.Worlds.World.Create(new Scenario
    {
        AreaSideMetres = 200,
        Stations = new StationsSection { DensityPerSquareMetre = 1e-4 },
        Devices = new DevicesSection { Count = 3 },
    });

    private void Add(params ZoneSlotCompleted[] zones)
    {
        foreach (var zone in zones)
            _ledger.Add(zone);
    }

    private static ZoneSlotCompleted Zone(int id, StationSlot[] stations, int[] servers) => new(
        id, 1, 0, stations, [.. servers.Select(s => new ServerFacts(s, 20e9, 15e9, 1, 0.5, 0))],
        [.. servers.Select(s => new TwinEstimate(s, 0, 0, 0, 15e9, 1, 0))], [], []);

    private static StationSlot Station(int id, int[] devices) => new(
        id, new SlotTotals { Devices = devices.Length, InTime = devices.Length }, Digest(id),
        devices.Aggregate(0UL, (marks, device) => marks + DeviceMark.Of(device)));

    private static byte[] Digest(int station) => SHA256.HashData([(byte)station]);
}
