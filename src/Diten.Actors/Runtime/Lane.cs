using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Diten.Actors.Runtime;

/// <summary>One thread, and its queue of messages and of mailboxes that have some.</summary>
/// <remarks>What comes from the thread itself goes through a ring that nobody else touches; what comes from others, through a locked inbox.</remarks>
/// <param name="name">Of the thread.</param>
/// <param name="deliver">Hands a message of <see cref="Post"/> to its receiver.</param>
internal sealed class Lane(string name, Action<ActorCell, Envelope> deliver)
{
    /// <summary>Looks at the inbox before an idle thread goes to sleep: some ten microseconds.</summary>
    private const int LooksBeforeSleep = 100;

    [ThreadStatic] private static Lane? _current;

    private readonly object _gate = new();
    private readonly Queue<IRunnable> _inbox = new();
    private int _arrived;
    private bool _running, _asleep, _stopping;

    private Entry[] _ring = new Entry[1024];
    private int _head, _count;

    /// <summary>Whether the caller runs on this lane's thread.</summary>
    public bool IsCurrent => _current == this;

    /// <summary>Queues a message; on the lane's own thread only.</summary>
    public void Post(ActorCell receiver, in Envelope envelope) => Push(receiver, envelope);

    /// <summary>Queues a mailbox; the thread starts with the first one.</summary>
    public void Execute(IRunnable run)
    {
        if (IsCurrent)
        {
            Push(run, default);
            return;
        }

        lock (_gate)
        {
            _inbox.Enqueue(run);
            Volatile.Write(ref _arrived, _inbox.Count);
            if (_asleep)
                Monitor.Pulse(_gate);
            if (_running)
                return;
            (_running, _stopping) = (true, false);
        }

        new Thread(Run) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Lets the thread end when it has nothing to do; another one starts if something comes.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        _current = this;
        while (true)
        {
            if (Volatile.Read(ref _arrived) > 0)
                TakeInbox();
            if (_count > 0)
                RunNext();
            else if (!WaitForWork())
                return;
        }
    }

    private void TakeInbox()
    {
        lock (_gate)
        {
            while (_inbox.TryDequeue(out var run))
                Push(run, default);
            Volatile.Write(ref _arrived, 0);
        }
    }

    /// <summary>Waits until something arrives; false when the thread is to end.</summary>
    private bool WaitForWork()
    {
        InternalCurrentActorCellKeeper.Current = null!; // keeps nobody alive who may be gone meanwhile
        var spin = new SpinWait();
        for (var look = 0; look < LooksBeforeSleep; look++)
        {
            if (Volatile.Read(ref _arrived) > 0)
                return true;
            spin.SpinOnce(sleep1Threshold: -1);
        }

        lock (_gate)
        {
            while (_inbox.Count == 0 && !_stopping)
            {
                _asleep = true;
                Monitor.Wait(_gate);
                _asleep = false;
            }

            _running = _inbox.Count > 0;
            return _running;
        }
    }

    private void RunNext()
    {
        ref var slot = ref _ring[_head];
        var (target, envelope) = (slot.Target!, slot.Envelope);
        slot = default;
        _head = (_head + 1) & (_ring.Length - 1);
        _count--;
        if (envelope.Message is null)
            ((IRunnable)target).Run();
        else
            deliver((ActorCell)target, envelope);
    }

    private void Push(object target, in Envelope envelope)
    {
        if (_count == _ring.Length)
            Grow();
        ref var slot = ref _ring[(_head + _count++) & (_ring.Length - 1)];
        (slot.Target, slot.Envelope) = (target, envelope);
    }

    private void Grow()
    {
        var ring = new Entry[2 * _ring.Length];
        for (var i = 0; i < _count; i++)
            ring[i] = _ring[(_head + i) & (_ring.Length - 1)];
        (_ring, _head) = (ring, 0);
    }

    /// <summary>A mailbox that has messages, or an actor and a message for it.</summary>
    private struct Entry
    {
        public object? Target;

        /// <summary>Without a message where the target is a mailbox.</summary>
        public Envelope Envelope;
    }
}
