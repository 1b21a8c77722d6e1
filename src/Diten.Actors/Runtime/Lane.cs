using Akka.Dispatch;

namespace Diten.Actors.Runtime;

/// <summary>One thread and its queue of mailboxes that have messages.</summary>
/// <remarks>What comes from the thread itself goes through a ring that nobody else touches; what comes from others, through a locked inbox.</remarks>
internal sealed class Lane(string name)
{
    /// <summary>Looks at the inbox before an idle thread goes to sleep: some ten microseconds.</summary>
    private const int LooksBeforeSleep = 100;

    [ThreadStatic] private static Lane? _current;

    private readonly object _gate = new();
    private readonly Queue<IRunnable> _inbox = new();
    private int _arrived;
    private bool _running, _asleep, _stopping;

    private IRunnable?[] _ring = new IRunnable?[1024];
    private int _head, _count;

    /// <summary>Queues a mailbox; the thread starts with the first one.</summary>
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
                Pop().Run();
            else if (!WaitForWork())
                return;
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

    /// <summary>Waits until something arrives; false when the thread is to end.</summary>
    private bool WaitForWork()
    {
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
