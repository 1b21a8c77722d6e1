using System.Diagnostics;

namespace Diten.Actors;

/// <summary>How fast slots are done, over the last seconds; for people, never for results.</summary>
internal sealed class RateMeter
{
    private const double WindowSeconds = 5;

    private readonly Queue<long> _done = new();

    /// <summary>A slot is done.</summary>
    public void SlotDone()
    {
        _done.Enqueue(Stopwatch.GetTimestamp());
        while (_done.Count > 2 && Stopwatch.GetElapsedTime(_done.Peek()).TotalSeconds > WindowSeconds)
            _done.Dequeue();
    }

    /// <summary>Slots a second; 0 where there were not two.</summary>
    public double SlotsPerSecond => _done.Count < 2 ? 0 : (_done.Count - 1) / Stopwatch.GetElapsedTime(_done.Peek()).TotalSeconds;

    /// <summary>Nothing is known of an epoch that has begun.</summary>
    public void Reset() => _done.Clear();
}
