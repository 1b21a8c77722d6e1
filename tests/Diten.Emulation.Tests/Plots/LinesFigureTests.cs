using System.Xml.Linq;
using Diten.Emulation.Tests.Results;
using Diten.Model.Statistics;
using Diten.Runs.Plots.Figures;
using Diten.Runs.Results;
using Parquet;
using static Diten.Emulation.Tests.Plots.FigureSamples;

namespace Diten.Emulation.Tests.Plots;

public sealed class LinesFigureTests : IDisposable
{
    private const string Blue = "#0072B2", Orange = "#E69F00", Green = "#009E73";

    private static readonly LinesFigure Figure =
        new("lines", "Latency by loss", "", new("Loss"), new("Latency", "ms"), [Line("alpha", 1, 2, 3, 4, 5), Line("beta", 2, 3, 4, 5, 6)]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Axes_have_units_and_series_names()
    {
        var texts = Figure.Texts();

        Assert.All(["Latency by loss", "Loss", "Latency (ms)", "alpha", "beta"], text => Assert.Single(texts, text));
        Assert.DoesNotContain("alpha", (Figure with { Series = [Line("alpha", 1, 2)] }).Texts());   // a single one needs no legend
    }

    [Fact]
    public void Dashes_are_in_the_svg()
    {
        var paths = Paths(Figure.Svg());

        Assert.Single(paths, path => IsLine(path, Blue) && Moves(path) == 1 && ((string)path.Attribute("d")!).Count(letter => letter == 'L') == 4);
        Assert.Contains(paths, path => (string?)path.Attribute("fill") == Orange && Moves(path) > 20);   // a dash is an outline
    }

    [Fact]
    public void Where_no_value_is_the_line_and_its_band_have_a_gap()
    {
        var paths = Paths((Figure with { Series = [Line("alpha", 1, 2, double.NaN, 4, 5)] }).Svg());

        Assert.Equal(2, paths.Count(path => IsLine(path, Blue)));
        Assert.Equal(2, paths.Count(path => (string?)path.Attribute("fill") == Blue && path.Attribute("fill-opacity") is not null));
    }

    [Fact]
    public void Means_of_one_seed_have_no_band()
    {
        var series = new LineSeries("alpha", [0, 1, 2], [new(1, double.NaN, 1), new(2, double.NaN, 1), new(3, double.NaN, 1)]);

        var paths = Paths((Figure with { Series = [series] }).Svg());

        Assert.Single(paths, path => IsLine(path, Blue));
        Assert.DoesNotContain(paths, path => (string?)path.Attribute("fill") == Blue && path.Attribute("fill-opacity") is not null);
    }

    [Fact]
    public void Windows_are_shaded_and_named_once_and_cut_where_the_points_end()
    {
        var figure = Figure with { Windows = [new("outage", 1, 2), new("outage", 3, 99), new("before", -9, -8)] };

        Assert.Single(figure.Texts(), "outage");
        Assert.DoesNotContain("before", figure.Texts());
        var shades = figure.Svg().Descendants().Where(element => element.Name.LocalName == "rect" && ((string?)element.Attribute("fill-opacity"))?.StartsWith("0.09", StringComparison.Ordinal) == true).ToArray();
        Assert.Equal(2, shades.Length);
        Assert.All(shades, shade => Assert.True((double)shade.Attribute("x")! + (double)shade.Attribute("width")! < 720));
    }

    [Fact]
    public void Recovery_is_ringed_on_the_line_and_written_in_the_legend_and_its_absence_too()
    {
        var none = Figure with { Series = [Line("alpha", 1, 9, 8) with { Marked = double.NaN, Note = "not recovered" }] };
        var some = Figure with { Series = [Line("alpha", 1, 9, 2) with { Marked = 2, Note = "recovered in slot 2" }] };

        Assert.Single(none.Texts(), "not recovered");
        Assert.Single(some.Texts(), "recovered in slot 2");
        Assert.Equal((0, 1), (Rings(none), Rings(some)));

        static int Rings(LinesFigure figure) => figure.Svg().Descendants().Count(element => element.Name.LocalName == "ellipse" && (string?)element.Attribute("rx") == "8");
    }

    [Fact]
    public void References_and_marks_are_named()
    {
        var texts = (Figure with { References = [new("budget", 3)], Marks = [new("taken over", 2), new("never", double.NaN)] }).Texts();

        Assert.All(["budget", "taken over"], name => Assert.Single(texts, name));
        Assert.DoesNotContain("never", texts);
    }

    [Fact]
    public void A_stretch_of_y_is_shaded_over_the_whole_width_and_named()
    {
        var figure = Figure with { Levels = [new("near the end", 4, 5)] };

        var shades = figure.Svg().Descendants().Where(element => element.Name.LocalName == "rect" && (string?)element.Attribute("fill") == Green).ToArray();

        Assert.Single(figure.Texts(), "near the end");
        Assert.Equal(2, shades.Length);   // in the data, and in the legend
        Assert.True((double)shades[0].Attribute("width")! > 10 * (double)shades[1].Attribute("width")!);
    }

    [Fact]
    public void What_is_cut_off_below_is_not_at_the_axis_and_in_the_csv()
    {
        var deep = Figure with { FromZero = false, Series = [Line("alpha", -2000, -300, -250, -240)] };
        var cut = deep with { YFrom = -500 };

        Assert.Contains("−2000", deep.Texts());
        Assert.DoesNotContain("−2000", cut.Texts());
        Assert.All(["−500", "−250"], tick => Assert.Contains(tick, cut.Texts()));
        Assert.Equal(deep.Csv(), cut.Csv());
    }

    [Fact]
    public async Task Parquet_has_the_rows_of_the_csv_numbers_as_numbers()
    {
        (Figure with { Categories = ["none", "loss", "delay", "cut", "jam"] }).Save(_folder.Path);

        await using var file = File.OpenRead(_folder.At("lines.parquet"));
        await using var reader = await ParquetReader.CreateAsync(file);
        Assert.Equal(["series", "Loss", "Latency (ms)", "half width (ms)", "values", "marked at"], reader.Schema.DataFields.Select(field => field.Name));
        Assert.Equal([false, false, true, true, true, true], reader.Schema.DataFields.Select(field => field.ClrType == typeof(double)));
        using var group = reader.OpenRowGroupReader(0);
        var means = new double[10];
        await group.ReadAsync<double>(reader.Schema.DataFields[2], means.AsMemory());
        Assert.Equal([1.0, 2, 3, 4, 5, 2, 3, 4, 5, 6], means);
    }

    [Fact]
    public void The_csv_reads_back_to_the_same_bits()
    {
        double[] x = [0.1 + 0.2, 1e-300, 3];
        MeanInterval[] y = [new(1.0 / 3, Math.PI, 20), new(double.NaN, double.NaN, 1), new(-1e300, double.Epsilon, 2)];
        var figure = Figure with { Series = [new("alpha, \"beta\"", x, y) { Marked = 7.7 }, Line("gamma", 5)] };

        figure.Save(_folder.Path);

        var table = TableFile.Read(_folder.At("lines.csv"));
        Assert.Equal(["series", "Loss", "Latency (ms)", "half width (ms)", "values", "marked at"], table.Names);
        Assert.Equal(["alpha, \"beta\"", "alpha, \"beta\"", "alpha, \"beta\"", "gamma"], table.Words("series"));
        Assert.Equal([.. x, 0], table.Numbers("Loss"));
        Assert.Equal([.. y.Select(value => value.Mean), 5], table.Numbers("Latency (ms)"));
        Assert.Equal([.. y.Select(value => value.HalfWidth), 1], table.Numbers("half width (ms)"));
        Assert.Equal([20.0, 1, 2, 20], table.Numbers("values"));
        Assert.Equal([7.7, 7.7, 7.7, double.NaN], table.Numbers("marked at"));
    }

    [Fact]
    public void Categories_are_named_at_the_axis_and_in_the_csv()
    {
        var figure = Figure with { Categories = ["none", "loss", "delay", "cut", "jam"] };

        Assert.All(figure.Categories, name => Assert.Single(figure.Texts(), name));
        Assert.Contains("alpha,delay,3,1,20,NaN\n", figure.Csv(), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_does_not_fit_together_is_refused()
    {
        Assert.Throws<ArgumentException>(() => (Figure with { Series = [new("alpha", [1, 2], [Mean(1)])] }).Draw());
        Assert.Throws<ArgumentException>(() => (Figure with { Categories = ["only one"] }).Draw());
    }

    private static XElement[] Paths(XDocument svg) => [.. svg.Descendants().Where(element => element.Name.LocalName == "path")];

    private static bool IsLine(XElement path, string color) => (string?)path.Attribute("stroke") == color && (string?)path.Attribute("stroke-width") == "2";

    private static int Moves(XElement path) => ((string)path.Attribute("d")!).Count(letter => letter == 'M');
}
