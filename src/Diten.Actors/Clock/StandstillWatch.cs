using System.Collections.Immutable;

namespace Diten.Actors;

/// <summary>
/// Notices that a run does not move: two looks without progress and with the same things waited for, or many without a word. Immutable.
/// </summary>
/// <param name="StuckAfterSeconds">How long nothing may move; seconds.</param>
internal sealed record StandstillWatch(double StuckAfterSeconds)
{
    /// <summary>A zone that is busy with much work does not answer either: looks in vain until that is no excuse any more.</summary>
    public const int LooksOfPatience = 20;

    private bool Moved { get; init; }

    private ImmutableSortedSet<string> Waits { get; init; } = [];

    private ImmutableSortedSet<string> WaitsSeen { get; init; } = [];

    private int SilentLooks { get; init; }

    /// <summary>How often to look.</summary>
    public TimeSpan Period => TimeSpan.FromSeconds(StuckAfterSeconds / 2);

    /// <summary>Something moved.</summary>
    public StandstillWatch Progressed() => Moved ? this : this with { Moved = true };

    /// <summary>Somebody said what it waits for.</summary>
    public StandstillWatch Hear(string waiting) => this with { Waits = Waits.Add(waiting) };

    /// <summary>Looks once; says why the run is stuck, in words, or null where it is not, or not surely.</summary>
    /// <param name="where">Where the run is.</param>
    /// <param name="silence">What to say where nobody says what it waits for.</param>
    public (StandstillWatch Next, string? Stuck) Look(string where, string silence)
    {
        var silent = Moved ? 0 : SilentLooks + 1;
        var stuck = !Moved && !Waits.IsEmpty && Waits.SetEquals(WaitsSeen)
            ? FormattableString.Invariant($"Nothing moved for {StuckAfterSeconds} s in {where}. {string.Join("; ", Waits)}.")
            : silent > LooksOfPatience
                ? FormattableString.Invariant($"Nothing moved for {LooksOfPatience / 2 * StuckAfterSeconds} s in {where}, and {silence}.")
                : null;
        return (this with { Moved = false, SilentLooks = silent, WaitsSeen = Moved ? [] : Waits, Waits = [] }, stuck);
    }
}
