namespace Diten.Bench;

/// <summary>One thing that <c>diten bench</c> measures.</summary>
public sealed record BenchItem(BenchSubject Subject, BenchWorkload Workload);

/// <summary>What <c>diten bench</c> measures, in order.</summary>
public static class BenchPlan
{
    /// <summary>What is held against each other.</summary>
    private static readonly BenchSubject[] Programs = [BenchSubject.Array, BenchSubject.Floor, BenchSubject.Product];

    /// <summary>Numbers of devices over which the time of a slot should grow in a straight line.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [10_000, 100_000, 1_000_000];

    /// <summary>Rounds and channels of <c>city-100k.conf</c>.</summary>
    public const int Rounds = 4, Channels = 16;

    /// <summary>Numbers of processes of a cluster on this machine.</summary>
    public static IReadOnlyList<int> Clusters { get; } = [1, 2, 4];

    /// <summary>Slots between two checkpoints where there are any: what diten run does.</summary>
    public const int CheckpointEvery = 50;

    /// <summary>All measurements, each with the share of them that is done before it. The programs take turns, so that a disturbance of the
    /// machine meets all of them.</summary>
    /// <param name="learning">Whether learning is measured too, once: its own programs take turns by themselves.</param>
    public static IEnumerable<(BenchItem Item, double Done)> Of(BenchWorkload workload, int repeat, bool quick, bool learning)
    {
        var items = new List<BenchItem>();
        for (var turn = 0; turn < repeat; turn++)
        {
            items.AddRange(Programs.Select(subject => new BenchItem(subject, workload)));
            if (quick)
                continue;
            items.Add(new(BenchSubject.Product, workload with { Rounds = Rounds }));
            items.Add(new(BenchSubject.Product, workload with { Channels = Channels }));
            items.Add(new(BenchSubject.Product, workload with { Rounds = Rounds, Channels = Channels }));
            items.Add(new(BenchSubject.Product, workload with { Learned = true }));
            items.Add(new(BenchSubject.Product, workload with { Faults = true }));
            items.AddRange(Clusters.Select(nodes => new BenchItem(BenchSubject.Product, workload with { Nodes = nodes })));
            items.Add(new(BenchSubject.Product, workload with { Nodes = Clusters[^1], DealZones = true }));
            items.Add(new(BenchSubject.Product, workload with { CheckpointEvery = CheckpointEvery, Slots = Math.Max(workload.Slots, 2 * CheckpointEvery) }));
            items.AddRange(Sizes.Where(size => size != workload.Devices).Select(size => new BenchItem(BenchSubject.Product, Sized(workload, size))));
        }

        if (learning)
            items.Add(new(BenchSubject.Learning, BenchWorkload.Training with { Threads = workload.Threads }));
        return items.Select((item, at) => (item, (double)at / items.Count));
    }

    /// <summary>Few devices need more slots to be measured well; many devices, fewer.</summary>
    private static BenchWorkload Sized(BenchWorkload workload, int devices)
    {
        return workload with { Devices = devices, Slots = Scaled(workload.Slots, 8), WarmUpSlots = Scaled(workload.WarmUpSlots, 4) };

        int Scaled(int slots, int least) => Math.Clamp((int)((long)slots * workload.Devices / devices), Math.Min(slots, least), 10 * slots);
    }
}
