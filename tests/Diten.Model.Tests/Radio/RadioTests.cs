using Diten.Model.Radio;

namespace Diten.Model.Tests.Radio;

/// <summary>Equations (5) and (6) at values worked out by hand.</summary>
public sealed class RadioTests
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
}
