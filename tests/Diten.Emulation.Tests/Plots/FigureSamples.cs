using System.Xml.Linq;
using Diten.Model.Statistics;
using Diten.Runs.Plots.Figures;

namespace Diten.Emulation.Tests.Plots;

/// <summary>Figures of all kinds, some of them as crowded, as long-winded or as empty as they come.</summary>
internal static class FigureSamples
{
    public const string LongName = "drift-plus-penalty with decisions.answers=use, twins.estimator=mean-reverting and twins.resync=until-heard";

    private static readonly string[] Names =
        ["nearest-first", "random", "lowest-latency", "drift-plus-penalty", "two-choices", "distance-mdp", "ppo", "avoid", "query", "reckoned", "kalman", LongName];

    private static readonly Quantity Slot = new("Slot"), Latency = new("Mean latency", "ms"), Loss = new("Probability of loss");

    public static IReadOnlyDictionary<string, Figure> All { get; } = Figures().ToDictionary(figure => figure.Name);

    public static MeanInterval Mean(double mean, double halfWidth = 1) => new(mean, halfWidth, 20);

    public static LineSeries Line(string name, params double[] means) =>
        new(name, [.. means.Select((_, i) => (double)i)], [.. means.Select(mean => Mean(mean))]);

    /// <summary>The distribution of a sample.</summary>
    public static CcdfSeries Ccdf(string name, IEnumerable<double> sample)
    {
        double[] sorted = [.. sample.Order()];
        var first = Enumerable.Range(0, sorted.Length).Where(i => i == 0 || sorted[i] != sorted[i - 1]).ToArray();
        return new CcdfSeries(name, [.. first.Select(i => sorted[i])], [.. first.Select(i => (sorted.Length - i) / (double)sorted.Length)]);
    }

    /// <summary>What a reader gets.</summary>
    public static XDocument Svg(this Figure figure) => XDocument.Parse(figure.Draw().InlineSvg());

    public static string[] Texts(this Figure figure) => [.. SvgText.All(figure.Svg()).Select(text => text.Text)];

    private static IEnumerable<Figure> Figures() =>
    [
        new LinesFigure("recovery", "Latency through an outage", "", Slot, Latency,
            [Line("a", 1, 5, 9, 4, 2) with { Marked = 3, Note = "recovered in slot 3" }, Line(LongName, 1, 9, 9, 8, 8) with { Marked = double.NaN, Note = "not recovered by slot 4" }])
        {
            Windows = [new("outage", 1, 3), new("loss of syncs", 0, 2), new("loss of syncs", 3.2, 3.6), new(LongName, 3, double.PositiveInfinity)],
            Marks = [new("a new policy is taken over", 2), new("and another one", 2.1)], References = [new("without faults", 1), new(LongName, 6)],
        },
        new LinesFigure("twelve", LongName + ": twelve of them, by the number of devices that there are", "", new("Devices"), Latency,
            [.. Names.Select((name, i) => Line(name, 0, 1 + i, 10 + i * i))]) { LogX = true },
        new LinesFigure("categories", "Failed tasks", "", new("Fault"), new("Failed tasks", "%"), [Line("a", [.. Enumerable.Range(0, 12).Select(i => (double)i)])])
            { Categories = Names },
        new LinesFigure("one-point", "One point", "", Slot, Latency, [Line("a", 120)]),
        new LinesFigure("nothing", "No value", "", Slot, Latency, [Line("a", double.NaN, double.NaN)]),
        new LinesFigure("no-series", "No series", "", Slot, Latency, []),
        Map("sizes", HeatColors.Size), Map("kinds", HeatColors.Kind),
        new CcdfFigure("ccdf", "Time to recovery", "", new("Time", "slots"), [.. Names.Select((name, i) => Ccdf(name, [1, 2, 3 + i, 100 + i]))]),
        new CcdfFigure("ccdf-nothing", "Nothing", "", new("Time", "slots"), [Ccdf("a", [])]),
        new FrontFigure("front", "Latency against bytes", "", new("Sync bytes a slot", "kB"), Latency,
            [.. Names.Select((name, i) => new FrontPoint(name, Mean(100 - i * i / 2.0), Mean(120 + 3 * i + (i % 3 == 0 ? 9 : 0))))]),
        new FrontFigure("front-nothing", "Nothing", "", Loss, Latency, [new("a", Mean(double.NaN), Mean(1))]),
        new TornadoFigure("tornado", "Latency of the proposed scheme less that of nearest-first", "", new("Difference of latency", "ms"), Mean(-40), 0,
            [.. Names.Select((name, i) => new TornadoBar(name, Mean(-60 + 9 * i, 3), (TornadoVerdict)(i % 3)))]),
        new TornadoFigure("tornado-nothing", "Nothing", "", Latency, Mean(double.NaN), 0, [new("a", Mean(double.NaN), TornadoVerdict.Open)]),
        new BinsFigure("bins", "What old word costs", "", new("Age", "slots"), new("Mean regret less that of trust", "ms"), "tasks", ["0", "1-3", LongName],
            [new("a", [new(Mean(3), 8123456), new(Mean(-4), 12), new(Mean(double.NaN), 0)]), new(LongName, [new(Mean(2), 99), new(Mean(9), 1), new(Mean(5, double.NaN), 1)])]),
        new BinsFigure("bins-nothing", "Nothing", "", new("Age", "slots"), Latency, "tasks", ["0"], [new("a", [new(Mean(double.NaN), 0)])]),
    ];

    private static HeatMapFigure Map(string name, HeatColors colors) => new(
        name, "Best policy, and what it is better by", "", Loss, new("Policy"), new("Difference", "ms"), ["0", "0.25", "0.9", LongName], [.. Names],
        [.. Names.Select((_, row) => (HeatCell[])[.. Enumerable.Range(0, 4).Select(column => new HeatCell(
            row == column ? double.NaN : row * column - 7.125, row == 2 ? "" : column == 0 ? "D" : "N", column == 1))])])
    {
        Colors = colors,
        Kinds = [("D", "drift-plus-penalty"), ("N", LongName)],
        MarkMeaning = "the 95 % interval contains 0",
    };
}
