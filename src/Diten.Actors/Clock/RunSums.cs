using System.Security.Cryptography;
using Diten.Model.Records;
using Diten.Model.Statistics;

namespace Diten.Actors;

/// <summary>What a clock adds up over the slots of a run; begins where the history ends.</summary>
internal sealed class RunSums
{
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<byte[]> _sinceCommit = [];
    private SlotTotals _total;
    private double _utilisation, _lastQueue;

    private readonly bool _commits;
    private readonly TwinMeasures? _measures;

    /// <param name="commits">Whether slots are committed now and then; where they are not, their digests are not kept.</param>
    /// <param name="measures">What the ledger measures of the twins, the history's in it; null = nothing.</param>
    public RunSums(RunHistory history, bool commits, TwinMeasures? measures = null)
    {
        (_commits, _measures) = (commits, measures);
        foreach (var digest in history.SlotDigests)
            _digest.AppendData(digest);
        (Slots, _total, _utilisation, _lastQueue) = (history.CommittedSlot, history.Total, history.UtilisationSum, history.LastQueue);
    }

    /// <summary>Slots that are done and not committed; bounded by the slots between two checkpoints.</summary>
    public int Uncommitted => _sinceCommit.Count;

    /// <summary>Slots that are done.</summary>
    public int Slots { get; private set; }

    public void Add(SlotReport report)
    {
        _digest.AppendData(report.Digest);
        if (_commits)
            _sinceCommit.Add(report.Digest);
        _total.Add(report.Total);
        (_utilisation, _lastQueue) = (_utilisation + report.UtilisationMean, report.Total.DeficitQueue);
        Slots++;
    }

    /// <summary>The event that makes a checkpoint of this moment count; nothing is forgotten should it not be written.</summary>
    public CheckpointCommitted Commit(long epoch) => new(Slots, epoch, [.. _sinceCommit.SelectMany(d => d)], _total, _utilisation, _lastQueue)
    {
        Twins = _measures?.Save(),
    };

    /// <summary>The slots up to a commit are in the journal.</summary>
    public void Committed(CheckpointCommitted commit) => _sinceCommit.RemoveRange(0, commit.SlotDigests.Length / SHA256.HashSizeInBytes);

    /// <summary>The run's figures; the last thing that is asked of this.</summary>
    public RunOutcome Close(LatencyHistogram latencies, int devices, bool cancelled, double startSeconds, double runSeconds) => new(
        Slots, _digest.GetHashAndReset(), _total, latencies, _lastQueue / devices, Slots == 0 ? double.NaN : _utilisation / Slots, cancelled,
        startSeconds, runSeconds)
    {
        Twins = _measures?.Figures,
    };
}
