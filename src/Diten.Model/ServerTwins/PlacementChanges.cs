namespace Diten.Model.ServerTwins;

/// <summary>Placements less departures that stations reported for one slot.</summary>
public readonly record struct SlotChange(int Slot, int Change);

/// <summary>What stations reported, by the slots in which they decided (<c>twins.load = reckoned</c>). Immutable; equal where it tells the same.</summary>
public sealed class PlacementChanges : IEquatable<PlacementChanges>
{
    /// <summary>Slots that are told apart; what is older is counted with the oldest of them.</summary>
    public const int MostSlots = 1000;

    private readonly SlotChange[] _all;

    /// <param name="all">Ascending by slot, each once, at most <see cref="MostSlots"/>.</param>
    public PlacementChanges(IEnumerable<SlotChange> all)
    {
        _all = [.. all];
        foreach (var change in _all)
            Sum = unchecked(Sum + change.Change);
    }

    /// <summary>Nothing.</summary>
    public static PlacementChanges None { get; } = new([]);

    /// <summary>Ascending by slot.</summary>
    public IReadOnlyList<SlotChange> All => _all;

    /// <summary>Of all slots.</summary>
    public int Sum { get; }

    public bool IsEmpty => _all.Length == 0;

    /// <summary>The same, and what was reported for a slot.</summary>
    public PlacementChanges Add(int slot, int change)
    {
        if (change == 0)
            return this;
        var all = new List<SlotChange>(_all);
        var at = all.FindLastIndex(other => other.Slot <= slot);
        if (at < 0 || all[at].Slot != slot)
            all.Insert(++at, new SlotChange(slot, 0));
        var sum = unchecked(all[at].Change + change);
        all[at] = new SlotChange(slot, sum);
        if (sum == 0)
            all.RemoveAt(at);
        if (all.Count > MostSlots)
        {
            all[1] = new SlotChange(all[1].Slot, unchecked(all[0].Change + all[1].Change));
            all.RemoveAt(0);
        }

        return new PlacementChanges(all);
    }

    /// <summary>What was reported for the slots after this one.</summary>
    public PlacementChanges After(int slot) =>
        IsEmpty || _all[0].Slot > slot ? this : _all[^1].Slot <= slot ? None : new PlacementChanges(_all.Where(change => change.Slot > slot));

    /// <inheritdoc/>
    public bool Equals(PlacementChanges? other) => other is not null && _all.AsSpan().SequenceEqual(other._all);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PlacementChanges);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_all.Length, Sum);
}
