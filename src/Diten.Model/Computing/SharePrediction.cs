using Diten.Model.Scenarios;

namespace Diten.Model.Computing;

/// <summary>What a base station makes of a twin's estimate for one task (model.md §2, What a base station makes of it).</summary>
internal static class SharePrediction
{
    /// <summary>f: the CPU frequency that one more task may expect.</summary>
    /// <param name="sharing">The servers' sharing rule.</param>
    /// <param name="freeHertz">c, free capacity that the twin tells, hertz.</param>
    /// <param name="tasksOfOthers">m, tasks of other devices there; not negative; whole, but where a twin estimates it.</param>
    /// <returns>c/(1 + m) for equal and processor sharing, c/(1 + m/2) for fifo, c for exclusive; hertz.</returns>
    public static double EstimatedHertz(CpuSharing sharing, double freeHertz, double tasksOfOthers) => sharing switch
    {
        CpuSharing.Equal or CpuSharing.ProcessorSharing => freeHertz / (1 + tasksOfOthers),
        CpuSharing.Fifo => freeHertz / (1 + tasksOfOthers / 2),
        _ => freeHertz,
    };

    /// <summary>What the twin's estimate looks like to policies: with the deviation on the twin's side, max(f − f̂, 0.1 f).</summary>
    public static double PublishedHertz(TwinsSection twins, double estimatedHertz, double deviationHertz) =>
        IsOnTwinsSide(twins) ? ComputationLatency.DeviatedHertz(estimatedHertz, -deviationHertz) : estimatedHertz;

    /// <summary>The frequency that the prediction of T_cmp divides by: (10) where the scenario calibrates, else (8).</summary>
    /// <param name="twins">Side of the deviation, and whether policies calibrate.</param>
    /// <param name="estimatedHertz">f of <see cref="EstimatedHertz"/>.</param>
    /// <param name="deviationHertz">f̂ that the twin publishes.</param>
    public static double PredictedHertz(TwinsSection twins, double estimatedHertz, double deviationHertz) =>
        IsOnTwinsSide(twins)
            ? twins.Calibrated ? estimatedHertz : ComputationLatency.DeviatedHertz(estimatedHertz, -deviationHertz)
            : twins.Calibrated ? ComputationLatency.DeviatedHertz(estimatedHertz, deviationHertz) : estimatedHertz;

    private static bool IsOnTwinsSide(TwinsSection twins) =>
        twins.DeviationSource == DeviationSource.Injected && twins.DeviationSide == DeviationSide.Twin;
}
