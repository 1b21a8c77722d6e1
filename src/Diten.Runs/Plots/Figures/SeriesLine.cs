using SkiaSharp;

namespace Diten.Runs.Plots.Figures;

/// <summary>A series at its place in a figure.</summary>
internal sealed class SeriesLine(LineSeries series, Look look, Frame frame)
{
    /// <summary>A band where intervals are known, a bar where a point has no neighbour.</summary>
    public void DrawSpread(SKCanvas canvas)
    {
        foreach (var (from, to) in Runs(HasInterval))
        {
            SKPoint[] upper = [.. Enumerable.Range(from, to - from).Select(i => At(i, series.Y[i].High))];
            SKPoint[] lower = [.. Enumerable.Range(from, to - from).Select(i => At(i, series.Y[i].Low))];
            if (to - from == 1)
                canvas.Interval(lower[0], upper[0], look.Color);
            else
                canvas.Fill([.. upper, .. lower.Reverse()], look.Color.WithAlpha(46));
        }
    }

    /// <summary>The line through the means, with gaps where there is none.</summary>
    public void DrawLine(SKCanvas canvas)
    {
        foreach (var (from, to) in Runs(HasMean))
            canvas.Stroke([.. Enumerable.Range(from, to - from).Select(i => At(i, series.Y[i].Mean))], look.Color, 2, look.Dash);
    }

    /// <summary>A marker at each point, or at some where they are many; a point without neighbours always has one.</summary>
    /// <param name="number">Of the series: markers of several do not all stand at the same x.</param>
    public void DrawMarkers(SKCanvas canvas, int most, int number)
    {
        var every = (series.X.Count + most - 1) / most;
        foreach (var (from, to) in Runs(HasMean))
        {
            for (var i = from; i < to; i++)
            {
                if (to - from == 1 || every <= 1 || i % every == 3 * number % every)
                    canvas.Mark(At(i, series.Y[i].Mean), look, every <= 1 ? 4 : 3.4f);
            }
        }

        if (series.Marked is { } marked && double.IsFinite(marked))
            DrawMarked(canvas, marked);
    }

    /// <summary>A ring on the line, and a thin line down to the axis.</summary>
    private void DrawMarked(SKCanvas canvas, double marked)
    {
        var near = Enumerable.Range(0, series.X.Count).Where(HasMean).OrderBy(i => Math.Abs(series.X[i] - marked)).Take(1).ToArray();
        var at = near is [var i] ? new SKPoint(frame.X(marked), frame.Y(series.Y[i].Mean)) : new SKPoint(frame.X(marked), frame.Data.Bottom);
        canvas.Stroke([at, new(at.X, frame.Data.Bottom)], look.Color, 1.2f, look.Dash);
        canvas.Mark(at, look, 4.5f);
        canvas.Mark(at, new Look(Look.Ink, null, Marker.Circle, Filled: false), 8);
    }

    private bool HasMean(int i) => double.IsFinite(series.Y[i].Mean);

    private bool HasInterval(int i) => HasMean(i) && double.IsFinite(series.Y[i].HalfWidth);

    private SKPoint At(int i, double y) => new(frame.X(series.X[i]), frame.Y(y));

    /// <summary>Stretches of points that all have what is asked; ends are exclusive.</summary>
    private IEnumerable<(int From, int To)> Runs(Func<int, bool> has)
    {
        for (int from = 0, to; from < series.X.Count; from = to + 1)
        {
            for (to = from; to < series.X.Count && has(to);)
                to++;
            if (to > from)
                yield return (from, to);
        }
    }
}
