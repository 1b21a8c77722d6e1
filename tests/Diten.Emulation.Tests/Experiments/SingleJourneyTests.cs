using Diten.Actors;
using Diten.Model.Offloading.Bounds;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;
using Diten.Runs.Experiments.Comparisons;

namespace Diten.Emulation.Tests.Experiments;

/// <summary>Single journeys against the emulation, where both must say the same.</summary>
public sealed class SingleJourneyTests
{
    /// <summary>25 stations with holes between them; journeys of 9 slots, the last one cut short; migrations take time.</summary>
    private static Scenario City(int devices, string policy) => new()
    {
        Seed = 5,
        Slots = 42,
        AreaSideMetres = 800,
        Stations = new StationsSection { CoverageMetres = 85 },
        Devices = new DevicesSection { Count = devices, SpeedMetresPerSecond = 40, JourneySlots = 9 },
        Servers = new ServersSection { MigrationOutage = true },
        Decisions = new DecisionsSection { Rounds = 1 },
        Policy = new PolicySection { Name = policy },
    };

    [Theory]
    [InlineData("nearest-first")]
    [InlineData("random")]
    [InlineData("stay")]
    [InlineData("lowest-latency")]
    [InlineData("drift-plus-penalty")]
    [InlineData("hard-budget")]
    public async Task A_device_alone_in_the_world_gets_in_single_journeys_what_it_gets_in_the_emulation(string policy)
    {
        var (_, nearestFirst) = await RecordAsync(City(1, "nearest-first"));
        var (world, own) = await RecordAsync(City(1, policy));
        var alone = new SingleJourneys(world.Scenario, world.Topology, nearestFirst.Servers);

        var emulated = own.Journeys().ToArray();
        var made = nearestFirst.Journeys().Select(journey => alone.Make(journey, world.Policy)).ToArray();

        Assert.Equal(5, made.Length);
        Assert.Contains(emulated, journey => journey.Tasks < journey.Slots.Length);
        Assert.Equal(emulated.Select(journey => journey.Migrations), made.Select(journey => journey.Migrations));
        Assert.Equal(emulated.Select(journey => journey.Seconds), made.Select(journey => journey.Seconds), Close);
        Assert.Equal(emulated.Select(Reward), made.Select(journey => journey.Reward), Close);
    }

    [Fact]
    public async Task Among_many_nearest_first_gets_what_was_recorded()
    {
        var (world, recorded) = await RecordAsync(City(80, "nearest-first"));
        var alone = new SingleJourneys(world.Scenario, world.Topology, recorded.Servers);

        Assert.All(recorded.Journeys(), journey =>
        {
            var made = alone.Make(journey, world.Policy);
            Assert.Equal(journey.Migrations, made.Migrations);
            Assert.Equal(journey.Seconds, made.Seconds, 12);
            Assert.Equal(Reward(journey), made.Reward, 9);
        });
    }

    [Theory]
    [InlineData("random")]
    [InlineData("stay")]
    [InlineData("lowest-latency")]
    [InlineData("drift-plus-penalty")]
    [InlineData("q-learning")]
    public async Task No_policy_is_below_the_frontier_at_its_own_migrations(string policy)
    {
        var (world, recorded) = await RecordAsync(City(80, "nearest-first"));
        var alone = new SingleJourneys(world.Scenario, world.Topology, recorded.Servers);
        var decides = World.Create(City(80, policy)).Policy;

        Assert.All(recorded.Journeys(), journey =>
        {
            var made = alone.Make(journey, decides);
            Assert.InRange(journey.Frontier().AtMost(made.Migrations), 0, made.Seconds + 1e-12);
        });
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-12;

    private static double Reward(RecordedJourney journey)
    {
        var sum = 0.0;
        foreach (var record in journey.Records.Span)
            sum += record.Reward;
        return sum;
    }

    private static async Task<(World World, JourneyRecorder Recorder)> RecordAsync(Scenario scenario)
    {
        var world = World.Create(scenario);
        var recorder = new JourneyRecorder(world);
        await global::Diten.Actors.Nodes.Emulation.RunAsync(
            world, new EmulationOptions { ServerRecords = true, DeviceRecordsEvery = 1 }, recorder, CancellationToken.None);
        return (world, recorder);
    }
}
