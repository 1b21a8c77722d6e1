using Diten.Model.Faults;
using Diten.Model.Scenarios;

namespace Diten.Actors.Tests.Nodes;

/// <summary>Faults of twins, and of what they publish and ask, give one digest on any layout, and none where their amount is neutral.</summary>
public sealed class TwinFaultDigestTests
{
    private static readonly Fault Estimates = new() { Name = "a", Kind = FaultKind.Delay, What = FaultWhat.Estimate, DelayHighSlots = 2, Stay = 0.3 };

    private static readonly Fault Twins = new()
    {
        Name = "c",
        Kind = FaultKind.Freeze,
        What = FaultWhat.Twins,
        Selection = FaultSelection.Share,
        Share = 0.5,
        Timing = FaultTiming.Slots,
        FromSlot = 2,
        ToSlot = 6,
    };

    private static readonly Scenario City = Small.City() with { Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent } };

    [Fact]
    public async Task Twins_that_freeze_crash_and_lie_over_bad_links_give_one_digest_on_any_number_of_zones()
    {
        var scenario = City with
        {
            Twins = City.Twins with { Load = TwinLoad.Reckoned, Estimator = TwinEstimator.MeanReverting },
            Faults = new FaultMap(
            [
                Estimates, Estimates with { Name = "b", Kind = FaultKind.Drop, Probability = 0.3, DelayHighSlots = 0, Stay = 0 },
                Estimates with { Name = "q", What = FaultWhat.Request },
                Twins, Twins with { Name = "d", Kind = FaultKind.Crash, Durable = false, FromSlot = 4, ToSlot = 8 },
                Twins with { Name = "e", Kind = FaultKind.Lie, Factor = 2 },
                Twins with { Name = "f", Kind = FaultKind.Noise, AmountHertz = 3e9, Timing = FaultTiming.Always },
            ]),
        };

        var digest = await Small.DigestAsync(scenario.Cut(1, 1), threads: 1);

        Assert.Equal(digest, await Small.DigestAsync(scenario.Cut(3, 2), threads: 3));
        Assert.NotEqual(digest, await Small.DigestAsync(scenario with { Faults = FaultMap.Empty }));
    }

    [Fact]
    public async Task Faults_with_a_neutral_amount_leave_the_digest_as_it_is()
    {
        var neutral = new FaultMap(
        [
            Estimates with { DelayHighSlots = 0, Stay = 0 }, Estimates with { Name = "b", Kind = FaultKind.Drop },
            Estimates with { Name = "q", What = FaultWhat.Request, Kind = FaultKind.Limit, Every = 1 },
            Twins with { Kind = FaultKind.Bias }, Twins with { Name = "d", Kind = FaultKind.Noise }, Twins with { Name = "e", Kind = FaultKind.ClockSkew },
        ]);

        Assert.Equal(await Small.DigestAsync(City), await Small.DigestAsync(City with { Faults = neutral }));
    }
}
