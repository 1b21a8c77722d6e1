using Diten.Model.Scenarios;

namespace Diten.Actors.Tests;

public sealed class DigestTests
{
    [Fact]
    public async Task Two_thousand_devices_have_one_digest_on_any_number_of_zones_and_threads()
    {
        var scenario = new Scenario
        {
            Slots = 6,
            AreaSideMetres = 2000,
            Devices = new DevicesSection { Count = 2000, SpeedMetresPerSecond = 40 },
        };

        var digest = await Small.DigestAsync(scenario.Cut(1, 1), threads: 1);

        Assert.Equal(digest, await Small.DigestAsync(scenario.Cut(1, 1), threads: 4));
        Assert.Equal(digest, await Small.DigestAsync(scenario.Cut(2, 2)));
        Assert.Equal(digest, await Small.DigestAsync(scenario.Cut(5, 5), threads: 3));
        Assert.Equal(digest, await Small.DigestAsync(scenario.Cut(5, 5), threads: 1));
    }

    /// <summary>Loaded so that some tasks are in time and some late: then deadlines matter.</summary>
    private static Scenario City() => Small.City(devices: 50);

    public static TheoryData<string, Scenario> Changes()
    {
        var city = City();
        var (radio, servers, twins, objective) = (city.Radio, city.Servers, city.Twins, city.Objective);
        return new()
        {
            { "seed", city with { Seed = 2 } },
            { "area.side", city with { AreaSideMetres = 801 } },
            { "devices.mobility.speed", city with { Devices = city.Devices with { SpeedMetresPerSecond = 40.001 } } },
            { "devices.journey-slots", city with { Devices = city.Devices with { JourneySlots = 8 } } },
            { "radio.bandwidth", city with { Radio = radio with { BandwidthHertz = 20.001e6 } } },
            { "radio.noise", city with { Radio = radio with { NoiseWatts = 2.001e-12 } } },
            { "radio.path-loss-exponent", city with { Radio = radio with { PathLossExponent = 3.001 } } },
            { "radio.channels", city with { Radio = radio with { Channels = 15 } } },
            { "radio.interference-range", city with { Radio = radio with { InterferenceRangeMetres = 510 } } },
            { "radio.share-bandwidth", city with { Radio = radio with { ShareBandwidth = true } } },
            { "tasks.data", city with { Tasks = city.Tasks with { DataBits = new(4.801e6, 6.4e6) } } },
            { "tasks.cycles-per-bit", city with { Tasks = city.Tasks with { CyclesPerBit = new(200, 400.01) } } },
            { "tasks.deadline", city with { Tasks = city.Tasks with { DeadlineSeconds = new(0.15, 0.24) } } },
            { "backhaul.latency-per-spacing", city with { Backhaul = city.Backhaul with { LatencySecondsPerSpacing = 2.001e-3 } } },
            { "servers.frequency", city with { Servers = servers with { FrequencyHertz = new(15e9, 25.001e9) } } },
            { "servers.sharing", city with { Servers = servers with { Sharing = CpuSharing.ProcessorSharing } } },
            { "servers.migration-outage", city with { Servers = servers with { MigrationOutage = true } } },
            { "servers.background.range", city with { Servers = servers with { BackgroundRange = new(0, 0.501) } } },
            { "servers.background.redraw-probability", city with { Servers = servers with { BackgroundRedrawProbability = 0.2 } } },
            { "twins.deviation.mean", city with { Twins = twins with { DeviationMeanHertz = 0.501e9 } } },
            { "twins.deviation.side", city with { Twins = twins with { DeviationSide = DeviationSide.Twin } } },
            { "twins.calibrated", city with { Twins = twins with { Calibrated = false } } },
            { "twins.estimator", city with { Twins = twins with { Estimator = TwinEstimator.Ewma } } },
            { "decisions.candidates", city with { Decisions = city.Decisions with { Candidates = 4 } } },
            { "decisions.rounds", city with { Decisions = city.Decisions with { Rounds = 3 } } },
            { "policy.name", city with { Policy = new PolicySection { Name = PolicyName.LowestLatency } } },
            { "objective.beta", city with { Objective = objective with { Beta = 0.21 } } },
            { "objective.v", city with { Objective = objective with { V = 20.1 } } },
        };
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_little_change_of_a_key_changes_the_digest(string key, Scenario changed)
    {
        var before = await Small.DigestAsync(City());

        Assert.False(before == await Small.DigestAsync(changed), $"{key} does not change the digest.");
    }
}
