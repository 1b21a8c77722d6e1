namespace Diten.View.Recordings;

/// <summary>Something that happened: a fault began or ended, a node was lost, an epoch was opened, a checkpoint counts.</summary>
/// <param name="Slot">The slot that it is about.</param>
/// <param name="Kind">A word: <c>fault</c>, <c>node-lost</c>, <c>epoch</c>, <c>recovered</c>, <c>checkpoint</c>, <c>first-slot</c>, <c>other-cpu</c>.</param>
internal sealed record RecordedEvent(int Slot, string Kind, string Text);
