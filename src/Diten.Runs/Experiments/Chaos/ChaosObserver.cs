using System.Diagnostics;
using Diten.Actors;
using Diten.Model.Records;
using Diten.Runs.Hosting;

namespace Diten.Runs.Experiments.Chaos;

/// <summary>A kill and what followed.</summary>
/// <param name="AfterSlot">Last slot that was reported before it.</param>
/// <param name="SecondsToNextSlot">From the kill to the first slot that was completed after it; NaN where none was (the run was over).</param>
/// <param name="FromSlot">The checkpoint that the run went back to; −1 where it did not.</param>
internal sealed record Kill(int Number, Strike Strike, IReadOnlyList<int> Processes, int AfterSlot, double SecondsToNextSlot, int FromSlot)
{
    /// <summary>Slots that were run again; 0 where nothing was rolled back, so that the kill proves nothing.</summary>
    public int SlotsRunAgain => FromSlot < 0 ? 0 : AfterSlot + 1 - FromSlot;
}

/// <summary>Kills processes of a cluster while it runs, and takes the time.</summary>
internal sealed class ChaosObserver(LocalCluster cluster, ChaosPlan plan, int firstKill, int lastKill, Action<Kill> tell) : IRunObserver
{
    private readonly Lock _gate = new();
    private readonly List<Kill> _kills = [], _open = [];
    private int _nextKill = firstKill, _killSlot = -2, _done;
    private long _killedAt;

    /// <summary>Number of the first kill that there was no room for.</summary>
    public int Next
    {
        get
        {
            lock (_gate)
                return _nextKill;
        }
    }

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
            if (_open.Count > 0 || _nextKill > lastKill || report.Slot != _killSlot)
                return;
            StrikeLater();
        }
    }

    /// <inheritdoc/>
    public void Noticed(RunNotice notice)
    {
        lock (_gate)
        {
            if (_open.Count == 0)
                return;
            for (var i = 0; i < _open.Count; i++)
            {
                var kill = _open[i];
                // An epoch that begins later than the kill struck is a newcomer's: who was killed held no zones.
                if (notice.Kind == RunNoticeKind.EpochOpened && notice.Slot <= kill.AfterSlot + 1)
                    _open[i] = kill with { FromSlot = notice.Slot };
                else if (notice.Kind == RunNoticeKind.FirstSlotCompleted && kill.FromSlot >= 0)
                    _open[i] = kill with { SecondsToNextSlot = Stopwatch.GetElapsedTime(_killedAt).TotalSeconds };
            }

            if (notice.Kind != RunNoticeKind.FirstSlotCompleted)
                return;
            foreach (var _ in _open.SelectMany(kill => kill.Processes))
                Replace(); // only now: starting a process takes the processors away from those that recover
            CloseOpen();
            _killSlot = plan.SlotOf(_nextKill, Math.Max(_done, notice.Slot + 1));
        }
    }

    private void StrikeLater() => _ = Task.Delay(plan.DelayMilliseconds(_nextKill)).ContinueWith(_ => StrikeNow(), TaskScheduler.Default);

    private void StrikeNow()
    {
        lock (_gate)
        {
            var number = _nextKill++;
            var strike = plan.StrikeOf(number);
            var alive = cluster.Processes.Keys.Order().ToArray();
            if (strike.Moment == Moment.Recovery && (_open.Count == 0 || alive.Length < 2))
            {
                _killSlot = plan.SlotOf(_nextKill, _done);
                return; // the run is over it already, or nobody would be left
            }

            var first = strike.Victim == Victim.Coordinator && cluster.Coordinator() is { } coordinator
                ? coordinator
                : alive[plan.PickOf(number, alive.Length)];
            var rest = alive.Where(process => process != first).ToArray();
            int[] killed = strike.Victim == Victim.Two && rest.Length > 1 ? [first, rest[plan.PickOf(number, rest.Length, 1)]] : [first];
            _killedAt = Stopwatch.GetTimestamp();
            _open.Add(new Kill(number, strike, killed, _done - 1, double.NaN, -1));
            foreach (var process in killed)
                cluster.Kill(process);
            if (_nextKill <= lastKill && plan.StrikeOf(_nextKill).Moment == Moment.Recovery)
                StrikeLater();
        }
    }

    /// <summary>As many processes as before shall run, if the run goes on so long.</summary>
    private void Replace() => _ = cluster.AddAsync(CancellationToken.None).ContinueWith(
        added => added.Exception?.Handle(problem => problem is EmulationFailedException or InvalidOperationException), TaskScheduler.Default);

    private void CloseOpen()
    {
        _kills.AddRange(_open);
        _open.ForEach(tell);
        _open.Clear();
    }
}
