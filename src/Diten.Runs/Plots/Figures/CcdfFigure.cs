using SkiaSharp;

namespace Diten.Runs.Plots.Figures;

/// <summary>A complementary distribution: the share of values that are at least so big.</summary>
/// <param name="X">Ascending, each once.</param>
/// <param name="AtLeast">Share of the values ≥ x; falls, 1 at first.</param>
internal sealed record CcdfSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> AtLeast)
{
    /// <inheritdoc cref="LineSeries.Look"/>
    public int? Look { get; init; }
}

/// <summary>Complementary distributions, the share on a logarithmic axis: what is rare is as easy to see as what is common.</summary>
internal sealed record CcdfFigure(string Name, string Title, string Caption, Quantity X, IReadOnlyList<CcdfSeries> Series) : Figure(Name, Title, Caption)
{
    private const float MarkerStep = 90, LeastStep = 1;   // pixels; finer steps cannot be seen, and a sample may have millions

    public bool LogX { get; init; }

    /// <inheritdoc cref="LinesFigure.Marks"/>
    public IReadOnlyList<Rule> Marks { get; init; } = [];

    /// <inheritdoc/>
    protected override CsvText Data()
    {
        var csv = new CsvText("series", X.Label, "share at least");
        foreach (var series in Series)
        {
            for (var i = 0; i < series.X.Count; i++)
                csv.Row(series.Name, CsvText.Number(series.X[i]), CsvText.Number(series.AtLeast[i]));
        }

        return csv;
    }

    /// <inheritdoc/>
    protected override Composed Compose()
    {
        var legend = new Legend();
        for (var i = 0; i < Series.Count; i++)
        {
            if (Series[i].X.Count != Series[i].AtLeast.Count)
                throw new ArgumentException($"Series \"{Series[i].Name}\" has {Series[i].X.Count} x and {Series[i].AtLeast.Count} shares.");
            if (Series.Count > 1)
                legend.Add(Series[i].Name, "", LookOf(i), line: true);
        }

        double[] all = [.. Series.SelectMany(series => series.X), .. Marks.Select(mark => mark.At)];
        var x = LogX ? Scale.Log(all) : Scale.Linear(all, fromZero: true, margin: .03, ticks: 7);
        var y = Scale.Log([1, .1, .. Series.SelectMany(series => series.AtLeast)]);
        var frame = new Frame(Title, Width, Height, X.Label, "P(X ≥ x)", x, y, legend, new Strip([], Marks));
        return new Composed(frame.Height, canvas => frame.Draw(canvas, data => DrawData(data, frame)));
    }

    private Look LookOf(int series) => Look.Of(Series[series].Look ?? series);

    private void DrawData(SKCanvas canvas, Frame frame)
    {
        foreach (var mark in Marks)
            canvas.Stroke([new(frame.X(mark.At), frame.Data.Top), new(frame.X(mark.At), frame.Data.Bottom)], Look.Ink, 1.2f, [4, 3]);
        for (var i = 0; i < Series.Count; i++)
        {
            var steps = Steps(Series[i], frame);
            canvas.Stroke([.. steps], LookOf(i).Color, 2, LookOf(i).Dash);
            // Markers are at equal steps along x, a bit apart from those of the others.
            var next = frame.Data.Left + 20 + 14 * i;
            for (var step = 1; step < steps.Count; step++)
            {
                if (next < steps[step - 1].X || next > steps[step].X || steps[step - 1].Y != steps[step].Y)
                    continue;
                canvas.Mark(new SKPoint(next, steps[step].Y), LookOf(i), 3.4f);
                next += MarkerStep;
                step--;   // a long step has several
            }

            if (steps is [.., var last])
                canvas.Mark(last, LookOf(i), 3.4f);
        }
    }

    /// <summary>Level up to each x, and down there.</summary>
    private static List<SKPoint> Steps(CcdfSeries series, Frame frame)
    {
        var steps = new List<SKPoint>();
        if (series.X.Count == 0)
            return steps;
        steps.Add(new(frame.Data.Left, frame.Y(series.AtLeast[0])));
        for (var i = 0; i < series.X.Count; i++)
        {
            var (at, before) = (frame.At(series.X[i], series.AtLeast[i]), steps[^1]);
            if (i > 0 && i < series.X.Count - 1 && double.Hypot(at.X - before.X, at.Y - before.Y) < LeastStep)
                continue;
            steps.Add(new(before.X, at.Y));
            steps.Add(at);
        }

        return steps;
    }
}
