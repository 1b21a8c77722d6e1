namespace Diten.Model.Faults;

/// <summary>
/// The faults of a world: which target they strike, when, and by how much. Every answer is a pure function of scenario, seed and question
/// (model.md §10). Immutable; safe for threads.
/// </summary>
public sealed class FaultPlan
{
    private readonly PlannedFault[] _all;
    private readonly PlannedFault[][] _by; // by what they strike, in the order of kinds, then of names

    private FaultPlan(PlannedFault[] all)
    {
        _all = all;
        _by = new PlannedFault[Enum.GetValues<FaultWhat>().Length][];
        for (var what = 0; what < _by.Length; what++)
            _by[what] = [.. all.Where(fault => (int)fault.Fault.What == what).OrderBy(fault => fault.Fault.Kind).ThenBy(fault => fault.Index)];
    }

    /// <summary>Draws the targets of faults.</summary>
    /// <param name="stationX">Places of all stations, metres, by id.</param>
    /// <param name="serverX">Places of all servers.</param>
    /// <exception cref="FaultTargetException">A fault names a server or station that there is not.</exception>
    public static FaultPlan Create(
        FaultMap faults, ulong seed,
        ReadOnlySpan<double> stationX, ReadOnlySpan<double> stationY, ReadOnlySpan<double> serverX, ReadOnlySpan<double> serverY)
    {
        var planned = new List<PlannedFault>();
        foreach (var fault in faults.All)
        {
            var x = fault.TargetsStations ? stationX : serverX;
            var y = fault.TargetsStations ? stationY : serverY;
            foreach (var id in fault.Ids.Values)
                if (id < 0 || id >= x.Length)
                    throw new FaultTargetException($"faults.{fault.Name}.ids", FormattableString.Invariant($"{id}"),
                        FormattableString.Invariant($"ids of {(fault.TargetsStations ? "stations" : "servers")}, 0 to {x.Length - 1}"));
            planned.Add(new PlannedFault(fault, planned.Count, seed, x, y));
        }

        return new FaultPlan([.. planned]);
    }

    /// <summary>No fault.</summary>
    public static FaultPlan None { get; } = new([]);

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<PlannedFault> All => _all;

    public bool IsEmpty => _all.Length == 0;

    /// <summary>Whether any fault can strike this.</summary>
    public bool Strikes(FaultWhat what) => _by[(int)what].Length > 0;

    /// <summary>
    /// Whether what twins published can be lost, late, or not published at all: then stations save what they hold, and twins publish nothing again
    /// when a run goes on from a checkpoint.
    /// </summary>
    public bool StationsKeepEstimates => Strikes(FaultWhat.Estimate) || Strikes(FaultWhat.Twins);

    /// <summary>
    /// Whether a twin can have something on its way, or have published something that it would not publish now: then what the journal knows of it
    /// is not all that it is.
    /// </summary>
    public bool TwinsKeepMore => StationsKeepEstimates || Strikes(FaultWhat.Request);

    /// <summary>What becomes of a message: the faults of its link in turn, as they are in force in the slot of sending.</summary>
    /// <param name="server">Server whose twin is at the link's end.</param>
    /// <param name="slot">Slot of sending; before slot 0 nothing happens.</param>
    /// <param name="station">Station that sends a report or receives an estimate; −1 on the other links.</param>
    /// <param name="round">Decision round of sending; −1 where there is none.</param>
    /// <param name="tally">Counts what each fault was offered and hit; null where nobody counts.</param>
    public LinkFate FateOf(FaultWhat link, int server, int slot, int station = -1, int round = -1, FaultTally? tally = null)
    {
        var (corrupted, twice, delay) = (false, false, 0);
        foreach (var planned in _by[(int)link])
        {
            if (!planned.IsInForce(server, slot))
                continue;
            var fault = planned.Fault;
            var hit = true;
            switch (fault.Kind)
            {
                case FaultKind.Cut:
                    break;
                case FaultKind.Limit:
                    hit = slot % fault.Every != 0;
                    break;
                case FaultKind.Drop when fault.HasBurst:
                    hit = planned.IsBurst(server, slot);
                    break;
                case FaultKind.Drop or FaultKind.Corrupt or FaultKind.Duplicate:
                    hit = planned.Draw(server, slot, station, round).First < fault.Probability;
                    corrupted |= hit && fault.Kind == FaultKind.Corrupt;
                    twice |= hit && fault.Kind == FaultKind.Duplicate;
                    break;
                default:
                    var more = DelayOf(planned, server, slot, station, round);
                    hit = more > 0;
                    delay = Math.Min(delay + more, LinkFate.MostDelaySlots);
                    break;
            }

            tally?.Count(planned.Index, hit);
            if (hit && fault.Kind <= FaultKind.Drop)
                return new LinkFate(true, false, 0, false);
        }

        return new LinkFate(false, corrupted, delay, twice);
    }

    /// <summary>Whether a server or station is down.</summary>
    public bool IsDown(EntityKind kind, int id, int slot) => InForce(
        kind == EntityKind.Station ? FaultWhat.Stations : FaultWhat.Servers, FaultKind.Down, id, slot) is not null;

    /// <summary>What is left of a server's capacity: the factors of all that slow it down, multiplied; 1 where none does.</summary>
    public double CapacityFactor(int server, int slot) => Factor(FaultWhat.Servers, FaultKind.Slow, server, slot);

    /// <summary>Whether a server loses what was left over (fifo).</summary>
    public bool LosesQueue(int server, int slot) => InForce(FaultWhat.Servers, FaultKind.LoseQueue, server, slot) is not null;

    /// <summary>What is added to the noise at a station, watts.</summary>
    public double JamWatts(int station, int slot)
    {
        var watts = 0.0;
        foreach (var planned in _by[(int)FaultWhat.Radio])
            if (planned.IsInForce(station, slot))
                watts += planned.Fault.PowerWatts;
        return watts;
    }

    /// <summary>Factor on ψ for what a station sends; 1 where none acts.</summary>
    public double BackhaulFactor(int station, int slot) => Factor(FaultWhat.Backhaul, FaultKind.Slow, station, slot);

    /// <summary>Whether a twin is frozen or dead, and since when.</summary>
    public TwinTrouble TroubleOf(int server, int slot)
    {
        var trouble = TwinTrouble.None;
        foreach (var planned in _by[(int)FaultWhat.Twins])
        {
            if (planned.Fault.Kind is not (FaultKind.Freeze or FaultKind.Crash) || !planned.IsInForce(server, slot))
                continue;
            var since = planned.Since(server, slot);
            trouble = planned.Fault.Kind == FaultKind.Freeze
                ? trouble with { FrozenSince = Earlier(trouble.FrozenSince, since) }
                : trouble with { DeadSince = Earlier(trouble.DeadSince, since), Forgets = trouble.Forgets || !planned.Fault.Durable };
        }

        return trouble;
    }

    /// <summary>What a twin publishes in place of what it believes: bias, drift, noise and lies, in this order.</summary>
    /// <param name="slot">Slot in which it publishes.</param>
    /// <param name="round">Decision round in which it publishes; −1 for the publication of the next slot.</param>
    /// <param name="freeHertz">ĉ, hertz.</param>
    /// <param name="tasks">n̂.</param>
    public (double FreeHertz, double Tasks) Distort(int server, int slot, int round, double freeHertz, double tasks)
    {
        var (believed, added) = (freeHertz, 0.0);
        var (factor, hides) = (1.0, false);
        foreach (var planned in _by[(int)FaultWhat.Twins])
        {
            var fault = planned.Fault;
            if (fault.Kind is not (FaultKind.Bias or FaultKind.Drift or FaultKind.Noise or FaultKind.Lie) || !planned.IsInForce(server, slot))
                continue;
            if (fault.Kind == FaultKind.Lie)
                (factor, hides) = (factor * fault.Factor, hides || fault.HidesTasks);
            else
                added += fault.AmountHertz * fault.Kind switch
                {
                    FaultKind.Drift => slot - planned.Since(server, slot) + 1,
                    FaultKind.Noise => planned.DrawNormal(server, slot, round),
                    _ => 1,
                };
        }

        if (added != 0)
            freeHertz = Math.Max(believed + added, LeastShare * believed);
        return (factor * freeHertz, hides ? 0 : tasks);
    }

    /// <summary>Slots by which a twin takes the syncs that come in a slot for younger than they are.</summary>
    public int SkewSlots(int server, int slot)
    {
        var slots = 0;
        foreach (var planned in _by[(int)FaultWhat.Twins])
            if (planned.Fault.Kind == FaultKind.ClockSkew && planned.IsInForce(server, slot))
                slots += planned.Fault.SkewSlots;
        return slots;
    }

    /// <summary>A twin publishes at least this share of what it believes.</summary>
    private const double LeastShare = 0.01;

    private static int Earlier(int a, int b) => a < 0 ? b : Math.Min(a, b);

    private PlannedFault? InForce(FaultWhat what, FaultKind kind, int target, int slot)
    {
        foreach (var planned in _by[(int)what])
            if (planned.Fault.Kind == kind && planned.IsInForce(target, slot))
                return planned;
        return null;
    }

    private double Factor(FaultWhat what, FaultKind kind, int target, int slot)
    {
        var factor = 1.0;
        foreach (var planned in _by[(int)what])
            if (planned.Fault.Kind == kind && planned.IsInForce(target, slot))
                factor *= planned.Fault.Factor;
        return factor;
    }

    /// <summary>Slots of delay: uniform in the fault's range, and one more with probability q again and again, by inversion.</summary>
    private static int DelayOf(PlannedFault planned, int server, int slot, int station, int round)
    {
        var fault = planned.Fault;
        var delay = fault.DelayLowSlots;
        if (fault.DelayHighSlots == delay && fault.Stay == 0)
            return delay;
        var (first, second) = planned.Draw(server, slot, station, round);
        if (fault.DelayHighSlots > delay)
            delay += Randomness.RandomStreams.ToIndex(first, fault.DelayHighSlots - delay + 1);
        if (fault.Stay > 0)
            for (var power = fault.Stay; second < power && delay < LinkFate.MostDelaySlots; power *= fault.Stay)
                delay++;
        return delay;
    }
}
