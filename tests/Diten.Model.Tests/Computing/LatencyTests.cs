using Diten.Model.Computing;
using Diten.Model.Scenarios;

namespace Diten.Model.Tests.Computing;

/// <summary>Equations (8) to (10), and what is predicted by them, at values worked out by hand.</summary>
public sealed class LatencyTests
{
    [Fact]
    public void A_server_that_has_more_than_its_twin_says_is_faster_by_the_gap()
    {
        var latency = ComputationLatency.Of(cycles: 2e9, estimatedHertz: 4e9, deviationHertz: 1e9);

        Assert.Equal(0.5, latency.EstimatedSeconds, 1e-12); // (8)
        Assert.Equal(-0.1, latency.GapSeconds, 1e-12); // (9)
        Assert.Equal(0.4, latency.Seconds, 1e-12); // (10)
        Assert.Throws<ArgumentOutOfRangeException>(() => ComputationLatency.Of(1, 1e9, -1e9));
        Assert.Equal(4e8, ComputationLatency.DeviatedHertz(4e9, -5e9)); // never below a tenth
    }

    [Theory]
    [InlineData(CpuSharing.Equal, 3e9)]
    [InlineData(CpuSharing.ProcessorSharing, 3e9)]
    [InlineData(CpuSharing.Fifo, 4.8e9)]
    [InlineData(CpuSharing.Exclusive, 12e9)]
    public void A_station_expects_its_part_of_the_free_capacity(CpuSharing sharing, double expected) =>
        Assert.Equal(expected, SharePrediction.EstimatedHertz(sharing, 12e9, 3), 1);

    [Theory]
    [InlineData(CpuSharing.Equal, 8e9)]
    [InlineData(CpuSharing.Fifo, 9.6e9)]
    public void It_expects_a_part_of_a_task_where_a_twin_does(CpuSharing sharing, double expected) =>
        Assert.Equal(expected, SharePrediction.EstimatedHertz(sharing, 12e9, 0.5), 1);

    [Theory]
    [InlineData(DeviationSide.Server, true, 5e9, 4e9)]
    [InlineData(DeviationSide.Server, false, 4e9, 4e9)]
    [InlineData(DeviationSide.Twin, true, 4e9, 3e9)]
    [InlineData(DeviationSide.Twin, false, 3e9, 3e9)]
    public void Prediction_knows_the_deviation_where_it_is_calibrated(DeviationSide side, bool calibrated, double predicted, double published)
    {
        var twins = new TwinsSection { DeviationSide = side, Calibrated = calibrated };

        Assert.Equal(predicted, SharePrediction.PredictedHertz(twins, 4e9, 1e9));
        Assert.Equal(published, SharePrediction.PublishedHertz(twins, 4e9, 1e9));
    }

    /// <summary>0.02 + 0.003 + 1e9 / (4e9 + 1e9) + 0.008 s; uncalibrated, 1e9 / 4e9 in the middle.</summary>
    [Theory]
    [InlineData(true, 0.231)]
    [InlineData(false, 0.281)]
    public void A_predicted_latency_is_uplink_propagation_computation_and_what_a_migration_adds(bool calibrated, double expected) =>
        Assert.Equal(
            expected,
            PredictedLatency.Seconds(new TwinsSection { Calibrated = calibrated }, 0.02, 0.003, cycles: 1e9, estimatedHertz: 4e9, deviationHertz: 1e9, 0.008),
            1e-15);
}
