using Diten.Model.Records;
using Diten.Runs.Results;

namespace Diten.Runs.Progress;

/// <summary>How tasks fare, in the words of a line of progress.</summary>
internal static class OutcomeWords
{
    /// <summary>Mean latency, failures and migrations of some slots.</summary>
    public static string Of(in SlotTotals total)
    {
        var measured = new Measured(total);
        return $"  latency {Figures.Milliseconds(Metric.Latency.Of(measured))}  failed {Figures.Percent(Metric.FailureRate.Of(measured))}"
            + $"  migrated {Figures.Percent(Metric.MigrationRate.Of(measured))}";
    }
}
