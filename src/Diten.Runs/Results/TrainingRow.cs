using Diten.Model.Records;

namespace Diten.Runs.Results;

/// <summary>One version of a policy: what it was trained on, and what its training came to.</summary>
/// <param name="Slots">Sums over the slots since the version before was made.</param>
internal readonly record struct TrainingRow(LearningReport Report, SlotTotals Slots)
{
    /// <summary>Takes the reports of a run's slots, in order, and puts a row together for each version.</summary>
    internal sealed class Collector
    {
        private readonly List<TrainingRow> _rows = [];
        private SlotTotals _since;

        /// <summary>All versions up to now.</summary>
        public IReadOnlyList<TrainingRow> Rows => _rows;

        public void Add(SlotReport report)
        {
            _since.Add(report.Total);
            if (report.Learned is { } learned)
                Add(learned);
        }

        /// <summary>Takes the last version, which no slot has told of.</summary>
        public void Add(LearningReport learned)
        {
            if (_rows.Count > 0 && _rows[^1].Report.Version >= learned.Version)
                return;
            _rows.Add(new TrainingRow(learned, _since));
            _since = default;
        }
    }
}

/// <summary>One journey that ended in the emulation while a policy was trained.</summary>
/// <param name="Number">From 1, over all versions, by first slot and device.</param>
/// <param name="Version">The version that was made next.</param>
/// <param name="Reward">Sum of R_t, eq. (16).</param>
internal readonly record struct JourneyRow(int Number, int Version, double Reward);
