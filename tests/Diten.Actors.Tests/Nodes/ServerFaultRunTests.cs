using Diten.Actors.Nodes;
using Diten.Actors.Tests.Recovery;
using Diten.Model.Faults;
using Diten.Model.Scenarios;

namespace Diten.Actors.Tests.Nodes;

/// <summary>Runs with faults of servers and of their syncs: one digest on any layout, and after nodes died.</summary>
public sealed class ServerFaultRunTests
{
    private static readonly Fault Sync = new() { Name = "loss", Kind = FaultKind.Drop, What = FaultWhat.Sync, Probability = 0.5 };

    private static readonly Scenario Sound = Small.City(devices: 200, slots: 30) with
    {
        Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent },
        Measure = new MeasureSection { Regret = RegretMeasure.Off },
    };

    private static readonly Scenario Late = Sound with
    {
        Faults = new FaultMap(
        [
            Sync,
            Sync with { Name = "late", Kind = FaultKind.Delay, DelayLowSlots = 1, DelayHighSlots = 6, Stay = 0.3 },
            Sync with { Name = "twice", Kind = FaultKind.Duplicate },
            Sync with { Name = "broken", Kind = FaultKind.Corrupt, Probability = 0.1 },
        ]),
    };

    private static readonly Scenario Broken = Late with
    {
        Faults = new FaultMap(
        [
            .. Late.Faults.All,
            new Fault
            {
                Name = "outage", Kind = FaultKind.Down, What = FaultWhat.Servers, Selection = FaultSelection.Share, Share = 0.3,
                Timing = FaultTiming.Slots, FromSlot = 5, ToSlot = 20,
            },
            new Fault
            {
                Name = "slow", Kind = FaultKind.Slow, What = FaultWhat.Servers, Factor = 0.5, Timing = FaultTiming.Renewal,
                RenewalBetweenSlots = 8, RenewalLastingSlots = 3,
            },
        ]),
    };

    public static TheoryData<string> Kinds => ["late", "broken", "on-change", "delta", "query", "answers", "regret"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_run_with_faults_has_one_digest_on_one_zone_and_on_six_and_another_one_than_a_sound_run(string kind)
    {
        var scenario = Of(kind);

        var digest = await Small.DigestAsync(scenario.Cut(1, 1), threads: 1);

        Assert.Equal(digest, await Small.DigestAsync(scenario.Cut(3, 2)));
        Assert.NotEqual(digest, await Small.DigestAsync(Sound));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_node_that_dies_with_syncs_on_their_way_changes_nothing(string kind)
    {
        var scenario = Of(kind).Cut(3, 2);

        var (outcome, _) = await SmallCluster.RunWithDeathAsync(scenario, nodes: 2, slot: 13);

        Assert.Equal(await Small.DigestAsync(scenario), Convert.ToHexString(outcome.Digest));
    }

    [Fact]
    public async Task Faults_that_do_nothing_leave_the_digest_of_a_sound_run()
    {
        var neutral = new FaultMap(
        [
            Sync with { Probability = 0 }, Sync with { Name = "late", Kind = FaultKind.Delay }, Sync with { Name = "all", Kind = FaultKind.Limit },
            new Fault { Name = "slow", Kind = FaultKind.Slow, What = FaultWhat.Servers, Factor = 1 },
        ]);

        Assert.Equal(await Small.DigestAsync(Sound), await Small.DigestAsync(Sound with { Faults = neutral }));
    }

    private static Scenario Of(string kind) => kind switch
    {
        "late" => Late,
        "broken" => Broken,
        "query" => Broken with { Decisions = Sound.Decisions with { OnDesync = DesyncResponse.Query } },
        "answers" => Broken with { Decisions = Sound.Decisions with { Answers = AnswerUse.Use } },
        "regret" => Broken with { Measure = new MeasureSection() },
        "on-change" => Late with { Twins = Late.Twins with { Send = TwinSend.OnChange } },
        _ => Late with { Twins = Late.Twins with { Sync = TwinSync.Delta } },
    };
}
