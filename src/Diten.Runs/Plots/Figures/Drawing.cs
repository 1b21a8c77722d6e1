using SkiaSharp;

namespace Diten.Runs.Plots.Figures;

/// <summary>Strokes, areas, markers and text; all lengths are pixels, y down.</summary>
/// <remarks>Lines are drawn as paths: the SVG of paths keeps dashes, that of single lines does not.</remarks>
internal static class Drawing
{
    /// <summary>A line through points.</summary>
    public static void Stroke(this SKCanvas canvas, ReadOnlySpan<SKPoint> points, SKColor color, float width, float[]? dash = null)
    {
        if (points.Length < 2)
            return;
        using var path = Path(points, close: false);
        using var paint = Paint(color, SKPaintStyle.Stroke);
        (paint.StrokeWidth, paint.StrokeJoin) = (width, SKStrokeJoin.Bevel);
        using var effect = dash is null ? null : SKPathEffect.CreateDash(dash, 0);
        paint.PathEffect = effect;
        canvas.DrawPath(path, paint);
    }

    /// <summary>A filled area.</summary>
    public static void Fill(this SKCanvas canvas, ReadOnlySpan<SKPoint> points, SKColor color)
    {
        using var path = Path(points, close: true);
        using var paint = Paint(color, SKPaintStyle.Fill);
        canvas.DrawPath(path, paint);
    }

    /// <summary>A filled rectangle.</summary>
    public static void Fill(this SKCanvas canvas, SKRect area, SKColor color)
    {
        using var paint = Paint(color, SKPaintStyle.Fill);
        canvas.DrawRect(area, paint);
    }

    /// <summary>The edge of a rectangle.</summary>
    public static void Outline(this SKCanvas canvas, SKRect area, SKColor color, float width) => canvas.Stroke(
        [new(area.Left, area.Top), new(area.Right, area.Top), new(area.Right, area.Bottom), new(area.Left, area.Bottom), new(area.Left, area.Top - width / 2)], color, width);

    /// <summary>Oblique lines over an area: nothing is known of it.</summary>
    public static void Hatch(this SKCanvas canvas, SKRect area, SKColor color)
    {
        const float Step = 6;
        for (var at = Step; at < area.Width + area.Height; at += Step)
        {
            var (left, right) = (Math.Max(0, at - area.Height), Math.Min(at, area.Width));
            canvas.Stroke([new(area.Left + left, area.Top + at - left), new(area.Left + right, area.Top + at - right)], color, .8f);
        }
    }

    /// <summary>A marker at a point.</summary>
    /// <param name="radius">Half its width.</param>
    public static void Mark(this SKCanvas canvas, SKPoint at, Look look, float radius = 4)
    {
        if (look.Marker == Marker.Cross)
        {
            canvas.Stroke([at + new SKSize(-radius, -radius), at + new SKSize(radius, radius)], look.Color, 1.8f);
            canvas.Stroke([at + new SKSize(-radius, radius), at + new SKSize(radius, -radius)], look.Color, 1.8f);
            return;
        }

        using var paint = Paint(look.Color, look.Filled ? SKPaintStyle.StrokeAndFill : SKPaintStyle.Stroke);
        paint.StrokeWidth = look.Filled ? .6f : 1.6f;
        if (look.Marker == Marker.Circle)
        {
            canvas.DrawCircle(at, radius, paint);
            return;
        }

        (float X, float Y)[] corners = look.Marker switch
        {
            Marker.Square => [(-.88f, -.88f), (.88f, -.88f), (.88f, .88f), (-.88f, .88f)],
            Marker.Up => [(0, -1.15f), (1.1f, .8f), (-1.1f, .8f)],
            Marker.Down => [(0, 1.15f), (1.1f, -.8f), (-1.1f, -.8f)],
            _ => [(0, -1.25f), (1.25f, 0), (0, 1.25f), (-1.25f, 0)],
        };
        using var path = Path([.. corners.Select(corner => new SKPoint(at.X + radius * corner.X, at.Y + radius * corner.Y))], close: true);
        canvas.DrawPath(path, paint);
    }

    /// <summary>A bar from end to end of an interval, with feet, upright or level.</summary>
    public static void Interval(this SKCanvas canvas, SKPoint from, SKPoint to, SKColor color, float foot = 3)
    {
        canvas.Stroke([from, to], color, 1.4f);
        var across = Math.Abs(from.X - to.X) > Math.Abs(from.Y - to.Y) ? new SKSize(0, foot) : new SKSize(foot, 0);
        canvas.Stroke([from - across, from + across], color, 1.4f);
        canvas.Stroke([to - across, to + across], color, 1.4f);
    }

    /// <summary>A line of text.</summary>
    /// <param name="at">Left end, middle or right end, at half the height of capitals.</param>
    /// <param name="degrees">Clockwise, around <paramref name="at"/>.</param>
    public static void Write(
        this SKCanvas canvas, string text, SKPoint at, float size, SKColor color, SKTextAlign align = SKTextAlign.Center, float degrees = 0, bool bold = false)
    {
        if (text.Length == 0)
            return;
        using var font = PlotFont.Of(size, bold);
        using var paint = Paint(color, SKPaintStyle.Fill);
        canvas.Save();
        canvas.Translate(at.X, at.Y);
        canvas.RotateDegrees(degrees);
        canvas.DrawText(text, 0, .35f * size, align, font, paint);   // capitals are 0.7 em high
        canvas.Restore();
    }

    /// <summary>Lines of text, one below the other.</summary>
    /// <param name="top">The upper edge of the first.</param>
    public static void Write(this SKCanvas canvas, IReadOnlyList<string> lines, float x, float top, float size, SKColor color, SKTextAlign align)
    {
        for (var i = 0; i < lines.Count; i++)
            canvas.Write(lines[i], new SKPoint(x, top + (i + .5f) * LineHeight(size)), size, color, align);
    }

    /// <summary>From line to line.</summary>
    public static float LineHeight(float size) => 1.25f * size;

    private static SKPaint Paint(SKColor color, SKPaintStyle style) => new() { Color = color, Style = style, IsAntialias = true };

    private static SKPath Path(ReadOnlySpan<SKPoint> points, bool close)
    {
        var path = new SKPath();
        path.MoveTo(points[0]);
        foreach (var point in points[1..])
            path.LineTo(point);
        if (close)
            path.Close();
        return path;
    }
}
