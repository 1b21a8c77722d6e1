using Diten.Actors;
using Diten.Model.Records;

namespace Diten.Runs.Progress;

/// <summary>Shows how far a run is, how fast it goes, and its figures up to now.</summary>
/// <param name="label">What is running.</param>
/// <param name="slots">Slots that the run shall have.</param>
internal sealed class RunProgress(StatusLine line, string label, int slots, TimeProvider? time = null) : IRunObserver
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly long _start = (time ?? TimeProvider.System).GetTimestamp();
    private SlotTotals _total;
    private ClusterStatus? _cluster;
    private string? _standing;

    /// <inheritdoc/>
    public void SlotCompleted(SlotReport report)
    {
        _total.Add(report.Total);
        line.Show(() => Text(report.Slot + 1));
    }

    /// <inheritdoc/>
    public void Noticed(RunNotice notice)
    {
        switch (notice.Kind)
        {
            case RunNoticeKind.Waiting:
                line.Show(() => $"{label}  {notice.Text}");
                break;
            case RunNoticeKind.CheckpointCommitted or RunNoticeKind.EpochOpened or RunNoticeKind.FirstSlotCompleted
                when notice is { Kind: RunNoticeKind.CheckpointCommitted } or { Epoch: 1 }: // all is well
                break;
            default:
                line.Tell(FormattableString.Invariant($"{label}  {_time.GetElapsedTime(_start).TotalSeconds,6:F1} s  {notice.Text}"));
                break;
        }
    }

    /// <inheritdoc/>
    public void Edited(RunEdited edit) => line.Tell(FormattableString.Invariant($"{label}  {edit.Told}, from slot {edit.Slot} on"));

    /// <inheritdoc/>
    public void ClusterSeen(ClusterStatus status)
    {
        _cluster = status;
        if (line.Rewrites || status.Run is null || NodeLines.Standing(status) is var standing && standing == _standing)
            return;
        _standing = standing;
        foreach (var node in NodeLines.Of(status))
            line.Tell(node);
    }

    private string Text(int done) => string.Join(
        '\n', [Run(done), .. line.Rewrites && _cluster is { Run: not null } cluster ? NodeLines.Of(cluster) : []]);

    private string Run(int done)
    {
        var elapsed = _time.GetElapsedTime(_start);
        var left = elapsed / done * (slots - done);
        var rate = Figures.Count(_total.Devices / Math.Max(elapsed.TotalSeconds, 1e-9));
        return FormattableString.Invariant($"{label}  slot {done}/{slots}  {rate} device-slots/s  ETA {Figures.Duration(left)}")
            + OutcomeWords.Of(_total);
    }
}
