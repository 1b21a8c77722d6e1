using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Dispatch;
using Diten.Model;

namespace Diten.Actors.Runtime;

/// <summary>Makes the dispatcher of one lane; HOCON: <c>id</c>, <c>throughput</c>.</summary>
internal sealed class LaneDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly LaneDispatcher _dispatcher;

    public LaneDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) =>
        _dispatcher = new LaneDispatcher(this, config.GetString("id"), config.GetInt("throughput"));

    /// <inheritdoc/>
    public override MessageDispatcher Dispatcher() => _dispatcher;
}

/// <summary>
/// Runs its actors on one thread of their own, so that what they touch stays in that core's cache, and what they send to each other needs no
/// lock. Actors that talk to each other belong on the same lane.
/// </summary>
/// <remarks>
/// A message from one actor of the lane to another waits in the lane's own queue, and is handed over when its turn comes, if the receiver's mailbox
/// is open and empty then; else it goes into the mailbox, behind what is there already. So the order of what one actor sends to another stays, and
/// a mailbox is locked only for what comes from other threads (decision 15).
/// </remarks>
internal sealed class LaneDispatcher : MessageDispatcher
{
    private readonly Lane _lane;

    public LaneDispatcher(MessageDispatcherConfigurator configurator, string id, int throughput)
        : base(configurator)
    {
        (Id, Throughput, _lane) = (id, throughput, new Lane(id, Deliver));
        ShutdownTimeout = TimeSpan.FromSeconds(1);
    }

    /// <inheritdoc/>
    public override void Dispatch(ActorCell cell, Envelope envelope)
    {
        if (_lane.IsCurrent)
        {
            Prefetch.Of(cell.Mailbox, lines: 1);
            Prefetch.Of(ActorOf(cell), lines: 6); // of a device: its state, and what it writes its request into
            _lane.Post(cell, envelope);
        }
        else
            base.Dispatch(cell, envelope);
    }

    /// <inheritdoc/>
    protected override void ExecuteTask(IRunnable run) => _lane.Execute(run);

    /// <inheritdoc/>
    protected override void Shutdown() => _lane.Stop();

    private void Deliver(ActorCell cell, Envelope envelope)
    {
        var mailbox = cell.Mailbox!; // who has none takes no messages: Akka looks before it dispatches
        if (StatusOf(mailbox) != Idle || HasSystemMessages(mailbox))
        {
            base.Dispatch(cell, envelope);
            return;
        }

        InternalCurrentActorCellKeeper.Current = cell;
        cell.Invoke(envelope);
    }

    /// <summary>Neither suspended nor closed, and nothing waits in it.</summary>
    private const int Idle = 0;

    // Akka keeps these for its own dispatchers; LaneDeliveryTests see that they are what they are taken for.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "CurrentStatus")]
    private static extern int StatusOf(Mailbox mailbox);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Actor")]
    private static extern ActorBase? ActorOf(ActorCell cell);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_HasSystemMessages")]
    private static extern bool HasSystemMessages(Mailbox mailbox);
}
