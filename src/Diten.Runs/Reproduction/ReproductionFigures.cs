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
        double[][] waves = [.. results.Trainings.Where(training => training.IsCurve).Select(training => training.Waves().ToArray())];
        if (waves.Length == 0)
            yield break;
        var count = waves.Min(training => training.Length);
        var each = results.Trainings.First(training => training.IsCurve).WaveJourneys;
        var grid = results["figure-4"];
        Rule Level(string scheme) => new(scheme, grid.Mean(Metric.Reward, (Scheme, scheme)).Mean * LearningClaims.JourneySlots);
        yield return new LinesFigure(
            "figure-4-reward", "Reward of a journey while a policy is trained", "Mean of the trainings, of all journeys that are driven at the same time, with the 95 % interval over trainings.",
            new Quantity("Training round (journey)"), new Quantity("Reward of a journey"),
            [
                new LineSeries(
                    FormattableString.Invariant($"mean of {waves.Length} trainings"), [.. Enumerable.Range(1, count).Select(wave => (double)wave * each)],
                    [.. Enumerable.Range(0, count).Select(wave => MeanInterval.Of([.. waves.Select(training => training[wave])]))]),
            ])
        {
            FromZero = false,
            References = [Level(NearestFirst), Level(DriftPlusPenalty)],
            Marks = [new Rule("1,750 rounds", LearningClaims.PaperRounds)],
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
