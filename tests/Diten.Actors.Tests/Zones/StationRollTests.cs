using System.Security.Cryptography;
using Diten.Model;
using Diten.Model.Faults;
using Diten.Model.Records;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Zones;

public sealed class StationRollTests
{
    private static readonly Phase Report = new(0, 0, PhaseKind.Report, -1), Complete = new(0, 9, PhaseKind.Complete, -1);

    private static readonly CityPlan Plan = CityPlan.Create(World.Create(Small.City().Cut(5, 1)));

    private readonly StationRoll _roll = new(Plan, 1); // stations 5 to 9

    [Fact]
    public void At_first_all_are_awake_then_those_that_keep_devices_or_have_something_left_to_tell()
    {
        Assert.Equal([0, 1, 2, 3, 4], Slot(devicesAt: [5, 6, 9], restsAfter: [6]));

        Assert.Equal([0, 4], Slot(devicesAt: [5], restsAfter: []));
        Assert.Equal([0], Slot(devicesAt: [], restsAfter: []));
        Assert.Empty(Slot(devicesAt: [], restsAfter: []));
    }

    [Fact]
    public void A_station_to_which_something_comes_wakes_up()
    {
        Slot(devicesAt: [], restsAfter: []);

        _roll.Wake(7);

        Assert.Equal([2], Slot(devicesAt: [7], restsAfter: []));
        Assert.Equal([2], Slot(devicesAt: [], restsAfter: []));
    }

    [Fact]
    public void A_station_without_devices_has_an_empty_slot_and_listens_to_nobody()
    {
        Slot(devicesAt: [7], restsAfter: []);

        Assert.Equal([false, true, false], new[] { 6, 7, 8 }.Select(_roll.Listens));
        Assert.Equal([false, false, true, false, false], Enumerable.Range(0, 5).Select(_roll.IsOpen));
        var empty = _roll.EmptySlot(1);
        Assert.Equal((6, default, 0UL), (empty.Station, empty.Totals, empty.DeviceMarks));
        Assert.Equal(SHA256.HashData([]), empty.Digest);
    }

    [Fact]
    public void Rounds_with_work_are_those_of_this_slot()
    {
        _roll.BeginSlot();
        _roll.Add(new ReportsDone(8, Report, null, 0b101, null));
        Assert.Equal([true, false, true], Enumerable.Range(0, 3).Select(round => _roll.HasWork(3, round)));

        _roll.BeginSlot();

        Assert.False(_roll.HasWork(3, 0));
    }

    [Fact]
    public void Nobody_rests_where_reports_can_be_late()
    {
        var late = new Fault { Name = "late", Kind = FaultKind.Delay, What = FaultWhat.Report, DelayLowSlots = 1, DelayHighSlots = 1 };
        var roll = new StationRoll(CityPlan.Create(World.Create(Small.City().Cut(5, 1) with { Faults = new FaultMap([late]) })), 1);
        for (var slot = 0; slot < 2; slot++)
        {
            roll.BeginSlot();
            for (var place = 0; place < 5; place++)
            {
                Assert.Equal(place, roll.NextAwake());
                roll.Add(new ReportsDone(5 + place, Report, null, 0, null));
                Assert.True(roll.IsOpen(place));
            }

            Assert.Equal(-1, roll.NextAwake());
        }
    }

    /// <summary>A slot in which these stations have devices; places of those that were awake.</summary>
    private List<int> Slot(int[] devicesAt, int[] restsAfter)
    {
        var awake = new List<int>();
        _roll.BeginSlot();
        while (_roll.NextAwake() is var place and >= 0)
        {
            awake.Add(place);
            _roll.Add(new ReportsDone(5 + place, Report, null, 0, null) { Devices = devicesAt.Contains(5 + place) ? 2 : 0 });
        }

        foreach (var station in devicesAt)
            _roll.Add(new StationClosed(station, Complete, null, null, new StationSlot(station, new SlotTotals(), [], 0), [], [])
            {
                Rests = restsAfter.Contains(station),
            });
        return awake;
    }
}
