namespace Diten.Model.Offloading;

/// <summary>The reward of the decision process; eq. (16).</summary>
internal static class Rewards
{
    /// <summary>R_t = −v T_glob − Q(t) C(e_t).</summary>
    /// <param name="latencySeconds">T_glob, seconds.</param>
    /// <param name="queue">Q(t), before its update by this slot.</param>
    /// <param name="cost">C(e_t): 𝒞 where the slot had a migration, else 0.</param>
    /// <param name="v">Weight of latency, per second.</param>
    public static double Of(double latencySeconds, double queue, double cost, double v) => -v * latencySeconds - queue * cost;
}
