using Diten.Model.Statistics;
using Diten.Runs.Results;

namespace Diten.Runs.Reproduction;

/// <summary>Why claims of learning hold in part only, or not at all, or are open: from what was measured.</summary>
internal static class LearningReasons
{
    /// <summary>Of means of 100 journeys: what those of waves say of the trainings that settle late.</summary>
    public static string LateByHundreds(ReproductionResults results, Judgement found)
    {
        string[] late = [.. OfRounds(found).Select(check => check.At)];
        var byWaves = results.Trainings.Where(curve => late.Contains(curve.Name))
            .Select(curve => FormattableString.Invariant($"{curve.Name} after {LearningClaims.SettledByWaves(curve)} rounds"));
        return Reasons.Joined(
            late.Length == 0 ? "" : $"Journeys that are driven at the same time share load and luck, so that means of 100 go on to vary. By means of whole waves, the next reading, {string.Join(", ", byWaves)}.",
            Low(found));
    }

    /// <summary>Of waves: which trainings settle late, and which end low.</summary>
    public static string Late(Judgement found)
    {
        string[] late = [.. OfRounds(found).Select(check => check.Text)];
        return Reasons.Joined(late.Length == 0 ? "" : $"Late: {string.Join(", ", late)}.", Low(found));
    }

    /// <summary>Which of the two trainings is better, and in what.</summary>
    public static string OnTwin(ReproductionResults results, Judgement found) =>
        Differences(found, LearningPairs.OnTwin(results).Select(pair => (pair.Name, pair.Twin, pair.Real)), "Trained on the twin less trained in reality");

    /// <summary>What looking ahead changes.</summary>
    public static string Foresight(ReproductionResults results, Judgement found) => Differences(found, LearningPairs.Foresight(results), "ε = 0.95 less ε = 0");

    /// <summary>What training there changes.</summary>
    public static string AtThePoint(ReproductionResults results, Judgement found) => Differences(found, LearningPairs.AtThePoint(results), "Trained there less trained once");

    /// <summary>How much there is to win back, and what calibration does.</summary>
    public static string Calibration(ReproductionResults results, Metric metric) => string.Join(' ', LearningPairs.Calibration(results).Select(one =>
        $"Deviations change {Reasons.NameOf(metric)} of {one.Policy} by {Reasons.Signed(metric, one.By8.Less(one.Without, metric))} where it predicts by (8); "
        + $"predicting by (10) instead changes {Reasons.Trade(one.By10, one.By8, Metric.Latency, Metric.Reward, Metric.MigrationRate)}."));

    /// <summary>How near to hindsight the farthest is.</summary>
    public static string Hindsight(Judgement found) =>
        $"The farthest is {Reasons.Percent(found.Checks.Max(check => check.Value) - 1)} above it. Hindsight knows loads that nobody could have known: nearness to it is what can be had.";

    /// <summary>How large differences of reward are that are not as they must be, and what they are made of.</summary>
    private static string Differences(Judgement found, IEnumerable<(string Name, PaperCase Of, PaperCase Against)> pairs, string what)
    {
        string[] amiss = [.. found.Checks.Where(check => !check.Inside).Select(check => check.At)];
        return $"{what}: " + string.Join("; ", pairs.Where(pair => amiss.Contains(pair.Name)).Select(pair =>
        {
            var share = pair.Of.Less(pair.Against, Metric.Reward).Mean / Math.Abs(pair.Against.Mean(Metric.Reward).Mean);
            return $"{pair.Name}, {Reasons.Percent(share, signed: true)} of the reward ({Reasons.Trade(pair.Of, pair.Against, Metric.Latency, Metric.MigrationRate)})";
        })) + ".";
    }

    private static IEnumerable<Check> OfRounds(Judgement found) => found.Checks.Where(check => check.Unit == CheckUnit.Rounds && !check.Inside);

    private static string Low(Judgement found)
    {
        string[] low = [.. found.Checks.Where(check => check.Unit != CheckUnit.Rounds && !check.Inside).Select(check => $"{check.Text} where {check.Unit.Number(check.Least)} is asked for")];
        return low.Length == 0 ? "" : $"Low in the end: {string.Join(", ", low)}.";
    }
}
