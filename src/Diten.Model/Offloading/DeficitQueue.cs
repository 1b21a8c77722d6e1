namespace Diten.Model.Offloading;

/// <summary>The virtual queue of overdrawn migration budget; eq. (12).</summary>
internal static class DeficitQueue
{
    /// <summary>Q(t + 1) = max{Q(t) + C(e_t) − β𝒞, 0}.</summary>
    /// <param name="queue">Q(t) ≥ 0; 0 at the start of a journey.</param>
    /// <param name="cost">C(e_t): 𝒞 where the slot had a migration, else 0.</param>
    /// <param name="beta">β, migrations allowed per slot.</param>
    /// <param name="migrationCost">𝒞.</param>
    public static double Next(double queue, double cost, double beta, double migrationCost) =>
        Math.Max(queue + cost - beta * migrationCost, 0);
}
