using Diten.Emulation.Tests.Reproduction;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Pages;
using Diten.Runs.Plots;
using Diten.Runs.Plots.Figures;
using Diten.Runs.Reproduction;
using Diten.Runs.Results;
using Diten.Runs.Scenarios;
using Diten.Runs.Sensitivity;
using static Diten.Runs.Reproduction.GridNames;

namespace Diten.Emulation.Tests.Plots;

/// <summary>The pen has a glyph for whatever the figures of shipped experiments and pages write: what it lacks shows as a box.</summary>
public sealed class GlyphTests
{
    public static TheoryData<string> Experiments =>
        [.. new[] { "paper", "experiments" }.SelectMany(folder => Directory.GetFiles(Path.Combine(ShippedScenarios.Folder()!, folder), "*.conf").Select(file => $"{folder}/{Path.GetFileName(file)}")).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Experiments))]
    public void Figures_of_experiments_can_be_written(string file)
    {
        foreach (var part in DesignFile.Read(ShippedScenarios.Find(file), quick: false).Parts)
        {
            // The others draw what only runs have: distributions, courses of slots, and bounds.
            var drawn = part with { Bounds = [], Figures = [.. part.Figures.Where(figure => figure.Kind is FigureKind.Lines or FigureKind.HeatMap or FigureKind.Best or FigureKind.Front)] };
            Assert.All(ExperimentFigures.Of(MadeUp.Results(drawn)), IsWritten);
        }
    }

    [Fact]
    public void Figures_of_the_page_of_the_paper_can_be_written()
    {
        var rewards = MadeUp.Grid("figure-4", Metric.Reward, [(Scheme, [NearestFirst, DriftPlusPenalty])], 0.01, _ => -2.5);
        var queries = MadeUp.Grid("figure-9", [(Speed, ["15", "30"]), (Candidates, ["5", "10"])], 0.01, (Metric.QueriesWithTwins, _ => 2), (Metric.QueriesWithoutTwins, _ => 5));
        var results = new ReproductionResults([rewards, queries], [new TrainingCurve("curve-1", [.. Enumerable.Range(0, 3200).Select(journey => -3000.0 / (1 + journey) - 240)], 200)], []);

        Figure[] figures = [.. PaperFigure.All.SelectMany(figure => ReproductionFigures.Of(figure, results))];

        Assert.Equal(2, figures.Length);
        Assert.All(figures, IsWritten);
    }

    [Fact]
    public void Figures_of_the_page_of_readings_can_be_written()
    {
        string[] levels = [SensitivityEffects.Base, .. ModelReadings.All.SelectMany(reading => reading.Others.Select(other => SensitivityEffects.LevelOf(reading, other)))];
        string[] cases = [.. SensitivityClaims.Cases(50).Levels.Select(level => level.Name)];
        Metric[] metrics = [Metric.Latency, Metric.FailureRate, Metric.MigrationRate, Metric.QueriesWithTwins, Metric.QueriesWithoutTwins];
        var effects = new SensitivityEffects(MadeUp.Grid(
            "readings", [(SensitivityEffects.Axis, levels), (SensitivityClaims.Axis, cases)], 0.01, [.. metrics.Select(metric => (metric, (Func<string[], double>)(_ => 1)))]));
        var result = new SensitivityResult("", isQuick: false, 2.5, 50, effects, effects, effects, []);

        Assert.All(SensitivityClaims.All, claim => IsWritten(SensitivityPage.FigureOf(result, claim)));
    }

    [Theory]
    [InlineData("β ≤ 0.2 GHz, −1 → 80/km²", true)]
    [InlineData("mean of f̂", false)]
    public void What_the_pen_cannot_write_is_seen(string text, bool writes) => Assert.Equal(writes, PlotFont.Writes(text));

    private static void IsWritten(Figure figure) => Assert.All(figure.Texts(), text => Assert.True(PlotFont.Writes(text), $"{figure.Name}: \"{text}\""));
}
