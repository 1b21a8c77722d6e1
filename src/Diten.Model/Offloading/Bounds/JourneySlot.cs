namespace Diten.Model.Offloading.Bounds;

/// <summary>What a device could have chosen in one slot of its journey.</summary>
/// <param name="Servers">Ids of the candidates, each once; empty where the device was out of coverage and had no task to place.</param>
/// <param name="Seconds">T_glob that it would have got on each of them, without the outage of a migration.</param>
public readonly record struct JourneySlot(int[] Servers, double[] Seconds)
{
    /// <summary>A slot without a task: nothing is chosen, and the serving server is kept.</summary>
    public static JourneySlot Uncovered { get; } = new([], []);
}
