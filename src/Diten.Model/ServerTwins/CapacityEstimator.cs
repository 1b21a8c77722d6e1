using Diten.Model.Scenarios;

namespace Diten.Model.ServerTwins;

/// <summary>How a twin turns synced free capacities into its estimate (key <c>twins.estimator</c>).</summary>
internal static class CapacityEstimator
{
    /// <summary>Kalman: standard deviations of a slot's drift and of a reading, as shares of the first reading.</summary>
    private const double DriftShare = 0.05, ReadingShare = 0.05;

    /// <summary>The twin's state with its estimate moved by a reading.</summary>
    /// <param name="state">State before; its estimate is ignored where <paramref name="first"/>.</param>
    /// <param name="readingHertz">Free capacity that was synced, hertz.</param>
    public static ServerTwinState Update(in ServerTwinState state, double readingHertz, bool first, TwinsSection twins)
    {
        if (first)
        {
            var reading = ReadingShare * readingHertz;
            return state with { FreeHertz = readingHertz, ErrorHertz = 0, VarianceSquareHertz = reading * reading };
        }

        return twins.Estimator switch
        {
            TwinEstimator.LastValue => state with { FreeHertz = readingHertz },
            TwinEstimator.Ewma => Smooth(state, readingHertz, twins.EwmaWeight),
            TwinEstimator.Kalman => Kalman(state, readingHertz),
            _ => throw new ArgumentOutOfRangeException(nameof(twins), twins.Estimator, "No such estimator."),
        };
    }

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
    private static ServerTwinState Kalman(in ServerTwinState state, double readingHertz)
    {
        var (drift, reading) = (DriftShare * state.FreeHertz, ReadingShare * state.FreeHertz);
        var predicted = state.VarianceSquareHertz + drift * drift;
        var gain = predicted / (predicted + reading * reading);
        var estimate = state.FreeHertz + gain * (readingHertz - state.FreeHertz);
        return state with
        {
            FreeHertz = estimate,
            ErrorHertz = state.ErrorHertz + gain * (readingHertz - estimate - state.ErrorHertz),
            VarianceSquareHertz = (1 - gain) * predicted,
        };
    }
}
