namespace Diten.Actors;

/// <summary>A checkpoint that zones are writing: it counts when all have, and when the observer has taken every slot before it.</summary>
internal sealed class PendingCheckpoint(CheckpointCommitted commit, int zones)
{
    private readonly HashSet<int> _pending = [.. Enumerable.Range(0, zones)];
    private bool _recorded;

    /// <summary>What is recorded when it counts.</summary>
    public CheckpointCommitted Commit => commit;

    /// <summary>Zones that have not written theirs, in no order.</summary>
    public IReadOnlyCollection<int> Pending => _pending;

    public void Written(int zone) => _pending.Remove(zone);

    /// <summary>Whether it is to be recorded now; true once.</summary>
    public bool IsDue(int taken) => !_recorded && (_recorded = _pending.Count == 0 && taken >= commit.Slot - 1);
}
