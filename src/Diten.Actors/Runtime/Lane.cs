using System.Collections.Concurrent;
using Akka.Dispatch;

namespace Diten.Actors.Runtime;

/// <summary>What the lanes of an actor system share: work that one lane gave away because another one was idle.</summary>
public sealed class LanePool
{
    private readonly ConcurrentQueue<IRunnable> _shared = new();
    private readonly ConcurrentBag<Lane> _lanes = [];
    private int _idle;

    /// <summary>Whether a lane has nothing to do; may be a moment late.</summary>
    internal bool SomeoneIsIdle => Volatile.Read(ref _idle) > 0;

    internal bool HasWork => !_shared.IsEmpty;

    internal void Add(Lane lane) => _lanes.Add(lane);

    internal void CountIdle(int change) => Interlocked.Add(ref _idle, change);

    internal bool TryTake(out IRunnable? run) => _shared.TryDequeue(out run);

    internal void Give(IRunnable run) => _shared.Enqueue(run);

    internal void WakeSleepers()
    {
        foreach (var lane in _lanes)
            lane.WakeIfAsleep();
    }
}

/// <summary>One thread and its queue of mailboxes that have messages.</summary>
/// <remarks>What actors of the lane send to each other goes through a ring that only this thread touches, without any lock.</remarks>
public sealed class Lane
{
    /// <summary>A lane with more than this gives half of it away when another one is idle.</summary>
    private const int WorthSharing = 64;

    /// <summary>Looks at the queues before an idle thread goes to sleep: some ten microseconds.</summary>
    private const int LooksBeforeSleep = 100;

    [ThreadStatic] private static Lane? _current;

    private readonly LanePool _pool;
    private readonly string _name;
    private readonly Lock _starting = new();
    private readonly object _gate = new();
    private readonly Queue<IRunnable> _inbox = new();
    private int _arrived;
    private bool _asleep, _stopping;
    private volatile Thread? _thread;

    private IRunnable?[] _ring = new IRunnable?[1024];
    private int _head, _count;

    public Lane(LanePool pool, string name)
    {
        (_pool, _name) = (pool, name);
        pool.Add(this);
    }

    /// <summary>Queues a mailbox; starts the thread with the first one.</summary>
    public void Execute(IRunnable run)
    {
        if (_current == this)
        {
            Push(run);
            return;
        }

        lock (_gate)
        {
            _inbox.Enqueue(run);
            Volatile.Write(ref _arrived, _inbox.Count);
            if (_asleep)
                Monitor.Pulse(_gate);
        }

        if (_thread is null)
            Start();
    }

    /// <summary>Lets the thread end when it has nothing to do; it starts again if something comes.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }
    }

    internal void WakeIfAsleep()
    {
        lock (_gate)
        {
            if (_asleep)
                Monitor.Pulse(_gate);
        }
    }

    private void Start()
    {
        lock (_starting)
        {
            if (_thread is not null)
                return;
            _stopping = false;
            _thread = new Thread(Run) { IsBackground = true, Name = _name };
            _thread.Start();
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
            {
                if (_count > WorthSharing && _pool.SomeoneIsIdle)
                    Share();
                Pop().Run();
            }
            else if (_pool.TryTake(out var given))
            {
                given!.Run();
            }
            else if (!WaitForWork())
            {
                return;
            }
        }
    }

    private void TakeInbox()
    {
        lock (_gate)
        {
            while (_inbox.TryDequeue(out var run))
                Push(run);
            Volatile.Write(ref _arrived, 0);
        }
    }

    private void Share()
    {
        for (var give = _count / 2; give > 0; give--)
            _pool.Give(Pop());
        _pool.WakeSleepers();
    }

    /// <summary>Waits until there may be work; false when the lane is to end.</summary>
    private bool WaitForWork()
    {
        _pool.CountIdle(1);
        try
        {
            var spin = new SpinWait();
            for (var look = 0; look < LooksBeforeSleep; look++)
            {
                if (Volatile.Read(ref _arrived) > 0 || _pool.HasWork)
                    return true;
                spin.SpinOnce(sleep1Threshold: -1);
            }

            lock (_gate)
            {
                while (_inbox.Count == 0 && !_pool.HasWork)
                {
                    if (_stopping)
                    {
                        _thread = null;
                        return false;
                    }

                    _asleep = true;
                    Monitor.Wait(_gate);
                    _asleep = false;
                }
            }

            return true;
        }
        finally
        {
            _pool.CountIdle(-1);
        }
    }

    private void Push(IRunnable run)
    {
        if (_count == _ring.Length)
            Grow();
        _ring[(_head + _count++) & (_ring.Length - 1)] = run;
    }

    private IRunnable Pop()
    {
        ref var slot = ref _ring[_head];
        var run = slot!;
        slot = null;
        _head = (_head + 1) & (_ring.Length - 1);
        _count--;
        return run;
    }

    private void Grow()
    {
        var ring = new IRunnable?[2 * _ring.Length];
        for (var i = 0; i < _count; i++)
            ring[i] = _ring[(_head + i) & (_ring.Length - 1)];
        (_ring, _head) = (ring, 0);
    }
}
