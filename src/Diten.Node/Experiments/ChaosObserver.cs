using System.Diagnostics;
using Diten.Actors;
using Diten.Model.Statistics;
using Diten.Node.Hosting;

namespace Diten.Node.Experiments;

/// <summary>A kill and what followed.</summary>
/// <param name="AfterSlot">Last slot that was reported before it.</param>
/// <param name="SecondsToNextSlot">From the kill to the first slot that was completed after it; NaN where none was (the run was over).</param>
/// <param name="FromSlot">The checkpoint that the run went back to; −1 where it did not.</param>
internal sealed record Kill(int Number, Victim Victim, IReadOnlyList<int> Processes, int AfterSlot, double SecondsToNextSlot, int FromSlot)
{
    /// <summary>Slots that were run again; 0 where nothing was rolled back, so that the kill proves nothing.</summary>
    public int SlotsRunAgain => FromSlot < 0 ? 0 : AfterSlot + 1 - FromSlot;
}

/// <summary>Kills processes of a cluster while it runs, and takes the time.</summary>
internal sealed class ChaosObserver(LocalCluster cluster, ChaosPlan plan, int firstKill, int lastKill, Action<Kill> tell) : IRunObserver
{
    private readonly Lock _gate = new();
    private readonly List<Kill> _kills = [];
    private int _nextKill = firstKill, _killSlot = -2, _done;
    private long _killedAt;
    private Kill? _open;

    /// <summary>All kills of the run, in order.</summary>
    public IReadOnlyList<Kill> Kills
    {
        get
        {
            lock (_gate)
            {
                CloseOpen();
                return [.. _kills];
            }
        }
    }

    /// <inheritdoc/>
    public void SlotCompleted(SlotReport report)
    {
        lock (_gate)
        {
            _done = report.Slot + 1;
            if (_killSlot == -2)
                _killSlot = plan.SlotOf(_nextKill, _done);
            if (_open is not null || _nextKill > lastKill || report.Slot != _killSlot)
                return;
        }

        var delay = plan.DelayMilliseconds(_nextKill);
        _ = Task.Delay(delay).ContinueWith(_ => Strike(), TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public void Noticed(RunNotice notice)
    {
        lock (_gate)
        {
            if (_open is null)
                return;
            // An epoch that begins later than the kill struck is a newcomer's: who was killed held no zones.
            if (notice.Kind == RunNoticeKind.EpochOpened && notice.Slot <= _open.AfterSlot + 1)
                _open = _open with { FromSlot = notice.Slot };
            if (notice.Kind != RunNoticeKind.FirstSlotCompleted)
                return;
            if (_open.FromSlot >= 0)
                _open = _open with { SecondsToNextSlot = Stopwatch.GetElapsedTime(_killedAt).TotalSeconds };
            foreach (var _ in _open.Processes)
                Replace(); // only now: starting a process takes the processors away from those that recover
            CloseOpen();
            _killSlot = plan.SlotOf(_nextKill, Math.Max(_done, notice.Slot + 1));
        }
    }

    private void Strike()
    {
        lock (_gate)
        {
            var alive = cluster.Processes.Keys.Order().ToArray();
            var victim = plan.VictimOf(_nextKill);
            var first = victim == Victim.Coordinator && cluster.Coordinator() is { } coordinator
                ? coordinator
                : alive[plan.PickOf(_nextKill, alive.Length)];
            var rest = alive.Where(number => number != first).ToArray();
            int[] killed = victim == Victim.Two && rest.Length > 1 ? [first, rest[plan.PickOf(_nextKill, rest.Length, 1)]] : [first];
            (_open, _killedAt) = (new Kill(_nextKill++, victim, killed, _done - 1, double.NaN, -1), Stopwatch.GetTimestamp());
            foreach (var number in killed)
                cluster.Kill(number);
        }
    }

    /// <summary>As many processes as before shall run, if the run goes on so long.</summary>
    private void Replace() => _ = cluster.AddAsync(CancellationToken.None).ContinueWith(
        added => added.Exception?.Handle(problem => problem is EmulationFailedException or InvalidOperationException), TaskScheduler.Default);

    private void CloseOpen()
    {
        if (_open is null)
            return;
        _kills.Add(_open);
        tell(_open);
        _open = null;
    }
}
