using Diten.Model.BaseStations;
using Diten.Model.Computing;
using Diten.Model.EdgeServers;
using Diten.Model.Tests.BaseStations;

namespace Diten.Model.Tests.EdgeServers;

/// <summary>What an edge server does with the tasks of a slot, and with services that leave.</summary>
public sealed class EdgeServerTests
{
    [Fact]
    public void A_task_runs_on_the_true_share_whatever_the_twin_said()
    {
        var (_, _, state) = NineStations.Decide(lastTask: 4, tasksAtFour: 1);
        var server = new EdgeServerState(NineStations.World, 4);
        foreach (var submission in StationDecisions.Submit(state))
            EdgeServer.Admit(server, submission);
        var replies = new List<TasksExecuted>();

        EdgeServer.Execute(server, NineStations.World, 0, new TaskSheet(), replies);

        Assert.Equal(1e9 / server.FreeHertz, replies[0].Tasks.Span[0].ComputationSeconds, 1e-12); // alone there: all of it, and not 10 GHz
        Assert.NotEqual(10e9, server.FreeHertz);
    }

    [Fact]
    public void Tasks_run_alike_in_whatever_order_they_arrive()
    {
        double[] Run(params int[] order)
        {
            var server = new EdgeServerState(NineStations.World, 4);
            foreach (var station in order)
                EdgeServer.Admit(server, new SubmitTasks(4, station, 0, new[] { new SubmittedTask(station, 0, 1e9 + station, 0.1, SubmittedTask.WithTask) }, default));
            var replies = new List<TasksExecuted>();
            EdgeServer.Execute(server, NineStations.World, 0, new TaskSheet(), replies);
            return [.. replies.OrderBy(r => r.Station).Select(r => r.Tasks.Span[0].ComputationSeconds)];
        }

        Assert.Equal(Run(1, 2, 3, 5), Run(5, 3, 1, 2));
    }

    [Fact]
    public void A_service_that_is_not_there_cannot_leave()
    {
        var server = new EdgeServerState(NineStations.World, 4);
        EdgeServer.Admit(server, new SubmitTasks(4, 0, 0, default, new[] { new LeavingService(7, 5) }));

        Assert.Throws<InvariantViolatedException>(() => EdgeServer.ReleaseServices(server));
    }
}
