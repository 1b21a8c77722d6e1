namespace Diten.Model.Faults;

/// <summary>What faults did, by fault, in the order of their names.</summary>
/// <param name="Offered">Messages that met it on its link while it was in force.</param>
/// <param name="Hit">Of these, those that it struck.</param>
public sealed record FaultCounts(IReadOnlyList<long> Offered, IReadOnlyList<long> Hit)
{
    /// <summary>Of no faults.</summary>
    public static FaultCounts None { get; } = new([], []);
}
