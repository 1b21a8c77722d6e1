using Diten.Model.BaseStations;
using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using static Diten.Model.Tests.BaseStations.OneStation;

namespace Diten.Model.Tests.BaseStations;

/// <summary>What a station makes of twins that are old: it uses answers, avoids, or asks the servers themselves.</summary>
public sealed class StationBeliefTests
{
    private static readonly Scenario
        Answers = NineStations.Scenario with { Decisions = NineStations.Scenario.Decisions with { Answers = AnswerUse.Use } },
        Avoid = NineStations.Scenario with { Decisions = NineStations.Scenario.Decisions with { OnDesync = DesyncResponse.Avoid } },
        Query = NineStations.Scenario with { Decisions = NineStations.Scenario.Decisions with { OnDesync = DesyncResponse.Query } };

    [Theory]
    [InlineData(0, 7, 10)] // synced in slot 4, as the answer: 7 tasks and the 3 changes of this slot
    [InlineData(2, 7, 10)]
    [InlineData(2, -4, 0)] // never fewer than none
    public void An_answer_that_is_as_new_as_the_twins_sync_takes_the_place_of_its_word(int age, int answered, int tasks)
    {
        var station = new OneStation(Answers);
        station.Begin(4, Device());
        station.Decide();
        station.Execute(0.1, freeHertz: 6e9, serverTasks: answered);
        station.Publish(4, 5, freeHertz: 12e9, tasks: 2, age: age, changes: 3, deviation: 1e9);

        station.Begin(5, Device(lastTask: -1));
        station.Decide();

        Assert.Equal((4, tasks), (station.Batch.Servers[0], station.Batch.TasksOfOthers[0]));
        Assert.Equal(6e9 / (1 + tasks), station.Batch.EstimatedHertz[0], 1e-3);
        Assert.Equal(0, station.Batch.DeviationHertz[0]); // emergent: the server knows of none
    }

    [Fact]
    public void An_answer_that_is_older_than_the_twins_sync_says_nothing()
    {
        var station = new OneStation(Answers);
        station.Begin(4, Device());
        station.Decide();
        station.Execute(0.1, freeHertz: 6e9, serverTasks: 7);
        station.Publish(4, 6, freeHertz: 12e9, tasks: 2); // synced in slot 5

        station.Begin(6, Device(lastTask: -1));
        station.Decide();

        Assert.Equal((2, 4e9), (station.Batch.TasksOfOthers[0], station.Batch.EstimatedHertz[0]));
    }

    [Fact]
    public void A_server_that_lost_its_tasks_answered_nothing()
    {
        var station = new OneStation(Answers);
        station.Begin(4, Device());
        station.Decide();
        station.Execute(0.1, lost: true, freeHertz: 6e9, serverTasks: 7);

        Assert.All(station.State.Answers!, answer => Assert.Equal(HeardAnswer.Never, answer.Slot));
    }

    [Fact]
    public void Changes_of_another_slot_are_not_added_to_an_answer()
    {
        var station = new OneStation(Answers);
        station.Publish(4, 4, tasks: 2, changes: 3); // and nothing since: its estimates are lost
        station.Begin(4, Device());
        station.Decide();
        station.Execute(0.1, freeHertz: 6e9, serverTasks: 7);

        station.Begin(5, Device(lastTask: -1));
        station.Decide();

        Assert.Equal(7, station.Batch.TasksOfOthers[0]);
    }

    [Fact]
    public void An_injected_deviation_is_the_published_one_whoever_tells_the_rest()
    {
        var station = new OneStation(Answers with { Twins = new TwinsSection { DeviationSource = DeviationSource.Injected } });
        station.Begin(4, Device());
        station.Decide();
        station.Execute(0.1, freeHertz: 6e9, serverTasks: 7);
        station.Publish(4, 5, deviation: 0.25e9);

        station.Begin(5, Device());
        station.Decide();

        Assert.Equal(0.25e9, station.Batch.DeviationHertz[0]);
    }

    [Fact]
    public void Candidates_past_the_suspect_age_are_avoided_with_the_serving_one_among_them()
    {
        var station = new OneStation(Avoid);
        Age(station, slot: 10, ages: [0, 4, 0, 3, 4, 0, 0, 9, 0]); // suspect are those above 3

        station.Begin(10, Device());
        station.Decide();

        Assert.Equal([3, 5], station.Batch.Servers[..station.Batch.CandidateCounts[0]]);
        Assert.Equal((-1, true), (station.Batch.ServingIndices[0], station.State.Turns[0].Migrates));
        Assert.Equal(5, station.State.Turns[0].Candidates); // all five twins were asked
    }

    [Fact]
    public void Where_all_candidates_are_suspect_none_is_avoided()
    {
        var station = new OneStation(Avoid);
        Age(station, slot: 10, ages: [4, 4, 4, 4, 4, 4, 4, 4, 4]);

        station.Begin(10, Device());
        station.Decide();

        Assert.Equal(new[] { 4, 1, 3, 5, 7 }, station.Batch.Servers[..5]);
    }

    [Fact]
    public void A_twin_that_fell_silent_grows_old_without_a_word()
    {
        var station = new OneStation(Avoid); // all published for slot 0, then nothing

        Assert.Equal([true, false], new[] { 3, 4 }.Select(slot =>
        {
            foreach (var server in station.State.Reach.Where(server => server != 4))
                station.Publish(server, slot);
            station.Begin(slot, Device());
            station.Decide();
            return station.Batch.Servers[0] == 4;
        }));
    }

    [Fact]
    public void Suspect_candidates_are_asked_themselves_and_every_query_counts()
    {
        var station = new OneStation(Query);
        Age(station, slot: 10, ages: [0, 4, 0, 0, 5, 0, 0, 0, 0]);
        Answer(station, 1, slot: 10, freeHertz: 3e9, tasks: 2);
        Answer(station, 4, slot: 10, freeHertz: 4e9, tasks: 0);
        Answer(station, 5, slot: 10, freeHertz: 1e9, tasks: 9); // is not asked

        station.Begin(10, Device(lastTask: -1));
        station.Decide();
        station.Execute(0.1);
        station.Complete();

        Assert.Equal(new[] { 4e9, 1e9, 5e9, 5e9, 5e9 }, station.Batch.EstimatedHertz[..5]);
        Assert.Equal(new[] { 0, 2, 1, 1, 1 }, station.Batch.TasksOfOthers[..5]);
        var totals = station.State.Totals;
        Assert.Equal(2, totals.ServerQueries);
        Assert.Equal(2 + station.State.Turns[0].TwinHosts, totals.QueriesWithTwins);
    }

    [Theory]
    [InlineData(9)] // it was down when it should have told
    [InlineData(10)] // it is down now
    public void A_server_that_is_down_answers_nothing_so_that_its_twins_word_is_taken(int downSlot)
    {
        var station = new OneStation(Query with { Faults = new FaultMap([At(FaultKind.Down, FaultWhat.Servers, downSlot)]) });
        Age(station, slot: 10, ages: [0, 0, 0, 0, 5, 0, 0, 0, 0]);
        Answer(station, 4, slot: downSlot, freeHertz: 4e9, tasks: 0);

        station.Begin(10, Device(lastTask: -1));
        station.Decide();

        Assert.Equal((5e9, 1), (station.Batch.EstimatedHertz[0], station.State.Turns[0].ServerQueries));
    }

    [Fact]
    public void A_query_can_be_lost_and_the_task_waits_for_the_farthest_that_was_asked()
    {
        var drop = At(FaultKind.Drop, FaultWhat.Request, 10) with { Probability = 1 };
        var scenario = Query with { Decisions = Query.Decisions with { QueryFaults = true }, Faults = new FaultMap([drop]) };
        var station = new OneStation(scenario);

        Assert.Equal([(5e9, 4e-3), (4e9, 4e-3)], new[] { 10, 11 }.Select(slot =>
        {
            Age(station, slot, ages: [0, 5, 0, 0, 5, 0, 0, 0, 0]);
            Answer(station, 1, slot, freeHertz: 4e9, tasks: 0);
            Answer(station, 4, slot, freeHertz: 4e9, tasks: 0);
            station.Begin(slot, Device(lastTask: -1));
            var uplink = station.State.Turns[0].UplinkSeconds;
            station.Decide();
            return (station.Batch.EstimatedHertz[0], Math.Round(station.State.Turns[0].UplinkSeconds - uplink, 12)); // 150 m, there and back
        }));
    }

    [Fact]
    public void Without_faults_of_queries_they_are_free_of_those_of_their_link()
    {
        var station = new OneStation(Query with { Faults = new FaultMap([At(FaultKind.Cut, FaultWhat.Request, 10)]) });
        Age(station, slot: 10, ages: [0, 0, 0, 0, 5, 0, 0, 0, 0]);
        Answer(station, 4, slot: 10, freeHertz: 4e9, tasks: 0);
        station.Begin(10, Device(lastTask: -1));
        var uplink = station.State.Turns[0].UplinkSeconds;

        station.Decide();

        Assert.Equal((4e9, uplink), (station.Batch.EstimatedHertz[0], station.State.Turns[0].UplinkSeconds));
    }

    private static void Age(OneStation station, int slot, int[] ages)
    {
        foreach (var server in station.State.Reach)
            station.Publish(server, slot, age: ages[server]);
    }

    private static void Answer(OneStation station, int server, int slot, double freeHertz, int tasks) =>
        StationDecisions.Apply(station.State, new ServerAnswer(server, slot, freeHertz, tasks));
}
