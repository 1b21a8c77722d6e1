namespace Diten.Actors;

/// <summary>
/// Once the entities of a node are made, and before their first slot, the collector throws away what making them has left, and lays them together:
/// else the first slots would pay for that, and each slot for entities that lie far apart.
/// </summary>
/// <param name="devices">Devices of the node's zones.</param>
public sealed class Tidying(int devices)
{
    /// <summary>Below this a slot takes less time than a collection.</summary>
    private const int WorthIt = 10_000;

    private int _done = devices < WorthIt ? 1 : 0;

    /// <summary>Collects, the first time; each zone says this before its first slot.</summary>
    public void Once()
    {
        if (Volatile.Read(ref _done) == 0 && Interlocked.Exchange(ref _done, 1) == 0)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
    }
}
