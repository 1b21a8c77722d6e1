using System.Globalization;
using Diten.Model.Statistics;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Results;

namespace Diten.Runs.Reproduction;

/// <summary>Words of which reasons are made.</summary>
internal static class Reasons
{
    /// <summary>Sentences, without those that are empty.</summary>
    public static string Joined(params ReadOnlySpan<string> sentences)
    {
        var said = "";
        foreach (var sentence in sentences)
            said += said.Length > 0 && sentence.Length > 0 ? " " + sentence : sentence;
        return said;
    }

    /// <summary>A metric within a sentence.</summary>
    public static string NameOf(Metric metric) => metric == Metric.Reward ? "the reward" : metric == Metric.MigrationRate ? "the migration rate" : $"the {Shape.NameOf(metric)}";

    /// <summary>What a case changes against another: "the latency by +0.83 ms, the migration rate by −0.0117".</summary>
    public static string Trade(PaperCase of, PaperCase against, params IReadOnlyList<Metric> metrics) =>
        string.Join(", ", metrics.Select(metric => $"{NameOf(metric)} by {Signed(metric, of.Less(against, metric))}"));

    /// <summary>A difference in the unit that people see, with its sign.</summary>
    public static string Signed(Metric metric, MeanInterval difference) =>
        $"{(difference.Mean > 0 ? "+" : "")}{Shape.Shown(metric, difference.Mean)} {Shape.UnitOf(metric)}".TrimEnd();

    /// <summary>A share, in percent.</summary>
    public static string Percent(double share, bool signed = false) =>
        string.Create(CultureInfo.InvariantCulture, $"{(signed && share > 0 ? "+" : "")}{share * 100:F1} %").Replace('-', '−');

    /// <summary>Levels of checks, such as "5, 10 and 15 m/s".</summary>
    public static string List(IReadOnlyList<string> names) => names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
}
