using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Experiments.Pages;
using Diten.Runs.Plots.Figures;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Experiments.Pages;

/// <summary>Which level is best, over results made by hand.</summary>
public sealed class BestFigureTests
{
    private static readonly Axis Loss = Axis.Of("loss", "x", ["0", "1"], "here"), Policy = Axis.Of("policy", "y", ["runs", "stays", "walks"], "here");

    /// <summary>Latency (seconds) and migration rate by case, policy varying fastest, of two worlds each; β is 0.2.</summary>
    private static readonly (double Latency, double Rate)[][] Runs =
    [
        [(0.100, 0.60), (0.102, 0.61)], [(0.150, 0.00), (0.153, 0.00)], [(0.120, 0.21), (0.123, 0.18)],
        [(0.100, 0.60), (0.102, 0.61)], [(0.150, 0.30), (0.153, 0.30)], [(0.140, 0.21), (0.143, 0.21)],
    ];

    [Fact]
    public void Without_a_limit_the_fastest_is_the_best()
    {
        var map = Best(null);

        Assert.Equal(["A", "A"], Kinds(map));
        Assert.DoesNotContain(map.Cells[0], cell => cell.Marked); // leads of 20 and 40 ms with hardly any spread
    }

    [Fact]
    public void Who_is_shown_to_break_the_budget_is_not_crowned_and_where_all_do_the_field_says_so()
    {
        var map = Best(new Limit(Metric.MigrationRate, null, "migrationRate <= budget"));

        Assert.Equal(["C", "–"], Kinds(map)); // C's interval, 0.195 ± 0.19, is not above
        Assert.Equal(121.5, map.Cells[0][0].Value, 9);
        Assert.True(double.IsNaN(map.Cells[0][1].Value));
        Assert.Contains(("–", "none keeps migrationRate <= budget"), map.Kinds);
        Assert.EndsWith("Of those only that keep migrationRate <= budget.", map.Caption);
    }

    [Fact]
    public void A_limit_may_be_a_value()
    {
        var map = Best(new Limit(Metric.Latency, 0.12, "latency.mean <= 120 ms"));

        Assert.Equal(["A", "A"], Kinds(map));
        Assert.DoesNotContain(map.Kinds, kind => kind.Kind == "–");
        Assert.Equal(["–", "–"], Kinds(Best(new Limit(Metric.Latency, 0.01, "latency.mean <= 10 ms"))));
    }

    private static string[] Kinds(HeatMapFigure map) => [.. map.Cells[0].Select(cell => cell.Kind)];

    private static HeatMapFigure Best(Limit? within)
    {
        var part = new ExperimentPart("", "", "", "", [], [Loss, Policy], new SeedPlan(1, 2, 2, []), [Metric.Latency])
        {
            Figures = [new FigureDesign("best", FigureKind.Best, "Best", Metric.Latency, "loss", null, new Selection([])) { Over = "policy", Within = within }],
        };
        return Assert.IsType<HeatMapFigure>(Assert.Single(ExperimentFigures.Of(new PartResults(part, [.. Runs.Select(seeds => (IReadOnlyList<CellResult>)[.. seeds.Select(Result)])]))));
    }

    private static CellResult Result((double Latency, double Rate) run) => new(
        new RunSummary("s", 1, "v", "d", 1, 1, false, 1, new WorldSummary(1, 1, 1, 1, "p", 0.2, 0.1, 0.2), new RateSummary(1, 1, 1), new MemorySummary(1), PlatformSummary.Here(), [])
        {
            Figures = new Dictionary<string, double> { [Metric.Latency.Name] = run.Latency, [Metric.MigrationRate.Name] = run.Rate },
        },
        new CellExtras([], [], null));
}
