namespace Diten.Model.ServerTwins;

/// <summary>Command: an edge server tells its twin what it was like in a slot.</summary>
/// <param name="Sequence">Counts the server's syncs from 0, without gaps.</param>
/// <param name="Slot">The slot that is reported; −1 before the run.</param>
/// <param name="FreeHertz">c, free capacity, hertz.</param>
/// <param name="Tasks">Tasks that ran there in that slot.</param>
/// <param name="Full">Answer to a <see cref="ResyncRequested"/>: accepted whatever was missed before.</param>
public sealed record SynchronizeTwin(int Server, int Sequence, int Slot, double FreeHertz, int Tasks, bool Full = false);

/// <summary>Reply of a twin that missed a sync: send a full one.</summary>
/// <param name="From">First sequence number that is missing.</param>
public sealed record ResyncRequested(int Server, int From);

/// <summary>What happened to a twin; what is persisted of it.</summary>
public abstract record TwinEvent;

/// <summary>The twin took over its server's state.</summary>
public sealed record TwinSynchronized(int Sequence, int Slot, double FreeHertz, int Tasks) : TwinEvent;

/// <summary>The twin noticed that it missed syncs from <paramref name="From"/> on, and keeps what it believed.</summary>
public sealed record TwinDesynchronized(int From) : TwinEvent;

/// <summary>The twin took over a full state after it had missed some.</summary>
public sealed record TwinResynchronized(int Sequence, int Slot, double FreeHertz, int Tasks) : TwinEvent;

/// <summary>What a twin decides: at most one event and at most one reply.</summary>
public readonly record struct TwinDecision(TwinEvent? Event, ResyncRequested? Reply);

/// <summary>What a twin publishes to the base stations in reach, for one slot.</summary>
/// <param name="Slot">The slot that it is for.</param>
/// <param name="Revision">Sequence number of the sync that it rests on.</param>
/// <param name="AgeSlots">Slots since the last accepted sync; 0 = in sync.</param>
/// <param name="FreeHertz">Estimated free capacity c, hertz.</param>
/// <param name="Tasks">Tasks there, as far as the twin knows.</param>
/// <param name="DeviationHertz">f̂: injected, or the estimator's own.</param>
public sealed record TwinEstimate(
    int Server, int Slot, int Revision, int AgeSlots, double FreeHertz, int Tasks, double DeviationHertz);

/// <summary>Command: net number of tasks that the decisions of one zone's stations moved to a server in one round (negative: away from it).</summary>
public sealed record ReportPlacements(int Server, int Change);
