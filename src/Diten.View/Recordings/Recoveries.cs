using Diten.Actors;

namespace Diten.View.Recordings;

/// <summary>Tells of nodes that were lost without a word, as one with the clock is, and how long no slot was done then. For people; never part of a result.</summary>
internal sealed class Recoveries(TimeProvider time)
{
    private readonly HashSet<string> _lost = new(StringComparer.Ordinal); // as many as nodes were lost
    private readonly Dictionary<int, string> _holders = []; // the node that held a zone last; as many as there are zones
    private NodesMoment? _seen;
    private long _lastSlotAt, _silentSince, _epoch;

    /// <summary>A slot was done at a timestamp.</summary>
    public void SlotCompleted(long at) => _lastSlotAt = at;

    /// <summary>Whether a notice tells of a loss that was told already.</summary>
    public bool HasTold(RunNotice notice) => notice.Kind == RunNoticeKind.NodeLost && _lost.Any(node => notice.Text.Contains(node, StringComparison.Ordinal));

    /// <summary>What a notice lets one say besides itself.</summary>
    public IEnumerable<RecordedEvent> Take(RunNotice notice, long at)
    {
        switch (notice.Kind)
        {
            case RunNoticeKind.NodeLost:
                _lost.Add(notice.Text);
                Silence();
                break;
            case RunNoticeKind.EpochOpened when notice.Epoch > _epoch: // the first one has no slot before it
                Silence();
                break;
            case RunNoticeKind.FirstSlotCompleted when notice.Epoch > _epoch:
                var silentSince = _silentSince;
                (_epoch, _silentSince) = (notice.Epoch, 0);
                if (silentSince != 0)
                    yield return new RecordedEvent(notice.Slot, "recovered", FormattableString.Invariant(
                        $"recovered in {time.GetElapsedTime(silentSince, at).TotalSeconds:F2} s: from the last slot before the loss to slot {notice.Slot} in epoch {notice.Epoch}"));
                break;
        }
    }

    /// <summary>Nodes that held zones and are gone, of which no notice told, and zones that another node holds than did before.</summary>
    public IEnumerable<RecordedEvent> Take(NodesMoment seen)
    {
        var before = _seen;
        _seen = seen;
        return [.. before is null || seen.Epoch <= before.Epoch ? [] : Gone(before, seen), .. Moved(seen)];
    }

    private IEnumerable<RecordedEvent> Gone(NodesMoment before, NodesMoment seen)
    {
        foreach (var node in before.Nodes.Where(node => node.Zones.Count > 0 && !seen.Nodes.Any(now => now.Node == node.Node && now.Zones.Count > 0)))
            if (!_lost.Any(text => text.Contains(node.Node, StringComparison.Ordinal)) && _lost.Add(node.Node))
                yield return new RecordedEvent(seen.Slot, "node-lost", $"node {node.Node} is gone");
    }

    /// <summary>A zone may be seen at nobody in between, while an epoch is being opened.</summary>
    private IEnumerable<RecordedEvent> Moved(NodesMoment seen)
    {
        var moved = new List<(string From, string To, int Zone)>();
        foreach (var node in seen.Nodes)
            foreach (var zone in node.Zones)
            {
                if (_holders.TryGetValue(zone, out var held) && held != node.Node)
                    moved.Add((held, node.Node, zone));
                _holders[zone] = node.Node;
            }

        foreach (var way in moved.GroupBy(one => (one.From, one.To), one => one.Zone))
            yield return new RecordedEvent(
                seen.Slot, "zones", $"zone{(way.Count() == 1 ? "" : "s")} {string.Join(", ", way)} moved from {way.Key.From} to {way.Key.To}");
    }

    private void Silence()
    {
        if (_silentSince == 0)
            _silentSince = _lastSlotAt;
    }
}
