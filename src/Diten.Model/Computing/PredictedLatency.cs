using System.Runtime.CompilerServices;
using Diten.Model.Scenarios;

namespace Diten.Model.Computing;

/// <summary>T̂, the latency T_glob that a task is predicted to have on a server (model.md §2, What a base station makes of it).</summary>
internal static class PredictedLatency
{
    /// <summary>T_u + T_p + T_cmp as twins let it be foreseen, and what a migration adds; eqs. (5), (7), (8), (10).</summary>
    /// <param name="twins">Side of the deviation, and whether policies calibrate.</param>
    /// <param name="uplinkSeconds">T_u, seconds; 0 where only differences between servers matter.</param>
    /// <param name="propagationSeconds">T_p = ψ times the distance, seconds.</param>
    /// <param name="cycles">Work λ, CPU cycles.</param>
    /// <param name="estimatedHertz">f of <see cref="SharePrediction.EstimatedHertz"/>, hertz; positive.</param>
    /// <param name="deviationHertz">f̂ that the twin publishes, hertz.</param>
    /// <param name="outageSeconds">What a migration adds, seconds; 0 where the server serves already.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // once a device and candidate, in every slot
    public static double Seconds(
        TwinsSection twins, double uplinkSeconds, double propagationSeconds, double cycles, double estimatedHertz, double deviationHertz,
        double outageSeconds) =>
        Seconds(uplinkSeconds, propagationSeconds, cycles, SharePrediction.PredictedHertz(twins, estimatedHertz, deviationHertz), outageSeconds);

    /// <summary>The same, of a frequency that is known.</summary>
    /// <param name="predictedHertz">That of <see cref="SharePrediction.PredictedHertz"/>, hertz; positive.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Seconds(double uplinkSeconds, double propagationSeconds, double cycles, double predictedHertz, double outageSeconds) =>
        uplinkSeconds + propagationSeconds + cycles / predictedHertz + outageSeconds;
}
