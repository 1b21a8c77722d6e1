using Diten.Model.BaseStations;
using Diten.Model.EdgeServers;
using Diten.Model.Scenarios;
using static Diten.Model.Tests.BaseStations.OneStation;

namespace Diten.Model.Tests.BaseStations;

/// <summary>
/// What a station learns of twins, at values worked out by hand. The device's gigacycle has the chosen server, number 4 at 0 m, to itself as its twin
/// says: 10 GHz, 100 ms.
/// </summary>
public sealed class StationTrustTests
{
    private static readonly Scenario Learned = NineStations.Scenario with
    {
        Decisions = NineStations.Scenario.Decisions with { Trust = TwinTrust.Learned, TrustWeight = 0.5 },
    };

    [Fact]
    public void A_task_that_took_four_times_as_long_halves_what_is_believed_and_the_next_one_weighs_what_was_predicted_then()
    {
        var station = new OneStation(Learned);

        RunSlot(station, 0, seconds: 0.4);
        Assert.Equal(Math.Log(0.5), Factor(station), 1e-12); // ½ log(¼)
        Believe(station, 1);
        Assert.Equal(5e9, station.Batch.EstimatedHertz[0], 1e-3);

        RunSlot(station, 1, seconds: 0.4);
        Assert.Equal(Math.Log(0.5) + 0.5 * Math.Log(0.5), Factor(station), 1e-12); // 200 ms were predicted
        RunSlot(station, 2, seconds: 0.1); // as the twin says: 100 · √8 ms were predicted
        Assert.Equal(0.5 * (1.5 * Math.Log(0.5)), Factor(station), 1e-12);
    }

    [Fact]
    public void It_settles_where_predictions_are_right_between_a_32nd_and_all_of_what_is_told()
    {
        var station = new OneStation(Learned);
        for (var slot = 0; slot < 60; slot++)
            RunSlot(station, slot, seconds: 0.8);
        Assert.Equal(Math.Log(1.0 / 8), Factor(station), 1e-9);

        for (var slot = 60; slot < 120; slot++)
            RunSlot(station, slot, seconds: 80);
        Assert.Equal(Math.Log(1.0 / 32), Factor(station), 1e-12);

        for (var slot = 120; slot < 180; slot++)
            RunSlot(station, slot, seconds: 0.001);
        Assert.Equal(0, Factor(station));
    }

    [Fact]
    public void Tasks_of_one_slot_count_together_and_other_servers_keep_what_they_have()
    {
        var station = new OneStation(Learned with { Decisions = Learned.Decisions with { Candidates = 1 } }); // all go to server 4
        station.Begin(0, Device(lastTask: -1, serving: -1), Device(lastTask: -1, serving: -1), Device(lastTask: -1, serving: -1));
        station.Publish(4, 0, freeHertz: 10e9, tasks: 0);
        station.Decide();
        double[] seconds = [0.1, 0.4, 0.2];
        for (var seat = 0; seat < 3; seat++)
            StationCompletion.Admit(station.State, new TasksExecuted(4, 4, 0, (ExecutedTask[])[new ExecutedTask(seat, 0, seconds[seat])]));
        station.Complete();

        Assert.Equal(-Math.Log(8) / 3 / 2, station.State.Trust![0], 1e-12);
        Assert.Single(station.State.Trust); // with one candidate only, nobody else is in reach

        var nine = new OneStation(Learned);
        RunSlot(nine, 0, seconds: 0.4);
        Assert.Equal(1, nine.State.Trust!.Count(factor => factor != 0));
    }

    [Fact]
    public void The_time_in_a_queue_counts_and_the_way_there_does_not()
    {
        var station = new OneStation(Learned);
        Believe(station, 0);
        StationCompletion.Admit(station.State, new TasksExecuted(4, 4, 0, (ExecutedTask[])[new ExecutedTask(0, 0.3, 0.1)]));
        station.Complete();

        Assert.Equal(Math.Log(0.5), Factor(station), 1e-12);
    }

    [Fact]
    public void From_a_lost_task_and_from_what_the_server_said_itself_nothing_is_learned()
    {
        var lost = new OneStation(Learned);
        Believe(lost, 0);
        lost.Execute(0.4, lost: true);
        lost.Complete();
        Assert.Equal(0, Factor(lost));

        var answered = new OneStation(Learned with { Decisions = Learned.Decisions with { Answers = AnswerUse.Use } });
        RunSlot(answered, 0, seconds: 0.4, freeHertz: 10e9);
        var factor = Factor(answered);
        Assert.Equal(Math.Log(0.5), factor, 1e-12);
        Believe(answered, 1);
        Assert.Equal(10e9, answered.Batch.EstimatedHertz[0], 1e-3); // the server's word is taken whole
        answered.Execute(0.4, freeHertz: 10e9);
        answered.Complete();
        Assert.Equal(factor, Factor(answered));
    }

    [Fact]
    public void A_station_that_learns_nothing_has_no_such_thing() => Assert.Null(new OneStation(NineStations.Scenario).State.Trust);

    private static double Factor(OneStation station) => station.State.Trust![Array.IndexOf(station.State.Reach, 4)];

    /// <summary>A device that may go anywhere decides; all but server 4 have next to nothing free.</summary>
    private static void Believe(OneStation station, int slot)
    {
        foreach (var server in station.State.Reach)
            station.Publish(server, slot, freeHertz: server == 4 ? 10e9 : 1e6, tasks: 0);
        station.Begin(slot, Device(lastTask: -1, serving: -1));
        station.Decide();
        Assert.Equal(4, station.Chosen());
    }

    private static void RunSlot(OneStation station, int slot, double seconds, double freeHertz = 0)
    {
        Believe(station, slot);
        station.Execute(seconds, freeHertz: freeHertz);
        station.Complete();
    }
}
