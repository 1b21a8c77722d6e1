using Diten.Model.Statistics;
using Diten.Runs.Plots.Figures;

namespace Diten.Emulation.Tests.Plots;

public sealed class TornadoFigureTests
{
    private static readonly TornadoFigure Figure = new("t", "A claim", "", new("Difference", "ms"), new(-10, 1, 3), 0,
    [
        new("near", new(-9, 1, 3), TornadoVerdict.Holds),
        new("beyond", new(5, 1, 3), TornadoVerdict.DoesNotHold),
        new("unknown", new(double.NaN, double.NaN, 3), TornadoVerdict.Open),
        new("unsure", new(-1, 2, 3), TornadoVerdict.Open),
    ]);

    [Fact]
    public void The_farthest_bar_stands_first_and_what_has_no_value_last()
    {
        var lines = Figure.Csv().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("changed,Difference (ms),half width (ms),values,verdict", lines[0]);
        Assert.Equal(["nothing,-10,1,3,", "beyond,5,1,3,does not hold", "unsure,-1,2,3,open", "near,-9,1,3,holds", "unknown,NaN,NaN,3,open"], lines[1..]);
    }

    [Fact]
    public void Names_stand_beside_their_bars_from_above()
    {
        var texts = Figure.Texts();

        Assert.Equal(["beyond", "unsure", "near", "unknown"], SvgText.All(Figure.Svg()).Where(text => text.Text is "near" or "beyond" or "unknown" or "unsure").OrderBy(text => text.Top).Select(text => text.Text));
        Assert.Contains("does not hold", texts);
        Assert.Contains("nothing changed", texts);
    }

    [Fact]
    public void The_legend_names_only_what_is_there() =>
        Assert.DoesNotContain("does not hold", (Figure with { Bars = [Figure.Bars[0]] }).Texts());
}
