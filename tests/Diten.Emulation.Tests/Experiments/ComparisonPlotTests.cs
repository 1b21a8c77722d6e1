using System.Net;
using System.Xml.Linq;
using Diten.Emulation.Tests.Results;
using Diten.Runs.Experiments.Comparisons;
using Diten.Runs.Plots;
using Diten.Runs.Results;
using ScottPlot;

namespace Diten.Emulation.Tests.Experiments;

public sealed class ComparisonPlotTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunSummary _run;

    public ComparisonPlotTests()
    {
        var run = new SyntheticRun(side: 2, slots: 1);
        run.Report(0);
        _run = RunSummary.From(run.Outcome(cancelled: false), run.Description, peakBytes: 1);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_policy_has_its_label_and_the_budget_its_line()
    {
        var texts = Draw(beta: 0.15, ("near", 0.12, 0.17), ("fast", 0.23, 0.12), ("still", 0.07, 0.17));

        Assert.All(["near", "fast", "still", "budget β = 0.15"], label => Assert.Single(texts, label));
        Assert.True(File.Exists(_folder.At("latency-vs-migration.png")));
    }

    [Fact]
    public void A_policy_far_away_from_all_others_is_put_at_the_border_and_says_where_it_is()
    {
        var texts = Draw(beta: 0.2, ("near", 0.12, 0.17), ("fast", 0.23, 0.12), ("wild", 0.8, 0.18), ("slow", 0.1, 9));

        Assert.Single(texts, "wild (0.8, 180 ms)");
        Assert.Single(texts, "slow (0.1, 9000 ms)");
    }

    [Fact]
    public void A_policy_without_a_rate_is_left_out_and_a_budget_far_beyond_all_rates_is_not_drawn()
    {
        var texts = Draw(beta: 5, ("near", 0.12, 0.17), ("none", double.NaN, 0.2));

        Assert.Single(texts, "near");
        Assert.DoesNotContain("none", texts);
        Assert.DoesNotContain(texts, text => text.StartsWith("budget", StringComparison.Ordinal));
    }

    [Fact]
    public void Policies_at_the_same_place_and_no_migrations_at_all_can_be_drawn()
    {
        var texts = Draw(beta: 0, ("one", 0, 0.17), ("two", 0, 0.17), ("three", 0, 0.17));

        Assert.All(["one", "two", "three"], label => Assert.Single(texts, label));
    }

    [Fact]
    public void Every_policy_is_told_of_where_somebody_points_at_it_and_has_a_row_of_numbers()
    {
        var plot = Drawn(beta: 0.2, ("near", 0.12, 0.17), ("fast", 0.23, 0.12), ("slow", 0.1, 9));
        var svg = WebUtility.HtmlDecode(plot.InlineSvg());

        foreach (var (name, rate, latency) in new[] { ("near", "0.12", "170"), ("fast", "0.23", "120"), ("slow", "0.1", "9000") })
        {
            Assert.Matches($"<title>{name}\nmigrations per slot: {rate} ± [0-9.]+\nmean latency: {latency} ± [0-9.]+ ms</title>", svg);
            Assert.Equal([rate, latency], new[] { 1, 3 }.Select(column => plot.Table!.Rows.Single(row => row[0] == name)[column]));
        }
    }

    [Fact]
    public void Labels_cover_neither_one_another_nor_the_border_however_crowded_the_points()
    {
        var random = new Random(3);
        for (var figure = 0; figure < 20; figure++)
        {
            var area = new PixelRect(0, 800, 500, 0);
            (Pixel, PixelSize)[] labels = [.. Enumerable.Range(0, 12).Select(i => (
                new Pixel(100 + random.Next(i < 6 ? 40 : 600), 100 + random.Next(i < 6 ? 40 : 300)), new PixelSize(60 + random.Next(60), 16)))];

            var places = new LabelPlacement(area).Place(labels);

            Assert.Equal(places, new LabelPlacement(area).Place(labels));
            for (var i = 0; i < places.Length; i++)
            {
                Assert.True(places[i].Left >= 0 && places[i].Right <= 800 && places[i].Top >= 0 && places[i].Bottom <= 500);
                for (var j = 0; j < i; j++)
                {
                    var apart = places[i].Right <= places[j].Left || places[j].Right <= places[i].Left
                        || places[i].Bottom <= places[j].Top || places[j].Bottom <= places[i].Top;
                    Assert.True(apart, $"Figure {figure}: labels {j} and {i} overlap.");
                }
            }
        }
    }

    /// <summary>Draws policies; returns the figure's texts.</summary>
    private string[] Draw(double beta, params (string Name, double Rate, double Seconds)[] policies)
    {
        Drawn(beta, policies).Save(_folder.Path);
        return [.. XDocument.Load(_folder.At("latency-vs-migration.svg")).Descendants()
            .Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];
    }

    /// <summary>Policies given by name, migration rate and latency in seconds, two seeds each.</summary>
    private RunPlot Drawn(double beta, params (string Name, double Rate, double Seconds)[] policies)
    {
        RunSummary[] runs = [.. policies.SelectMany(policy => new[] { 0.98, 1.02 }.Select(factor => _run with
        {
            Figures = new Dictionary<string, double>(_run.Figures)
            {
                [Metric.MigrationRate.Name] = policy.Rate * factor,
                [Metric.Latency.Name] = policy.Seconds * factor,
            },
        }))];
        return ComparisonPlot.Draw(new Comparison([.. policies.Select(policy => policy.Name)], runs), null, beta);
    }
}
