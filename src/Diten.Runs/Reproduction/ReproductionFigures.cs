using Diten.Model.Statistics;
using Diten.Runs.Experiments.Pages;
using Diten.Runs.Plots.Figures;
using Diten.Runs.Results;
using static Diten.Runs.Reproduction.GridNames;

namespace Diten.Runs.Reproduction;

/// <summary>Draws what the files of the figures cannot say: a training's course, and queries of a whole journey.</summary>
internal static class ReproductionFigures
{
    /// <summary>Figures of a figure of the paper besides those that its file describes; none where the results lack what they take.</summary>
    public static IReadOnlyList<Figure> Of(PaperFigure figure, ReproductionResults results) => figure.Number switch
    {
        4 => [.. Convergence(results)],
        9 => [.. Queries(results["figure-9"])],
        _ => [],
    };

    private static IEnumerable<Figure> Convergence(ReproductionResults results)
    {
        TrainingCurve[] curves = [.. results.Trainings.Where(training => training.IsCurve)];
        var grid = results["figure-4"];
        if (curves.Length == 0 || !grid.Has(Scheme, NearestFirst, DriftPlusPenalty))
            yield break;
        var waves = curves.Select(training => training.Waves().ToArray()).ToArray();
        var count = waves.Min(training => training.Length);
        MeanInterval[] means = [.. Enumerable.Range(0, count).Select(wave => MeanInterval.Of([.. waves.Select(training => training[wave])]))];
        var final = waves.Average(training => training.TakeLast(LearningClaims.FinalWaves).Average());
        // What happens where the reward settles cannot be seen beside the first waves, whose rewards are many times as bad.
        var (least, from) = (means.Min(mean => mean.Mean), Math.Floor(2 * final / 50) * 50);
        var cut = least < from;
        Rule Level(string scheme) => new(scheme, grid.Mean(Metric.Reward, (Scheme, scheme)).Mean * grid.JourneySlots);
        var near = LearningClaims.Near * Math.Abs(final);
        yield return new LinesFigure(
            "figure-4-reward", "Reward of a journey while a policy is trained",
            "Mean of the trainings, of all journeys that are driven at the same time, with the 95 % interval over trainings. Shaded: within 5 % of the final value, the mean of the last five waves."
            + (cut ? FormattableString.Invariant($" Cut at {from:0}: the first waves lie below, the lowest at {least:#,0}.").Replace('-', '−') : ""),
            new Quantity("Training round (journey)"), new Quantity("Reward of a journey"),
            [
                new LineSeries(
                    FormattableString.Invariant($"mean of {waves.Length} trainings"), [.. Enumerable.Range(1, count).Select(wave => (double)wave * curves[0].WaveJourneys)], means),
            ])
        {
            FromZero = false,
            YFrom = cut ? from : null,
            Levels = [new Window("within 5 % of the final value", final - near, final + near)],
            References = [Level(NearestFirst), Level(DriftPlusPenalty)],
            Marks = [new Rule(FormattableString.Invariant($"{LearningClaims.PaperRounds:#,0} rounds"), LearningClaims.PaperRounds)],
        };
    }

    private static IEnumerable<Figure> Queries(PaperGrid grid)
    {
        var speeds = grid.Levels(Speed);
        if (speeds.Count == 0)
            yield break;
        double[] x = [.. speeds.Select(speed => double.Parse(speed, System.Globalization.CultureInfo.InvariantCulture))];
        LineSeries Line(string name, string candidates, bool twins) => new(
            name, x, [.. speeds.Select(speed => MigrationClaims.Journey(grid, speed, candidates)).Select(at => MeanInterval.Of(twins ? at.With : at.Without))]);
        yield return new LinesFigure(
            "figure-9-queries", "Queries for server state a journey, by speed and candidates",
            FormattableString.Invariant($"Journeys of {MigrationClaims.JourneyMetres:0} m."), new Quantity("Speed", "m/s"), new Quantity("Queries a journey"),
            [.. grid.Levels(Candidates).SelectMany(n => new[] { Line($"without twins, N={n}", n, false), Line($"with twins, N={n}", n, true) })]);
    }
}
