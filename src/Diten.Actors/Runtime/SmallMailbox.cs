using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Diten.Actors.Runtime;

/// <summary>A mailbox that costs an idle actor 100 bytes instead of 1,100: for a million devices that hold one message at a time.</summary>
public sealed class SmallMailbox(Settings settings, Config config)
    : MailboxType(settings, config), IProducesMessageQueue<SmallMessageQueue>
{
    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new SmallMessageQueue();
}

/// <summary>A ring of envelopes that starts at two and doubles; many producers, one consumer, first in, first out.</summary>
public sealed class SmallMessageQueue : IMessageQueue
{
    private Envelope[] _ring = new Envelope[2];
    private int _head, _count, _locked;

    /// <inheritdoc/>
    public bool HasMessages => Volatile.Read(ref _count) > 0;

    /// <inheritdoc/>
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        Lock();
        if (_count == _ring.Length)
            Grow();
        _ring[(_head + _count) & (_ring.Length - 1)] = envelope;
        _count++;
        Unlock();
    }

    /// <inheritdoc/>
    public bool TryDequeue(out Envelope envelope)
    {
        if (Volatile.Read(ref _count) == 0)
        {
            envelope = default;
            return false;
        }

        Lock();
        ref var slot = ref _ring[_head]; // only the one consumer takes, so what was there is there still
        envelope = slot;
        slot = default;
        _head = (_head + 1) & (_ring.Length - 1);
        _count--;
        Unlock();
        return true;
    }

    /// <inheritdoc/>
    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }

    private void Grow()
    {
        var ring = new Envelope[2 * _ring.Length];
        for (var i = 0; i < _count; i++)
            ring[i] = _ring[(_head + i) & (_ring.Length - 1)];
        (_ring, _head) = (ring, 0);
    }

    private void Lock()
    {
        if (Interlocked.CompareExchange(ref _locked, 1, 0) == 0)
            return;
        var spin = new SpinWait();
        while (Interlocked.CompareExchange(ref _locked, 1, 0) != 0)
            spin.SpinOnce();
    }

    /// <summary>A full fence: the dispatcher looks at the mailbox's status right after an enqueue, and must not look too early.</summary>
    private void Unlock() => Interlocked.Exchange(ref _locked, 0);
}
