using System.Globalization;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Pages;

/// <summary>The runs of a part that lie farthest from the others, each with the command that runs it once more: there one sees slot by slot what was special about it.</summary>
internal static class OutlyingRuns
{
    private const int Most = 8;

    /// <summary>Worlds of a case of which it can be said that one lies far from the others.</summary>
    private const int Few = 3;

    /// <summary>1.4826 times the median distance from the median is the standard deviation of what is normally distributed, and heeds no outlier.</summary>
    private const double ToDeviation = 1.4826;

    private readonly record struct Run(int Case, int Seed, Metric Metric, double Value, double Median, double Distance);

    /// <summary>The farthest first; null where no command is known, or all runs are alike.</summary>
    public static PageTable? Table(PartResults results)
    {
        if (results.Commands.Count == 0)
            return null;
        var byCase = results.Seeds >= Few;
        (int Case, int Seed)[] all = [.. from one in Enumerable.Range(0, results.Results.Count) from seed in Enumerable.Range(0, results.Seeds) select (one, seed)];
        var groups = all.GroupBy(run => byCase ? run.Case : 0).Select(group => group.ToArray()).ToArray();
        var farthest = results.Part.Metrics.SelectMany(metric => Distances(results, metric, groups))
            .GroupBy(run => (run.Case, run.Seed)).Select(own => own.MaxBy(run => run.Distance))
            .Where(run => run.Distance > 0).OrderByDescending(run => run.Distance).ThenBy(run => run.Case).ThenBy(run => run.Seed).Take(Most).ToArray();
        return farthest.Length == 0 ? null : new PageTable(
            $"Runs farthest from {(byCase ? "the others of their case" : "all others")}, by any figure above: distance from the median in standard deviations, and the command that runs it again",
            ["case", "seed", "figure", "value", "median", "distance", "command"],
            [.. farthest.Select(run => (string[])
            [
                string.Join(' ', results.Part.Cases[run.Case].Levels.Select(level => level.Name)),
                results.Results[run.Case][run.Seed].Summary.Seed.ToString(CultureInfo.InvariantCulture), run.Metric.Display.Title, Shown(run, run.Value), Shown(run, run.Median),
                run.Distance.ToString("0.0", CultureInfo.InvariantCulture), results.Commands[run.Case][run.Seed],
            ])]);
    }

    /// <summary>How far each run lies from the median of its group. Of few worlds two may be nearly alike by chance, so that a deviation is never less than that of all groups together.</summary>
    private static IEnumerable<Run> Distances(PartResults results, Metric metric, (int Case, int Seed)[][] groups)
    {
        Run[][] apart = [.. groups.Select(group => Apart(results, metric, group)).Where(group => group.Length > 0)];
        if (apart.Length == 0)
            return [];
        double[] all = [.. apart.SelectMany(group => group).Select(run => run.Distance)];
        var least = ToDeviation * Median(all);
        if (least == 0) // more than half are alike
            least = Math.Sqrt(all.Average(one => one * one));
        return least == 0 ? [] : apart.SelectMany(group =>
        {
            var deviation = Math.Max(least, ToDeviation * Median(group.Select(run => run.Distance)));
            return group.Select(run => run with { Distance = run.Distance / deviation });
        });
    }

    /// <summary>Distances in the metric's unit.</summary>
    private static Run[] Apart(PartResults results, Metric metric, (int Case, int Seed)[] group)
    {
        var told = group.Select(run => (run.Case, run.Seed, Value: results.Results[run.Case][run.Seed][metric])).Where(run => double.IsFinite(run.Value)).ToArray();
        if (told.Length == 0)
            return [];
        var median = Median(told.Select(run => run.Value));
        return [.. told.Select(run => new Run(run.Case, run.Seed, metric, run.Value, median, Math.Abs(run.Value - median)))];
    }

    private static string Shown(Run run, double value) => run.Metric.Display.Show(value).Replace('-', '−');

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
