using Diten.Model.Scenarios;

namespace Diten.Model.Computing;

/// <summary>A server's tasks of one slot, by device id, and what becomes of them. Reused from slot to slot by its owner.</summary>
public sealed class TaskSheet
{
    private long[] _order = [];
    private double[] _addedCycles = [], _addedArrivals = [];

    public int Count { get; private set; }

    /// <summary>Which one it was, in the order in which they were added.</summary>
    public int[] Places = [];
    /// <summary>λ, CPU cycles.</summary>
    public double[] Cycles = [];
    /// <summary>Arrival after the slot's start, seconds (fifo only).</summary>
    public double[] ArrivalSeconds = [];
    /// <summary>Result: waiting before the CPU is given, seconds (fifo only, else 0).</summary>
    public double[] QueueingSeconds = [];
    /// <summary>Result: T_cmp, seconds.</summary>
    public double[] ComputationSeconds = [];
    /// <summary>Result: sum of the shares that ran together, before any deviation, at its largest; hertz.</summary>
    public double PeakSharesHertz { get; internal set; }

    /// <summary>Begins a slot; grows the arrays where needed.</summary>
    public void Begin(int capacity)
    {
        (Count, PeakSharesHertz) = (0, 0);
        if (capacity <= Places.Length)
            return;
        var size = Math.Max(capacity, 2 * Places.Length);
        (_order, Places) = (new long[size], new int[size]);
        (_addedCycles, _addedArrivals, Cycles, ArrivalSeconds, QueueingSeconds, ComputationSeconds) =
            (new double[size], new double[size], new double[size], new double[size], new double[size], new double[size]);
    }

    /// <summary>Adds a task; <see cref="Sort"/> comes after the last one.</summary>
    public void Add(int device, double cycles, double arrivalSeconds)
    {
        (_order[Count], _addedCycles[Count], _addedArrivals[Count]) = (((long)device << 32) | (uint)Count, cycles, arrivalSeconds);
        Count++;
    }

    /// <summary>Puts the tasks into the order of device ids.</summary>
    public void Sort()
    {
        Array.Sort(_order, 0, Count);
        for (var i = 0; i < Count; i++)
        {
            var place = (int)(_order[i] & 0xFFFFFFFF);
            (Places[i], Cycles[i], ArrivalSeconds[i]) = (place, _addedCycles[place], _addedArrivals[place]);
        }
    }
}

/// <summary>How a server shares its CPU among the tasks of a slot (model.md §1, Sharing).</summary>
internal static class TaskExecution
{
    /// <summary>Fills the results of a sheet whose tasks are in the order of device ids.</summary>
    /// <param name="sharing">The sharing rule.</param>
    /// <param name="freeHertz">c, free capacity; positive.</param>
    /// <param name="deviationHertz">f̂ that acts on what really happens; 0 where none does.</param>
    /// <param name="carriedSeconds">Work left over from the slot before, seconds (fifo only).</param>
    /// <param name="slotSeconds">Length of a slot.</param>
    /// <returns>Work left over at the slot's end, seconds; 0 except for fifo.</returns>
    public static double Run(
        CpuSharing sharing, TaskSheet tasks, double freeHertz, double deviationHertz, double carriedSeconds, double slotSeconds)
    {
        switch (sharing)
        {
            case CpuSharing.Equal:
                RunEqual(tasks, freeHertz / tasks.Count, deviationHertz);
                return 0;
            case CpuSharing.Exclusive:
                RunEqual(tasks, freeHertz, deviationHertz);
                return 0;
            case CpuSharing.ProcessorSharing:
                RunProcessorSharing(tasks, freeHertz, deviationHertz);
                return 0;
            case CpuSharing.Fifo:
                tasks.PeakSharesHertz = freeHertz;
                return RunFifo(tasks, ComputationLatency.DeviatedHertz(freeHertz, deviationHertz), carriedSeconds, slotSeconds);
            default:
                throw new ArgumentOutOfRangeException(nameof(sharing), sharing, "No such sharing rule.");
        }
    }

    /// <summary>Each task has the share s for its whole length: λ / max(s + f̂, 0.1 s).</summary>
    private static void RunEqual(TaskSheet tasks, double shareHertz, double deviationHertz)
    {
        var hertz = ComputationLatency.DeviatedHertz(shareHertz, deviationHertz);
        for (var i = 0; i < tasks.Count; i++)
            (tasks.QueueingSeconds[i], tasks.ComputationSeconds[i]) = (0, tasks.Cycles[i] / hertz);
        tasks.PeakSharesHertz = SumOfShares(shareHertz, tasks.Count);
    }

    /// <summary>All start together, shares return when a task ends: t_k = t_(k−1) + (n − k + 1)(λ_k − λ_(k−1))/c in the order of work.</summary>
    private static void RunProcessorSharing(TaskSheet tasks, double freeHertz, double deviationHertz)
    {
        var order = new int[tasks.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(order, (a, b) => tasks.Cycles[a] != tasks.Cycles[b] ? tasks.Cycles[a].CompareTo(tasks.Cycles[b]) : a.CompareTo(b));

        tasks.PeakSharesHertz = SumOfShares(freeHertz / order.Length, order.Length); // all run together at the start
        var (finish, done) = (0.0, 0.0);
        for (var k = 0; k < order.Length; k++)
        {
            var cycles = tasks.Cycles[order[k]];
            finish += (order.Length - k) * (cycles - done) / freeHertz;
            done = cycles;
            var hertz = ComputationLatency.DeviatedHertz(cycles / finish, deviationHertz); // s = λ over its time
            (tasks.QueueingSeconds[order[k]], tasks.ComputationSeconds[order[k]]) = (0, cycles / hertz);
        }
    }

    /// <summary>First come, first served, ties by device id; what is left over is served first in the next slot.</summary>
    private static double RunFifo(TaskSheet tasks, double hertz, double carriedSeconds, double slotSeconds)
    {
        var order = new int[tasks.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(order, (a, b) => tasks.ArrivalSeconds[a] != tasks.ArrivalSeconds[b]
            ? tasks.ArrivalSeconds[a].CompareTo(tasks.ArrivalSeconds[b])
            : a.CompareTo(b));

        var idleFrom = carriedSeconds;
        foreach (var i in order)
        {
            var start = Math.Max(idleFrom, tasks.ArrivalSeconds[i]);
            tasks.QueueingSeconds[i] = start - tasks.ArrivalSeconds[i];
            tasks.ComputationSeconds[i] = tasks.Cycles[i] / hertz;
            idleFrom = start + tasks.ComputationSeconds[i];
        }

        return Math.Max(0, idleFrom - slotSeconds);
    }

    /// <summary>The shares added up, by Kahan's sum, so that a hundred thousand roundings do not look like CPU from nowhere.</summary>
    private static double SumOfShares(double shareHertz, int count)
    {
        var (shares, lost) = (0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            var share = shareHertz - lost;
            var sum = shares + share;
            lost = sum - shares - share;
            shares = sum;
        }

        return shares;
    }
}
