using System.Collections.Immutable;

namespace Diten.Model.Faults;

/// <summary>A message on its way.</summary>
/// <param name="Due">Slot in which it arrives, in the phase in which it was sent.</param>
/// <param name="Sent">Slot in which it was sent.</param>
/// <param name="Round">Decision round in which it was sent; −1 where the link knows none.</param>
/// <param name="To">Who it is for, where the sender has many.</param>
/// <param name="Corrupted">It will be refused.</param>
/// <param name="Copy">It is the second of two.</param>
public readonly record struct InTransit<T>(int Due, int Sent, int Round, int To, bool Corrupted, bool Copy, T Message);

/// <summary>What a faulty link holds beside its sender: messages that arrive later than they were sent. Not thread-safe.</summary>
/// <remarks>State: it is saved with the sender, and moves with it; a crash of the sender does not empty it. Bounded by <see cref="LinkFate.MostDelaySlots"/>.</remarks>
public sealed class LinkChannel<T>
{
    private readonly List<InTransit<T>> _transit = [];

    /// <summary>Messages on their way.</summary>
    public int Count => _transit.Count;

    /// <summary>Sends a message to its fate; what arrives at once comes out of the next <see cref="TakeDue"/>, too.</summary>
    /// <param name="slot">Slot of sending.</param>
    /// <param name="round">Decision round of sending; −1 where the link knows none.</param>
    /// <param name="to">Who it is for.</param>
    public void Send(T message, in LinkFate fate, int slot, int round = -1, int to = -1)
    {
        if (fate.Lost)
            return;
        var transit = new InTransit<T>(slot + fate.DelaySlots, slot, round, to, fate.Corrupted, Copy: false, message);
        _transit.Add(transit);
        if (fate.Twice)
            _transit.Add(transit with { Copy = true });
    }

    /// <summary>Whether anything arrives in this part of the slot.</summary>
    public bool HasDue(int slot, int round = -1) => _transit.Exists(transit => transit.Due <= slot && transit.Round == round);

    /// <summary>Takes out what arrives now, in the order of sending.</summary>
    /// <param name="due">Receives it; what it held before is gone.</param>
    public void TakeDue(int slot, int round, List<InTransit<T>> due)
    {
        due.Clear();
        for (var i = 0; i < _transit.Count; i++)
            if (_transit[i].Due <= slot && _transit[i].Round == round)
                due.Add(_transit[i]);
        if (due.Count > 0)
            _transit.RemoveAll(transit => transit.Due <= slot && transit.Round == round);
    }

    /// <summary>What is on its way, in the order of sending, for a checkpoint.</summary>
    public ImmutableArray<InTransit<T>> Save() => [.. _transit];

    /// <summary>Makes a new channel what another one was when it was saved.</summary>
    public void Restore(IEnumerable<InTransit<T>> saved)
    {
        _transit.Clear();
        _transit.AddRange(saved);
    }
}
