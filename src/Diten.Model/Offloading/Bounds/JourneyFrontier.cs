namespace Diten.Model.Offloading.Bounds;

/// <summary>
/// For one device against the others' fixed behaviour, the least total latency of a journey with at most k migrations, for every k:
/// exact, by dynamic programming over (server, migrations used). model.md §3.
/// </summary>
/// <remarks>
/// Placing the first task is free. A server that is no candidate any more has to be left, which is a migration.
/// Time and memory grow with slots² · candidates.
/// </remarks>
public sealed class JourneyFrontier
{
    private readonly IReadOnlyList<JourneySlot> _slots;
    private readonly int[] _tasks;
    private readonly double[] _least;
    private readonly double[] _last;
    private readonly short[][] _from;

    private JourneyFrontier(IReadOnlyList<JourneySlot> slots, int[] tasks, double[] least, double[] last, short[][] from) =>
        (_slots, _tasks, _least, _last, _from) = (slots, tasks, least, last, from);

    /// <summary>Least Σ T_glob in seconds with at most k migrations, k = 0 to tasks − 1; not increasing; +∞ where k are too few.</summary>
    public ReadOnlySpan<double> LeastSeconds => _least;

    /// <summary>The fewest migrations that the journey can be made with.</summary>
    public int FewestMigrations => Array.FindIndex(_least, double.IsFinite);

    /// <summary>Works out the frontier of a journey.</summary>
    /// <param name="slots">The slots of the journey, in order.</param>
    /// <param name="outageSeconds">What a migration adds to the latency of its slot, seconds; not negative.</param>
    /// <exception cref="ArgumentException">A slot has not one finite latency per candidate.</exception>
    public static JourneyFrontier Of(IReadOnlyList<JourneySlot> slots, double outageSeconds = 0)
    {
        Check(slots);
        var tasks = Enumerable.Range(0, slots.Count).Where(slot => slots[slot].Servers.Length > 0).ToArray();
        var width = Math.Max(tasks.Length, 1);
        // least[c · width + k]: up to this task, at candidate c of it, with at most k migrations. from: the candidate of the task before.
        double[] least = [];
        var from = new short[tasks.Length][];
        for (var task = 0; task < tasks.Length; task++)
        {
            var slot = slots[tasks[task]];
            from[task] = new short[slot.Servers.Length * width];
            least = task == 0 ? Start(slot, width) : Step(slots[tasks[task - 1]], slot, least, from[task], width, outageSeconds);
        }

        var frontier = new double[width];
        for (var k = 0; k < width && tasks.Length > 0; k++)
            frontier[k] = least[Fastest(least, width, k) * width + k];
        return new JourneyFrontier(slots, tasks, frontier, least, from);
    }

    /// <summary>Least Σ T_glob with at most this many migrations, seconds; +∞ where they are too few.</summary>
    /// <param name="migrations">Not negative; more than tasks − 1 gain nothing.</param>
    public double AtMost(int migrations) => _least[Math.Min(migrations, _least.Length - 1)];

    /// <summary>P1's optimum: at most ⌊βτ + 10⁻⁹⌋ migrations, or, where lost servers force more, the fewest that are feasible.</summary>
    /// <param name="beta">β, migrations allowed per slot; not negative.</param>
    /// <param name="slots">τ, slots of the journey, those out of coverage included.</param>
    public JourneyOptimum Optimum(double beta, int slots)
    {
        var budget = (int)Math.Min(Math.Floor(beta * slots + 1e-9), int.MaxValue);
        var forced = FewestMigrations > budget;
        var migrations = forced ? FewestMigrations : budget;
        return new JourneyOptimum(budget, migrations, AtMost(migrations), forced);
    }

    /// <summary>A sequence that reaches <see cref="AtMost"/>: the server that serves in each slot; −1 before the first task.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The journey cannot be made with so few migrations.</exception>
    public int[] Sequence(int migrations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(migrations, FewestMigrations);
        var servers = new int[_slots.Count];
        Array.Fill(servers, -1);
        var width = _least.Length;
        var k = Math.Min(migrations, width - 1);
        var candidate = _tasks.Length > 0 ? Fastest(_last, width, k) : -1;
        for (var task = _tasks.Length - 1; task >= 0; task--)
        {
            var server = _slots[_tasks[task]].Servers[candidate];
            var end = task + 1 < _tasks.Length ? _tasks[task + 1] : servers.Length;
            servers.AsSpan(_tasks[task]..end).Fill(server);
            if (task == 0)
                break;
            candidate = _from[task][candidate * width + k];
            if (_slots[_tasks[task - 1]].Servers[candidate] != server)
                k--;
        }

        return servers;
    }

    private static double[] Start(JourneySlot slot, int width)
    {
        var least = new double[slot.Servers.Length * width];
        for (var c = 0; c < slot.Servers.Length; c++)
            least.AsSpan(c * width, width).Fill(slot.Seconds[c]);
        return least;
    }

    private static double[] Step(JourneySlot before, JourneySlot slot, double[] last, short[] from, int width, double outageSeconds)
    {
        var least = new double[slot.Servers.Length * width];
        for (var k = 0; k < width; k++)
        {
            // Moving to the server that serves anyway is never better than staying, so the source of a move need not be another one.
            var source = k > 0 ? Fastest(last, width, k - 1) : -1;
            var moved = k > 0 ? last[source * width + k - 1] + outageSeconds : double.PositiveInfinity;
            for (var c = 0; c < slot.Servers.Length; c++)
            {
                var same = Array.IndexOf(before.Servers, slot.Servers[c]);
                var stayed = same >= 0 ? last[same * width + k] : double.PositiveInfinity;
                least[c * width + k] = Math.Min(stayed, moved) + slot.Seconds[c];
                from[c * width + k] = (short)(stayed <= moved ? same : source);
            }
        }

        return least;
    }

    private static int Fastest(double[] least, int width, int k)
    {
        var best = 0;
        for (var c = 1; c * width < least.Length; c++)
            if (least[c * width + k] < least[best * width + k])
                best = c;
        return best;
    }

    private static void Check(IReadOnlyList<JourneySlot> slots)
    {
        for (var slot = 0; slot < slots.Count; slot++)
        {
            if (slots[slot].Servers.Length != slots[slot].Seconds.Length || !slots[slot].Seconds.All(double.IsFinite))
                throw new ArgumentException($"Slot {slot} of the journey needs one finite latency per candidate.", nameof(slots));
        }
    }
}
