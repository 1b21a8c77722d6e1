using Diten.Model.Computing;
using Diten.Model.Offloading;
using Diten.Model.Radio;
using Diten.Model.Scenarios;

namespace Diten.Model.Tests.Rules;

/// <summary>Equations (5) to (12) and (16) at values worked out by hand.</summary>
public sealed class EquationTests
{
    [Fact]
    public void Path_loss_falls_with_the_third_power_and_not_below_a_metre()
    {
        Assert.Equal(1e-6, PathLoss.Gain(100, 3), 1e-18);
        Assert.Equal(1, PathLoss.Gain(0.2, 3));
        Assert.Equal(1.0 / 16, PathLoss.Gain(4, 2), 1e-15);
    }

    [Fact]
    public void Uplink_takes_data_over_bandwidth_times_log_of_one_plus_sinr()
    {
        var sinr = Uplink.Sinr(signalWatts: 6e-12, noiseWatts: 1e-12, interferenceWatts: 1e-12);

        Assert.Equal(3, sinr, 1e-12);
        Assert.Equal(0.125, Uplink.LatencySeconds(5e6, 20e6, sinr), 1e-12); // 5 Mbit at 20 MHz · 2 bit
    }

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

    [Fact]
    public void The_deficit_queue_grows_by_what_exceeds_the_budget_and_is_never_negative()
    {
        Assert.Equal(1.3, DeficitQueue.Next(0.5, 1, 0.2, 1), 1e-12);
        Assert.Equal(0.3, DeficitQueue.Next(0.5, 0, 0.2, 1), 1e-12);
        Assert.Equal(0, DeficitQueue.Next(0.1, 0, 0.2, 1));
    }

    [Fact]
    public void A_reward_falls_with_latency_and_with_the_queue_times_the_cost() =>
        Assert.Equal(-20 * 0.1 - 0.5 * 1, Rewards.Of(0.1, 0.5, 1, 20), 1e-12);

    [Fact]
    public void Equal_shares_last_for_the_whole_task()
    {
        var sheet = Sheet((1, 1e9, 0), (2, 3e9, 0));

        Assert.Equal(0, TaskExecution.Run(CpuSharing.Equal, sheet, 4e9, 0.5e9, 0, 1));

        Assert.Equal([0.4, 1.2], Rounded(sheet.ComputationSeconds, 2)); // 2 GHz each, and 0.5 GHz more than anybody knew
        Assert.Equal(4e9, sheet.PeakSharesHertz);
    }

    [Fact]
    public void Processor_sharing_returns_shares_when_a_task_ends()
    {
        var sheet = Sheet((1, 3e9, 0), (2, 1e9, 0));

        TaskExecution.Run(CpuSharing.ProcessorSharing, sheet, 4e9, 0, 0, 1);

        Assert.Equal([1.0, 0.5], Rounded(sheet.ComputationSeconds, 2)); // 1 Gcycle at 2 GHz; the other has 2 Gcycles left at 4 GHz
    }

    [Fact]
    public void Exclusive_tasks_do_not_feel_each_other()
    {
        var sheet = Sheet((1, 3e9, 0), (2, 1e9, 0));

        TaskExecution.Run(CpuSharing.Exclusive, sheet, 4e9, 0, 0, 1);

        Assert.Equal([0.75, 0.25], Rounded(sheet.ComputationSeconds, 2));
    }

    [Fact]
    public void Fifo_serves_by_arrival_and_carries_over_what_is_left()
    {
        var sheet = Sheet((1, 2e9, 0.3), (2, 2e9, 0.1), (3, 1e9, 0.1));

        var carried = TaskExecution.Run(CpuSharing.Fifo, sheet, 4e9, 0, carriedSeconds: 0.2, slotSeconds: 1);

        // Device 2 starts at 0.2 (left over from before), 3 at 0.7, 1 at 0.95; the last ends at 1.45.
        Assert.Equal([0.65, 0.1, 0.6], Rounded(sheet.QueueingSeconds, 3));
        Assert.Equal([0.5, 0.5, 0.25], Rounded(sheet.ComputationSeconds, 3));
        Assert.Equal(0.45, carried, 1e-12);
    }

    private static TaskSheet Sheet(params (int Device, double Cycles, double Arrival)[] tasks)
    {
        var sheet = new TaskSheet();
        sheet.Begin(tasks.Length);
        foreach (var (device, cycles, arrival) in tasks)
            sheet.Add(device, 0, cycles, arrival);
        return sheet;
    }

    private static double[] Rounded(double[] values, int count) => [.. values.Take(count).Select(v => Math.Round(v, 9))];
}
