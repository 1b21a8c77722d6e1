using Diten.Model.BaseStations;
using Diten.Model.Computing;
using Diten.Model.EdgeServers;
using Diten.Model.MobileDevices;
using Diten.Model.Offloading;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.Records;

/// <summary>What a station and a server count of one slot, at values worked out by hand.</summary>
public sealed class SlotTotalsTests
{
    private static readonly World World = World.Create(new Scenario
    {
        AreaSideMetres = 300,
        Stations = new StationsSection { DensityPerSquareMetre = 4 / (300.0 * 300.0) },
        Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent },
        Decisions = new DecisionsSection { Candidates = 2 },
    });

    [Fact]
    public void A_station_adds_up_what_became_of_its_devices()
    {
        // Device 0 is in time on the server that serves it, 3 migrates, hands over and is late, 5 is out of coverage and begins a journey, which jumps elsewhere.
        var station = new BaseStationState(World, 0);
        for (var device = 0; device <= 5; device++)
            if (device is 0 or 3 or 5)
                station.Arrivals.Add(new MovingDevice(device, new DeviceLink(), 0));
        BaseStation.BeginSlot(station, 0);
        Sit(station, 0, new DeviceReport { NextStation = 0, Queue = 1 }, chosen: 0, predicted: 0.11, computation: 0.05);
        Sit(station, 1, new DeviceReport { NextStation = 1, NextCovered = true, Queue = 0.5 }, chosen: 1, predicted: 0.1, computation: 0.3);
        station.Turns[1].Migrates = true;
        BaseStation.Admit(station, 2, new DeviceReport { NextStation = 3, FirstOfJourney = true, LastOfJourney = true, Jumps = true, Queue = 0.1 });

        var (bytes, bins) = (Array.Empty<byte>(), new List<ushort>());
        StationCompletion.Complete(station, World, ref bytes, bins);

        var totals = station.Totals;
        Assert.Equal((3, 1, 1, 1), (totals.Devices, totals.InTime, totals.Late, totals.Uncovered));
        Assert.Equal((1, 2, 1), (totals.Migrations, totals.MigrationOpportunities, totals.HandOvers));
        // T_glob is 20 ms uplink + 1 ms propagation + 50 or 300 ms of work: 71 and 321 ms; both deadlines are 200 ms.
        Assert.Equal((0.392, 0.271), (Rounded(totals.Latency), Rounded(totals.LatencyCapped)));
        Assert.Equal((0.04, 0.002, 0.35), (Rounded(totals.Uplink), Rounded(totals.Propagation), Rounded(totals.Computation)));
        Assert.Equal((-0.182, 0.26), (Rounded(totals.PredictionError), Rounded(totals.PredictionAbsoluteError))); // 39 ms more, 221 ms less
        Assert.Equal(-20 * 0.392 - 0.5, totals.Reward, 1e-9); // (16)
        Assert.Equal(0.8 + 1.3 + 0, totals.DeficitQueue, 1e-9); // (12) with β = 0.2
        Assert.Equal(2, bins.Count);
    }

    [Fact]
    public void A_server_is_used_by_its_background_and_by_the_work_of_the_slot_and_never_more_than_whole()
    {
        var server = new EdgeServerState(World, 2);

        Assert.Equal(server.Background, Used(0));
        Assert.Equal(server.Background + 1e9 / server.CapacityHertz, Used(1e9), 1e-12);
        Assert.Equal(1, Used(1e12));
    }

    /// <summary>Utilisation of server 2 in slot 0 with one task.</summary>
    private static double Used(double cycles)
    {
        var server = new EdgeServerState(World, 2);
        if (cycles > 0)
            EdgeServer.Admit(server, new SubmitTasks(2, 0, 0, new[] { new SubmittedTask(7, 0, cycles, 0.03, SubmittedTask.WithTask) }, default));
        return EdgeServer.Execute(server, World, 0, new TaskSheet(), []).Utilisation;
    }

    private static void Sit(BaseStationState station, int seat, DeviceReport report, int chosen, double predicted, double computation)
    {
        report.Task = new OffloadingTask(5e6, 1e9, 0.2, 0.4);
        BaseStation.Admit(station, seat, report);
        ref var at = ref station.Turns[seat];
        (at.Covered, at.Chosen, at.UplinkSeconds, at.PropagationSeconds, at.PredictedSeconds) = (true, chosen, 0.02, 0.001, predicted);
        StationCompletion.Admit(station, new TasksExecuted(0, station.Reach[chosen], 0, (ExecutedTask[])[new ExecutedTask(seat, 0, computation)]));
    }

    private static double Rounded(double seconds) => Math.Round(seconds, 9);
}
