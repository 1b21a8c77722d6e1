using Diten.Model.Statistics;
using ScottPlot;
using SkiaSharp;

namespace Diten.Runs.Plots.Figures;

/// <summary>A case by two metrics.</summary>
/// <param name="Name">Written beside its point.</param>
internal sealed record FrontPoint(string Name, MeanInterval X, MeanInterval Y);

/// <summary>What could be had at best, whatever is decided: a line that no case is expected to be below.</summary>
/// <param name="Name">Written in the legend.</param>
/// <param name="Points">By x. A line of one point goes from end to end at its y.</param>
internal sealed record FrontBound(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Cases by two metrics of which less is better, with intervals of both, and the front of those that no other one beats in both.</summary>
/// <remarks>A point without both means is in the CSV only. The front goes by means: intervals may overlap across it.</remarks>
internal sealed record FrontFigure(string Name, string Title, string Caption, Quantity X, Quantity Y, IReadOnlyList<FrontPoint> Points) : Figure(Name, Title, Caption)
{
    private const float LabelSize = 12, MostLabelWidth = 170, Radius = 4.5f, Reach = 9;

    private static readonly Look OnFront = Look.Of(0);
    private static readonly Look Behind = OnFront with { Filled = false };
    private static readonly float[] FrontDash = [7, 3];

    /// <summary>Lines that are drawn with the points; what is right of all points is left out.</summary>
    public IReadOnlyList<FrontBound> Bounds { get; init; } = [];

    /// <summary>The points that no other one beats: no worse in both and better in one; by x, then in order of the points.</summary>
    public IReadOnlyList<FrontPoint> Front() =>
    [
        .. Shown().Where(point => !Shown().Any(other => IsNoWorse(other, point) && !IsNoWorse(point, other)))
            .OrderBy(point => point.X.Mean),
    ];

    /// <inheritdoc/>
    protected override CsvText Data()
    {
        var front = Front();
        var csv = new CsvText("case", X.Label, X.With("half width of x"), Y.Label, Y.With("half width of y"), "values", "on the front");
        foreach (var point in Points)
        {
            csv.Row(
                point.Name, CsvText.Number(point.X.Mean), CsvText.Number(point.X.HalfWidth), CsvText.Number(point.Y.Mean),
                CsvText.Number(point.Y.HalfWidth), CsvText.Number(point.X.Count), front.Contains(point) ? "yes" : "no");
        }

        foreach (var bound in Bounds)
            foreach (var (x, y) in bound.Points)
                csv.Row(bound.Name, bound.Points.Count == 1 ? "" : CsvText.Number(x), "", CsvText.Number(y), "", "", "");
        return csv;
    }

    /// <inheritdoc/>
    protected override Composed Compose()
    {
        var legend = new Legend();
        legend.Add("Pareto front", Look.Ink, 1.4f, FrontDash);
        legend.Add("on it", "", OnFront, line: false);
        legend.Add("behind it", "", Behind, line: false);
        for (var i = 0; i < Bounds.Count; i++)
            legend.Add(Bounds[i].Name, LookOf(i).Color, 2, LookOf(i).Dash);
        var frame = new Frame(
            Title, Width, Height, X.Label, Y.Label, ScaleOf(point => point.X, []), ScaleOf(point => point.Y, Bounds.SelectMany(Within).Select(point => point.Y)), legend);
        var steps = Steps(frame);
        FrontLabel[] labels = [.. Labels(frame, steps)];
        return new Composed(frame.Height, canvas => frame.Draw(canvas, data => DrawData(data, frame, steps, labels)))
        {
            Spots = [.. Shown().Select(point => Told(point, frame.At(point.X.Mean, point.Y.Mean)))],
        };
    }

    private Spot Told(FrontPoint point, SKPoint at) => new(
        at.X - Reach, at.Y - Reach, 2 * Reach, 2 * Reach, $"{point.Name}\n{X.Label}: {PlotTable.Number(point.X.Mean)}\n{Y.Label}: {PlotTable.Number(point.Y.Mean)}");

    private IEnumerable<FrontPoint> Shown() => Points.Where(point => double.IsFinite(point.X.Mean) && double.IsFinite(point.Y.Mean));

    private static Look LookOf(int bound) => Look.Of(bound + 1);

    /// <summary>The part of a bound that is left of the last point's interval.</summary>
    private IEnumerable<(double X, double Y)> Within(FrontBound bound)
    {
        double[] ends = [.. Shown().Select(point => double.IsFinite(point.X.High) ? point.X.High : point.X.Mean)];
        return bound.Points.Count == 1 || ends.Length == 0 ? bound.Points : bound.Points.Where(point => point.X <= ends.Max());
    }

    private SKPoint[] Line(Frame frame, FrontBound bound)
    {
        if (bound.Points.Count != 1)
            return [.. Within(bound).Select(point => frame.At(point.X, point.Y))];
        var height = frame.Y(bound.Points[0].Y);
        return [new(frame.Data.Left, height), new(frame.Data.Right, height)];
    }

    private Scale ScaleOf(Func<FrontPoint, MeanInterval> metric, IEnumerable<double> bounds)
    {
        var ends = Shown().Select(metric).SelectMany(value => new[] { value.Mean, value.Low, value.High }).Concat(bounds);
        return Scale.Linear(ends, fromZero: false, margin: .1, ticks: 6);
    }

    private bool IsNoWorse(FrontPoint one, FrontPoint other) =>
        one.X.Mean <= other.X.Mean && one.Y.Mean <= other.Y.Mean;

    /// <summary>The edge of what the front's points beat, from end to end of the data.</summary>
    private SKPoint[] Steps(Frame frame)
    {
        SKPoint[] front = [.. Front().Select(point => frame.At(point.X.Mean, point.Y.Mean))];
        if (front.Length == 0)
            return [];
        var steps = new List<SKPoint> { new(front[0].X, frame.Data.Top), front[0] };
        for (var i = 1; i < front.Length; i++)
            steps.AddRange([new(front[i].X, front[i - 1].Y), front[i]]);
        steps.Add(new(frame.Data.Right, front[^1].Y));
        return [.. steps];
    }

    private IEnumerable<FrontLabel> Labels(Frame frame, SKPoint[] steps)
    {
        var area = frame.Data;
        var placement = new LabelPlacement(new PixelRect(area.Left + 4, area.Right, area.Bottom - 4, area.Top));
        for (var i = 1; i < steps.Length; i++)
            placement.AvoidLine(Pixel(steps[i - 1]), Pixel(steps[i]), 3);
        foreach (var line in Bounds.Select(bound => Line(frame, bound)))
            for (var i = 1; i < line.Length; i++)
                placement.AvoidLine(Pixel(line[i - 1]), Pixel(line[i]), 3);
        foreach (var point in Shown())
        {
            var at = frame.At(point.X.Mean, point.Y.Mean);
            placement.Avoid(new PixelRect(at.X - 6, at.X + 6, at.Y + 6, at.Y - 6), 8);
            foreach (var (from, to) in Bars(point, frame))
                placement.AvoidLine(Pixel(from), Pixel(to), 5);
        }

        string[][] lines = [.. Shown().Select(point => TextLines.Wrap(point.Name, LabelSize, MostLabelWidth))];
        (Pixel At, PixelSize Size)[] wanted = [.. Shown().Zip(lines, (point, text) => (
            Pixel(frame.At(point.X.Mean, point.Y.Mean)),
            new PixelSize(TextLines.Width(text, LabelSize), text.Length * Drawing.LineHeight(LabelSize))))];
        return placement.Place(wanted).Select((place, i) => new FrontLabel(lines[i], wanted[i].At, place));
    }

    private static IEnumerable<(SKPoint From, SKPoint To)> Bars(FrontPoint point, Frame frame)
    {
        if (double.IsFinite(point.X.HalfWidth))
            yield return (frame.At(point.X.Low, point.Y.Mean), frame.At(point.X.High, point.Y.Mean));
        if (double.IsFinite(point.Y.HalfWidth))
            yield return (frame.At(point.X.Mean, point.Y.Low), frame.At(point.X.Mean, point.Y.High));
    }

    private void DrawData(SKCanvas canvas, Frame frame, SKPoint[] steps, FrontLabel[] labels)
    {
        for (var i = 0; i < Bounds.Count; i++)
            canvas.Stroke(Line(frame, Bounds[i]), LookOf(i).Color, 2, LookOf(i).Dash);
        canvas.Stroke(steps, Look.Ink, 1.4f, FrontDash);
        var front = Front();
        foreach (var point in Shown())
        {
            foreach (var (from, to) in Bars(point, frame))
                canvas.Interval(from, to, OnFront.Color);
            canvas.Mark(frame.At(point.X.Mean, point.Y.Mean), front.Contains(point) ? OnFront : Behind, Radius);
        }

        foreach (var (lines, at, place) in labels)
        {
            var end = LabelPlacement.Nearest(place, at);
            if (double.Hypot(end.X - at.X, end.Y - at.Y) > 16)
                canvas.Stroke([new(at.X, at.Y), new(end.X, end.Y)], Look.Ink.WithAlpha(90), 1);
            canvas.Write(lines, (place.Left + place.Right) / 2, place.Top, LabelSize, Look.Ink, SKTextAlign.Center);
        }
    }

    private static Pixel Pixel(SKPoint point) => new(point.X, point.Y);

    private sealed record FrontLabel(string[] Lines, Pixel At, PixelRect Place);
}
