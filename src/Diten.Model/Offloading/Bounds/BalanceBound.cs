
namespace Diten.Model.Offloading.Bounds;

/// <summary>How fast the tasks of one slot could be at best, were all devices placed at once; equal sharing. model.md §3.</summary>
/// <remarks>
/// <para>
/// n tasks on a server take λ_i h(n) each, h(n) = n / max(c + n f̂, 0.1 c), together Λ h(n) = Λ g(n) / n with Λ = Σ λ_i. The bound is
/// the least-cost matching of devices to places (server, k), where device i pays T_com + λ_i δ(k) and δ are the slopes of ĝ, the
/// lower convex envelope of g with ĝ(0) = 0.
/// </para>
/// <para>
/// It is a lower bound: take any placement, and give the n devices on a server its first n places, the largest λ the smallest δ.
/// λ and δ are then sorted oppositely, so by Chebyshev's sum inequality Σ λ_i δ(k_i) ≤ (1/n) Λ Σ_{k ≤ n} δ(k) = Λ ĝ(n) / n ≤ Λ g(n) / n.
/// So every placement has a matching that costs no more, and the least matching costs no more than the best placement. Both are equal
/// where all λ are the same and the floor does not bite.
/// </para>
/// <para>Outages of migrations are left out: the lower bound holds with them, the upper one is reached without them.</para>
/// </remarks>
/// <param name="LowerSeconds">No placement has a smaller Σ T_glob, seconds.</param>
/// <param name="UpperSeconds">Σ T_glob of the placement found, seconds.</param>
/// <param name="Choices">That placement: server id by device.</param>
public sealed record BalanceBound(double LowerSeconds, double UpperSeconds, int[] Choices)
{
    /// <summary>Bounds one slot.</summary>
    public static BalanceBound Of(BalanceSlot slot)
    {
        var (choices, lower) = PlaceMatching.Solve(slot);
        return new BalanceBound(lower, TotalSeconds(slot, choices), [.. choices.Select(choice => slot.Servers[choice])]);
    }

    /// <summary>Σ T_glob of a placement, seconds.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="choices">By device, an index into <see cref="BalanceSlot.Servers"/> among its own.</param>
    public static double TotalSeconds(BalanceSlot slot, ReadOnlySpan<int> choices)
    {
        var tasks = new int[slot.FreeHertz.Length];
        foreach (var choice in choices)
            tasks[slot.Servers[choice]]++;
        var seconds = 0.0;
        for (var device = 0; device < slot.Count; device++)
        {
            var server = slot.Servers[choices[device]];
            var perCycle = PlaceCosts.Together(tasks[server], slot.FreeHertz[server], slot.DeviationHertz[server]) / tasks[server];
            seconds += slot.BaseSeconds[choices[device]] + slot.Cycles[device] * perCycle;
        }

        return seconds;
    }
}
