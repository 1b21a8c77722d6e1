using Diten.Model.BaseStations;
using Diten.Model.Faults;
using Diten.Model.MobileDevices;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using static Diten.Model.Tests.BaseStations.OneStation;

namespace Diten.Model.Tests.BaseStations;

/// <summary>Reports of placements on a link that has faults, and what is reported where every round is.</summary>
public sealed class StationReportTests
{
    [Fact]
    public void A_report_of_a_slot_that_the_fault_spares_arrives_at_once_and_one_that_is_dropped_never()
    {
        var station = new OneStation(With(At(FaultKind.Drop, FaultWhat.Report, 1) with { Probability = 1 }));

        Assert.Equal([new ReportPlacements(1, 1, 0, 0), new ReportPlacements(4, -1, 0, 0)], Move(station, 0));
        Assert.Empty(Move(station, 1));
        Assert.Equal(2, Move(station, 2).Count);
        Assert.Equal(0, station.State.Reports!.Count);
    }

    [Fact]
    public void A_late_report_arrives_in_its_round_of_a_later_slot_with_its_own_slot_and_round()
    {
        var station = new OneStation(With(At(FaultKind.Delay, FaultWhat.Report, 0) with { DelayLowSlots = 2, DelayHighSlots = 2 }));
        station.Publish(4, 0, tasks: 9);
        Assert.Equal(0b10UL, station.Begin(0, Device(round: 1)));
        Assert.Empty(station.Report(0));
        Assert.Empty(station.Report(1));
        var gone = Device(lastTask: -1, x: 1e6); // from now on there is nothing to decide

        Assert.Equal(0UL, station.Begin(1, gone));
        Assert.Equal(0b10UL, station.Begin(2, gone));
        Assert.Empty(station.Report(0));
        Assert.Equal([new ReportPlacements(1, 1, 0, 1), new ReportPlacements(4, -1, 0, 1)], station.Report(1));
        Assert.Equal(0UL, station.Begin(3, gone));
    }

    [Fact]
    public void A_broken_report_does_not_count_and_one_that_arrives_twice_counts_twice()
    {
        var broken = new OneStation(With(At(FaultKind.Corrupt, FaultWhat.Report, 0) with { Probability = 1 }));
        var twice = new OneStation(With(At(FaultKind.Duplicate, FaultWhat.Report, 0) with { Probability = 1 }));

        Assert.Empty(Move(broken, 0));
        Assert.Equal([1, 1, 4, 4], Move(twice, 0).Select(report => report.Server));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(0, false)] // the place of server 4 in the station's reach
    public void A_report_is_struck_by_faults_of_its_server_and_not_of_its_place_in_reach(int struck, bool lost)
    {
        var cut = At(FaultKind.Cut, FaultWhat.Report, 0) with { Selection = FaultSelection.Ids, Ids = new WholeNumbers([struck]) };
        var station = new OneStation(With(cut) with { Decisions = new DecisionsSection { Rounds = 2, Candidates = 1 } });
        station.Begin(0, Device());
        Assert.Equal([4], station.State.Reach);

        Assert.Equal(lost, StationReports.Pass(station.State, station.World, 0, [1]).Count == 0);
    }

    [Fact]
    public void Every_report_is_offered_once_to_each_fault_of_the_link()
    {
        var station = new OneStation(With(At(FaultKind.Cut, FaultWhat.Report, 0)));
        station.Publish(4, 0, tasks: 9);
        station.Begin(0, Device());
        var tally = new FaultTally(1);

        StationReports.Pass(station.State, station.World, 0, station.Decide(), tally);

        Assert.Equal((2, 2), (tally.Offered[0], tally.Hit[0]));
    }

    [Theory]
    [InlineData(TwinLoad.Last, false)]
    [InlineData(TwinLoad.Reckoned, true)]
    public void A_device_that_nobody_covers_has_left_its_server_where_every_round_is_reported(TwinLoad load, bool told)
    {
        var station = new OneStation(NineStations.Scenario with { Twins = NineStations.Scenario.Twins with { Load = load } });

        var rounds = station.Begin(0, Device(lastTask: 4, round: 0, x: 225 + 151));

        Assert.Equal(told ? 0b10UL : 0UL, rounds); // the last of two rounds, whichever it would have decided in
        Assert.All(station.Decide(0), change => Assert.Equal(0, change));
        Assert.Equal(told ? -1 : 0, station.Decide(1)[4]);
    }

    [Theory]
    [InlineData(TwinLoad.Last, false, -1)] // nobody needs to know before the next sync
    [InlineData(TwinLoad.Reckoned, false, 1)] // with the last of two rounds
    [InlineData(TwinLoad.Reckoned, true, 0)] // in the round in which it decides elsewhere
    public void For_a_device_that_goes_far_away_its_last_station_tells_its_last_server(TwinLoad load, bool nextCovered, int round)
    {
        // With one candidate only, each station reaches its own server and no other.
        var station = new OneStation(NineStations.Scenario with
        {
            Twins = NineStations.Scenario.Twins with { Load = load },
            Decisions = new DecisionsSection { Rounds = 2, Candidates = 1 },
        });
        station.Begin(0, Device() with { NextStation = 0, NextCovered = nextCovered, NextRound = 0 });
        station.Decide();
        station.Execute(0.1);
        station.Complete();

        StationCompletion.ReleaseDevices(station.State, station.World, []);

        Assert.Equal([new FarDeparture(7, Array.IndexOf(station.State.Reach, 4), round, true)], station.State.NextFarDepartures);
    }

    /// <summary>A slot in which the device leaves server 4 for server 1, in the first round.</summary>
    private static List<ReportPlacements> Move(OneStation station, int slot)
    {
        station.Publish(4, slot, tasks: 9);
        station.Begin(slot, Device());
        return station.Report(0);
    }
}
