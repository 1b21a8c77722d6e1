namespace Diten.Actors;

/// <summary>How fast slots are done, over the last seconds; for people, never for results.</summary>
internal sealed class RateMeter
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly Queue<TimeSpan> _done = new();

    /// <summary>A slot is done.</summary>
    public void SlotDone(TimeSpan now)
    {
        _done.Enqueue(now);
        while (_done.Count > 2 && now - _done.Peek() > Window)
            _done.Dequeue();
    }

    /// <summary>Slots a second; 0 where there were not two.</summary>
    public double SlotsPerSecond(TimeSpan now) => _done.Count < 2 ? 0 : (_done.Count - 1) / (now - _done.Peek()).TotalSeconds;
}
