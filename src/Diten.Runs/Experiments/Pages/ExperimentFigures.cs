using Diten.Model.Statistics;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Plots.Figures;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Pages;

/// <summary>Draws what a part says shall be drawn: one figure for each combination of the axes that a figure says nothing of.</summary>
internal static class ExperimentFigures
{
    /// <summary>All figures of a part, in the order of its file.</summary>
    public static IReadOnlyList<Figure> Of(PartResults results) => [.. results.Part.Figures.SelectMany(design => Of(results, design))];

    private static IEnumerable<Figure> Of(PartResults results, FigureDesign design)
    {
        string?[] used = [design.X, design.Series, design.Over, .. design.At.Levels.Select(level => level.Axis)];
        var free = results.Part.Axes.Where(axis => !used.Contains(axis.Name) && design.Kind is not (FigureKind.Front or FigureKind.Ages or FigureKind.RegretByAge or FigureKind.Recovery)).ToArray();
        foreach (var one in Case.Grid(free))
        {
            var levels = free.Zip(one.Levels, (axis, level) => (axis.Name, level.Name)).ToArray();
            var own = design with
            {
                Name = string.Concat([design.Name, .. levels.Select(level => $"-{FileName(level.Item2)}")]),
                Title = levels.Length == 0 ? design.Title : $"{design.Title}, {new Selection(levels)}",
                At = new Selection([.. design.At.Levels, .. levels]),
            };
            yield return design.Kind switch
            {
                FigureKind.Lines => Lines(results, own),
                FigureKind.HeatMap => Map(results, own),
                FigureKind.Best => Best(results, own),
                FigureKind.Front => Front(results, own),
                FigureKind.Ages => Ages(results, own),
                FigureKind.RegretByAge => RegretByAge(results, own),
                _ => RecoveryFigures.Of(results, own),
            };
        }
    }

    /// <summary>What an axis of a figure shows of a metric; of a share it says that it is one.</summary>
    public static Quantity QuantityOf(Metric metric) =>
        new(Shape.Capital(Shape.NameOf(metric)), Shape.UnitOf(metric) is { Length: > 0 } unit ? unit : metric.Unit == "share" ? "share" : "");

    /// <summary>A mean in the unit that is shown.</summary>
    public static MeanInterval Scaled(Metric metric, MeanInterval mean) => metric.Display.Scaled(mean);

    /// <summary>The cases of a figure without axes, each with its name: the levels in which they differ.</summary>
    public static IEnumerable<(int Case, string Name)> Named(ExperimentPart part, FigureDesign design)
    {
        int[] cases = [.. part.Matching(design.At)];
        var differ = Enumerable.Range(0, part.Axes.Count).Where(axis => cases.Select(one => part.Cases[one].Levels[axis].Name).Distinct().Count() > 1).ToArray();
        return cases.Select(one => (one, string.Join(", ", differ.Select(axis => part.Cases[one].Levels[axis].Name))));
    }

    private static LinesFigure Lines(PartResults results, FigureDesign design)
    {
        var part = results.Part;
        var x = part.Axes[part.IndexOf(design.X!)];
        var places = x.Levels.Select(level => DesignParts.ValueOf(null, level.Name)).ToArray();
        var numeric = places.All(place => place is not null) && places.SequenceEqual(places.Order());
        var rows = design.Series is null ? [("", design.At)] : part.Axes[part.IndexOf(design.Series)].Levels
            .Select(level => (level.Name, With(design.At, design.Series, level.Name))).ToArray();
        return new LinesFigure(
            design.Name, design.Title, design.Caption, new Quantity(Shape.Capital(x.Label)), QuantityOf(design.Metric),
            [.. rows.Select(row => new LineSeries(
                row.Item1, [.. places.Select((place, i) => numeric ? place!.Value : i)],
                [.. x.Levels.Select(level => Scaled(design.Metric, results.Mean(One(part, With(row.Item2, x.Name, level.Name)), design.Metric)))])),
                .. design.Beside.Select(line => new LineSeries(
                    line.Name, [.. places.Select((place, i) => numeric ? place!.Value : i)],
                    [.. x.Levels.Select(level => Scaled(line.Metric, results.Mean(One(part, With(new Selection([.. design.At.Levels, .. line.At.Levels]), x.Name, level.Name)), line.Metric)))]))])
        {
            Categories = numeric ? null : [.. x.Levels.Select(level => level.Name)],
            LogX = numeric && design.LogX,
        };
    }

    private static HeatMapFigure Map(PartResults results, FigureDesign design) => Map(results, design, cell =>
        new HeatCell(Scaled(design.Metric, results.Mean(One(results.Part, cell), design.Metric)).Mean));

    private static HeatMapFigure Map(PartResults results, FigureDesign design, Func<Selection, HeatCell> cellOf)
    {
        var part = results.Part;
        var x = part.Axes[part.IndexOf(design.X!)];
        var y = design.Series is null ? null : part.Axes[part.IndexOf(design.Series)];
        var rows = y is null ? [("", design.At)] : y.Levels.Select(row => (row.Name, With(design.At, y.Name, row.Name))).ToArray();
        return new HeatMapFigure(
            design.Name, design.Title, design.Caption, new Quantity(Shape.Capital(x.Label)), new Quantity(Shape.Capital(y?.Label ?? "")), QuantityOf(design.Metric),
            [.. x.Levels.Select(level => level.Name)], [.. rows.Select(row => row.Item1)],
            [.. rows.Select(row => (IReadOnlyList<HeatCell>)[.. x.Levels.Select(column => cellOf(With(row.Item2, x.Name, column.Name)))])]);
    }

    /// <summary>
    /// Where the best one's lead over the second is not shown, there is a mark. Levels that are shown to break the figure's limit are left out; where all
    /// are, the field says so.
    /// </summary>
    private static HeatMapFigure Best(PartResults results, FigureDesign design)
    {
        const string nobody = "–";
        var part = results.Part;
        var over = part.Axes[part.IndexOf(design.Over!)];
        string[] letters = [.. over.Levels.Select((_, i) => ((char)('A' + i)).ToString())];
        var map = Map(results, design, cell =>
        {
            var keep = Enumerable.Range(0, over.Levels.Count)
                .Select(i => (Level: i, Case: One(part, With(cell, over.Name, over.Levels[i].Name))))
                .Where(one => design.Within is null || !IsBroken(results, one.Case, design.Within)).ToArray();
            if (keep.Length == 0)
                return new HeatCell(double.NaN, nobody);
            var order = keep.Select(one => (one.Level, Values: results.Values(one.Case, design.Metric)))
                .Select(one => (one.Level, one.Values, Mean: MeanInterval.Of(one.Values)))
                .Where(one => double.IsFinite(one.Mean.Mean)).OrderBy(one => one.Mean.Mean).ToArray();
            if (order.Length == 0)
                return new HeatCell(double.NaN);
            var shown = order.Length == 1 || PairedTest.Of(order[1].Values, order[0].Values).Difference.Low > 0;
            return new HeatCell(Scaled(design.Metric, order[0].Mean).Mean, letters[order[0].Level], !shown);
        });
        return map with
        {
            Colors = HeatColors.Kind,
            Kinds = [.. letters.Zip(over.Levels, (letter, level) => (letter, level.Name)), .. map.Cells.Any(row => row.Any(cell => cell.Kind == nobody)) ? [(nobody, $"none keeps {design.Within!.Text}")] : Array.Empty<(string, string)>()],
            MarkMeaning = "lead over the second not shown",
            Caption = design.Within is null ? design.Caption : $"{design.Caption} Of those only that keep {design.Within.Text}.".TrimStart(),
        };
    }

    /// <summary>Whether a case is shown to exceed a limit: the whole interval of its mean lies above; of one world, the mean.</summary>
    private static bool IsBroken(PartResults results, int one, Limit limit)
    {
        var mean = results.Mean(one, limit.Metric);
        return (double.IsNaN(mean.Low) ? mean.Mean : mean.Low) > (limit.Most ?? results.Results[one][0].Summary.World.Beta);
    }

    private static FrontFigure Front(PartResults results, FigureDesign design) => new(
        design.Name, design.Title, design.Caption, QuantityOf(design.Against!), QuantityOf(design.Metric),
        [.. Named(results.Part, design).Select(one => new FrontPoint(
            one.Name, Scaled(design.Against!, results.Mean(one.Case, design.Against!)), Scaled(design.Metric, results.Mean(one.Case, design.Metric))))])
    {
        Bounds = [.. FrontBounds.Of(results, design)],
    };

    private static CcdfFigure Ages(PartResults results, FigureDesign design) => new(
        design.Name, design.Title, design.Caption, new Quantity("Age", "slots"),
        [.. Named(results.Part, design).Select(one =>
        {
            var counts = new long[results.Results[one.Case].Max(run => run.Extras.Ages.Count)];
            foreach (var run in results.Results[one.Case])
                for (var age = 0; age < run.Extras.Ages.Count; age++)
                    counts[age] += run.Extras.Ages[age];
            double sum = counts.Sum(), left = sum;
            var atLeast = new double[counts.Length];
            for (var age = 0; age < counts.Length; age++)
                (atLeast[age], left) = (left / sum, left - counts[age]);
            return new CcdfSeries(one.Name, [.. Enumerable.Range(0, counts.Length).Select(age => (double)age)], atLeast);
        })]);

    private static BinsFigure RegretByAge(PartResults results, FigureDesign design) => new(
        design.Name, design.Title, design.Caption, new Quantity("Age of the chosen server's twin", "slots"), new Quantity("Regret", "ms"), "tasks",
        CellExtras.AgeBins,
        [.. Named(results.Part, design).Select(one => new BinSeries(one.Name, [.. Enumerable.Range(0, CellExtras.AgeBins.Count).Select(bin =>
        {
            var runs = results.Results[one.Case].Select(run => run.Extras.RegretByAge[bin]).ToArray();
            double[] means = [.. runs.Where(run => run.Tasks > 0).Select(run => run.Seconds / run.Tasks * 1e3)];
            return new Bin(means.Length == 0 ? new MeanInterval(double.NaN, double.NaN, 1) : MeanInterval.Of(means), runs.Sum(run => run.Tasks));
        })]))]);

    /// <summary>The one case of a selection.</summary>
    private static int One(ExperimentPart part, Selection of) => part.Matching(of).Single();

    private static Selection With(Selection at, string axis, string level) => new([.. at.Levels, (axis, level)]);

    private static string FileName(string level) => string.Concat(level.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_'));
}
