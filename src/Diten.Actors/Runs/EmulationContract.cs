using Diten.Model.Learning;
using Diten.Model.Records;
using Diten.Model.Statistics;

namespace Diten.Actors;

/// <summary>What a run is asked to do besides its scenario; nothing here but <see cref="Training"/> changes a result.</summary>
public sealed record EmulationOptions
{
    /// <summary>Threads that entities run on; 0 = one a core.</summary>
    public int WorkerThreads { get; init; }

    /// <summary>Whether slot reports carry a row per server.</summary>
    public bool ServerRecords { get; init; } = true;

    /// <summary>Slot reports carry a row for each device whose id is a multiple of this; 0 = none, 1 = all.</summary>
    public int DeviceRecordsEvery { get; init; }

    /// <summary>Slots between two checkpoints; 0 = none are written, and a run that breaks off is lost.</summary>
    public int CheckpointEverySlots { get; init; }

    /// <summary>Whether what happens to the twins is written to the journal.</summary>
    public bool TwinJournal { get; init; }

    /// <summary>Whether zones are dealt out to nodes in turn instead of by their place: only to measure what placing them saves.</summary>
    public bool DealZones { get; init; }

    /// <summary>Whether the run trains a policy: a learner takes part, and its policies decide.</summary>
    public bool Training { get; init; }

    /// <summary>A run without progress for this long fails, and says what it waits for; seconds.</summary>
    public double StuckAfterSeconds { get; init; } = 60;
}

/// <summary>Is told of every slot of a run.</summary>
public interface IRunObserver
{
    /// <summary>Called once a slot, in the order of slots, never by two threads at once; what it throws fails the run.</summary>
    void SlotCompleted(SlotReport report);

    /// <summary>Called when something happened that people want to know: nodes come and go, checkpoints count.</summary>
    void Noticed(RunNotice notice)
    {
    }

    /// <summary>Called when the run was changed, before any slot that is otherwise; after a resume once more for each change. What it throws fails the run.</summary>
    void Edited(RunEdited edit)
    {
    }

    /// <summary>Called now and then on a cluster: what its nodes are like. Only for people to look at.</summary>
    void ClusterSeen(ClusterStatus status)
    {
    }
}

/// <summary>How a run ended.</summary>
/// <param name="SlotsCompleted">All slots of the scenario, or fewer where it was cancelled.</param>
/// <param name="Digest">SHA-256 over the slots' digests, in order; 32 bytes.</param>
/// <param name="Total">Sums over all slots, added in the order of slots.</param>
/// <param name="Latencies">All T_glob.</param>
/// <param name="FinalDeficitQueueMean">Mean over devices of Q after the last slot.</param>
/// <param name="UtilisationMean">Mean over servers and slots.</param>
/// <param name="Cancelled">True where it was asked to stop early; what is here is whole up to the last slot.</param>
/// <param name="StartSeconds">Wall-clock time from the call to the first slot.</param>
/// <param name="RunSeconds">Wall-clock time from the first slot to the end of the last one.</param>
public sealed record RunOutcome(
    int SlotsCompleted, byte[] Digest, SlotTotals Total, LatencyHistogram Latencies, double FinalDeficitQueueMean,
    double UtilisationMean, bool Cancelled, double StartSeconds, double RunSeconds)
{
    /// <summary>What twins and faults came to; null where twins are not measured.</summary>
    public TwinFigures? Twins { get; init; }

    /// <summary>Regret of all tasks of which it was measured, seconds; null where it was not.</summary>
    public LatencyHistogram? Regrets { get; init; }

    /// <summary>Of a training run: the last policy.</summary>
    public PolicyPublished? Policy { get; init; }
}

/// <summary>A run that cannot go on; the message names entity, slot and phase.</summary>
public sealed class EmulationFailedException(string message, Exception? cause = null) : Exception(message, cause);
