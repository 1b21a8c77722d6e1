using Akka.Actor;
using Diten.Actors;
using Diten.Actors.Nodes;
using Diten.Model.Faults;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Learning.Tests;

/// <summary>A policy that reads how old twins are is trained where syncs are lost and servers go down, and decides there.</summary>
public sealed class AgedTrainingTests
{
    private static readonly Scenario City = new()
    {
        Slots = 24,
        AreaSideMetres = 800,
        Devices = new DevicesSection { Count = 60, SpeedMetresPerSecond = 40, JourneySlots = 8 },
        Twins = new TwinsSection { Estimator = TwinEstimator.Kalman, SuspectAgeSlots = 1 },
        Decisions = new DecisionsSection { State = DecisionState.DitenAged },
        Learning = new LearningSection { Slots = 24, PeriodSlots = 6, PretrainingSlots = 6 },
        Zones = new ZonesSection { Columns = 2, Rows = 2 },
        Faults = new FaultMap(
        [
            new Fault { Name = "loss", Kind = FaultKind.Drop, What = FaultWhat.Sync, Probability = 0.7 },
            new Fault { Name = "outage", Kind = FaultKind.Down, What = FaultWhat.Servers, Selection = FaultSelection.Share, Share = 0.3, Timing = FaultTiming.Slots, FromSlot = 4, ToSlot = 16 },
        ]),
    };

    [Fact]
    public async Task It_learns_and_decides_the_same_on_any_layout()
    {
        var trained = await Train(City);
        var again = await Train(City with { Zones = new ZonesSection { Columns = 1, Rows = 1 } });

        Assert.True(trained.Total.Lost > 20, $"{trained.Total.Lost} lost: too few");
        var weights = trained.Policy!.Weights;
        Assert.Equal("14 → 32 → 32 → 1", PolicyShape.Describe(weights));
        Assert.Equal(PolicyFile.Hash(weights), PolicyFile.Hash(again.Policy!.Weights));

        var decides = City with { Policy = new PolicySection { Name = "learned" } };
        var (four, one) = (World.Create(decides, weights), World.Create(decides with { Zones = new ZonesSection { Columns = 1, Rows = 1 } }, weights));
        Assert.Equal(
            (await Emulation.RunAsync(four, new EmulationOptions())).Digest, (await Emulation.RunAsync(one, new EmulationOptions())).Digest);
    }

    [Fact]
    public async Task What_it_reads_of_age_matters()
    {
        var ageless = (await Train(City)).Policy!.Weights;
        ageless = ageless with { Features = [.. ageless.Features.Select((seen, feature) => seen && feature < 11)] };
        var decides = City with { Policy = new PolicySection { Name = "learned" } };
        var weights = (await Train(City)).Policy!.Weights;

        Assert.NotEqual(
            (await Emulation.RunAsync(World.Create(decides, weights), new EmulationOptions())).Digest,
            (await Emulation.RunAsync(World.Create(decides, ageless), new EmulationOptions())).Digest);
    }

    private static Task<RunOutcome> Train(Scenario scenario)
    {
        var world = World.Create(scenario);
        Func<Trainer> trainer = () => new Trainer(world.Scenario, world.Topology);
        return Emulation.RunAsync(
            world, new EmulationOptions { Training = true }, null, null, CancellationToken.None,
            start => Props.Create(() => new LearnerActor(start, trainer))).WaitAsync(TimeSpan.FromMinutes(2));
    }
}
