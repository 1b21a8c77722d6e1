using Diten.Model.Statistics;
using SkiaSharp;

namespace Diten.Runs.Plots.Figures;

/// <summary>Points of a line, each a mean with half its interval.</summary>
/// <param name="X">Ascending; indices where the figure has categories.</param>
/// <param name="Y">A NaN mean is a gap; a NaN half width has no band or bar.</param>
internal sealed record LineSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<MeanInterval> Y)
{
    /// <summary>An x that is marked on the line, such as the slot of recovery; null = none, NaN = there is none, and the note says so.</summary>
    public double? Marked { get; init; }

    /// <summary>In the legend below the name, such as "recovered in slot 57".</summary>
    public string Note { get; init; } = "";
}

/// <summary>Lines over a numeric axis or over categories, with intervals.</summary>
/// <remarks>The CSV has the series' points; windows and rules are not data.</remarks>
internal sealed record LinesFigure(string Name, string Title, string Caption, Quantity X, Quantity Y, IReadOnlyList<LineSeries> Series) : Figure(Name, Title, Caption)
{
    private const int MostMarkers = 24, MostStrips = 240, YTicks = 6;

    private const double YMargin = .06;

    private static readonly SKColor LevelShade = Look.Of(3).Color.WithAlpha(50);

    /// <summary>Names at x = 0, 1, 2 and so on; null = x is a number.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    public bool LogX { get; init; }

    /// <summary>Whether y begins at 0 where no value is below.</summary>
    public bool FromZero { get; init; } = true;

    /// <summary>Where y begins; what is below is cut off, and in the data; null = below all values.</summary>
    public double? YFrom { get; init; }

    /// <summary>Shaded stretches of y, named in the legend.</summary>
    public IReadOnlyList<Window> Levels { get; init; } = [];

    /// <summary>Shaded stretches of x, such as faults in force; what is beyond the points is cut off.</summary>
    public IReadOnlyList<Window> Windows { get; init; } = [];

    /// <summary>Values of x with a line upright, named above.</summary>
    public IReadOnlyList<Rule> Marks { get; init; } = [];

    /// <summary>Values of y with a level line, named in the legend.</summary>
    public IReadOnlyList<Rule> References { get; init; } = [];

    /// <inheritdoc/>
    protected override CsvText Data()
    {
        var csv = new CsvText("series", X.Label, Y.Label, Y.With("half width"), "values", X.With("marked at"));
        foreach (var series in Series)
        {
            for (var i = 0; i < series.X.Count; i++)
            {
                csv.Row(
                    series.Name, Categories is null ? CsvText.Number(series.X[i]) : Categories[(int)series.X[i]], CsvText.Number(series.Y[i].Mean),
                    CsvText.Number(series.Y[i].HalfWidth), CsvText.Number(series.Y[i].Count), CsvText.Number(series.Marked ?? double.NaN));
            }
        }

        return csv;
    }

    /// <inheritdoc/>
    protected override Composed Compose()
    {
        foreach (var series in Series.Where(series => series.X.Count != series.Y.Count))
            throw new ArgumentException($"Series \"{series.Name}\" has {series.X.Count} x and {series.Y.Count} y.");
        if (Categories is { } names && Series.SelectMany(series => series.X).Any(x => x < 0 || x >= names.Count || x != Math.Floor(x)))
            throw new ArgumentException($"Each x has to be the number of one of {names.Count} categories.");
        var legend = new Legend();
        if (Series.Count > 1 || Series.Any(series => series.Note.Length > 0) || References.Count + Levels.Count > 0)
        {
            for (var i = 0; i < Series.Count; i++)
                legend.Add(Series[i].Name, Series[i].Note, Look.Of(i), line: true);
        }

        for (var i = 0; i < References.Count; i++)
            legend.Add(References[i].Name, Look.Ink, 1.2f, ReferenceDash(i));
        foreach (var level in Levels)
            legend.AddShade(level.Name, LevelShade);

        Rule[] marks = [.. Marks.Where(mark => double.IsFinite(mark.At))];
        var x = XScale();
        Window[] windows = [.. Windows
            .Select(window => window with { From = Math.Max(window.From, x.Low), To = Math.Min(window.To, x.High) })
            .Where(window => window.From <= window.To)];
        var frame = new Frame(Title, Width, Height, X.Label, Y.Label, x, YScale(), legend, new Strip(windows, marks));
        return new Composed(frame.Height, canvas => frame.Draw(canvas, data => DrawData(data, frame, windows, marks)))
        {
            Spots = [.. Strips(frame)],
        };
    }

    /// <summary>A strip for each x, or every so manyth, in which every series tells its value.</summary>
    private IEnumerable<Spot> Strips(Frame frame)
    {
        double[] all = [.. Series.SelectMany(series => series.X).Distinct().Order()];
        double[] places = [.. all.Where((_, i) => i % ((all.Length + MostStrips - 1) / MostStrips) == 0)];
        var values = Series.Select(series => series.X.Zip(series.Y, (x, y) => (X: x, Y: y)).ToLookup(point => point.X, point => point.Y)).ToArray();
        for (var i = 0; i < places.Length; i++)
        {
            var left = i == 0 ? frame.Data.Left : (frame.X(places[i - 1]) + frame.X(places[i])) / 2;
            var right = i == places.Length - 1 ? frame.Data.Right : (frame.X(places[i]) + frame.X(places[i + 1])) / 2;
            var told = from number in Enumerable.Range(0, Series.Count)
                       from value in values[number][places[i]]
                       where double.IsFinite(value.Mean)
                       select $"\n{Series[number].Name}: {Told(value)}";
            yield return new Spot(
                left, frame.Data.Top, right - left, frame.Data.Height,
                $"{X.Label}: {Categories?[(int)places[i]] ?? PlotTable.Number(places[i])}{string.Concat(told)}");
        }
    }

    private static string Told(MeanInterval mean) =>
        PlotTable.Number(mean.Mean) + (double.IsFinite(mean.HalfWidth) ? $" ± {PlotTable.Number(mean.HalfWidth)}" : "");

    private Scale XScale()
    {
        if (Categories is not null)
            return Scale.Categories(Categories);
        IEnumerable<double> all = [.. Series.SelectMany(series => series.X), .. Marks.Select(mark => mark.At)];
        return LogX ? Scale.Log(all) : Scale.Linear(all, fromZero: false, margin: .02, ticks: 7);
    }

    private Scale YScale()
    {
        double[] all =
        [
            .. Series.SelectMany(series => series.Y).SelectMany(y => new[] { y.Mean, y.Low, y.High }), .. References.Select(reference => reference.At),
            .. Levels.SelectMany(level => new[] { level.From, level.To }),
        ];
        if (YFrom is not { } from)
            return Scale.Linear(all, FromZero, margin: YMargin, ticks: YTicks);
        var high = Scale.Linear(all.Where(value => value > from).Append(from), fromZero: false, margin: YMargin, ticks: YTicks).High;
        return Scale.Between(from, high, YTicks);
    }

    private static float[] ReferenceDash(int number) => number % 2 == 0 ? [3, 3] : [9, 4];

    private void DrawData(SKCanvas canvas, Frame frame, Window[] windows, Rule[] marks)
    {
        foreach (var window in windows)
            canvas.Fill(new SKRect(frame.X(window.From), frame.Data.Top, Math.Max(frame.X(window.To), frame.X(window.From) + 1), frame.Data.Bottom), Look.Ink.WithAlpha(24));
        foreach (var level in Levels)
            canvas.Fill(new SKRect(frame.Data.Left, frame.Y(level.To), frame.Data.Right, frame.Y(level.From)), LevelShade);
        foreach (var mark in marks)
            canvas.Stroke([new(frame.X(mark.At), frame.Data.Top), new(frame.X(mark.At), frame.Data.Bottom)], Look.Ink, 1.2f, [4, 3]);
        for (var i = 0; i < References.Count; i++)
            canvas.Stroke([new(frame.Data.Left, frame.Y(References[i].At)), new(frame.Data.Right, frame.Y(References[i].At))], Look.Ink, 1.2f, ReferenceDash(i));
        SeriesLine[] lines = [.. Series.Select((series, i) => new SeriesLine(series, Look.Of(i), frame))];
        foreach (var line in lines)
            line.DrawSpread(canvas);
        foreach (var line in lines)
            line.DrawLine(canvas);
        for (var i = 0; i < lines.Length; i++)
            lines[i].DrawMarkers(canvas, MostMarkers, i);
    }
}
