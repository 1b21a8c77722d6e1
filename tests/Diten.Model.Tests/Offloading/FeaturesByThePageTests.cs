using Diten.Model.Offloading;
using Diten.Model.Radio;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Tests.Offloading;

/// <summary>Decisions as docs/model.md describes them (<see cref="ModelPage"/>), and as they are.</summary>
public class FeaturesByThePageTests
{
    private static readonly Made[] Decisions = [.. Enumerable.Range(1, 400).Select(Make)];

    [Fact]
    public void Every_feature_of_every_candidate_is_what_the_page_says() => Assert.All(Decisions, made =>
    {
        var features = new float[made.Candidates.Length * DecisionFeatures.Count];
        new DecisionFeatures(made.Topology.SpacingMetres, made.Scenario.Objective.V, made.Scenario.Objective.MigrationCost)
            .Write(made.Batch, 0, features);

        for (var k = 0; k < made.Candidates.Length; k++)
        {
            var expected = made.Page.Features(made.Device, made.Candidates, k);
            Assert.Equal(DecisionFeatures.Names, expected.Select(feature => feature.Name));
            Assert.All(expected, (feature, i) => Close(feature.Value, features[k * DecisionFeatures.Count + i], 1e-6));
        }
    });

    [Fact]
    public void The_papers_state_is_what_the_page_says() => Assert.All(Decisions, made =>
    {
        var expected = made.Page.PaperState(made.Device, made.Candidates);
        var state = new float[PaperState.Length(made.Scenario.Decisions.Candidates)];

        new PaperState(made.Topology.SpacingMetres).Write(made.Batch, 0, state);

        Assert.Equal(expected.Length, state.Length);
        Assert.All(expected, (value, i) => Close(value, state[i], 1e-6));
    });

    [Fact]
    public void Frequency_and_predicted_latency_are_what_the_page_says() => Assert.All(Decisions, made =>
    {
        for (var k = 0; k < made.Candidates.Length; k++)
        {
            Close(made.Page.Frequency(made.Device, made.Candidates[k]), made.Batch.EstimatedHertz[k], 1e-12);
            Close(made.Page.Latency(made.Device, made.Candidates[k]), made.Batch.PredictedSeconds[k], 1e-12);
            Assert.Equal(ModelPage.Move(made.Device, made.Candidates[k]) == 1, made.Batch.IsMove(0, k));
        }
    });

    [Fact]
    public void Candidates_and_uplink_are_what_the_page_says() => Assert.All(Decisions, made =>
    {
        var nearest = new int[made.Scenario.Decisions.Candidates];
        var found = made.Topology.Servers.Nearest(made.Device.X, made.Device.Y, nearest);
        var (radio, random) = (made.Scenario.Radio, new Random(made.Seed));
        var (bits, watts, metres, interference) =
            (random.NextDouble() * 6e6, random.NextDouble(), random.NextDouble() * 20, random.NextDouble() * 1e-8);

        Assert.Equal(made.Candidates.Select(server => server.Id), nearest[..found]);
        Close(
            made.Page.Uplink(bits, watts, metres, interference),
            Uplink.LatencySeconds(bits, radio.BandwidthHertz, Uplink.Sinr(
                watts * PathLoss.Gain(metres, radio.PathLossExponent), radio.NoiseWatts, interference)),
            1e-12);
    });

    [Fact]
    public void Three_policies_choose_as_the_pages_say() => Assert.All(Decisions, made =>
    {
        Assert.Equal(made.Page.DriftPlusPenalty(made.Device, made.Candidates), Choice(made, "drift-plus-penalty"));
        Assert.Equal(made.Page.Hysteresis(made.Device, made.Candidates), Choice(made, "hysteresis"));
        Assert.Equal(made.Page.HardBudget(made.Device, made.Candidates), Choice(made, "hard-budget"));
    });

    /// <summary>Else the tests above could agree on nothing.</summary>
    [Fact]
    public void The_random_decisions_hold_every_case_of_the_page()
    {
        Func<Made, bool>[] cases =
        [
            made => made.Device.Serving < 0,
            made => made.Device.Serving >= 0 && made.Batch.ServingIndices[0] < 0,
            made => made.Batch.ServingIndices[0] > 0,
            made => made.Candidates.Length < made.Scenario.Decisions.Candidates,
            made => made.Candidates.Any(server => server.Id == made.Device.LastTask && server.Tasks == 0),
            made => made.Candidates.Any(server => server.Id == made.Device.LastTask && server.Tasks > 1),
            made => made.Device.Serving >= 0 && made.Scenario.Servers.MigrationOutage,
            made => made.Scenario.Twins is { DeviationSource: DeviationSource.Emergent, DeviationSide: DeviationSide.Twin },
            made => made.Device.Queue == 0,
            made => made.Device.Queue is > 0 and < 1e-12 && made.Page.DriftPlusPenalty(made.Device, made.Candidates) != made.Batch.ServingIndices[0],
            made => made.Candidates.Zip(made.Candidates.Skip(1)).Any(pair => pair.First.Distance == pair.Second.Distance),
            made => made.Candidates.Zip(made.Candidates.Skip(1)).Any(pair =>
                made.Page.Latency(made.Device, pair.First) == made.Page.Latency(made.Device, pair.Second)),
            made => made.Candidates.Any(server => server.Deviation < -0.9 * made.Page.Frequency(made.Device, server)),
            .. from sharing in Enum.GetValues<CpuSharing>()
               from side in Enum.GetValues<DeviationSide>()
               from calibrated in (bool[])[true, false]
               select (Func<Made, bool>)(made => made.Scenario.Servers.Sharing == sharing
                   && made.Scenario.Twins.DeviationSide == side && made.Scenario.Twins.Calibrated == calibrated),
        ];

        Assert.All(cases, (holds, i) => Assert.True(Decisions.Count(holds) >= 5, $"case {i}: {Decisions.Count(holds)} of {Decisions.Length}"));
    }

    private sealed record Made(
        int Seed, Scenario Scenario, Topology Topology, ModelPage Page, PageDevice Device, PageServer[] Candidates, DecisionBatch Batch)
    {
        public override string ToString() => $"seed {Seed}";
    }

    private static Made Make(int seed)
    {
        var random = new Random(seed);
        var level = random.Next(3) == 0; // stations 128 m apart, and the device where four are as near
        var scenario = RandomScenario(random, level);
        var topology = Topologies.Create(scenario).Topology;
        var page = new ModelPage(scenario);
        var (x, y) = level
            ? (128.0 * random.Next(5), 128.0 * random.Next(5))
            : (random.NextDouble() * scenario.AreaSideMetres, random.NextDouble() * scenario.AreaSideMetres);
        var candidates = page.Nearest(x, y).Take(scenario.Decisions.Candidates)
            .Select(place => new PageServer(
                place.Server, place.Distance, 8e9 + random.NextDouble() * 17e9, (random.NextDouble() - 0.5) * 12e9, random.Next(5)))
            .ToArray();
        if (level) // alike but for their places
            candidates = [.. candidates.Select(server => candidates[0] with { Id = server.Id, Distance = server.Distance })];
        int Some() => random.Next(4) switch { 0 => -1, 1 => 1_000_000, _ => candidates[random.Next(candidates.Length)].Id };
        var device = new PageDevice(
            x, y, Some(), Some(), random.Next(6) switch { 0 or 1 => 0, 2 => 5e-13, _ => random.NextDouble() * 4 }, 1e9 + random.NextDouble() * 1.5e9, random.NextDouble() * 0.1);
        return new Made(seed, scenario, topology, page, device, candidates, Batch(scenario, topology, device, candidates));
    }

    private static Scenario RandomScenario(Random random, bool level) => new()
    {
        AreaSideMetres = level ? 512 : 200 + random.NextDouble() * 1000,
        Stations = new StationsSection { DensityPerSquareMetre = level ? 16 / (512.0 * 512) : 5e-6 + random.NextDouble() * 35e-6 },
        Radio = new RadioSection { PathLossExponent = random.Next(2) == 0 ? 3 : 2 + 2 * random.NextDouble(), BandwidthHertz = 1e7 + 1e7 * random.NextDouble() },
        Backhaul = new BackhaulSection
        {
            LatencySecondsPerSpacing = random.NextDouble() * 5e-3,
            LatencySecondsPerMetre = random.Next(3) == 0 ? random.NextDouble() * 5e-5 : null,
        },
        Servers = new ServersSection
        {
            Sharing = (CpuSharing)random.Next(4),
            MigrationOutage = random.Next(3) == 0,
            ServiceStateBits = random.NextDouble() * 1e9,
        },
        Twins = new TwinsSection
        {
            DeviationSource = random.Next(4) == 0 ? DeviationSource.Emergent : DeviationSource.Injected,
            DeviationSide = (DeviationSide)random.Next(2),
            Calibrated = random.Next(2) == 0,
        },
        Decisions = new DecisionsSection { Candidates = 1 + random.Next(10) },
        Policy = new PolicySection { Margin = random.Next(3) == 0 ? 0 : random.NextDouble() * 0.5 },
        Objective = new ObjectiveSection { V = random.NextDouble() * 40, MigrationCost = random.NextDouble() * 3 },
    };

    private static DecisionBatch Batch(Scenario scenario, Topology topology, PageDevice device, PageServer[] candidates)
    {
        var batch = new DecisionBatch(scenario.Decisions.Candidates);
        batch.Begin(7, 1);
        var deciding = new DecidingDevice(3, device.Serving, device.LastTask, device.Queue, 5.6e6, device.Cycles, 0.2, device.Uplink);
        var row = DecisionRow.Add(batch, deciding, candidates.Length);
        var rows = new DecisionRow(scenario, Backhaul.Of(scenario, topology));
        for (var k = 0; k < candidates.Length; k++)
        {
            var server = candidates[k];
            rows.SetCandidate(
                batch, row, k, deciding, new BelievedServer(server.Id, server.Free, server.Tasks, server.Deviation), server.Distance);
        }

        return batch;
    }

    private static int Choice(Made made, string policy) =>
        Rows.Policy(made.Scenario with { Policy = made.Scenario.Policy with { Name = policy } }).Choices(made.Batch)[0];

    private static void Close(double expected, double actual, double relative) =>
        Assert.InRange(actual, expected - relative * Math.Abs(expected), expected + relative * Math.Abs(expected));
}
