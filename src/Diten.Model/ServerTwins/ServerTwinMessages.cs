namespace Diten.Model.ServerTwins;

/// <summary>Command: an edge server tells its twin what it was like in a slot.</summary>
/// <param name="Sequence">Counts the server's syncs from 0, without gaps.</param>
/// <param name="Slot">The slot that is reported; −1 before the run.</param>
/// <param name="FreeHertz">c, free capacity, hertz.</param>
/// <param name="Tasks">Tasks that ran there in that slot.</param>
/// <param name="Full">Answer to a <see cref="ResyncRequested"/>: accepted whatever was missed before.</param>
public sealed record SynchronizeTwin(int Server, int Sequence, int Slot, double FreeHertz, int Tasks, bool Full = false);

/// <summary>Command, where <c>twins.exact</c> is not none: what was true of an edge server in a slot. It meets no fault, and is no sync.</summary>
/// <param name="Slot">−1 before the run.</param>
/// <param name="FreeHertz">c, free capacity, hertz.</param>
/// <param name="Tasks">Tasks that were sent there in that slot.</param>
public sealed record ShowTruth(int Server, int Slot, double FreeHertz, int Tasks);

/// <summary>What was true of a server in the slot before.</summary>
public readonly record struct ShownTruth(double FreeHertz, int Tasks);

/// <summary>Reply of a twin that missed a sync: send a full one.</summary>
/// <param name="From">First sequence number that is missing.</param>
public sealed record ResyncRequested(int Server, int From);

/// <summary>Word of a twin that took over a full sync: the server need send no more of them (<c>twins.resync = until-heard</c>).</summary>
/// <param name="Sequence">Of the sync that it took over.</param>
public sealed record ResyncHeard(int Server, int Sequence);

/// <summary>What happened to a twin; what is persisted of it.</summary>
public abstract record TwinEvent;

/// <summary>The twin took over its server's state.</summary>
public sealed record TwinSynchronized(int Sequence, int Slot, double FreeHertz, int Tasks) : TwinEvent;

/// <summary>The twin noticed that it missed syncs from <paramref name="From"/> on, and keeps what it believed.</summary>
public sealed record TwinDesynchronized(int From) : TwinEvent;

/// <summary>The twin took over a full state after it had missed some.</summary>
public sealed record TwinResynchronized(int Sequence, int Slot, double FreeHertz, int Tasks) : TwinEvent;

/// <summary>The twin counted what stations reported for a slot after the synced one, and keeps it (<c>twins.load = reckoned</c>).</summary>
/// <param name="Slot">The slot in which they decided.</param>
/// <param name="Change">Placements less departures.</param>
public sealed record TwinCounted(int Slot, int Change) : TwinEvent;

/// <summary>The twin was shown what was true of its server in the slot that ends (<c>twins.exact</c>).</summary>
public sealed record TruthShown(double FreeHertz, int Tasks) : TwinEvent;

/// <summary>A crash took what the twin knew: it is left with what any twin may expect, and no tasks.</summary>
/// <param name="Slot">The slot before the crash, from which its age counts.</param>
/// <param name="FreeHertz">Mean of the scenario's capacities, hertz.</param>
public sealed record TwinForgot(int Slot, double FreeHertz) : TwinEvent;

/// <summary>A word of a twin on its way to its server.</summary>
/// <param name="IsHeard">It is a <see cref="ResyncHeard"/>; else a <see cref="ResyncRequested"/>.</param>
/// <param name="Number">The sequence number that it names.</param>
public readonly record struct TwinWord(bool IsHeard, int Number);

/// <summary>What a twin publishes to the base stations in reach, for one slot.</summary>
/// <param name="Slot">The slot that it is for.</param>
/// <param name="Revision">Sequence number of the sync that it rests on.</param>
/// <param name="AgeSlots">Slots since the last accepted sync; 0 = in sync.</param>
/// <param name="FreeHertz">Estimated free capacity c, hertz.</param>
/// <param name="Tasks">Tasks there, as far as the twin knows; where its load is aged or a mean the nearest whole number, halves rounded up.</param>
/// <param name="DeviationHertz">f̂: injected, or the estimator's own.</param>
public sealed record TwinEstimate(
    int Server, int Slot, int Revision, int AgeSlots, double FreeHertz, int Tasks, double DeviationHertz)
{
    /// <summary>Decision round after which it was published; −1 where it was published before the slot.</summary>
    public int Round { get; init; } = -1;

    /// <summary>What the estimated number of tasks is above <see cref="Tasks"/>, in [−½, ½): 0 but for <c>twins.load = aged</c> and <c>mean</c>.</summary>
    public double TasksPart { get; init; }

    /// <summary>With <c>decisions.answers = use</c>: changes of this slot that <see cref="Tasks"/> has in it, as stations reported them; else 0.</summary>
    public int Changes { get; init; }

    /// <summary>Standard deviation of the estimated free capacity, as far as its estimator knows one; hertz, else 0.</summary>
    public double SpreadHertz { get; init; }

    public TwinCondition Condition { get; init; }

    /// <summary>Whether it tells nothing but what another one told, but for the round.</summary>
    public bool TellsNoMoreThan(TwinEstimate other) =>
        Slot == other.Slot && Tasks == other.Tasks && FreeHertz.Equals(other.FreeHertz) && DeviationHertz.Equals(other.DeviationHertz)
        && Revision == other.Revision && AgeSlots == other.AgeSlots && TasksPart.Equals(other.TasksPart) && Changes == other.Changes
        && SpreadHertz.Equals(other.SpreadHertz) && Condition == other.Condition && Server == other.Server;
}

/// <summary>Command: net number of tasks that the decisions of one zone's stations moved to a server in one round (negative: away from it).</summary>
/// <param name="Slot">The slot in which they decided.</param>
/// <param name="Round">The round in which they decided.</param>
public sealed record ReportPlacements(int Server, int Change, int Slot = 0, int Round = 0);

/// <summary>How a twin stands to its server: the first that holds, from the last to the first (model.md §10).</summary>
public enum TwinCondition : byte
{
    InSync = 0,
    /// <summary>Older than <c>twins.suspect-age</c>.</summary>
    Suspect = 1,
    /// <summary>Older than <c>twins.desync-age</c>, or after a crash that was not durable.</summary>
    Desynchronised = 2,
    /// <summary>It asked for a whole state.</summary>
    Resynchronising = 3,
}

/// <summary>What a twin made of the syncs that came in a slot; for tables and totals.</summary>
/// <param name="Accepted">Syncs that it took over.</param>
/// <param name="Refused">Syncs that it did not: broken, old, or while it did not listen; second copies do not count.</param>
/// <param name="Condition">After that.</param>
public readonly record struct TwinFacts(int Server, int Accepted, int Refused, TwinCondition Condition)
{
    /// <summary>What nearly all are in a run without faults: not worth a word.</summary>
    public bool IsOrdinary => this is { Accepted: 1, Refused: 0, Condition: TwinCondition.InSync };
}
