using Akka.Actor;
using Diten.Actors.Nodes;
using Diten.Actors.Runtime;

namespace Diten.Actors.Tests.Runtime;

/// <summary>Messages between actors of one lane skip the receiver's mailbox where it is idle, and only there.</summary>
public sealed class LaneDeliveryTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly ActorSystem _system = ActorSystem.Create("lanes", NodeSettings.Load(2));

    [Fact]
    public async Task What_one_actor_sends_stays_in_order_while_other_threads_send_to_the_same_one()
    {
        const int each = 20_000;
        var (receiver, seen) = Recorder(3 * each);
        var near = Relay(receiver, lane: 0);
        var far = Relay(receiver, lane: 1);

        for (var i = 0; i < each; i++)
        {
            near.Tell(("near", i), ActorRefs.NoSender);
            far.Tell(("far", i), ActorRefs.NoSender);
            receiver.Tell(("outside", i), ActorRefs.NoSender);
        }

        var all = await seen.WaitAsync(Soon);
        foreach (var sender in new[] { "near", "far", "outside" })
            Assert.Equal(Enumerable.Range(0, each), all.Where(message => message.Sender == sender).Select(message => message.Number));
    }

    [Fact]
    public async Task An_actor_that_failed_is_restarted_before_it_gets_the_next_message()
    {
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var receiver = _system.ActorOf(EmulationProps.Entity(Props.Create(() => new Failing(told)), _system, 0));

        Relay(receiver, lane: 0).Tell(new[] { "fail", "next" }, ActorRefs.NoSender);

        Assert.Equal("next, after 1 restart", await told.Task.WaitAsync(Soon));
    }

    [Fact]
    public async Task An_actor_that_awaits_gets_nothing_until_it_is_done()
    {
        var (gate, told) = (new TaskCompletionSource(), new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
        var receiver = _system.ActorOf(EmulationProps.Entity(Props.Create(() => new Awaiting(gate.Task, told)), _system, 0));
        var relay = Relay(receiver, lane: 0);

        relay.Tell(new[] { "wait", "next" }, ActorRefs.NoSender);
        await relay.Ask<string>("passed on", Soon);
        Assert.False(told.Task.IsCompleted);
        gate.SetResult();

        Assert.Equal("wait, next", await told.Task.WaitAsync(Soon));
    }

    [Fact]
    public async Task What_is_sent_to_an_actor_that_has_stopped_is_a_dead_letter()
    {
        var dead = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        _system.EventStream.Subscribe(_system.ActorOf(Props.Create(() => new DeadLetters(dead))), typeof(Akka.Event.DeadLetter));
        var (receiver, _) = Recorder(1);
        await receiver.GracefulStop(Soon);

        Relay(receiver, lane: 0).Tell(("near", 7), ActorRefs.NoSender);

        Assert.Equal(("near", 7), await dead.Task.WaitAsync(Soon));
    }

    public void Dispose() => _system.Dispose();

    private IActorRef Relay(IActorRef receiver, int lane) => _system.ActorOf(EmulationProps.Entity(Props.Create(() => new Relaying(receiver)), _system, lane));

    private (IActorRef Recorder, Task<List<(string Sender, int Number)>> Seen) Recorder(int count)
    {
        var seen = new TaskCompletionSource<List<(string, int)>>(TaskCreationOptions.RunContinuationsAsynchronously);
        return (_system.ActorOf(EmulationProps.Entity(Props.Create(() => new Recording(count, seen)), _system, 0)), seen.Task);
    }

    private sealed class Relaying(IActorRef receiver) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is string asked)
                Sender.Tell(asked);
            else if (message is string[] several)
                foreach (var one in several)
                    receiver.Tell(one);
            else
                receiver.Tell(message);
        }
    }

    private sealed class Recording(int count, TaskCompletionSource<List<(string, int)>> seen) : UntypedActor
    {
        private readonly List<(string, int)> _seen = [];

        protected override void OnReceive(object message)
        {
            _seen.Add(((string, int))message!);
            if (_seen.Count == count)
                seen.SetResult(_seen);
        }
    }

    private sealed class Failing(TaskCompletionSource<string> told) : UntypedActor
    {
        private int _restarts;

        protected override void OnReceive(object message)
        {
            if ((string)message == "fail")
                throw new InvalidOperationException("on purpose");
            told.SetResult($"{message}, after {_restarts} restart");
        }

        protected override void PostRestart(Exception reason) => _restarts++;
    }

    private sealed class Awaiting : ReceiveActor
    {
        private readonly List<string> _seen = [];

        public Awaiting(Task gate, TaskCompletionSource<string> told) => ReceiveAsync<string>(async message =>
        {
            if (message == "wait")
                await gate;
            _seen.Add(message);
            if (message == "next")
                told.SetResult(string.Join(", ", _seen));
        });
    }

    private sealed class DeadLetters(TaskCompletionSource<object> dead) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Akka.Event.DeadLetter { Message: ValueTuple<string, int> lost })
                dead.TrySetResult(lost);
        }
    }
}
