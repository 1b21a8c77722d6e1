using Diten.Emulation.Tests.Results;
using Diten.Runs.Plots.Figures;
using Diten.Runs.Results;
using static Diten.Emulation.Tests.Plots.FigureSamples;

namespace Diten.Emulation.Tests.Plots;

/// <summary>Complementary distributions, and means by bin.</summary>
public sealed class DistributionFigureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_distribution_has_powers_of_ten_upward_and_all_of_its_steps_in_the_csv()
    {
        var figure = new CcdfFigure("ccdf", "Ages", "", new("Age", "slots"), [Ccdf("a", Enumerable.Range(0, 1000).Select(i => i / 3.0)), Ccdf("b", [7])]);

        figure.Save(_folder.Path);

        Assert.All(["P(X ≥ x)", "Age (slots)", "0.001", "0.01", "0.1", "1", "a", "b"], text => Assert.Single(figure.Texts(), text));
        var table = TableFile.Read(_folder.At("ccdf.csv"));
        Assert.Equal(["series", "Age (slots)", "share at least"], table.Names);
        Assert.Equal([.. Enumerable.Range(0, 1000).Select(i => i / 3.0), 7], table.Numbers("Age (slots)"));
        Assert.Equal([.. Enumerable.Range(0, 1000).Select(i => (1000 - i) / 1000.0), 1], table.Numbers("share at least"));
    }

    [Fact]
    public void Many_values_make_no_big_figure()
    {
        var series = Ccdf("a", Enumerable.Range(0, 200_000).Select(i => -Math.Log((i + .5) / 200_000)));

        var svg = new CcdfFigure("ccdf", "Ages", "", new("Age", "slots"), [series]).Draw().InlineSvg();

        Assert.Equal(200_000, series.X.Count);
        Assert.InRange(svg.Length, 10_000, 100_000);
    }

    [Fact]
    public void Bins_have_their_counts_below_and_a_bin_of_none_has_no_bar()
    {
        var figure = new BinsFigure("bins", "Regret", "", new("Age", "slots"), new("Regret", "ms"), "tasks", ["0", "1-3", "older"],
            [new("a", [new(Mean(1.0 / 3, .1), 8123), new(Mean(6, double.NaN), 45_678), new(Mean(double.NaN, double.NaN), 0)])]);

        figure.Save(_folder.Path);

        Assert.All(["tasks", "8123", "45678", "1-3", "older", "Age (slots)", "Regret (ms)"], text => Assert.Single(figure.Texts(), text));
        var outlines = figure.Svg().Descendants().Count(element => (string?)element.Attribute("stroke") == "#0072B2" && ((string?)element.Attribute("stroke-width"))?.StartsWith("1.2", StringComparison.Ordinal) == true);
        Assert.Equal(2, outlines);
        var table = TableFile.Read(_folder.At("bins.csv"));
        Assert.Equal(["series", "Age (slots)", "Regret (ms)", "half width (ms)", "values", "tasks"], table.Names);
        Assert.Equal(["0", "1-3", "older"], table.Words("Age (slots)"));
        Assert.Equal([1.0 / 3, 6, double.NaN], table.Numbers("Regret (ms)"));
        Assert.Equal([8123.0, 45_678, 0], table.Numbers("tasks"));
    }

    [Fact]
    public void Data_that_does_not_fit_together_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new BinsFigure("b", "", "", new("x"), new("y"), "n", ["0", "1"], [new("a", [new(Mean(1), 1)])]).Draw());
        Assert.Throws<ArgumentException>(() => new CcdfFigure("c", "", "", new("x"), [new CcdfSeries("a", [1, 2], [1])]).Draw());
    }
}
