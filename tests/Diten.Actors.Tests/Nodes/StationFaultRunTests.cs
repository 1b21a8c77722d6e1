using Diten.Actors.Nodes;
using Diten.Actors.Tests.Recovery;
using Diten.Model.Faults;
using Diten.Model.Scenarios;

namespace Diten.Actors.Tests.Nodes;

/// <summary>Runs with what faults do to stations and what stations do about old twins: one digest on any layout, and after nodes died.</summary>
public sealed class StationFaultRunTests
{
    private static readonly Fault
        Loss = new() { Name = "loss", Kind = FaultKind.Drop, What = FaultWhat.Sync, Probability = 0.7 },
        Reports = new() { Name = "reports", Kind = FaultKind.Drop, What = FaultWhat.Report, Probability = 0.2 };

    private static readonly Scenario Sound = Small.City(devices: 200, slots: 30) with
    {
        Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent, SuspectAgeSlots = 1 },
    };

    private static readonly Scenario Lossy = Sound with { Faults = new FaultMap([Loss]) };

    public static TheoryData<string> Kinds => ["places", "reports", "answers", "avoid", "query", "query-faults", "estimates", "lost"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_run_has_one_digest_on_one_zone_and_on_six_and_another_one_than_a_sound_run(string kind)
    {
        var scenario = Of(kind);

        var digest = await Small.DigestAsync(scenario.Cut(1, 1), threads: 1);

        Assert.Equal(digest, await Small.DigestAsync(scenario.Cut(3, 2)));
        Assert.NotEqual(digest, await Small.DigestAsync(Sound));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_node_that_dies_changes_nothing(string kind)
    {
        var scenario = Of(kind).Cut(3, 2);

        var (outcome, _) = await SmallCluster.RunWithDeathAsync(scenario, nodes: 2, slot: 13);

        var undisturbed = await Emulation.RunAsync(scenario, new EmulationOptions());
        Assert.Equal(Convert.ToHexString(undisturbed.Digest), Convert.ToHexString(outcome.Digest));
        Assert.Equal(undisturbed.Total, outcome.Total); // regret and queries among it
        Assert.Equal(undisturbed.Regrets!.Bins(), outcome.Regrets!.Bins());
        Assert.Equal(outcome.Total.RegretTasks, outcome.Regrets.Count);
    }

    [Fact]
    public async Task Neutral_amounts_leave_the_digest_of_a_sound_run()
    {
        var neutral = new FaultMap(
        [
            Reports with { Probability = 0 }, Reports with { Name = "late", Kind = FaultKind.Delay },
            new Fault { Name = "jam", Kind = FaultKind.Jam, What = FaultWhat.Radio }, new Fault { Name = "slow", Kind = FaultKind.Slow, What = FaultWhat.Backhaul },
        ]);

        Assert.Equal(await Small.DigestAsync(Sound), await Small.DigestAsync(Sound with { Faults = neutral }));
    }

    [Fact]
    public async Task Without_any_sync_a_twin_that_counts_reports_knows_how_many_tasks_its_server_had()
    {
        var deaf = Sound with
        {
            Twins = Sound.Twins with { Load = TwinLoad.Reckoned },
            Faults = new FaultMap([Loss with { Kind = FaultKind.Cut }, new Fault { Name = "dark", Kind = FaultKind.Down, What = FaultWhat.Stations, Selection = FaultSelection.Share, Share = 0.3, Timing = FaultTiming.Slots, FromSlot = 5, ToSlot = 12 }]),
        };
        var reports = new Tests.Reports();

        await Emulation.RunAsync(deaf, new EmulationOptions { ServerRecords = true }, reports);

        foreach (var (before, now) in reports.Slots.Zip(reports.Slots.Skip(1)))
            Assert.Equal(before.Servers.Select(server => server.Tasks), now.Servers.Select(server => server.TwinTasks));
        Assert.Contains(reports.Slots, slot => slot.Total.Uncovered > 10);
    }

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(3, 0.0)]
    public async Task Reports_that_do_not_arrive_in_time_are_not_counted_whoever_else_knows_of_them(int delaySlots, double probability)
    {
        // Without syncs a twin knows what is reported only: with nothing reported, what it was primed with; with late reports, where tasks were.
        var deaf = Sound with
        {
            Twins = Sound.Twins with { Load = TwinLoad.Reckoned },
            Faults = new FaultMap([Loss with { Kind = FaultKind.Cut }, Reports with
            {
                Kind = delaySlots > 0 ? FaultKind.Delay : FaultKind.Drop, Probability = probability, DelayLowSlots = delaySlots, DelayHighSlots = delaySlots,
            }]),
        };
        var reports = new Tests.Reports();

        await Emulation.RunAsync(deaf, new EmulationOptions { ServerRecords = true }, reports);

        int[] Twins(int slot) => [.. reports.Slots[slot].Servers.Select(server => server.TwinTasks)];
        for (var slot = 0; slot < reports.Slots.Count; slot++)
            Assert.Equal(
                delaySlots == 0 || slot <= delaySlots ? Twins(0) : [.. reports.Slots[slot - 1 - delaySlots].Servers.Select(server => server.Tasks)], Twins(slot));
    }

    [Fact]
    public async Task Regret_is_measured_of_every_task_that_was_executed_and_never_changes_a_digest()
    {
        var reports = new Tests.Reports();

        var outcome = await Emulation.RunAsync(Of("lost"), new EmulationOptions { DeviceRecordsEvery = 1 }, reports);

        var total = outcome.Total;
        Assert.Equal(total.Completed, total.RegretTasks);
        Assert.True(total.Lost > 50 && total.RegretWrong > 100 && total.Regret > 1, $"{total.Lost} lost, {total.RegretWrong} wrong, {total.Regret} s: too little");
        var devices = reports.Slots.SelectMany(slot => slot.Devices).ToArray();
        Assert.Equal(total.Regret, devices.Where(device => !double.IsNaN(device.RegretSeconds)).Sum(device => device.RegretSeconds), 1e-6);
        Assert.All(devices, device => Assert.False(device.RegretSeconds < 0));
        Assert.Equal(
            Convert.ToHexString(outcome.Digest), await Small.DigestAsync(Of("lost") with { Measure = new MeasureSection { Regret = RegretMeasure.Off } }));
    }

    private static Scenario Of(string kind) => kind switch
    {
        "places" => Sound with
        {
            Faults = new FaultMap(
            [
                new Fault { Name = "dark", Kind = FaultKind.Down, What = FaultWhat.Stations, Selection = FaultSelection.Share, Share = 0.3, Timing = FaultTiming.Slots, FromSlot = 5, ToSlot = 20 },
                new Fault { Name = "jam", Kind = FaultKind.Jam, What = FaultWhat.Radio, Selection = FaultSelection.Share, Share = 0.5, PowerWatts = 1e-9 },
                new Fault { Name = "slow", Kind = FaultKind.Slow, What = FaultWhat.Backhaul, Factor = 3, Timing = FaultTiming.Renewal, RenewalBetweenSlots = 5, RenewalLastingSlots = 5 },
            ]),
        },
        "reports" => Lossy with
        {
            Twins = Sound.Twins with { Load = TwinLoad.Reckoned },
            Faults = new FaultMap(
            [
                Loss, Reports, Reports with { Name = "late", Kind = FaultKind.Delay, DelayHighSlots = 6, Stay = 0.3 },
                Reports with { Name = "twice", Kind = FaultKind.Duplicate }, Reports with { Name = "broken", Kind = FaultKind.Corrupt, Probability = 0.1 },
            ]),
        },
        "answers" => Lossy with { Decisions = new DecisionsSection { Answers = AnswerUse.Use } },
        "avoid" => Lossy with { Decisions = new DecisionsSection { OnDesync = DesyncResponse.Avoid } },
        "query" => Lossy with { Decisions = new DecisionsSection { OnDesync = DesyncResponse.Query } },
        "query-faults" => Lossy with
        {
            Decisions = new DecisionsSection { OnDesync = DesyncResponse.Query, QueryFaults = true },
            Faults = Lossy.Faults.With(Loss with { Name = "queries", What = FaultWhat.Request, Probability = 0.5 }),
        },
        "estimates" => Lossy with
        {
            Decisions = new DecisionsSection { OnDesync = DesyncResponse.Avoid, Answers = AnswerUse.Use },
            Faults = Lossy.Faults.With(Loss with { Name = "published", What = FaultWhat.Estimate, Kind = FaultKind.Delay, DelayHighSlots = 4 }),
        },
        _ => Lossy with
        {
            Decisions = new DecisionsSection { Answers = AnswerUse.Use, OnDesync = DesyncResponse.Query },
            Faults = Lossy.Faults.With(new Fault { Name = "outage", Kind = FaultKind.Down, What = FaultWhat.Servers, Selection = FaultSelection.Share, Share = 0.3, Timing = FaultTiming.Slots, FromSlot = 5, ToSlot = 20 }),
        },
    };
}
