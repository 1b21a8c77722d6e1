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
        var farthest = all.GroupBy(run => byCase ? run.Case : 0)
            .SelectMany(group => results.Part.Metrics.SelectMany(metric => Distances(results, metric, [.. group])))
            .GroupBy(run => (run.Case, run.Seed)).Select(own => own.MaxBy(run => run.Distance))
            .Where(run => run.Distance > 0).OrderByDescending(run => run.Distance).ThenBy(run => run.Case).ThenBy(run => run.Seed).Take(Most).ToArray();
        return farthest.Length == 0 ? null : new PageTable(
            $"Runs farthest from {(byCase ? "the others of their case" : "all others")}, by any figure above: distance from the median in standard deviations, and the command that runs it again",
            ["case", "seed", "figure", "value", "median", "distance", "command"],
            [.. farthest.Select(run => (string[])
            [
                string.Join(' ', results.Part.Cases[run.Case].Levels.Select(level => level.Name)),
                results.Results[run.Case][run.Seed].Summary.Seed.ToString(CultureInfo.InvariantCulture), run.Metric.Display.Title, run.Metric.Display.Show(run.Value),
                run.Metric.Display.Show(run.Median), run.Distance.ToString("0.0", CultureInfo.InvariantCulture), results.Commands[run.Case][run.Seed],
            ])]);
    }

    private static IEnumerable<Run> Distances(PartResults results, Metric metric, (int Case, int Seed)[] runs)
    {
        var told = runs.Select(run => (run.Case, run.Seed, Value: results.Results[run.Case][run.Seed][metric])).Where(run => double.IsFinite(run.Value)).ToArray();
        if (told.Length == 0)
            return [];
        var median = Median(told.Select(run => run.Value));
        double[] apart = [.. told.Select(run => Math.Abs(run.Value - median))];
        var deviation = ToDeviation * Median(apart);
        if (deviation == 0) // more than half are alike
            deviation = Math.Sqrt(apart.Average(one => one * one));
        return deviation == 0 ? [] : told.Select((run, i) => new Run(run.Case, run.Seed, metric, run.Value, median, apart[i] / deviation));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
