using Diten.Model.BaseStations;
using Diten.Model.Offloading;
using Diten.Model.ServerTwins;

namespace Diten.Model.Tests.BaseStations;

/// <summary>What a station makes of a twin that tells a part of a task.</summary>
public sealed class TwinsWordTests
{
    [Theory]
    [InlineData(1, 0.25, 8e9, 0)] // its own last task does not count: 0.25 are left
    [InlineData(4, -0.5, 10e9 / 3.5, 3)]
    [InlineData(1, -0.5, 10e9, 0)] // never fewer than none
    public void A_part_of_a_task_slows_down_as_much_as_it_is(int tasks, double part, double expectedHertz, int expectedOthers)
    {
        var state = NineStations.Station(lastTask: 4, tasksAtFour: 0, round: 0);
        StationDecisions.Apply(state, new TwinEstimate(4, 0, 0, 0, 10e9, tasks, 0) { TasksPart = part });
        var batch = new DecisionBatch(5);

        StationDecisions.Decide(state, NineStations.World, 0, batch, new int[state.Reach.Length]);

        var four = Array.IndexOf(batch.Servers, 4);
        Assert.Equal(expectedHertz, batch.EstimatedHertz[four], 1e-3);
        Assert.Equal(expectedOthers, batch.TasksOfOthers[four]);
    }
}
