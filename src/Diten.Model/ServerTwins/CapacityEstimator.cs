using Diten.Model.Scenarios;

namespace Diten.Model.ServerTwins;

/// <summary>How a twin turns synced free capacities into its estimate (key <c>twins.estimator</c>): what a reading does, and what a slot of silence.</summary>
internal static class CapacityEstimator
{
    /// <summary>The twin's state with its estimate moved by a reading.</summary>
    /// <param name="state">State before; its estimate is ignored where <paramref name="first"/>.</param>
    /// <param name="readingHertz">Free capacity that was synced, hertz.</param>
    /// <param name="first">Nothing was synced before.</param>
    /// <param name="slots">Slots since the last reading, at least 1.</param>
    public static ServerTwinState Update(in ServerTwinState state, double readingHertz, bool first, TwinsSection twins, int slots = 1)
    {
        if (first)
        {
            var reading = twins.KalmanReading * readingHertz;
            return Remember(
                state with { FreeHertz = readingHertz, ErrorHertz = 0, VarianceSquareHertz = reading * reading, FreeHertzSum = 0 }, readingHertz, twins);
        }

        return twins.Estimator switch
        {
            TwinEstimator.LastValue => state with { FreeHertz = readingHertz },
            TwinEstimator.Ewma => Smooth(state, readingHertz, twins.EwmaWeight),
            TwinEstimator.Kalman => Kalman(state, readingHertz, twins, slots),
            TwinEstimator.MeanReverting or TwinEstimator.Mean => Remember(state with { FreeHertz = readingHertz }, readingHertz, twins),
            _ => throw new ArgumentOutOfRangeException(nameof(twins), twins.Estimator, "No such estimator."),
        };
    }

    /// <summary>
    /// ĉ after slots of silence, hertz: m + ρ^age (c − m) for mean-reverting, m for mean at any age, m = mean of the readings; for the others, as they
    /// were left. Where capacities are exact, what is true.
    /// </summary>
    /// <param name="ageSlots">Slots since the last reading; not negative.</param>
    public static double Predict(in ServerTwinState state, TwinsSection twins, int ageSlots)
    {
        if (twins.HasExactCapacity() && state.Shown is { } truth)
            return truth.FreeHertz;
        if (!Remembers(twins) || state.Readings == 0)
            return state.FreeHertz;
        var mean = state.FreeHertzSum / state.Readings;
        if (twins.Estimator == TwinEstimator.Mean)
            return mean;
        return ageSlots == 0 ? state.FreeHertz : mean + Math.Pow(twins.Correlation, ageSlots) * (state.FreeHertz - mean);
    }

    /// <summary>The estimator's own error, true minus estimated, hertz; 0 where capacities are exact.</summary>
    public static double Error(in ServerTwinState state, TwinsSection twins) => twins.HasExactCapacity() && state.Shown is not null ? 0 : state.ErrorHertz;

    /// <summary>Whether the estimator needs the mean of its readings.</summary>
    public static bool Remembers(TwinsSection twins) => twins.Estimator is TwinEstimator.MeanReverting or TwinEstimator.Mean;

    /// <summary>Standard deviation of ĉ after slots of silence, hertz, as far as the estimator knows one: kalman's; 0 for the others, and where capacities are exact.</summary>
    /// <remarks>A twin that forgot knows as much as the scenario: its servers' capacities are uniform.</remarks>
    public static double Spread(in ServerTwinState state, Scenario scenario, int ageSlots)
    {
        if (scenario.Twins.Estimator != TwinEstimator.Kalman || scenario.Twins.HasExactCapacity() && state.Shown is not null)
            return 0;
        var range = scenario.Servers.FrequencyHertz.High - scenario.Servers.FrequencyHertz.Low;
        return Math.Sqrt(Grown(state.Revision < 0 ? range * range / 12 : state.VarianceSquareHertz, state.FreeHertz, scenario.Twins, ageSlots));
    }

    private static ServerTwinState Remember(in ServerTwinState state, double readingHertz, TwinsSection twins) =>
        Remembers(twins) ? state with { FreeHertzSum = state.FreeHertzSum + readingHertz } : state;

    /// <summary>Exponentially weighted mean; its own error is the equally weighted mean of what it missed.</summary>
    private static ServerTwinState Smooth(in ServerTwinState state, double readingHertz, double weight)
    {
        var estimate = state.FreeHertz + weight * (readingHertz - state.FreeHertz);
        return state with
        {
            FreeHertz = estimate,
            ErrorHertz = state.ErrorHertz + weight * (readingHertz - estimate - state.ErrorHertz),
        };
    }

    /// <summary>Scalar Kalman filter of a random walk.</summary>
    private static ServerTwinState Kalman(in ServerTwinState state, double readingHertz, TwinsSection twins, int slots)
    {
        var reading = twins.KalmanReading * state.FreeHertz;
        var predicted = Grown(state.VarianceSquareHertz, state.FreeHertz, twins, slots);
        var gain = predicted / (predicted + reading * reading);
        var estimate = state.FreeHertz + gain * (readingHertz - state.FreeHertz);
        return state with
        {
            FreeHertz = estimate,
            ErrorHertz = state.ErrorHertz + gain * (readingHertz - estimate - state.ErrorHertz),
            VarianceSquareHertz = (1 - gain) * predicted,
        };
    }

    /// <summary>A variance after slots in which the capacity may have drifted, Hz².</summary>
    private static double Grown(double varianceSquareHertz, double freeHertz, TwinsSection twins, int slots)
    {
        var drift = twins.KalmanDrift * freeHertz;
        return varianceSquareHertz + slots * (drift * drift);
    }
}
