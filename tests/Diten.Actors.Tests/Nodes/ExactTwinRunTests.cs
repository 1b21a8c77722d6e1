using Diten.Actors.Nodes;
using Diten.Actors.Tests.Recovery;
using Diten.Model.Faults;
using Diten.Model.Scenarios;

namespace Diten.Actors.Tests.Nodes;

/// <summary>Runs in which twins publish what is true although nine syncs of ten are lost, and runs in which not all devices are reported, or stations learn whom to trust.</summary>
public sealed class ExactTwinRunTests
{
    private static readonly Scenario Sound = Small.City(devices: 200, slots: 30) with
    {
        Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent },
        Measure = new MeasureSection { Regret = RegretMeasure.Off },
    };

    private static readonly Scenario Lossy = Sound with
    {
        Faults = new FaultMap([new Fault { Name = "loss", Kind = FaultKind.Drop, What = FaultWhat.Sync, Probability = 0.9 }]),
    };

    public static TheoryData<string> Kinds => ["capacity", "tasks", "both, frozen and forgetful", "mean", "half", "half, reckoned", "trust", "trust and answers"];

    [Fact]
    public async Task With_both_exact_everything_is_decided_as_in_sync()
    {
        var digest = await Small.DigestAsync(Sound);

        Assert.NotEqual(digest, await Small.DigestAsync(Lossy));
        Assert.Equal(digest, await Small.DigestAsync(With(Lossy, TwinExact.Both)));
        Assert.NotEqual(digest, await Small.DigestAsync(With(Lossy, TwinExact.Capacity)));
        Assert.NotEqual(digest, await Small.DigestAsync(With(Lossy, TwinExact.Tasks)));
    }

    [Theory]
    [InlineData(TwinExact.None, false, false)]
    [InlineData(TwinExact.Capacity, true, false)]
    [InlineData(TwinExact.Tasks, false, true)]
    [InlineData(TwinExact.Both, true, true)]
    public async Task What_is_exact_never_lags_and_the_other_does(TwinExact exact, bool capacity, bool tasks)
    {
        var reports = new Reports();

        await Emulation.RunAsync(With(Lossy, exact), new EmulationOptions { WorkerThreads = 2 }, reports);

        Assert.Equal(capacity, reports.Slots.All(slot => slot.Twins!.Value.FreeLagAbsolute == 0));
        Assert.Equal(tasks, reports.Slots.All(slot => slot.Twins!.Value.TasksLagAbsolute == 0));
        Assert.Contains(reports.Slots, slot => slot.Twins!.Value.Desynchronised > 0); // they are as old as their syncs
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_has_one_digest_on_one_zone_and_on_six_and_after_a_node_died(string kind)
    {
        var scenario = Of(kind);
        var digest = await Small.DigestAsync(scenario.Cut(1, 1), threads: 1);

        var (outcome, _) = await SmallCluster.RunWithDeathAsync(scenario.Cut(3, 2), nodes: 2, slot: 13);

        Assert.Equal(digest, await Small.DigestAsync(scenario.Cut(3, 2)));
        Assert.Equal(digest, Convert.ToHexString(outcome.Digest));
        Assert.NotEqual(digest, await Small.DigestAsync(Lossy));
    }

    private static Scenario With(Scenario scenario, TwinExact exact) => scenario with { Twins = scenario.Twins with { Exact = exact } };

    private static Scenario Of(string kind)
    {
        var half = Lossy with { Decisions = Lossy.Decisions with { ReportedShare = 0.5 } };
        var frozen = new Fault
        {
            Name = "frozen",
            Kind = FaultKind.Freeze,
            What = FaultWhat.Twins,
            Selection = FaultSelection.Share,
            Share = 0.5,
            Timing = FaultTiming.Slots,
            FromSlot = 5,
            ToSlot = 20,
        };
        return kind switch
        {
            "capacity" => With(Lossy, TwinExact.Capacity),
            "tasks" => With(Lossy, TwinExact.Tasks),
            "mean" => Lossy with { Twins = Lossy.Twins with { Estimator = TwinEstimator.Mean, Load = TwinLoad.Mean } },
            "half" => half,
            "trust" => Lossy with { Decisions = Lossy.Decisions with { Trust = TwinTrust.Learned } },
            "trust and answers" => Lossy with { Decisions = Lossy.Decisions with { Trust = TwinTrust.Learned, Answers = AnswerUse.Use } },
            "half, reckoned" => half with { Twins = half.Twins with { Load = TwinLoad.Reckoned } },
            _ => With(Lossy, TwinExact.Both) with
            {
                Faults = Lossy.Faults.With(frozen).With(frozen with { Name = "gone", Kind = FaultKind.Crash, Durable = false, FromSlot = 10, ToSlot = 16 }),
            },
        };
    }
}
