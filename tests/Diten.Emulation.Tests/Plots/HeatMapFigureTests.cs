using Diten.Emulation.Tests.Results;
using Diten.Runs.Plots.Figures;
using Diten.Runs.Results;
using SkiaSharp;
using static Diten.Emulation.Tests.Plots.FigureSamples;

namespace Diten.Emulation.Tests.Plots;

public sealed class HeatMapFigureTests
{
    private static readonly HeatMapFigure Map = new(
        "map", "Saved", "", new("Loss"), new("Servers down"), new("Difference", "ms"), ["0", "0.5"], ["4", "8"], [[new(-1.25), new(12.5)], [new(0.0 / 3), new(double.NaN)]]);

    [Fact]
    public void Values_stand_in_their_cells()
    {
        var texts = Map.Texts();

        Assert.All(["−1.25", "12.5", "Loss", "Servers down", "Difference (ms)", "no value", "8", "0.5"], text => Assert.Contains(text, texts));
    }

    [Fact]
    public void The_legend_tells_of_marks_and_missing_values_only_where_there_are_some()
    {
        var whole = Map with { Cells = [[new(1), new(2)], [new(3), new(4)]], MarkMeaning = "uncertain" };
        var marked = whole with { Cells = [[new(1), new(2, Marked: true)], [new(3), new(4)]] };

        Assert.DoesNotContain("no value", whole.Texts());
        Assert.DoesNotContain("uncertain", whole.Texts());
        Assert.Single(marked.Texts(), "uncertain");
    }

    [Fact]
    public void A_phase_diagram_has_a_colour_and_a_letter_a_kind()
    {
        var figure = Map with
        {
            Colors = HeatColors.Kind,
            Kinds = [("D", "drift-plus-penalty"), ("N", "nearest")],
            Cells = [[new(1, "D"), new(2, "N")], [new(double.NaN, "D"), new(double.NaN)]],
        };

        var texts = figure.Texts();

        Assert.Equal(3, texts.Count(text => text == "D"));   // two cells and the legend
        Assert.Equal(2, texts.Count(text => text == "N"));
        Assert.All(["drift-plus-penalty", "nearest", "Number: Difference (ms)", "no value"], text => Assert.Single(texts, text));
        var fills = figure.Svg().Descendants().Where(element => element.Name.LocalName == "rect").Select(element => (string?)element.Attribute("fill")).ToArray();
        Assert.Equal(3, fills.Count(fill => fill == "#56B4E9"));
        Assert.Equal(2, fills.Count(fill => fill == "#00614A"));
    }

    [Fact]
    public void Ink_can_be_read_on_every_colour()
    {
        SKColor[] colors =
        [
            .. Enumerable.Range(0, 41).Select(i => HeatPalette.OfShare(i / 40.0)),
            .. Enumerable.Range(0, 8).Select(HeatPalette.OfKind),
        ];

        Assert.All(colors, color =>
        {
            double one = HeatPalette.Luminance(color) + .05, other = HeatPalette.Luminance(HeatPalette.InkOn(color)) + .05;
            Assert.True(Math.Max(one, other) / Math.Min(one, other) >= 4.5, $"{color}");   // WCAG 2.2 asks for 4.5 of small text
        });
        Assert.Equal(1, HeatPalette.Luminance(SKColors.White), 6);
        Assert.Equal(.2126, HeatPalette.Luminance(SKColors.Red), 6);
    }

    [Fact]
    public void The_csv_has_a_row_a_cell_and_reads_back_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        var figure = Map with { Kinds = [("D", "drift")], Cells = [[new(1.0 / 3, "D", true), new(double.NaN)], [new(-1e-300), new(4)]] };

        figure.Save(folder.Path);

        var table = TableFile.Read(folder.At("map.csv"));
        Assert.Equal(["Servers down", "Loss", "Difference (ms)", "kind", "marked"], table.Names);
        Assert.Equal([1.0 / 3, double.NaN, -1e-300, 4], table.Numbers("Difference (ms)"));
        Assert.Equal(["4", "4", "8", "8"], table.Words("Servers down"));
        Assert.Equal(["0", "0.5", "0", "0.5"], table.Words("Loss"));
        Assert.Equal(["D", "", "", ""], table.Words("kind"));
        Assert.Equal(["yes", "no", "no", "no"], table.Words("marked"));
    }

    [Fact]
    public void Cells_that_are_missing_and_kinds_that_nobody_named_are_refused()
    {
        Assert.Throws<ArgumentException>(() => (Map with { Cells = [[new(1), new(2)]] }).Draw());
        Assert.Throws<ArgumentException>(() => (Map with { Cells = [[new(1), new(2)], [new(3)]] }).Draw());
        Assert.Throws<ArgumentException>(() => (Map with { Cells = [[new(1, "X"), new(2)], [new(3), new(4)]] }).Draw());
    }
}
