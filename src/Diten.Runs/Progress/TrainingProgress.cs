using Diten.Actors;
using Diten.Model.Records;

namespace Diten.Runs.Progress;

/// <summary>Shows how far a training run is, and how well the policy does that is being trained.</summary>
/// <param name="label">What is trained.</param>
/// <param name="slots">Slots that the run shall have.</param>
/// <param name="done">Slots that were done in an earlier life of the run.</param>
internal sealed class TrainingProgress(StatusLine line, string label, int slots, int done, TimeProvider? time = null) : IRunObserver
{
    private readonly RunProgress _notices = new(line, label, slots, time);
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly long _start = (time ?? TimeProvider.System).GetTimestamp();
    private SlotTotals _since, _last;
    private string _learned = "version 0, untrained";
    private double _reward = double.NaN;

    /// <inheritdoc/>
    public void SlotCompleted(SlotReport report)
    {
        _since.Add(report.Total);
        if (report.Learned is { } learned)
        {
            (_last, _since) = (_since, default);
            _reward = learned.JourneyRewards.Count > 0 ? learned.JourneyRewardMean : _reward;
            _learned = FormattableString.Invariant(
                $"version {learned.Version}  reward/journey {Figures.Number(_reward, 1)}  entropy {learned.Entropy:F2}  critic's error {learned.ValueLoss:F2}");
            if (learned.Warning is not null)
                line.Tell(FormattableString.Invariant($"{label}  version {learned.Version}: {learned.Warning}"));
        }

        line.Show(() => Text(report.Slot + 1));
    }

    /// <inheritdoc/>
    public void Noticed(RunNotice notice) => _notices.Noticed(notice);

    /// <inheritdoc/>
    public void ClusterSeen(ClusterStatus status) => _notices.ClusterSeen(status);

    private string Text(int slot)
    {
        var left = _time.GetElapsedTime(_start) / Math.Max(1, slot - done) * (slots - slot);
        var shown = _last.Devices > 0 ? _last : _since;
        return FormattableString.Invariant($"{label}  slot {slot}/{slots}  ETA {Figures.Duration(left)}  {_learned}")
            + OutcomeWords.Of(shown);
    }
}
