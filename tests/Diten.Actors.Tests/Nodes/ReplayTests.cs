using Diten.Actors.Nodes;
using Diten.Model.BaseStations;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Nodes;

/// <summary>Whole runs against a plain loop over the same draws, and against the same loop with one rule of model.md §2 got wrong.</summary>
public sealed class ReplayTests
{
    /// <summary>Crowded, with devices out of coverage, journeys that end, and hand-overs between zones.</summary>
    private static readonly Scenario City =
        Small.City(devices: 120, slots: 15).Cut(2, 2) with { Stations = new StationsSection { CoverageMetres = 85 } };

    private static readonly Lazy<Task<(World World, IReadOnlyList<SlotReport> Reports)>> Run = new(() => RunAsync(City));

    [Fact]
    public async Task Every_decision_follows_from_what_the_twins_told_in_its_round_and_every_latency_from_the_true_share()
    {
        var replay = await ReplayAsync(new Rules());

        Assert.InRange(replay.Decisions, 1000, 120 * 15 - 100); // some are out of coverage
        Assert.Equal((0, 0), (replay.WrongPlaces, replay.WrongUplinks));
        Assert.Equal((0, 0), (replay.WrongServers, replay.WrongPredictions));
        Assert.Equal(0, replay.WrongComputations);
        Assert.Equal(0, replay.WrongQueues);
    }

    [Fact]
    public async Task Decisions_follow_from_what_the_twins_told_in_the_most_rounds_that_there_can_be()
    {
        var (world, reports) = await RunAsync(City with { Slots = 3, Decisions = City.Decisions with { Rounds = BaseStation.MostRounds } });

        var replay = Replay.Of(world, reports, new Rules());

        Assert.Equal((0, 0), (replay.WrongServers, replay.WrongPredictions));
        Assert.InRange(Replay.Of(world, reports, new Rules { Rounds = 4 }).WrongServers, 5, int.MaxValue);
    }

    [Fact]
    public async Task The_city_would_show_one_decision_round_in_place_of_four() => await ShowsInDecisions(new Rules { Rounds = 1 });

    [Fact]
    public async Task The_city_would_show_departures_that_twins_are_not_told_of() => await ShowsInDecisions(new Rules { DeparturesAreTold = false });

    [Fact]
    public async Task The_city_would_show_devices_that_count_their_own_task() => await ShowsInDecisions(new Rules { OwnTaskCounts = true });

    [Fact]
    public async Task The_city_would_show_tasks_that_run_on_the_share_that_their_twin_promised() =>
        Assert.InRange((await ReplayAsync(new Rules { SharesAreStale = true })).WrongComputations, 100, int.MaxValue);

    /// <summary>Decided all at once, on the last slot's load, devices herd; in four parts they see each other come (model.md §2).</summary>
    [Fact]
    public async Task Four_decision_rounds_spread_a_crowd_that_one_round_lets_herd()
    {
        async Task<double> Latency(int rounds)
        {
            var outcome = await Emulation.RunAsync(
                City with
                {
                    Decisions = City.Decisions with { Rounds = rounds },
                    Policy = new PolicySection { Name = "lowest-latency" },
                },
                new EmulationOptions());
            return outcome.Total.Latency / outcome.Total.Completed;
        }

        var (one, four) = (await Latency(1), await Latency(4));

        Assert.True(four < 0.8 * one, $"Mean latency is {four:F3} s with four rounds, {one:F3} s with one.");
    }

    private static async Task ShowsInDecisions(Rules wrong)
    {
        var replay = await ReplayAsync(wrong);
        Assert.InRange(replay.WrongServers, 20, int.MaxValue);
        Assert.InRange(replay.WrongPredictions, 100, int.MaxValue);
    }

    private static async Task<Replay> ReplayAsync(Rules rules)
    {
        var (world, reports) = await Run.Value;
        return Replay.Of(world, reports, rules);
    }

    private static async Task<(World, IReadOnlyList<SlotReport>)> RunAsync(Scenario scenario)
    {
        var (world, reports) = (World.Create(scenario), new Reports());
        await Emulation.RunAsync(world, new EmulationOptions { DeviceRecordsEvery = 1 }, reports);
        return (world, reports.Slots);
    }
}
