using Diten.Model.BaseStations;
using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.Statistics;
using static Diten.Model.Tests.BaseStations.OneStation;

namespace Diten.Model.Tests.BaseStations;

/// <summary>Regret of one device at values worked out by hand: a gigacycle, server 4 at 0 m, servers 1, 3, 5 and 7 at 2 ms.</summary>
public sealed class StationRegretTests
{
    private static readonly Scenario Measured = NineStations.Scenario with { Measure = new MeasureSection { Regret = RegretMeasure.On } };

    [Fact]
    public void Who_chose_the_best_regrets_nothing()
    {
        var station = Decided(Measured);
        station.Execute(0.1); // alone on 10 GHz
        station.Measure(10e9, tasks: 0);

        Assert.Equal(0, station.Complete()[0].RegretSeconds);
        Assert.Equal([LatencyHistogram.BinOf(0)], station.RegretBins);
        Assert.Equal((1, 0, 0.0), (station.State.Totals.RegretTasks, station.State.Totals.RegretWrong, station.State.Totals.Regret));
    }

    [Fact]
    public void At_another_server_the_task_would_be_one_more()
    {
        var station = Decided(Measured);
        station.Execute(0.5); // one of five there
        station.Measure(10e9, tasks: 2);
        Tell(station, 3, 12e9, tasks: 3); // 12 GHz for four: 333 ms and the way; the others 10 for three: 300 ms

        Assert.Equal(0.5 - 0.302, station.Complete()[0].RegretSeconds, 1e-12);
    }

    [Fact]
    public void Without_sharing_the_task_would_have_the_whole_cpu_and_its_deviation()
    {
        var station = Decided(Measured with { Servers = new ServersSection { Sharing = CpuSharing.Exclusive } });
        station.Execute(0.5);
        station.Measure(10e9, tasks: 2, deviation: -5e9);

        Assert.Equal(0.5 - 0.202, station.Complete()[0].RegretSeconds, 1e-12);
    }

    [Fact]
    public void A_server_that_is_down_is_no_option()
    {
        var station = Decided(Measured);
        station.Execute(0.5);
        station.Measure(10e9, tasks: 4);
        StationDecisions.Apply(station.State, new ServerMeasured(3, 0, 1e12, 0, 0, Down: true));

        Assert.Equal(0, station.Complete()[0].RegretSeconds);
    }

    [Fact]
    public void Elsewhere_the_service_would_have_to_move_unless_a_journey_begins()
    {
        var outage = Measured with { Servers = new ServersSection { MigrationOutage = true } }; // 80 Mb over 10 Gb/s: 8 ms
        var (moving, beginning) = (Decided(outage), Decided(outage, Device(serving: -1)));
        foreach (var station in new[] { moving, beginning })
        {
            station.Execute(0.5);
            station.Measure(10e9, tasks: 1);
        }

        Assert.Equal(0.5 - 0.21, moving.Complete()[0].RegretSeconds, 1e-12);
        Assert.Equal(0.5 - 0.202, beginning.Complete()[0].RegretSeconds, 1e-12);
    }

    [Fact]
    public void The_way_to_another_server_is_as_slow_as_it_is()
    {
        var station = Decided(Measured with { Faults = new FaultMap([At(FaultKind.Slow, FaultWhat.Backhaul, 0) with { Factor = 5 }]) });
        station.Execute(0.5);
        station.Measure(10e9, tasks: 1);

        Assert.Equal(0.5 - 0.21, station.Complete()[0].RegretSeconds, 1e-12);
    }

    [Fact]
    public void A_candidate_that_was_avoided_is_an_option_all_the_same()
    {
        var station = new OneStation(Measured with { Decisions = Measured.Decisions with { OnDesync = DesyncResponse.Avoid } });
        foreach (var server in station.State.Reach)
            station.Publish(server, 10, age: server == 4 ? 4 : 0);
        station.Begin(10, Device());
        station.Decide();
        Assert.NotEqual(4, station.Chosen());
        station.Execute(0.3);
        station.Measure(10e9, tasks: 0);

        // It is at 0 m: 100 ms against 2 ms more and 300 ms.
        Assert.Equal(0.302 - 0.1, station.Complete()[0].RegretSeconds, 1e-12);
    }

    [Fact]
    public void A_lost_task_and_one_that_nobody_covers_have_none()
    {
        var station = Decided(Measured, Device(), Device(x: 1e6));
        station.Execute(0.5, lost: true);
        station.Measure(10e9, tasks: 0);

        Assert.All(station.Complete(), record => Assert.True(double.IsNaN(record.RegretSeconds)));
        Assert.Empty(station.RegretBins);
        Assert.Equal(0, station.State.Totals.RegretTasks);
    }

    [Theory]
    [InlineData(0, 1, 0, 0, 0)]
    [InlineData(1, 0, 1, 0, 0)]
    [InlineData(3, 0, 1, 0, 0)]
    [InlineData(4, 0, 0, 1, 0)]
    [InlineData(10, 0, 0, 1, 0)]
    [InlineData(11, 0, 0, 0, 1)]
    public void Regret_is_summed_by_age_of_the_chosen_twin(int age, int none, int three, int ten, int older)
    {
        var station = new OneStation(Measured);
        foreach (var server in station.State.Reach)
            station.Publish(server, 20, age: age);
        station.Begin(20, Device());
        station.Decide();
        station.Execute(0.5);
        station.Measure(10e9, tasks: 1);

        Assert.Equal(age, station.Complete()[0].ChosenAgeSlots);

        var totals = station.State.Totals;
        Assert.Equal((none, three, ten, older), (totals.RegretTasksAge0, totals.RegretTasksAge3, totals.RegretTasksAge10, totals.RegretTasksOlder));
        Assert.Equal((1, 1, age), (totals.RegretTasks, totals.RegretWrong, totals.ChosenAge));
        Assert.Equal(totals.Regret, totals.RegretAge0 + totals.RegretAge3 + totals.RegretAge10 + totals.RegretOlder);
        Assert.Equal(0.298, totals.Regret, 1e-12);
    }

    [Fact]
    public void The_truth_of_another_slot_is_none()
    {
        var station = Decided(Measured);
        station.Measure(10e9, tasks: 0);
        station.Begin(1, Device());
        station.Decide();
        station.Execute(0.5);

        Assert.Contains("the truth of server", Assert.Throws<InvariantViolatedException>(station.Complete).Message);
    }

    private static OneStation Decided(Scenario scenario, params Model.MobileDevices.DeviceReport[] devices)
    {
        var station = new OneStation(scenario);
        station.Begin(0, devices.Length == 0 ? [Device()] : devices);
        station.Decide();
        Assert.Equal(4, station.Chosen()); // all look alike, and it is the nearest
        return station;
    }

    private static void Tell(OneStation station, int server, double freeHertz, int tasks) =>
        StationDecisions.Apply(station.State, new ServerMeasured(server, station.State.Slot, freeHertz, 0, tasks, Down: false));
}
