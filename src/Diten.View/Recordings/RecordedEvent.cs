using System.Text.Json.Serialization;

namespace Diten.View.Recordings;

/// <summary>Something that happened: a fault began or ended, the run was changed, a node was lost, an epoch was opened, a checkpoint counts.</summary>
/// <param name="Slot">The slot that it is about.</param>
/// <param name="Kind">A word: <c>fault</c>, <c>node-lost</c>, <c>epoch</c>, <c>zones</c> that moved, <c>recovered</c>, <c>checkpoint</c>, <c>first-slot</c>, <c>other-cpu</c>,
/// <c>change</c>, <c>policy</c>: a version of one that is trained.</param>
internal sealed record RecordedEvent(int Slot, string Kind, string Text)
{
    /// <summary>Of a policy: mean reward of the journeys that ended since the version before; null where there were none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Reward { get; init; }

    /// <summary>Of a policy: entropy, nats.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Entropy { get; init; }
}
