using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Diten.Actors.Runtime;

/// <summary>A mailbox that costs an idle actor 100 bytes instead of 1,100: for a million devices that hold one message at a time.</summary>
internal sealed class SmallMailbox(Settings settings, Config config)
    : MailboxType(settings, config), IProducesMessageQueue<SmallMessageQueue>
{
    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new SmallMessageQueue();
}

/// <summary>A ring of envelopes that starts at two and doubles; many producers, one consumer, first in, first out.</summary>
internal sealed class SmallMessageQueue : IMessageQueue
{
    private Envelope _only;
    private Envelope[]? _ring;
    private int _head, _count, _locked;
    private bool _onlyTaken = true;

    /// <inheritdoc/>
    public bool HasMessages => Volatile.Read(ref _count) > 0;

    /// <inheritdoc/>
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        Lock();
        if (_count == 0)
        {
            (_only, _onlyTaken) = (envelope, false);
            _count = 1;
        }
        else
        {
            var inRing = _count - (_onlyTaken ? 0 : 1);
            if (_ring is null || inRing == _ring.Length)
                Grow(inRing);
            _ring![(_head + inRing) & (_ring.Length - 1)] = envelope;
            _count++;
        }

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
        if (!_onlyTaken) // what is there stays there: only the one consumer takes
        {
            envelope = _only;
            _only = default;
            _onlyTaken = true;
        }
        else
        {
            ref var slot = ref _ring![_head];
            envelope = slot;
            slot = default;
            _head = (_head + 1) & (_ring.Length - 1);
        }

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

    private void Grow(int inRing)
    {
        var ring = new Envelope[_ring is null ? 2 : 2 * _ring.Length];
        for (var i = 0; i < inRing; i++)
            ring[i] = _ring![(_head + i) & (_ring.Length - 1)];
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
