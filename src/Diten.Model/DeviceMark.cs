namespace Diten.Model;

/// <summary>A fixed 64-bit mark of a device id (the finaliser of SplitMix64), for sums that tell sets apart.</summary>
public static class DeviceMark
{
    public static ulong Of(int device)
    {
        var z = (ulong)device + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
