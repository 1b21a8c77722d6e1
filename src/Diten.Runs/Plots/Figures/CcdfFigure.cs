using SkiaSharp;

namespace Diten.Runs.Plots.Figures;

/// <summary>A complementary distribution: the share of values that are at least so big.</summary>
/// <param name="X">Ascending, each once.</param>
/// <param name="AtLeast">Share of the values ≥ x; falls, 1 at first.</param>
internal sealed record CcdfSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> AtLeast);

/// <summary>Complementary distributions, the share on a logarithmic axis: what is rare is as easy to see as what is common.</summary>
internal sealed record CcdfFigure(string Name, string Title, string Caption, Quantity X, IReadOnlyList<CcdfSeries> Series) : Figure(Name, Title, Caption)
{
    private const float MarkerStep = 90, LeastStep = 1;   // pixels; finer steps cannot be seen, and a sample may have millions

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
                legend.Add(Series[i].Name, "", Look.Of(i), line: true);
        }

        var x = Scale.Linear(Series.SelectMany(series => series.X), fromZero: true, margin: .03, ticks: 7);
        var y = Scale.Log([1, .1, .. Series.SelectMany(series => series.AtLeast)]);
        var frame = new Frame(Title, Width, Height, X.Label, "P(X ≥ x)", x, y, legend);
        return new Composed(frame.Height, canvas => frame.Draw(canvas, data => DrawData(data, frame)));
    }

    private void DrawData(SKCanvas canvas, Frame frame)
    {
        for (var i = 0; i < Series.Count; i++)
        {
            var steps = Steps(Series[i], frame);
            canvas.Stroke([.. steps], Look.Of(i).Color, 2, Look.Of(i).Dash);
            // Markers are at equal steps along x, a bit apart from those of the others.
            var next = frame.Data.Left + 20 + 14 * i;
            for (var step = 1; step < steps.Count; step++)
            {
                if (next < steps[step - 1].X || next > steps[step].X || steps[step - 1].Y != steps[step].Y)
                    continue;
                canvas.Mark(new SKPoint(next, steps[step].Y), Look.Of(i), 3.4f);
                next += MarkerStep;
                step--;   // a long step has several
            }

            if (steps is [.., var last])
                canvas.Mark(last, Look.Of(i), 3.4f);
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
