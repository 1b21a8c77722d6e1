using Diten.Model.BaseStations;
using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.MobileDevices;
using Diten.Model.Offloading;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.BaseStations;

/// <summary>
/// A whole city by the rules of devices and stations alone: whoever adds up all that stations report knows how many tasks each server has, whatever
/// devices do: they fall out of coverage and come back, drive far in a slot, and begin new journeys; stations and servers go down.
/// </summary>
public sealed class ReportedCityTests
{
    private static readonly Scenario Scenario = new()
    {
        AreaSideMetres = 900,
        Stations = new StationsSection { DensityPerSquareMetre = 36 / (900.0 * 900.0), CoverageMetres = 85 }, // 150 m apart: holes in between
        Devices = new DevicesSection { Count = 80, SpeedMetresPerSecond = 170, JourneySlots = 7 },
        Radio = new RadioSection { Channels = 0 },
        Decisions = new DecisionsSection { Rounds = 3, Candidates = 2 },
        Policy = new PolicySection { Name = "random" },
        Faults = new FaultMap(
        [
            new Fault { Name = "dark", Kind = FaultKind.Down, What = FaultWhat.Stations, Selection = FaultSelection.Share, Share = 0.4, Timing = FaultTiming.Slots, FromSlot = 5, ToSlot = 15 },
            new Fault { Name = "gone", Kind = FaultKind.Down, What = FaultWhat.Servers, Selection = FaultSelection.Share, Share = 0.3, Timing = FaultTiming.Slots, FromSlot = 8, ToSlot = 20 },
        ]),
    };

    [Fact]
    public void All_reports_together_tell_where_all_tasks_are()
    {
        var city = new City(Scenario with { Twins = new TwinsSection { Load = TwinLoad.Reckoned } });

        for (var slot = 0; slot < 40; slot++)
        {
            city.RunSlot(slot);
            Assert.Equal(city.Tasks, city.Reported);
        }

        Assert.True(city.Uncovered > 100 && city.FarDepartures > 50 && city.Lost > 50, $"{city.Uncovered} uncovered, {city.FarDepartures} far, {city.Lost} lost: too few");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void Of_a_share_of_devices_all_is_told_and_of_the_others_nothing(double share)
    {
        var city = new City(Scenario with
        {
            Twins = new TwinsSection { Load = TwinLoad.Reckoned },
            Decisions = Scenario.Decisions with { ReportedShare = share },
        });
        Assert.InRange(city.ReportedDevices, (int)(share * 80) - 15, (int)(share * 80) + 15);
        Assert.Equal(share == 0, city.ReportedDevices == 0);

        for (var slot = 0; slot < 40; slot++)
        {
            city.RunSlot(slot);
            Assert.Equal(city.Tasks, city.Reported);
        }

        Assert.True(city.Uncovered > 100 && city.FarDepartures > 50, $"{city.Uncovered} uncovered, {city.FarDepartures} far: too few");
    }

    [Fact]
    public void Without_the_last_round_they_do_not()
    {
        var city = new City(Scenario);
        city.RunSlot(0);

        Assert.NotEqual(city.Tasks, city.Reported);
    }

    [Fact]
    public void A_link_that_loses_nothing_passes_all_of_it()
    {
        var nothing = new Fault { Name = "none", Kind = FaultKind.Drop, What = FaultWhat.Report, Probability = 0 };
        var city = new City(Scenario with { Faults = Scenario.Faults.With(nothing) });

        for (var slot = 0; slot < 10; slot++)
        {
            city.RunSlot(slot);
            Assert.Equal(city.Tasks, city.Reported);
        }
    }

    private sealed class City
    {
        private readonly World _world;
        private readonly BaseStationState[] _stations;
        private readonly MobileDeviceState[] _devices;
        private byte[] _bytes = [];

        public City(Scenario scenario)
        {
            _world = World.Create(scenario);
            _stations = [.. Enumerable.Range(0, _world.Topology.StationCount).Select(station => new BaseStationState(_world, station))];
            _devices = [.. Enumerable.Range(0, scenario.Devices.Count).Select(device => MobileDevice.Start(_world, device))];
            (Tasks, Reported) = (new int[_world.Topology.ServerCount], new int[_world.Topology.ServerCount]);
            foreach (var device in _devices)
            {
                _stations[device.Station].Arrivals.Add(new MovingDevice(device.Device, new DeviceLink(), device.Station));
                if (_world.IsReported(device.Device))
                    (Reported[device.LastTask], ReportedDevices) = (Reported[device.LastTask] + 1, ReportedDevices + 1);
            }

            foreach (var station in _stations)
                foreach (var server in station.Reach)
                    StationDecisions.Apply(station, new TwinEstimate(server, 0, 0, 0, 10e9, 1, 0));
        }

        /// <summary>Tasks of devices that are reported, by server.</summary>
        public int[] Tasks { get; }

        public int ReportedDevices { get; }

        public int[] Reported { get; }

        public int Uncovered { get; private set; }

        public int FarDepartures { get; private set; }

        public int Lost { get; private set; }

        public void RunSlot(int slot)
        {
            Array.Clear(Tasks);
            var masks = Array.ConvertAll(_stations, station => Begin(station, slot));
            for (var round = 0; round < _world.Scenario.Decisions.Rounds; round++)
                for (var i = 0; i < _stations.Length; i++)
                    if ((masks[i] >> round & 1) != 0)
                        Decide(_stations[i], round);
            var leaving = new List<MovingDevice>();
            foreach (var station in _stations)
                Complete(station, slot, leaving);
            foreach (var device in leaving)
                _stations[device.Station].Arrivals.Add(device);
        }

        private ulong Begin(BaseStationState station, int slot)
        {
            BaseStation.BeginSlot(station, slot);
            for (var seat = 0; seat < station.Attached; seat++)
            {
                ref var device = ref _devices[station.Seats[seat].Device];
                if (station.Seats[seat].Link.HasLast)
                    MobileDevice.Apply(ref device, station.Seats[seat].Link.Last);
                MobileDevice.BeginJourneyIfDue(ref device);
                var report = new DeviceReport();
                MobileDevice.Report(_world, ref device, slot, report);
                BaseStation.Admit(station, seat, report);
            }

            var rounds = BaseStation.RoundsWithWork(station, _world);
            BaseStation.MeasureUplinks(station, _world);
            return rounds;
        }

        private void Decide(BaseStationState station, int round)
        {
            var placements = new int[station.Reach.Length];
            StationDecisions.Decide(station, _world, round, new DecisionBatch(_world.Scenario.Decisions.Candidates), placements);
            if (station.Reports is not null)
                foreach (var report in StationReports.Pass(station, _world, round, placements))
                    Reported[report.Server] += report.Change;
            else if (station.ReportsEveryRound || round < _world.Scenario.Decisions.Rounds - 1)
                for (var k = 0; k < placements.Length; k++)
                    Reported[station.Reach[k]] += placements[k];
        }

        private void Complete(BaseStationState station, int slot, List<MovingDevice> leaving)
        {
            FarDepartures += station.FarDepartures.Count;
            foreach (var server in station.Reach)
                StationDecisions.Apply(station, new ServerMeasured(server, slot, 10e9, 0, 1, false));
            for (var seat = 0; seat < station.Attached; seat++)
            {
                var chosen = station.Turns[seat].Chosen;
                if (chosen < 0)
                {
                    Uncovered++;
                    continue;
                }

                var server = station.Reach[chosen];
                Tasks[server] += _world.IsReported(station.Seats[seat].Device) ? 1 : 0;
                var lost = _world.Faults.IsDown(EntityKind.Server, server, slot);
                Lost += lost ? 1 : 0;
                StationCompletion.Admit(station, new TasksExecuted(station.Station, server, slot, (ExecutedTask[])[new ExecutedTask(seat, 0, 0.1)]) { Lost = lost });
            }

            StationCompletion.Complete(station, _world, ref _bytes, []);
            StationCompletion.ReleaseDevices(station, _world, leaving);
        }
    }
}
