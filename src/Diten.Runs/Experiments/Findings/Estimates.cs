using System.Globalization;
using Diten.Model.Statistics;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Findings;

/// <summary>Makes the estimates of a part (docs/statistics.md).</summary>
internal static class Estimates
{
    /// <summary>All of them, primary ones first, with p-values corrected together.</summary>
    public static IReadOnlyList<Estimate> Of(PartResults results)
    {
        var primary = results.Part.Primary.SelectMany(design => Of(results, design)).ToArray();
        var corrected = Holm.Adjust([.. primary.Select(estimate => estimate.P)]);
        return
        [
            .. primary.Select((estimate, i) => estimate with { IsPrimary = true, Corrected = corrected[i] }),
            .. results.Part.Exploratory.SelectMany(design => Of(results, design)),
        ];
    }

    /// <summary>An estimate for each combination of the axes that its design says nothing of.</summary>
    private static IEnumerable<Estimate> Of(PartResults results, EstimateDesign design)
    {
        var part = results.Part;
        string[] free = [.. design.FreeAxes(part)];
        var axes = free.Select(name => part.Axes[part.IndexOf(name)]).ToArray();
        foreach (var one in Cells.Case.Grid(axes))
        {
            var at = new Selection([.. free.Zip(one.Levels, (axis, level) => (axis, level.Name))]);
            yield return design.Kind switch
            {
                EstimateKind.Mean => MeanOf(results, design, at),
                EstimateKind.Difference => DifferenceOf(results, design, at),
                EstimateKind.Recovered => RecoveredOf(results, design, at),
                _ => CrossingOf(results, design, at),
            };
        }
    }

    private static Estimate MeanOf(PartResults results, EstimateDesign design, Selection at)
    {
        var mean = results.Mean(One(results, design.Of, at), design.Metric);
        return new Estimate(design, at, mean.Mean, mean.Low, mean.High, double.NaN, mean.Count);
    }

    private static Estimate DifferenceOf(PartResults results, EstimateDesign design, Selection at)
    {
        var (of, against) = (Values(results, design.Of, at, design.Metric), Values(results, design.Against!, at, design.Metric));
        var test = PairedTest.Of(of, against);
        var p = design.Margin is { } margin ? Equivalence.Of(of, against, margin).P : test.P;
        return new Estimate(design, at, test.Difference.Mean, test.Difference.Low, test.Difference.High, p, test.Difference.Count)
        {
            Note = design.Margin is { } within ? $"p of being equal within {Shape.Shown(design.Metric, within)} {Shape.UnitOf(design.Metric)}".TrimEnd() : "",
        };
    }

    private static Estimate RecoveredOf(PartResults results, EstimateDesign design, Selection at)
    {
        var metric = design.Metric;
        var (remedied, harmed, unharmed) = (Values(results, design.Of, at, metric), Values(results, design.Against!, at, metric), Values(results, design.Unharmed!, at, metric));
        var found = RecoveredShare.Of(unharmed, harmed, remedied);
        return new Estimate(design, at, found.Share.Estimate, found.Share.Low, found.Share.High, double.NaN, harmed.Length)
        {
            Note = found.Defined
                ? $"of {Shape.Shown(metric, found.Loss)} {Shape.UnitOf(metric)} lost".Replace("  ", " ")
                : $"no loss is shown ({Shape.Shown(metric, found.Loss)}): there is nothing to win back",
        };
    }

    private static Estimate CrossingOf(PartResults results, EstimateDesign design, Selection at)
    {
        var axis = results.Part.Axes[results.Part.IndexOf(design.Along!)];
        var levels = axis.Levels.Select(level => (level.Name, Place: DesignParts.ValueOf(null, level.Name)!.Value)).OrderBy(level => level.Place).ToArray();
        double[][] Curve(Selection of) => [.. levels.Select(level => Values(results, of, new Selection([.. at.Levels, (axis.Name, level.Name)]), design.Metric))];
        var found = Crossing.Of([.. levels.Select(level => level.Place)], Curve(design.Of), Curve(design.Against!));
        var note = found.Exists
            ? string.Create(CultureInfo.InvariantCulture, $"{design.Of} is {(found.Before < 0 ? "below" : "above")} until there{(found.Changes > 1 ? $", and they cross {found.Changes} times" : "")}; {found.CrossingShare:P0} of resamples cross so")
            : string.Create(CultureInfo.InvariantCulture, $"they do not cross; {found.CrossingShare:P0} of resamples do");
        return new Estimate(design, at, found.Place.Estimate, found.Place.Low, found.Place.High, double.NaN, results.Seeds) { Note = note };
    }

    private static double[] Values(PartResults results, Selection of, Selection at, Metric metric) => results.Values(One(results, of, at), metric);

    private static int One(PartResults results, Selection of, Selection at) => results.Part.Matching(new Selection([.. of.Levels, .. at.Levels])).Single();
}
