using Akka.Actor;
using Akka.Dispatch;
using Diten.Actors.Nodes;
using Diten.Actors.Runtime;

namespace Diten.Actors.Tests.Runtime;

public sealed class LaneTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public void What_many_threads_send_runs_once_in_each_senders_order_on_one_thread()
    {
        const int senders = 4, each = 20_000;
        var lane = new Lane("test", static (_, _) => throw new InvalidOperationException("no message was sent"));
        var (seen, threads) = (new List<int>[senders], new HashSet<int>());
        for (var sender = 0; sender < senders; sender++)
            seen[sender] = [];
        using var all = new CountdownEvent(2 * senders * each);

        Parallel.For(0, senders, sender =>
        {
            for (var i = 0; i < each; i++)
            {
                var number = i;
                lane.Execute(new Work(() =>
                {
                    seen[sender].Add(number);
                    threads.Add(Environment.CurrentManagedThreadId);
                    lane.Execute(new Work(() => all.Signal())); // from the lane itself
                    all.Signal();
                }));
            }
        });

        Assert.True(all.Wait(Soon));
        Assert.All(seen, numbers => Assert.Equal(Enumerable.Range(0, each), numbers));
        Assert.Single(threads);
        lane.Stop();
    }

    [Fact]
    public void A_lane_that_sleeps_or_was_stopped_takes_up_what_comes()
    {
        var lane = new Lane("test", static (_, _) => throw new InvalidOperationException("no message was sent"));
        for (var turn = 0; turn < 200; turn++)
        {
            using var done = new ManualResetEventSlim();
            lane.Execute(new Work(done.Set));

            Assert.True(done.Wait(Soon), $"turn {turn}");
            if (turn % 2 == 0)
                lane.Stop();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Entities_run_on_as_many_threads_as_asked_for_and_never_on_the_thread_pool(int lanes)
    {
        using var system = ActorSystem.Create("lanes", NodeSettings.Load(lanes));
        var threads = new HashSet<(int Id, bool Pool)>();
        for (var lane = 0; lane < 2 * lanes; lane++)
        {
            var actor = system.ActorOf(EmulationProps.Entity(Props.Create(() => new Parent()), system, lane));
            var (parent, child) = await actor.Ask<((int, bool), (int, bool))>("who", Soon);
            Assert.Equal(parent, child); // on its parent's lane
            threads.Add(parent);
        }

        Assert.Equal(lanes, threads.Count);
        Assert.DoesNotContain(threads, thread => thread.Pool);
        await system.Terminate();
    }

    private static (int Id, bool Pool) Here() => (Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread);

    private sealed class Parent : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            var child = Context.ActorOf(EmulationProps.Child(Props.Create(() => new Child()), Context));
            child.Tell(Here(), Sender);
        }
    }

    private sealed class Child : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell((((int, bool))message, Here()));
    }

    private sealed class Work(Action action) : IRunnable
    {
        public void Run() => action();

        public void Execute() => action();
    }
}
