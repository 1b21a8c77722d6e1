using Diten.Runs.Progress;

namespace Diten.Runs.Experiments.Cells;

/// <summary>How far many runs are together; thread-safe.</summary>
/// <param name="what">What one of them is called.</param>
/// <param name="done">How many are done already.</param>
/// <param name="count">How many there are, those that are done among them.</param>
/// <param name="work">Device-slots of those that are not: what time is about proportional to.</param>
internal sealed class WorkProgress(StatusLine line, string what, int done, int count, long work)
{
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private int _done = done;
    private long _workDone;

    /// <summary>One is done.</summary>
    public void End() => Interlocked.Increment(ref _done);

    /// <summary>A slot of one is done.</summary>
    /// <param name="devices">That it had.</param>
    /// <param name="label">Of the one.</param>
    public void Add(long devices, string label)
    {
        var workDone = Interlocked.Add(ref _workDone, devices);
        line.Show(() =>
        {
            var left = TimeProvider.System.GetElapsedTime(_start) / Math.Max(1, workDone) * Math.Max(0, work - workDone);
            return FormattableString.Invariant($"{what} {Math.Min(count, Volatile.Read(ref _done) + 1)}/{count}  ETA {Figures.Duration(left)}  {label}");
        });
    }
}
