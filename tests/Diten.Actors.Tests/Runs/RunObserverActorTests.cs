using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using Diten.Actors.Nodes;
using Diten.Model.Statistics;

namespace Diten.Actors.Tests.Runs;

public sealed class RunObserverActorTests() : TestKit(ConfigurationFactory.ParseString(EntityKit.Patience).WithFallback(NodeSettings.Load(1)))
{
    private static readonly RunSpec Run = new("run", "small", "", 3, new EmulationOptions());

    [Fact]
    public async Task A_run_that_goes_on_is_submitted_again_for_fewer_nodes_and_one_that_is_over_is_not()
    {
        var (clock, outcome) = (CreateTestProbe(), new TaskCompletionSource<RunOutcome>());
        var observer = Sys.ActorOf(Props.Create(() => new RunObserverActor(clock, Run, null, Array.Empty<byte[]>(), outcome, "the cluster")));
        clock.FishForMessage(message => message is SubmitRun { Run.Nodes: 3 });
        observer.Tell(new ExpectNodes(2));
        clock.FishForMessage(message => message is SubmitRun { Run.Nodes: 2 });
        observer.Tell(new RunEnded(new RunOutcome(0, new byte[32], default, new LatencyHistogram(), double.NaN, double.NaN, false, 0, 0)));
        await outcome.Task;
        clock.Ref.Tell("that was all while it went on");
        clock.FishForMessage(message => message is string);

        foreach (var late in (object[])[new ExpectNodes(1), new RunUnknown("run"), new StopAfterSlot()])
            observer.Tell(late);

        Watch(observer);
        observer.Tell(PoisonPill.Instance);
        ExpectTerminated(observer);
        clock.Ref.Tell("that was all");
        Assert.Equal("that was all", clock.ReceiveOne(TimeSpan.FromSeconds(10)));
    }
}
