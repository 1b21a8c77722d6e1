using Diten.Model.BaseStations;
using Diten.Model.Faults;
using Diten.Model.MobileDevices;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;
using static Diten.Model.Tests.BaseStations.OneStation;

namespace Diten.Model.Tests.BaseStations;

/// <summary>What faults of servers, stations, radio and backhaul do to a station's slot, and that they end with their slots.</summary>
public sealed class StationFaultTests
{
    [Fact]
    public void A_task_that_is_lost_has_neither_latency_nor_reward_but_its_migration_is_paid()
    {
        var station = new OneStation(NineStations.Scenario);
        station.Publish(4, 0, tasks: 9); // so that it moves
        station.Begin(0, Device() with { Queue = 0.5 });
        station.Decide();
        station.Execute(0.1, lost: true);

        var record = Assert.Single(station.Complete());

        var totals = station.State.Totals;
        Assert.Equal((1, 0, 0, 0, 1), (totals.Devices, totals.InTime, totals.Late, totals.Uncovered, totals.Lost));
        Assert.Equal((1, totals.Devices), (totals.Migrations, totals.Outcomes));
        Assert.Equal((0.0, 0.0, 0.0, 0.0), (totals.Latency, totals.Uplink, totals.Reward, totals.PredictionAbsoluteError));
        Assert.Equal(0, totals.Completed);
        Assert.Equal((5, 1.3), (totals.QueriesWithoutTwins, totals.DeficitQueue)); // (12): 0.5 + 1 − 0.2
        Assert.Equal((TaskOutcome.Lost, station.Chosen(), true), (record.Outcome, record.Server, record.Migrated));
        Assert.Equal((0.0, 0.0, 0.0, 0.0), (record.LatencySeconds, record.QueueingSeconds, record.ComputationSeconds, record.Reward));
        Assert.Equal(record.PredictedSeconds, record.UplinkSeconds + record.PropagationSeconds + 0.2, 1e-12); // as it was decided
    }

    [Fact]
    public void A_device_whose_task_was_lost_keeps_its_service_where_it_was_placed()
    {
        var device = new MobileDeviceState { Serving = 4, Host = 4, LastTask = 4 };

        MobileDevice.Apply(ref device, new TaskCompleted(1, TaskOutcome.Lost, true, false, 0, 1.3, 0));

        Assert.Equal((1, 1, 1, 1.3), (device.Serving, device.Host, device.LastTask, device.Queue));
    }

    [Fact]
    public void Who_learns_takes_a_lost_task_for_one_that_took_the_whole_slot()
    {
        var station = new OneStation(NineStations.Scenario);
        station.Publish(4, 0, tasks: 9);
        station.Begin(0, Device() with { Queue = 0.5, LastOfJourney = true });
        station.Decide();
        station.Execute(0.1, lost: true);
        station.Complete();
        var log = new DecisionLog();
        log.BeginSlot(1);

        Assert.Equal([-20 * 1 - 0.5f], log.Rows(station.State, station.World.Scenario).Rewards);
    }

    [Fact]
    public void A_station_that_is_down_covers_nobody_in_its_slots_and_its_devices_still_radiate()
    {
        var scenario = With(At(FaultKind.Down, FaultWhat.Stations, 1)) with { Radio = new RadioSection { Channels = 1 } };
        var station = new OneStation(scenario);

        Assert.Equal([true, false, true], Enumerable.Range(0, 3).Select(slot =>
        {
            var rounds = station.Begin(slot, Device());
            Assert.Equal(slot != 1, rounds != 0);
            Assert.NotEmpty(BaseStation.Radiate(station.State, station.World, new RadiatingDevices()));
            if (rounds != 0)
                station.Decide();
            station.Execute(0.1);
            station.Measure(10e9, tasks: 1);
            Assert.Equal(slot == 1 ? TaskOutcome.Uncovered : TaskOutcome.InTime, station.Complete()[0].Outcome);
            return station.State.Turns[0].Covered;
        }));
    }

    [Fact]
    public void A_device_knows_a_slot_ahead_that_its_station_will_be_down()
    {
        var scenario = With(At(FaultKind.Down, FaultWhat.Stations, 1)) with { Devices = new DevicesSection { Count = 1, SpeedMetresPerSecond = 0.01 } };
        var world = World.Create(scenario);
        var device = new MobileDeviceState { Station = 4, Mobility = world.Mobility.Start(0) };

        Assert.Equal([false, true], Enumerable.Range(0, 2).Select(slot =>
        {
            var report = new DeviceReport();
            MobileDevice.Report(world, ref device, slot, report);
            return report.NextCovered;
        }));
    }

    [Fact]
    public void A_jammer_adds_to_the_noise_in_its_slots_and_the_prediction_knows()
    {
        var station = new OneStation(With(At(FaultKind.Jam, FaultWhat.Radio, 1) with { PowerWatts = 1e-8 }));
        station.Begin(0, Device(x: 125)); // 100 m from the station: 0.4 W · 100⁻³ = 4·10⁻⁷ W arrive
        var before = station.State.Turns[0].UplinkSeconds;

        station.Begin(1, Device(x: 125));

        Assert.Equal(5e6 / (20e6 * Math.Log2(1 + 4e-7 / (2e-12 + 1e-8))), station.State.Turns[0].UplinkSeconds, 1e-12);
        station.Decide();
        Assert.Equal(station.State.Turns[0].UplinkSeconds, station.Batch.UplinkSeconds[0]);
        station.Begin(2, Device(x: 125));
        Assert.Equal(before, station.State.Turns[0].UplinkSeconds);
    }

    [Fact]
    public void A_slow_backhaul_delays_what_the_station_sends_in_its_slots_and_the_prediction_does_not_know()
    {
        var station = new OneStation(With(At(FaultKind.Slow, FaultWhat.Backhaul, 1) with { Factor = 3 }));
        station.Publish(4, 0, tasks: 9);

        foreach (var (slot, factor) in new[] { (0, 1), (1, 3), (2, 1) })
        {
            station.Begin(slot, Device());
            station.Decide();

            ref readonly var turn = ref station.State.Turns[0];
            Assert.Equal(1, station.Chosen()); // 150 m away: 2 ms
            Assert.Equal(factor * 2e-3, turn.PropagationSeconds, 1e-12);
            Assert.Equal(turn.UplinkSeconds + 2e-3 + 0.2, turn.PredictedSeconds, 1e-12); // one task of others on 10 GHz
        }
    }

    [Fact]
    public void Of_what_a_twin_published_the_newest_counts_whatever_comes_last()
    {
        var station = new OneStation(NineStations.Scenario);
        station.Publish(4, slot: 5, tasks: 3, round: 1);

        station.Publish(4, slot: 5, tasks: 4, round: -1);
        station.Publish(4, slot: 4, tasks: 5, round: 2);
        Assert.Equal(3, station.State.Estimates[4].Tasks);

        station.Publish(4, slot: 5, tasks: 6, round: 2);
        Assert.Equal(6, station.State.Estimates[4].Tasks);
        station.Publish(4, slot: 6, tasks: 7, round: -1);
        Assert.Equal(7, station.State.Estimates[4].Tasks);
    }
}
