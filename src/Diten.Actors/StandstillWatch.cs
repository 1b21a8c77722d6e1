namespace Diten.Actors;

/// <summary>Notices that a run does not move: two looks without progress and with the same things waited for, or many without a word.</summary>
internal sealed class StandstillWatch(double stuckAfterSeconds)
{
    /// <summary>A zone that is busy with much work does not answer either: looks in vain until that is no excuse any more.</summary>
    private const int LooksOfPatience = 20;

    private readonly SortedSet<string> _waits = [], _waitsSeen = [];
    private long _progress, _progressSeen;
    private int _silentLooks;

    /// <summary>How often to look.</summary>
    public TimeSpan Period => TimeSpan.FromSeconds(stuckAfterSeconds / 2);

    /// <summary>Something moved.</summary>
    public void Progressed() => _progress++;

    /// <summary>Somebody said what it waits for.</summary>
    public void Hear(string waiting) => _waits.Add(waiting);

    /// <summary>Why the run is stuck, in words; null where it is not, or not surely.</summary>
    public string? Look(string where)
    {
        var moved = _progress != _progressSeen;
        var stuck = !moved && _waits.Count > 0 && _waits.SetEquals(_waitsSeen)
            ? FormattableString.Invariant($"Nothing moved for {stuckAfterSeconds} s in {where}. {string.Join("; ", _waits)}.")
            : null;
        _silentLooks = moved ? 0 : _silentLooks + 1;
        if (_silentLooks > LooksOfPatience)
            stuck ??= FormattableString.Invariant($"Nothing moved for {LooksOfPatience / 2 * stuckAfterSeconds} s in {where}, and no zone says why.");
        _waitsSeen.Clear();
        _waitsSeen.UnionWith(moved ? [] : _waits);
        _waits.Clear();
        _progressSeen = _progress;
        return stuck;
    }
}
