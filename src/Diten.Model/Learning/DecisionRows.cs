using Diten.Model.Offloading;

namespace Diten.Model.Learning;

/// <summary>What devices decided in one slot, what they knew, and what came of it: a row a device, as columns. Immutable by convention.</summary>
/// <param name="Devices">Ids.</param>
/// <param name="CandidateCounts">Valid candidates, 1 to N; 0 where the device was out of coverage and had no decision. Such a row is there only
/// where a journey ended with it.</param>
/// <param name="Actions">A_t, index of the chosen candidate.</param>
/// <param name="Probabilities">π(A_t | S_t) that it was sampled with; 1 where it was not sampled.</param>
/// <param name="Rewards">R_t of eq. (16).</param>
/// <param name="Ends">Whether the journey ended with this slot.</param>
/// <param name="States">S_t, row-major, as many numbers a row as the policy's state has; without rows of no decision.</param>
public sealed record DecisionRows(
    int[] Devices, int[] CandidateCounts, int[] Actions, float[] Probabilities, float[] Rewards, bool[] Ends, float[] States)
{
    /// <summary>Nobody decided anything.</summary>
    public static DecisionRows None { get; } = new([], [], [], [], [], [], []);

    /// <summary>All rows of some tables, one after the other.</summary>
    public static DecisionRows Joined(IReadOnlyList<DecisionRows> parts) => new(
        [.. parts.SelectMany(part => part.Devices)], [.. parts.SelectMany(part => part.CandidateCounts)], [.. parts.SelectMany(part => part.Actions)],
        [.. parts.SelectMany(part => part.Probabilities)], [.. parts.SelectMany(part => part.Rewards)], [.. parts.SelectMany(part => part.Ends)],
        [.. parts.SelectMany(part => part.States)]);

    /// <summary>Number of rows.</summary>
    public int Count => Devices.Length;
}
