using SkiaSharp;

namespace Diten.Runs.Plots.Figures;

/// <summary>Title, axes, grid and legend of a figure, and the place that they leave for the data.</summary>
internal sealed class Frame
{
    private const float TitleSize = 14, LabelSize = 13, TickSize = 12, TickLength = 4, Edge = 14;
    private const float LegendGap = 18, MostTilted = 190;

    /// <summary>Names of rows that are wider are broken into lines, pixels.</summary>
    public const float MostRowName = 140;

    private readonly Scale _x, _y;
    private readonly Legend _legend;
    private readonly Strip.Placed _strip;
    private readonly string[] _title, _xLabel, _yLabel;
    private readonly string[][] _xTicks, _yTicks;
    private readonly bool _tilted;
    private readonly float _labelTop;

    /// <summary>Finds a place for all.</summary>
    /// <param name="width">Of the figure, pixels; height is the least.</param>
    /// <param name="above">What is named above the data; null = nothing.</param>
    /// <param name="leastData">Least height of the data, whatever stands around it.</param>
    public Frame(
        string title, float width, float height, string xLabel, string yLabel, Scale x, Scale y, Legend legend, Strip? above = null, float leastData = 190)
    {
        (_x, _y, _legend) = (x, y, legend);
        _yLabel = TextLines.Wrap(yLabel, LabelSize, height - 2 * Edge);
        _yTicks = [.. y.Major.Select(tick => y.Categorical ? TextLines.Wrap(tick.Label, TickSize, MostRowName) : [tick.Label])];
        var left = Edge + _yLabel.Length * Drawing.LineHeight(LabelSize) + 6 + TextLines.Width(_yTicks.SelectMany(lines => lines), TickSize) + TickLength + 4;
        var right = width - Edge - (legend.Width > 0 ? legend.Width + LegendGap : 4);
        var slot = (right - left) / Math.Max(1, x.Major.Count) - 6;
        _xTicks = [.. x.Major.Select(tick => x.Categorical ? TextLines.Wrap(tick.Label, TickSize, Math.Max(slot, 20)) : [tick.Label])];
        _tilted = x.Categorical && _xTicks.Any(lines => lines.Length > 3);
        if (_tilted)
            _xTicks = [.. x.Major.Select(tick => new[] { TextLines.Cut(tick.Label, TickSize, MostTilted) })];
        var tilt = TextLines.Width(_xTicks.SelectMany(lines => lines), TickSize) * .71f;
        left = _tilted ? Math.Max(left, tilt - slot / 2 + Edge) : left;
        _title = TextLines.Wrap(title, TitleSize, width - 2 * Edge, bold: true);
        var titleHeight = title.Length == 0 ? 0 : _title.Length * Drawing.LineHeight(TitleSize) + 8;
        _strip = (above ?? new Strip([], [])).Place(At(x, left, right), left, width - Edge);
        var top = Edge - 4 + titleHeight + _strip.Height + (_strip.Height > 0 ? 0 : 4);
        _xLabel = TextLines.Wrap(xLabel, LabelSize, right - left);
        var ticks = TickLength + 4 + (_tilted ? tilt + 10 : _xTicks.Select(lines => lines.Length).DefaultIfEmpty(1).Max() * Drawing.LineHeight(TickSize));
        var bottom = ticks + 5 + _xLabel.Length * Drawing.LineHeight(LabelSize) + Edge - 4;
        Height = (int)Math.Ceiling(Math.Max(Math.Max(height, top + legend.Height + Edge), top + leastData + bottom));
        Data = new SKRect(left, top, right, Height - bottom);
        _labelTop = Data.Bottom + ticks + 5;
    }

    /// <summary>Where the data is drawn.</summary>
    public SKRect Data { get; }

    /// <summary>Of the whole figure, pixels.</summary>
    public int Height { get; }

    /// <summary>The pixel of a value.</summary>
    public float X(double value) => At(_x, Data.Left, Data.Right)(value);

    /// <inheritdoc cref="X"/>
    public float Y(double value) => At(_y, Data.Bottom, Data.Top)(value);

    /// <summary>The place of a pair of values.</summary>
    public SKPoint At(double x, double y) => new(X(x), Y(y));

    /// <summary>Draws grid and axes, then the data within its place, then all text.</summary>
    public void Draw(SKCanvas canvas, Action<SKCanvas> data, bool grid = true)
    {
        foreach (var tick in grid ? _y.Major : [])
            canvas.Stroke([new(Data.Left, Y(tick.At)), new(Data.Right, Y(tick.At))], Look.Ink.WithAlpha(30), 1);
        foreach (var tick in grid && !_x.Categorical ? _x.Major : [])
            canvas.Stroke([new(X(tick.At), Data.Top), new(X(tick.At), Data.Bottom)], Look.Ink.WithAlpha(30), 1);
        canvas.Save();
        canvas.ClipRect(new SKRect(Data.Left - 5, Data.Top - 5, Data.Right + 5, Data.Bottom + 5));   // markers at the edge are whole
        data(canvas);
        canvas.Restore();
        DrawAxes(canvas);
        _strip.Draw(canvas, Data.Top);
        var center = (Data.Left + Data.Right) / 2;
        canvas.Write(_xLabel, center, _labelTop, LabelSize, Look.Ink, SKTextAlign.Center);
        for (var line = 0; line < _yLabel.Length; line++)
            canvas.Write(_yLabel[line], new SKPoint(Edge + 4 + line * Drawing.LineHeight(LabelSize), YLabelMiddle), LabelSize, Look.Ink, degrees: -90);
        for (var line = 0; line < _title.Length; line++)
            canvas.Write(_title[line], new SKPoint(Edge, Edge + 5 + line * Drawing.LineHeight(TitleSize)), TitleSize, Look.Ink, SKTextAlign.Left, bold: true);
        _legend.Draw(canvas, Data.Right + LegendGap, Data.Top);
    }

    /// <summary>As near to the middle of the data as the figure's edges allow.</summary>
    private float YLabelMiddle
    {
        get
        {
            var half = TextLines.Width(_yLabel, LabelSize) / 2 + 4;
            return Math.Clamp((Data.Top + Data.Bottom) / 2, Math.Min(half, Height / 2f), Math.Max(Height - half, Height / 2f));
        }
    }

    private void DrawAxes(SKCanvas canvas)
    {
        canvas.Stroke([new(Data.Left, Data.Top), new(Data.Left, Data.Bottom), new(Data.Right, Data.Bottom)], Look.Ink, 1);
        for (var i = 0; i < _y.Major.Count; i++)
        {
            var at = Y(_y.Major[i].At);
            canvas.Stroke([new(Data.Left - TickLength, at), new(Data.Left, at)], Look.Ink, 1);
            var top = at - _yTicks[i].Length * Drawing.LineHeight(TickSize) / 2;
            canvas.Write(_yTicks[i], Data.Left - TickLength - 4, top, TickSize, Look.Ink, SKTextAlign.Right);
        }

        foreach (var at in _y.Minor)
            canvas.Stroke([new(Data.Left - TickLength / 2, Y(at)), new(Data.Left, Y(at))], Look.Ink, 1);
        foreach (var at in _x.Minor)
            canvas.Stroke([new(X(at), Data.Bottom), new(X(at), Data.Bottom + TickLength / 2)], Look.Ink, 1);
        for (var i = 0; i < _x.Major.Count; i++)
        {
            var at = X(_x.Major[i].At);
            canvas.Stroke([new(at, Data.Bottom), new(at, Data.Bottom + TickLength)], Look.Ink, 1);
            if (_tilted)
                canvas.Write(_xTicks[i][0], new SKPoint(at + 2, Data.Bottom + TickLength + 7), TickSize, Look.Ink, SKTextAlign.Right, degrees: -45);
            else
                canvas.Write(_xTicks[i], at, Data.Bottom + TickLength + 4, TickSize, Look.Ink, SKTextAlign.Center);
        }
    }

    private static Func<double, float> At(Scale scale, float from, float to) => value => (float)(from + (to - from) * scale.Share(value));
}
