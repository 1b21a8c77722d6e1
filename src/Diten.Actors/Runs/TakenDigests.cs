namespace Diten.Actors;

/// <summary>Digests of the slots whose reports were taken: of those that may be run again, so that their number is bounded by the slots between two checkpoints.</summary>
internal sealed class TakenDigests
{
    /// <summary>Without checkpoints no slot is run again, but a report may come twice.</summary>
    private const int KeptWithoutCheckpoints = 16;

    private readonly Queue<byte[]> _kept;
    private readonly bool _checkpoints;
    private int _first;

    /// <param name="taken">Of slots that were taken in an earlier life, in order from slot 0.</param>
    /// <param name="checkpoints">Whether checkpoints are written: then slots may be run again from the last one that counts.</param>
    public TakenDigests(IEnumerable<byte[]> taken, bool checkpoints)
    {
        (_kept, _checkpoints) = (new Queue<byte[]>(taken), checkpoints);
        AtStart = _kept.Count;
    }

    /// <summary>Slots that had been taken in an earlier life.</summary>
    public int AtStart { get; }

    /// <summary>Slots that were taken.</summary>
    public int Count => _first + _kept.Count;

    /// <summary>Digests that are kept.</summary>
    public int Kept => _kept.Count;

    /// <summary>The next slot was taken.</summary>
    public void Add(byte[] digest)
    {
        _kept.Enqueue(digest);
        if (!_checkpoints && _kept.Count > KeptWithoutCheckpoints)
            Drop();
    }

    /// <summary>A checkpoint counts: slots before it are not run again.</summary>
    public void ForgetBefore(int slot)
    {
        while (_first < slot && _kept.Count > 0)
            Drop();
    }

    /// <summary>Whether a slot that was taken has another digest now; false where the first one is kept no more.</summary>
    public bool Contradict(int slot, byte[] digest) =>
        slot >= _first && !_kept.ElementAt(slot - _first).AsSpan().SequenceEqual(digest);

    private void Drop()
    {
        _kept.Dequeue();
        _first++;
    }
}
