namespace Diten.Model.Offloading;

/// <summary>What a base station knows of the devices that decide together: one row a device, N columns of candidates, nearest first.</summary>
/// <remarks>
/// Reused from call to call by its owner; a policy reads it and keeps nothing of it. Everything about servers comes from twins' published
/// estimates. Arrays by row have length ≥ <see cref="Count"/>; arrays by candidate are row-major, entry row·N + k, of which the first
/// <see cref="CandidateCounts"/>[row] of a row are valid.
/// </remarks>
public sealed class DecisionBatch
{
    /// <param name="candidates">N, at least 1.</param>
    public DecisionBatch(int candidates) => Candidates = candidates;

    /// <summary>N, the most candidates of a device.</summary>
    public int Candidates { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The slot that is decided.</summary>
    public int Slot { get; private set; }

    /// <summary>What servers offer while a station fills the batch.</summary>
    internal KnownOffers Offers { get; } = new();

    /// <summary>Device ids, ascending.</summary>
    public int[] Devices = [];
    /// <summary>Candidates in reach of each device, 1 to N.</summary>
    public int[] CandidateCounts = [];
    /// <summary>Index among the candidates of the server that serves now; −1 where it is no candidate, or where the journey has just begun.</summary>
    public int[] ServingIndices = [];
    /// <summary>True in the first slot of a journey: whatever is chosen, there is no migration.</summary>
    public bool[] Free = [];
    /// <summary>Deficit queue Q(t) ≥ 0, in units of cost.</summary>
    public double[] Queues = [];
    /// <summary>Work λ of the task, CPU cycles.</summary>
    public double[] Cycles = [];
    /// <summary>Data η of the task, bits.</summary>
    public double[] DataBits = [];
    /// <summary>Deadline γ of the task, seconds.</summary>
    public double[] DeadlineSeconds = [];
    /// <summary>Uplink latency T_u, seconds (eq. (5)), the same for all candidates.</summary>
    public double[] UplinkSeconds = [];

    /// <summary>Server ids of the candidates.</summary>
    public int[] Servers = [];
    /// <summary>Distance from device to candidate, metres.</summary>
    public double[] DistanceMetres = [];
    /// <summary>f: free CPU for this one task as the twin's estimate gives it, hertz (model.md §2).</summary>
    public double[] EstimatedHertz = [];
    /// <summary>f̂: the deviation that the twin publishes, hertz.</summary>
    public double[] DeviationHertz = [];
    /// <summary>m: tasks of other devices there, as the twin tells.</summary>
    public int[] TasksOfOthers = [];
    /// <summary>T̂: predicted T_glob, seconds, outage of a migration included.</summary>
    public double[] PredictedSeconds = [];

    /// <summary>Only with <c>decisions.state = diten-aged</c>: age of the candidate's twin, slots.</summary>
    public int[] AgeSlots = [];
    /// <summary>Likewise: whether that twin is suspect or worse.</summary>
    public bool[] Suspect = [];
    /// <summary>Likewise: standard deviation of the capacity that it estimates, hertz; 0 where its estimator knows none.</summary>
    public double[] SpreadHertz = [];

    /// <summary>Room for what is decided: the index of the candidate that each row is given.</summary>
    public int[] Choices = [];

    /// <summary>Starts a batch of at most <paramref name="rows"/> rows; grows the arrays where needed.</summary>
    public void Begin(int slot, int rows)
    {
        (Slot, Count) = (slot, 0);
        if (rows <= Devices.Length)
            return;
        var size = Math.Max(rows, 2 * Devices.Length);
        (Devices, CandidateCounts, ServingIndices, Free, Choices) = (new int[size], new int[size], new int[size], new bool[size], new int[size]);
        (Queues, Cycles, DataBits, DeadlineSeconds, UplinkSeconds) =
            (new double[size], new double[size], new double[size], new double[size], new double[size]);
        var cells = size * Candidates;
        (Servers, TasksOfOthers) = (new int[cells], new int[cells]);
        (DistanceMetres, EstimatedHertz, DeviationHertz, PredictedSeconds) =
            (new double[cells], new double[cells], new double[cells], new double[cells]);
        (AgeSlots, Suspect, SpreadHertz) = (new int[cells], new bool[cells], new double[cells]);
    }

    /// <summary>Adds a row and returns its index; the caller fills it.</summary>
    public int AddRow() => Count++;

    /// <summary>Whether choosing candidate <paramref name="k"/> is a migration, h_t of eq. (3).</summary>
    public bool IsMove(int row, int k) => !Free[row] && k != ServingIndices[row];
}
