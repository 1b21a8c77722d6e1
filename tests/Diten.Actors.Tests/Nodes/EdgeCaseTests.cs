using Diten.Actors.Nodes;
using Diten.Model.Scenarios;

namespace Diten.Actors.Tests.Nodes;

public sealed class EdgeCaseTests
{
    [Fact]
    public async Task One_station_one_zone_and_fewer_servers_than_candidates()
    {
        var scenario = Small.City(devices: 10) with { AreaSideMetres = 100, Stations = new StationsSection { DensityPerSquareMetre = 1e-4 } };

        var outcome = await Emulation.RunAsync(scenario, new EmulationOptions());

        Assert.Equal(10 * 12, outcome.Total.Devices);
        Assert.Equal(0, outcome.Total.Migrations);
    }

    [Fact]
    public async Task A_device_out_of_coverage_fails_and_is_not_lost()
    {
        var scenario = Small.City() with { Stations = new StationsSection { CoverageMetres = 40 } };

        var outcome = await Emulation.RunAsync(scenario.Cut(2, 2), new EmulationOptions());

        Assert.Equal(150 * 12, outcome.Total.Devices);
        Assert.InRange(outcome.Total.Uncovered, 150, 150 * 12 - 150);
        Assert.Equal(outcome.Total.Completed, outcome.Latencies.Count);
        Assert.Equal(Convert.ToHexString(outcome.Digest), await Small.DigestAsync(scenario.Cut(1, 1)));
    }

    [Fact]
    public async Task Zones_of_one_station_without_devices_and_far_travellers_change_nothing()
    {
        // Three devices in 25 zones: most are empty. At 600 m/s a device leaps over zones that are no neighbours.
        var scenario = Small.City(devices: 3) with { AreaSideMetres = 3000, Radio = new RadioSection { Channels = 0 } };
        scenario = scenario with
        {
            Stations = new StationsSection { DensityPerSquareMetre = 25 / 9e6, CoverageMetres = 500 },
            Devices = scenario.Devices with { SpeedMetresPerSecond = 600 },
        };

        Assert.Equal(await Small.DigestAsync(scenario.Cut(1, 1)), await Small.DigestAsync(scenario.Cut(5, 5)));
    }

    [Fact]
    public async Task A_slot_less_run_of_one_device_ends()
    {
        var outcome = await Emulation.RunAsync(Small.City(devices: 1, slots: 1), new EmulationOptions());

        Assert.Equal(1, outcome.SlotsCompleted);
    }
}
