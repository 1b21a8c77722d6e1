using Diten.Model.BaseStations;
using Diten.Model.Offloading;

namespace Diten.Model.Tests.BaseStations;

/// <summary>What a base station makes of what twins tell, and how it decides.</summary>
public sealed class BaseStationTests
{
    [Fact]
    public void The_devices_own_last_task_does_not_count()
    {
        var (batch, _, _) = NineStations.Decide(lastTask: 4, tasksAtFour: 3);

        Assert.Equal(4, batch.Servers[0]);
        Assert.Equal(2, batch.TasksOfOthers[0]);
        Assert.Equal(10e9 / 3, batch.EstimatedHertz[0], 1);
    }

    [Fact]
    public void A_twin_that_has_not_heard_of_the_devices_own_last_task_leaves_no_fewer_than_none()
    {
        var (batch, _, _) = NineStations.Decide(lastTask: 4, tasksAtFour: 0);

        Assert.Equal(0, batch.TasksOfOthers[0]);
        Assert.Equal(10e9, batch.EstimatedHertz[0]);
    }

    [Fact]
    public void What_a_device_leaves_and_what_it_chooses_are_both_told()
    {
        var (_, placements, state) = NineStations.Decide(lastTask: 4, tasksAtFour: 9); // server 4 is full: it goes elsewhere

        Assert.Equal(-1, placements[Array.IndexOf(state.Reach, 4)]);
        Assert.Equal(1, placements[state.Turns[0].Chosen]);
        Assert.Equal(0, placements.Sum());
    }

    [Fact]
    public void A_device_that_stays_changes_no_count()
    {
        var (_, placements, state) = NineStations.Decide(lastTask: 4, tasksAtFour: 1);

        Assert.Equal(4, state.Reach[state.Turns[0].Chosen]);
        Assert.All(placements, change => Assert.Equal(0, change));
    }

    [Fact]
    public void Nobody_decides_before_its_round()
    {
        var state = NineStations.Station(lastTask: 4, tasksAtFour: 1, round: 1);
        var placements = new int[state.Reach.Length];

        StationDecisions.Decide(state, NineStations.World, 0, new DecisionBatch(5), placements);

        Assert.Equal(-1, state.Turns[0].Chosen);
        Assert.Equal(0b10UL, BaseStation.RoundsWithWork(state, NineStations.World));
    }
}
