namespace Diten.Bench;

/// <summary>One thing that <c>diten bench</c> measures.</summary>
public sealed record BenchItem(BenchSubject Subject, BenchWorkload Workload)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Subject.ToString().ToLowerInvariant()}, {Workload}";
}

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
        var items = Enumerable.Range(0, repeat).SelectMany(_ => Turn(workload, quick)).ToList();
        if (learning)
            items.Add(new(BenchSubject.Learning, BenchWorkload.Training with { Threads = workload.Threads }));
        return items.Select((item, at) => (item, (double)at / items.Count));
    }

    /// <summary>What one turn measures.</summary>
    /// <param name="quick">The three programs only.</param>
    public static IReadOnlyList<BenchItem> Turn(BenchWorkload workload, bool quick)
    {
        BenchItem[] programs = [.. Programs.Select(subject => new BenchItem(subject, workload))];
        return quick ? programs :
        [
            .. programs,
            .. ((BenchWorkload[])
            [
                workload with { Rounds = Rounds },
                workload with { Channels = Channels },
                workload with { Rounds = Rounds, Channels = Channels },
                workload with { Learned = true },
                workload with { Faults = true },
                .. Clusters.Select(nodes => workload with { Nodes = nodes }),
                workload with { Nodes = Clusters[^1], DealZones = true },
                workload with { CheckpointEvery = CheckpointEvery, Slots = Math.Max(workload.Slots, 2 * CheckpointEvery) },
                .. Sizes.Where(size => size != workload.Devices).Select(size => Sized(workload, size)),
            ]).Select(other => new BenchItem(BenchSubject.Product, other)),
        ];
    }

    /// <summary>Few devices need more slots to be measured well; many devices, fewer.</summary>
    private static BenchWorkload Sized(BenchWorkload workload, int devices)
    {
        return workload with { Devices = devices, Slots = Scaled(workload.Slots, 8), WarmUpSlots = Scaled(workload.WarmUpSlots, 4) };

        int Scaled(int slots, int least) => Math.Clamp((int)((long)slots * workload.Devices / devices), Math.Min(slots, least), 10 * slots);
    }
}
