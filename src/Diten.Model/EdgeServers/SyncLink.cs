using Diten.Model.Faults;
using Diten.Model.ServerTwins;

namespace Diten.Model.EdgeServers;

/// <summary>The link from a server to its twin, where faults can strike it. Not thread-safe.</summary>
/// <remarks>It stands beside the server's state, not in it: what is on its way arrives even if the server is down by then.</remarks>
public sealed class SyncLink(FaultPlan faults, int server)
{
    private readonly LinkChannel<SynchronizeTwin> _channel = new();
    private readonly List<InTransit<SynchronizeTwin>> _due = [];
    private int _onTheirWay;

    /// <summary>Sends what the server has to tell in a slot, and takes out what arrives in it.</summary>
    /// <param name="sync">Null where it tells nothing.</param>
    /// <param name="tally">Counts what each fault was offered and hit; null where nobody counts.</param>
    /// <param name="arrived">Receives what arrives whole, in the order of sending; what it held before is gone.</param>
    /// <returns>Second copies count as duplicated only, so that what was sent is what arrived, was lost, was refused, or is on its way.</returns>
    public SyncCounts Carry(SynchronizeTwin? sync, int slot, FaultTally? tally, List<SynchronizeTwin> arrived)
    {
        var fate = LinkFate.Untouched;
        if (sync is not null)
        {
            fate = faults.FateOf(FaultWhat.Sync, server, slot, tally: tally);
            _channel.Send(sync, fate, slot);
            _onTheirWay += fate.Lost ? 0 : 1;
        }

        _channel.TakeDue(slot, -1, _due);
        arrived.Clear();
        var refused = 0;
        foreach (var due in _due)
        {
            _onTheirWay -= due.Copy ? 0 : 1;
            if (!due.Corrupted)
                arrived.Add(due.Message);
            else if (!due.Copy)
                refused++;
        }

        return new SyncCounts(
            sync is null ? 0 : 1, fate.Lost ? 1 : 0, fate.DelaySlots > 0 ? 1 : 0, fate.Twice ? 1 : 0, refused, _onTheirWay);
    }

    /// <summary>Syncs on their way, in the order of sending, for a checkpoint.</summary>
    public IReadOnlyList<InTransit<SynchronizeTwin>> Save() => _channel.Save();

    /// <summary>Makes a new link what another one was when it was saved.</summary>
    public void Restore(IReadOnlyList<InTransit<SynchronizeTwin>> saved)
    {
        _channel.Restore(saved);
        _onTheirWay = saved.Count(static sync => !sync.Copy);
    }
}
