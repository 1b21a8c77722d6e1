using Diten.Emulation.Tests.Results;
using Diten.Runs.Plots.Figures;
using Diten.Runs.Results;
using static Diten.Emulation.Tests.Plots.FigureSamples;

namespace Diten.Emulation.Tests.Plots;

public sealed class FrontFigureTests
{
    private static readonly FrontFigure Figure = new(
        "front", "Latency against bytes", "", new("Bytes", "kB"), new("Latency", "ms"),
        [Point("cheap", 1, 9), Point("both", 2, 4), Point("beaten", 3, 4), Point("fast", 5, 2), Point("worst", 6, 10), Point("twin of both", 2, 4), Point("none", double.NaN, 3)]);

    [Fact]
    public void The_front_is_what_no_other_point_beats_and_equal_points_do_not_beat_each_other()
    {
        Assert.Equal(["cheap", "both", "twin of both", "fast"], Names(Figure));
        Assert.Empty((Figure with { Points = [] }).Front());

        static string[] Names(FrontFigure figure) => [.. figure.Front().Select(point => point.Name)];
    }

    [Fact]
    public void Every_point_with_both_means_has_its_label_and_those_on_the_front_are_filled()
    {
        var texts = Figure.Texts();

        Assert.All(["cheap", "both", "beaten", "fast", "worst", "twin of both", "Bytes (kB)", "Latency (ms)", "Pareto front"], text => Assert.Single(texts, text));
        Assert.DoesNotContain("none", texts);
        var fills = Figure.Svg().Descendants().Where(element => element.Name.LocalName == "ellipse" && (string?)element.Attribute("rx") == "4.5")
            .Select(element => (string?)element.Attribute("fill")).ToArray();
        Assert.Equal((4, 2), (fills.Count(fill => fill == "#0072B2"), fills.Count(fill => fill == "none")));
    }

    [Fact]
    public void Bounds_are_named_drawn_and_told_in_the_csv_and_what_lies_right_of_all_points_is_not_drawn()
    {
        var figure = Figure with { Bounds = [new("in hindsight", [(0, 3), (2, 1.5), (50, -20)]), new("never faster", [(0, 0.5)])] };

        var texts = figure.Texts();

        Assert.All(["in hindsight", "never faster"], text => Assert.Single(texts, text));
        Assert.DoesNotContain("-20", texts);
        Assert.DoesNotContain("−20", texts);
        Assert.Contains("in hindsight,50,,-20,,,", figure.Csv(), StringComparison.Ordinal);
        Assert.Contains("never faster,,,0.5,,,", figure.Csv(), StringComparison.Ordinal);
        Assert.True(Strokes(figure) - Strokes(Figure) >= 4, "A line and its sample in the legend are drawn for each bound.");

        static int Strokes(FrontFigure figure) => figure.Svg().Descendants().Count(element => element.Name.LocalName is "path" or "line" or "polyline");
    }

    [Fact]
    public void A_point_tells_its_name_and_values_where_it_stands()
    {
        var told = Figure.Svg().Descendants().Where(element => element.Name.LocalName == "title").Select(title => title.Value).ToArray();

        Assert.Equal(6, told.Length); // none for the one without a value
        Assert.Contains("fast\nBytes (kB): 5\nLatency (ms): 2", told);
    }

    [Fact]
    public void Labels_cover_neither_one_another_nor_the_border_however_crowded_the_points()
    {
        var random = new Random(5);
        for (var figure = 0; figure < 10; figure++)
        {
            FrontPoint[] points = [.. Enumerable.Range(0, 12).Select(i => Point($"a policy, number {i}", 100 + random.Next(i < 6 ? 8 : 100), 100 + random.Next(i < 6 ? 8 : 100)))];

            var texts = SvgText.All((Figure with { Points = points }).Svg());

            Assert.Equal(12, texts.Count(text => text.Text.StartsWith("a policy", StringComparison.Ordinal)));
            Assert.All(texts, text => Assert.True(text is { Left: >= 0, Right: <= 720, Top: >= 0, Bottom: <= 420 }, $"Figure {figure}: {text.Text} is cut off."));
            for (var i = 0; i < texts.Length; i++)
                Assert.All(texts[..i], other => Assert.False(texts[i].Covers(other), $"Figure {figure}: {texts[i].Text} covers {other.Text}."));
        }
    }

    [Fact]
    public void The_csv_has_all_points_and_reads_back_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        var figure = Figure with { Points = [new("a", Mean(1.0 / 3, 1e-300), Mean(2, double.NaN)), new("b", Mean(double.NaN), Mean(Math.E))] };

        figure.Save(folder.Path);

        var table = TableFile.Read(folder.At("front.csv"));
        Assert.Equal(["case", "Bytes (kB)", "half width of x (kB)", "Latency (ms)", "half width of y (ms)", "values", "on the front"], table.Names);
        Assert.Equal([1.0 / 3, double.NaN], table.Numbers("Bytes (kB)"));
        Assert.Equal([1e-300, 1], table.Numbers("half width of x (kB)"));
        Assert.Equal([2, Math.E], table.Numbers("Latency (ms)"));
        Assert.Equal([double.NaN, 1], table.Numbers("half width of y (ms)"));
        Assert.Equal(["yes", "no"], table.Words("on the front"));
    }

    private static FrontPoint Point(string name, double x, double y) => new(name, Mean(x, .2), Mean(y, .3));
}
