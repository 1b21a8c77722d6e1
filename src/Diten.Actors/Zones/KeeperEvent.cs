namespace Diten.Actors;

/// <summary>What a zone has to do because of what its keeper heard.</summary>
internal abstract record KeeperEvent
{
    /// <summary>Nothing.</summary>
    public static KeeperEvent Nothing { get; } = new None();

    /// <summary>More is in the journal than before: what waited for that may be told.</summary>
    public static KeeperEvent MayTell { get; } = new Kept();

    public sealed record None : KeeperEvent;

    public sealed record Kept : KeeperEvent;

    /// <summary>The zone shall be what it was at this checkpoint.</summary>
    public sealed record Restored(ZoneCheckpoint Checkpoint) : KeeperEvent;

    /// <summary>A twin whose actor failed shall be what it was, and hear again what it was told in this slot.</summary>
    public sealed record TwinBack(TwinRecalled Recalled, IReadOnlyList<ZoneMail> Told) : KeeperEvent;

    /// <summary>What should have been written or read back cannot be: the epoch cannot go on.</summary>
    public sealed record Broken(EpochBroken Word) : KeeperEvent;
}
