namespace Diten.Model.BaseStations;

/// <summary>Received power of one station's devices at another station, by radio channel.</summary>
/// <param name="From">Station whose devices radiate.</param>
/// <param name="To">Station that hears them.</param>
/// <param name="Slot">The slot in which they do.</param>
/// <param name="Watts">Σ p_j d_j^−α per channel, over the devices in interference range, added in the order of device ids.</param>
public sealed record InterferenceSums(int From, int To, int Slot, double[] Watts);
