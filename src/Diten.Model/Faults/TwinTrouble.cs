namespace Diten.Model.Faults;

/// <summary>What faults do to a twin itself in a slot.</summary>
/// <param name="FrozenSince">First slot of the freeze that holds it; −1 where none does.</param>
/// <param name="DeadSince">First slot of the crash that holds it; −1 where none does.</param>
/// <param name="Forgets">A crash that is not durable holds it.</param>
public readonly record struct TwinTrouble(int FrozenSince, int DeadSince, bool Forgets)
{
    /// <summary>Nothing.</summary>
    public static TwinTrouble None => new(-1, -1, false);

    public bool IsFrozen => FrozenSince >= 0;

    public bool IsDead => DeadSince >= 0;

    /// <summary>Whether it takes in syncs and reports, and asks.</summary>
    public bool Listens => !IsFrozen && !IsDead;
}
