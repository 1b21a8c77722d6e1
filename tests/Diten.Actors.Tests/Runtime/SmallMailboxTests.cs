using Akka.Actor;
using Diten.Actors.Nodes;
using Diten.Actors.Runtime;

namespace Diten.Actors.Tests.Runtime;

/// <summary>The entities' mailbox under two threads: nothing is lost, nothing comes twice, and each sender's messages keep their order.</summary>
public sealed class SmallMailboxTests
{
    private const int Letters = 300_000;

    [Fact]
    public async Task Two_senders_on_threads_of_their_own_lose_no_message_and_no_wake_up()
    {
        using var system = ActorSystem.Create("mailbox", NodeSettings.Load(1));
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var counting = system.ActorOf(EmulationProps.Entity(Props.Create(() => new Counting(done)), system, 0));

        await Task.WhenAll(Enumerable.Range(0, 2).Select(sender => Task.Factory.StartNew(
            () =>
            {
                for (var letter = 0; letter < Letters; letter++)
                    counting.Tell((sender, letter), ActorRefs.NoSender);
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.True(await done.Task.WaitAsync(TimeSpan.FromSeconds(60)));
        await system.Terminate();
    }

    [Fact]
    public async Task A_message_at_a_time_wakes_its_actor_each_time()
    {
        using var system = ActorSystem.Create("mailbox", NodeSettings.Load(1));
        var echo = system.ActorOf(EmulationProps.Entity(Props.Create(() => new Echo()), system, 0));

        for (var letter = 0; letter < 20_000; letter++)
            Assert.Equal(letter, await echo.Ask<int>(letter, TimeSpan.FromSeconds(30)));

        await system.Terminate();
    }

    private sealed class Counting(TaskCompletionSource<bool> done) : UntypedActor
    {
        private readonly int[] _next = new int[2];
        private bool _inOrder = true;

        protected override void OnReceive(object message)
        {
            var (sender, letter) = ((int, int))message;
            _inOrder &= _next[sender]++ == letter;
            if (_next.Sum() == 2 * Letters)
                done.TrySetResult(_inOrder);
        }
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }
}
