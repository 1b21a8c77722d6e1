namespace Diten.Model.Faults;

/// <summary>What becomes of one message on a link.</summary>
/// <param name="Lost">It never arrives.</param>
/// <param name="Corrupted">It arrives, and its checksum tells that it is broken.</param>
/// <param name="DelaySlots">Slots that it arrives late; 0 to <see cref="MostDelaySlots"/>.</param>
/// <param name="Twice">It arrives twice.</param>
public readonly record struct LinkFate(bool Lost, bool Corrupted, int DelaySlots, bool Twice)
{
    /// <summary>The most slots that a message can be on its way.</summary>
    public const int MostDelaySlots = 1000;

    /// <summary>Nothing happens to it.</summary>
    public static LinkFate Untouched => default;
}
