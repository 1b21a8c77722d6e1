using System.Globalization;
using System.Text;
using Diten.Actors;
using Diten.Bench;
using Diten.Emulation.Tests.Results;
using Diten.Model.Policies;
using Diten.Model.Policies.Networks;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;
using Diten.Runs.Execution;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Bench;

/// <summary>Two implementations that share no rule, actors and arrays, must have the same records to the last bit.</summary>
public sealed class ArrayModelTests(ArrayModelTests.PolicyFiles policies) : IClassFixture<ArrayModelTests.PolicyFiles>
{
    private static readonly Dictionary<string, Func<Scenario, Scenario>> Variants = new()
    {
        ["as it is"] = s => s,
        ["another seed"] = s => s with { Seed = 0x1234_5678_9ABC_DEF0 },
        ["one round"] = s => s with { Decisions = s.Decisions with { Rounds = 1 } },
        ["no interference"] = s => s with { Radio = s.Radio with { Channels = 0 } },
        ["one channel, another exponent"] = s => s with { Radio = s.Radio with { Channels = 1, PathLossExponent = 3.4 } },
        ["shared bandwidth"] = s => s with { Radio = s.Radio with { ShareBandwidth = true } },
        ["emergent deviation"] = s => s with { Twins = s.Twins with { DeviationSource = DeviationSource.Emergent } },
        ["deviation on the twin's side"] = s => s with { Twins = s.Twins with { DeviationSide = DeviationSide.Twin } },
        ["twin's side, not calibrated"] = s => s with { Twins = s.Twins with { DeviationSide = DeviationSide.Twin, Calibrated = false } },
        ["not calibrated"] = s => s with { Twins = s.Twins with { Calibrated = false } },
        ["wide deviation"] = s => s with { Twins = s.Twins with { DeviationMeanHertz = -1e9, DeviationStandardDeviationHertz = 8e9 } },
        ["fifo"] = s => Sharing(s, CpuSharing.Fifo),
        ["fifo, emergent"] = s => Sharing(s with { Twins = s.Twins with { DeviationSource = DeviationSource.Emergent } }, CpuSharing.Fifo),
        ["exclusive"] = s => Sharing(s, CpuSharing.Exclusive),
        ["processor sharing"] = s => Sharing(s, CpuSharing.ProcessorSharing),
        ["processor sharing, emergent"] =
            s => Sharing(s with { Twins = s.Twins with { DeviationSource = DeviationSource.Emergent } }, CpuSharing.ProcessorSharing),
        ["nearest first"] = s => Policy(s, "nearest-first"),
        ["random"] = s => Policy(s, "random"),
        ["stay"] = s => Policy(s, "stay"),
        ["least loaded"] = s => Policy(s, "least-loaded"),
        ["lowest latency"] = s => Policy(s, "lowest-latency"),
        ["hysteresis"] = s => Policy(s, "hysteresis"),
        ["hard budget"] = s => Policy(s, "hard-budget"),
        ["learned"] = s => Learned(s, "set"),
        ["learned, drawn"] = s => Learned(s, "set", PolicyDecide.Sample),
        ["learned, drawn, with fewer servers than candidates"] =
            s => Learned(s with { Stations = s.Stations with { ServersShare = 0.002 } }, "set", PolicyDecide.Sample),
        ["learned, without some features, another objective"] =
            s => Learned(s with { Objective = new ObjectiveSection { Beta = 0.37, MigrationCost = 1.7, V = 7 } }, "blind"),
        ["learned, dense"] = s => Learned(s, "dense", PolicyDecide.Sample),
        ["learned, dense, deviation on the twin's side"] =
            s => Learned(s with { Twins = s.Twins with { DeviationSide = DeviationSide.Twin } }, "dense"),
        ["learned, the paper's state"] = s => Learned(s with { Decisions = s.Decisions with { State = DecisionState.Paper } }, "paper"),
        ["learned, fifo, migration outage"] =
            s => Learned(Sharing(s with { Servers = s.Servers with { MigrationOutage = true } }, CpuSharing.Fifo), "set"),
        ["uncovered devices"] = s => s with { Stations = s.Stations with { CoverageMetres = 70 } },
        ["short journeys"] = s => s with { Devices = s.Devices with { JourneySlots = 3 } },
        ["migration outage"] = s => s with { Servers = s.Servers with { MigrationOutage = true } },
        ["migration outage and fifo"] = s => Sharing(s with { Servers = s.Servers with { MigrationOutage = true } }, CpuSharing.Fifo),
        ["servers at some stations of a Poisson layout"] =
            s => s with { Stations = s.Stations with { Topology = StationLayout.Poisson, ServersShare = 0.4 } },
        ["fewer servers than candidates"] = s => s with { Stations = s.Stations with { ServersShare = 0.002 } },
        ["autoregressive background"] = s => s with { Servers = s.Servers with { Background = BackgroundKind.Ar1 } },
        ["no background"] = s => s with { Servers = s.Servers with { Background = BackgroundKind.None } },
        ["short slots"] = s => s with { SlotLengthSeconds = 0.2 },
        ["streets half way between stations"] = s => s with
        {
            Devices = s.Devices with { Mobility = MobilityKind.Manhattan, StreetSpacingMetres = s.AreaSideMetres / 64 },
        },
        ["hexagons and Gauss-Markov"] = s => s with
        {
            Stations = s.Stations with { Topology = StationLayout.Hexagonal },
            Devices = s.Devices with { Mobility = MobilityKind.GaussMarkov },
        },
        ["ten candidates, nine rounds"] = s => s with { Decisions = s.Decisions with { Candidates = 10, Rounds = 9 } },
        ["one candidate"] = s => s with { Decisions = s.Decisions with { Candidates = 1 } },
        ["another objective"] = s => s with { Objective = new ObjectiveSection { Beta = 0.37, MigrationCost = 1.7, V = 7 } },
    };

    public static TheoryData<string> Names => [.. Variants.Keys, .. FaultVariants.All.Keys];

    private static Func<Scenario, Scenario> Variant(string name) => Variants.GetValueOrDefault(name) ?? FaultVariants.All[name];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Actors_and_arrays_agree_on_the_paper_world(string variant) =>
        await Agree(Variant(variant)(Paper() with { Slots = 8 }));

    /// <summary>Some 60 devices a station, fast enough that all hand over: servers, channels and stations contend.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Actors_and_arrays_agree_on_a_dense_one(string variant)
    {
        var paper = Paper();
        await Agree(Variant(variant)(paper with
        {
            Slots = 8,
            AreaSideMetres = 800,
            Devices = paper.Devices with { Count = 1500, SpeedMetresPerSecond = 60, JourneySlots = 5 },
        }));
    }

    /// <summary>As <c>diten run scenarios/paper.conf</c> runs it.</summary>
    [Fact]
    public async Task Actors_and_arrays_agree_on_the_whole_paper_run() => await Agree(Paper());

    /// <summary>Of two keys that are right alone, one may be wrong with the other.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Actors_and_arrays_agree_on_ten_scenarios_drawn_at_random(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 10; i++)
            await Agree(Drawn(random));
    }

    /// <summary>A recorded journey may end in any slot, and its device go on elsewhere, far from where its last task is.</summary>
    [Fact]
    public async Task Actors_and_arrays_agree_on_recorded_journeys()
    {
        using var folder = new TemporaryFolder();
        var trace = new StringBuilder("id,t,x,y\n");
        for (var id = 0; id < 40; id++)
            for (var point = 0; point < 2 + id % 5; point++)
                trace.Append(CultureInfo.InvariantCulture, $"{id},{2 * point},{200 + id * 397 % 800 + 40 * point},{200 + id * 211 % 700 + 30 * point}\n");
        File.WriteAllText(folder.At("trace.csv"), trace.ToString());
        var paper = Paper();

        await Agree(paper with
        {
            Slots = 20,
            AreaSideMetres = 1000,
            Devices = paper.Devices with { Count = 300, Mobility = MobilityKind.Trace, Traces = folder.At("trace.csv"), JourneySlots = 7 },
        });
    }

    [Fact]
    public void What_only_the_product_has_is_refused_by_name()
    {
        var world = World.Create(Paper() with { Twins = new TwinsSection { Estimator = TwinEstimator.Kalman } });

        var refusal = Assert.Throws<NotSupportedException>(() => new ArrayModel(world));

        Assert.Contains("Kalman", refusal.Message);
    }

    [Fact]
    public void A_station_that_learns_whom_to_trust_is_refused_by_name()
    {
        var world = World.Create(Paper() with { Decisions = new DecisionsSection { Trust = TwinTrust.Learned } });

        Assert.Contains("decisions.trust", Assert.Throws<NotSupportedException>(() => new ArrayModel(world)).Message);
    }

    public static TheoryData<string> NotHere => [.. PolicyCatalogue.Shipped.All.Select(entry => entry.Name).Where(name => !ArrayPolicy.Knows(name))];

    [Theory]
    [MemberData(nameof(NotHere))]
    public void A_policy_that_only_the_product_has_is_refused_by_name(string policy)
    {
        var world = World.Create(Policy(Paper(), policy));

        Assert.Contains($"policy.name {policy}.", Assert.Throws<NotSupportedException>(() => new ArrayModel(world)).Message);
    }

    [Theory]
    [InlineData(CpuSharing.Equal)]
    [InlineData(CpuSharing.Fifo)]
    [InlineData(CpuSharing.ProcessorSharing)]
    public void A_slot_of_the_arrays_allocates_nothing(CpuSharing sharing)
    {
        using var arrays = new ArrayModel(World.Create(Sharing(Paper(), sharing)));
        for (var slot = 0; slot < 3; slot++)
            arrays.RunSlot(slot);

        var before = GC.GetAllocatedBytesForCurrentThread();
        arrays.RunSlot(3);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void The_arrays_run_slots_in_order_only()
    {
        using var arrays = new ArrayModel(World.Create(Paper()));
        arrays.RunSlot(0);

        Assert.Contains("Slot 1 is next", Assert.Throws<ArgumentOutOfRangeException>(() => arrays.RunSlot(2)).Message);
    }

    private static Scenario Paper() => ScenarioInput.Load(ShippedScenarios.Find("paper.conf"), [], null).Scenario;

    private static Scenario Drawn(Random random)
    {
        return new Scenario
        {
            Seed = (ulong)random.NextInt64(),
            Slots = 6,
            SlotLengthSeconds = Of(0.3, 1),
            AreaSideMetres = 400 + 600 * random.NextDouble(),
            Stations = new StationsSection
            {
                Topology = Of(StationLayout.Grid, StationLayout.Poisson, StationLayout.Hexagonal),
                CoverageMetres = Of(60, 150),
                ServersShare = Of(1, 1, 0.5),
            },
            Devices = new DevicesSection
            {
                Count = random.Next(1, 300),
                JourneySlots = Of(1, 3, 100),
                Mobility = Of(MobilityKind.Waypoint, MobilityKind.GaussMarkov, MobilityKind.Manhattan, MobilityKind.Commuter, MobilityKind.Taxi),
                SpeedMetresPerSecond = Of(0, 15, 120),
            },
            Radio = new RadioSection
            {
                Channels = Of(0, 1, 16),
                PathLossExponent = Of(3, 3.7),
                InterferenceRangeMetres = Of(100, 500),
                ShareBandwidth = Of(false, true),
            },
            Servers = new ServersSection
            {
                Sharing = Any<CpuSharing>(),
                MigrationOutage = Of(false, true),
                Background = Of(BackgroundKind.None, BackgroundKind.Uniform, BackgroundKind.Ar1),
            },
            Twins = new TwinsSection
            {
                DeviationSource = Any<DeviationSource>(),
                DeviationMeanHertz = Of(-1e9, 0.5e9),
                DeviationSide = Any<DeviationSide>(),
                Calibrated = Of(false, true),
            },
            Decisions = new DecisionsSection { Candidates = Of(1, 3, 5, 12), Rounds = Of(1, 2, 4) },
            Policy = new PolicySection { Name = Of([.. PolicyCatalogue.Shipped.All.Select(entry => entry.Name).Where(ArrayPolicy.Knows)]), File = "set", Decide = Any<PolicyDecide>() },
            Objective = new ObjectiveSection { Beta = Of(0, 0.2, 1) },
            Zones = new ZonesSection { Columns = Of(1, 2), Rows = Of(1, 3) },
        };

        T Of<T>(params T[] values) => values[random.Next(values.Length)];
        T Any<T>()
            where T : struct, Enum => Of(Enum.GetValues<T>());
    }

    /// <summary>Policies that have learned nothing.</summary>
    public sealed class PolicyFiles : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public PolicyFiles()
        {
            PolicyFile.Write(At("set"), UntrainedPolicy.Set(7));
            PolicyFile.Write(At("blind"), UntrainedPolicy.Set(7) with { Features = [.. Enumerable.Range(0, 11).Select(i => i % 3 != 1)] });
            PolicyFile.Write(At("dense"), UntrainedPolicy.Create(PolicyNetworkKind.Dense, DecisionState.Diten, 5, [24, 17], 8));
            PolicyFile.Write(At("paper"), UntrainedPolicy.Create(PolicyNetworkKind.Dense, DecisionState.Paper, 5, [64, 64, 64], 9));
        }

        public string At(string name) => _folder.At(name + ".policy");

        public void Dispose() => _folder.Dispose();
    }

    private static Scenario Sharing(Scenario scenario, CpuSharing sharing) =>
        scenario with { Servers = scenario.Servers with { Sharing = sharing } };

    private static Scenario Policy(Scenario scenario, string name) => scenario with { Policy = scenario.Policy with { Name = name } };

    /// <summary>The file's name is put in by <see cref="Agree"/>.</summary>
    private static Scenario Learned(Scenario scenario, string file, PolicyDecide decide = PolicyDecide.ArgMax) =>
        scenario with { Policy = new PolicySection { Name = "learned", File = file, Decide = decide } };

    private async Task Agree(Scenario scenario)
    {
        if (scenario.Policy is { Name: "learned", File: { } file })
            scenario = scenario with { Policy = scenario.Policy with { File = policies.At(file) } };
        using var arrays = new ArrayModel(World.Create(scenario));
        var comparison = new Comparison(arrays);
        var actors = await Diten.Actors.Nodes.Emulation.RunAsync(scenario, new EmulationOptions { DeviceRecordsEvery = 1 }, comparison);

        Assert.True(comparison.Difference is null, comparison.Difference);
        Assert.Equal(scenario.Slots, actors.SlotsCompleted);
        Assert.Equal(Convert.ToHexString(actors.Digest), Convert.ToHexString(arrays.Digest));
    }

    /// <summary>Runs the arrays beside the actors, and keeps the first difference.</summary>
    private sealed class Comparison(ArrayModel arrays) : IRunObserver
    {
        public string? Difference { get; private set; }

        public void SlotCompleted(SlotReport report)
        {
            arrays.RunSlot(report.Slot);
            if (Difference is not null)
                return;
            var same = arrays.StationDigests.CommonPrefixLength(report.StationDigests);
            foreach (var actors in report.Devices)
            {
                if (actors with { RegretSeconds = double.NaN } != arrays.Record(actors.Device)) // which arrays do not measure
                {
                    Difference = $"The first to differ is device {actors.Device} of station {actors.Station} in slot {report.Slot}.\n"
                        + $"Actors: {actors}\nArrays: {arrays.Record(actors.Device)}";
                    return;
                }
            }

            if (same < arrays.StationDigests.Length)
                Difference = $"In slot {report.Slot} the digests of station {same / 32} differ, though no record does.";
        }
    }
}
