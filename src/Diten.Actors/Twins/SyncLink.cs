using Diten.Model.ServerTwins;

namespace Diten.Actors;

/// <summary>The link on which edge servers tell their twins: where faults drop, delay, duplicate, reorder or corrupt.</summary>
public interface ISyncLink
{
    /// <summary>What arrives at the twin in the slot in which <paramref name="sync"/> was sent.</summary>
    /// <remarks>Called once a server and slot; must be a pure function of what it is given and of its own configuration, and thread-safe.</remarks>
    IReadOnlyList<SynchronizeTwin> Carry(SynchronizeTwin sync);
}

/// <summary>A link without faults.</summary>
public sealed class PerfectSyncLink : ISyncLink
{
    /// <inheritdoc/>
    public IReadOnlyList<SynchronizeTwin> Carry(SynchronizeTwin sync) => [sync];
}
