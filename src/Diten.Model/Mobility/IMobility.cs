namespace Diten.Model.Mobility;

/// <summary>Where a device is, and what its mobility model must remember; 56 bytes, owned by the device.</summary>
public struct MobilityState
{
    /// <summary>Position, metres.</summary>
    public double X, Y;

    /// <summary>Two numbers of the model's own, usually a target (metres) or a velocity (m/s).</summary>
    public double A, B;

    /// <summary>Two more numbers of the model's own, e.g. speed (m/s) and heading (radians).</summary>
    public double C, D;

    /// <summary>Two integers of the model's own, e.g. which recorded journey and which point of it.</summary>
    public int I, J;
}

/// <summary>How devices move: pure functions of (seed, device, slot) and the device's own state. Immutable and thread-safe.</summary>
public interface IMobility
{
    /// <summary>State of a device in slot 0.</summary>
    MobilityState Start(int device);

    /// <summary>Moves a device from <paramref name="slot"/> to <paramref name="slot"/> + 1.</summary>
    /// <returns>True where the recorded journey has ended and the device begins another one, elsewhere; synthetic models always return false.</returns>
    bool Advance(ref MobilityState state, int device, int slot);
}
