namespace Diten.Model.Radio;

/// <summary>The wireless way from a device to its base station, eqs. (5) and (6).</summary>
internal static class Uplink
{
    /// <summary>Signal to interference and noise ratio, eq. (6).</summary>
    /// <param name="signalWatts">Received power p·d^−α, watts; positive.</param>
    /// <param name="noiseWatts">σ², watts; positive.</param>
    /// <param name="interferenceWatts">Sum of the received powers of Φ on this channel, watts; not negative.</param>
    public static double Sinr(double signalWatts, double noiseWatts, double interferenceWatts) =>
        signalWatts / (noiseWatts + interferenceWatts);

    /// <summary>Time to send a task's data at Shannon's rate, eq. (5): η / (W log₂(1 + SINR)).</summary>
    /// <param name="dataBits">η, bits; positive.</param>
    /// <param name="bandwidthHertz">W, hertz; positive.</param>
    /// <param name="sinr">Signal to interference and noise ratio; positive.</param>
    /// <returns>T_u, seconds.</returns>
    public static double LatencySeconds(double dataBits, double bandwidthHertz, double sinr) =>
        dataBits / (bandwidthHertz * Math.Log2(1 + sinr));
}
