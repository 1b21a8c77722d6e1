using System.Buffers.Binary;
using System.Xml.Linq;
using Diten.Emulation.Tests.Results;
using Diten.Runs.Plots;
using Diten.Runs.Plots.Figures;

namespace Diten.Emulation.Tests.Plots;

/// <summary>What holds for figures of all kinds.</summary>
public sealed class FigureTests
{
    public static TheoryData<string> Samples => [.. FigureSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_text_is_inside_the_figure_and_covers_no_other(string sample)
    {
        var drawn = FigureSamples.All[sample].Draw();
        var texts = SvgText.All(XDocument.Parse(drawn.InlineSvg()));

        Assert.Contains(texts, text => drawn.Title.StartsWith(text.Text, StringComparison.Ordinal));
        Assert.All(texts, text => Assert.True(
            text.Left >= 0 && text.Top >= 0 && text.Right <= drawn.Width && text.Bottom <= drawn.Height, $"\"{text.Text}\" is cut off."));
        for (var i = 0; i < texts.Length; i++)
        {
            for (var j = 0; j < i; j++)
                Assert.False(!texts[i].IsTilted && !texts[j].IsTilted && texts[i].Covers(texts[j]), $"\"{texts[i].Text}\" covers \"{texts[j].Text}\".");
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_same_data_is_drawn_the_same(string sample) =>
        Assert.Equal(FigureSamples.All[sample].Draw().InlineSvg(), FigureSamples.All[sample].Draw().InlineSvg());

    [Theory]
    [MemberData(nameof(Samples))]
    public void In_a_page_its_ink_is_that_of_the_text_and_there_is_no_ground(string sample)
    {
        var svg = FigureSamples.All[sample].Draw().InlineSvg();

        Assert.Contains("currentColor", svg, StringComparison.Ordinal);
        Assert.DoesNotContain(RunPlot.InkHex, svg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(
            XDocument.Parse(svg).Descendants(), element => element.Name.LocalName == "rect" && (string?)element.Attribute("fill") == "white");
    }

    [Fact]
    public void Files_are_an_svg_with_its_font_a_png_of_twice_the_size_and_a_csv()
    {
        using var folder = new TemporaryFolder();
        var figure = FigureSamples.All["one-point"] with { Title = "Loss & \"delay\" < 3, $1" };

        figure.Save(folder.Path);

        var svg = XDocument.Load(folder.At("one-point.svg"));
        Assert.Equal("Loss & \"delay\" < 3, $1", (string?)svg.Root!.Attribute("aria-label"));
        Assert.Contains(PlotFont.Css, svg.ToString(), StringComparison.Ordinal);
        var png = File.ReadAllBytes(folder.At("one-point.png"));
        Assert.Equal((1440, 840), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        Assert.Equal(figure.Csv(), File.ReadAllText(folder.At("one-point.csv")));
    }

    [Fact]
    public void Looks_are_all_different_and_those_used_most_are_told_apart_in_grey()
    {
        Look[] looks = [.. Enumerable.Range(0, 35).Select(Look.Of)];
        double[] lightness = [.. looks.Select(look => Lightness(HeatPalette.Luminance(look.Color)))];

        Assert.Equal(35, looks.Select(look => (look.Color, look.Dash)).Distinct().Count());
        Assert.Equal(12, looks.Take(12).Select(look => (look.Marker, look.Filled)).Distinct().Count());
        Assert.Equal(5, looks.Take(5).Select(look => look.Dash).Distinct().Count());
        for (var i = 0; i < 4; i++)
            Assert.All(Enumerable.Range(0, i), j => Assert.True(Math.Abs(lightness[i] - lightness[j]) >= 10, $"{i} and {j}"));
    }

    [Theory]
    [InlineData("a name", "a name")]
    [InlineData("drift-plus-penalty", "drift-plus-|penalty")]
    [InlineData("the quick brown fox", "the quick|brown fox")]
    public void Long_names_are_broken_at_spaces_and_hyphens(string name, string lines) =>
        Assert.Equal(lines, string.Join('|', TextLines.Wrap(name, 12, 75)));

    [Fact]
    public void A_word_without_a_place_to_break_is_broken_anyway_and_nothing_of_it_is_lost()
    {
        var lines = TextLines.Wrap(new string('m', 50), 12, 75);

        Assert.Equal(50, string.Concat(lines).Length);
        Assert.All(lines, line => Assert.True(TextLines.Width([line], 12) <= 75));
        Assert.EndsWith("…", TextLines.Cut(new string('m', 50), 12, 75), StringComparison.Ordinal);
        Assert.Equal("short", TextLines.Cut("short", 12, 75));
    }

    /// <summary>CIE 1976 L*, 0 to 100.</summary>
    private static double Lightness(double luminance) => luminance > .008856 ? 116 * Math.Cbrt(luminance) - 16 : 903.3 * luminance;
}
