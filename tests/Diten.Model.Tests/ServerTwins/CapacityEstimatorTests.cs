using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;

namespace Diten.Model.Tests.ServerTwins;

/// <summary>What twins make of the capacities that are synced, at values worked out by hand.</summary>
public sealed class CapacityEstimatorTests
{
    [Fact]
    public void A_smoothed_estimate_goes_a_part_of_the_way_to_each_reading_and_its_error_is_what_still_misses()
    {
        var twins = new TwinsSection { Estimator = TwinEstimator.Ewma, EwmaWeight = 0.25 };

        var (first, second, third) = Read(twins, 8e9, 12e9, 9e9);

        Assert.Equal((8e9, 0.0), (first.FreeHertz, first.ErrorHertz));
        Assert.Equal(9e9, second.FreeHertz, 1.0); // 8 + ¼ · 4
        Assert.Equal(0.75e9, second.ErrorHertz, 1.0); // 0 + ¼ · 3: the server has more than its twin thinks
        Assert.Equal(9e9, third.FreeHertz, 1.0);
        Assert.Equal(0.5625e9, third.ErrorHertz, 1.0); // 0.75 + ¼ · (0 − 0.75)
    }

    [Fact]
    public void A_Kalman_filter_weighs_a_reading_against_what_may_have_drifted()
    {
        var twins = new TwinsSection { Estimator = TwinEstimator.Kalman };

        var (first, second, third) = Read(twins, 10e9, 14e9, 38e9 / 3);

        // Drift and reading deviate by 5 % of 10 GHz each, 0.25 GHz²: 0.25 + 0.25 before the reading, gain 0.5 / (0.5 + 0.25) = ⅔.
        Assert.Equal(0.25e18, first.VarianceSquareHertz, 1e6);
        Assert.Equal(38e9 / 3, second.FreeHertz, 10.0);
        Assert.Equal(8e9 / 9, second.ErrorHertz, 10.0); // ⅔ of the 4 GHz / 3 that still miss
        Assert.Equal(0.5e18 / 3, second.VarianceSquareHertz, 1e9);
        // Then 0.25 · (38/30)² = 0.4011 GHz² each, 0.5678 before the reading, gain 0.5678 / 0.9689 = 0.5860; the reading misses nothing.
        Assert.Equal(38e9 / 3, third.FreeHertz, 10.0);
        Assert.Equal(8.0 / 9 * (1 - 0.5860), third.ErrorHertz / 1e9, 1e-4);
    }

    private static (ServerTwinState First, ServerTwinState Second, ServerTwinState Third) Read(TwinsSection twins, double a, double b, double c)
    {
        var first = CapacityEstimator.Update(ServerTwinState.Fresh(0), a, first: true, twins);
        var second = CapacityEstimator.Update(first, b, first: false, twins);
        return (first, second, CapacityEstimator.Update(second, c, first: false, twins));
    }
}
