using System.Collections.Immutable;
using Diten.Model.MobileDevices;

namespace Diten.Actors;

/// <summary>A checkpoint that zones are writing: it counts when all have, and when the observer has taken every slot before it. Immutable.</summary>
/// <param name="Commit">What is recorded when it counts.</param>
/// <param name="Arrivals">By zone: devices that come with the slot, and belong to its checkpoint.</param>
/// <param name="Pending">Zones that have not written theirs.</param>
/// <param name="Recorded">Whether it was handed to the journal.</param>
internal sealed record PendingCheckpoint(
    CheckpointCommitted Commit, IReadOnlyList<MobileDeviceState>[] Arrivals, ImmutableSortedSet<int> Pending, bool Recorded = false)
{
    /// <summary>A zone has written its part.</summary>
    public PendingCheckpoint Written(int zone) => this with { Pending = Pending.Remove(zone) };

    /// <summary>Whether it is to be recorded now.</summary>
    /// <param name="taken">Last slot that the observer has taken.</param>
    public bool IsDue(int taken) => !Recorded && Pending.IsEmpty && taken >= Commit.Slot - 1;
}
