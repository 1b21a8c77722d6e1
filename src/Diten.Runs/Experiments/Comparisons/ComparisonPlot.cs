using Diten.Model.Statistics;
using Diten.Runs.Plots;
using Diten.Runs.Results;
using ScottPlot;
using static Diten.Runs.Plots.PlotStyle;

namespace Diten.Runs.Experiments.Comparisons;

/// <summary>Draws a comparison: latency against migration rate, a labelled point a policy, with the budget and both offline bounds.</summary>
internal sealed class ComparisonPlot
{
    /// <summary>Name of the files, without ending.</summary>
    public const string Name = "latency-vs-migration";

    private const int Width = 900, Height = 600;
    private const float LabelSize = 12.5f, LabelHeight = 16;

    // The data's place in the figure is fixed, so that labels can be placed before anything is drawn.
    private static readonly PixelPadding Padding = new(left: 76, right: 22, bottom: 52, top: 40);

    private readonly ChartPlot _plot;
    private readonly LabelPlacement _placement;
    private readonly PlotRange _rates, _latencies;
    private readonly List<(Coordinates Point, string Text, Color Color)> _labels = [];

    private ComparisonPlot(ChartPlot plot, PlotRange rates, PlotRange latencies)
    {
        (_plot, _rates, _latencies) = (plot, rates, latencies);
        plot.Layout.Fixed(Padding);
        plot.Axes.SetLimits(rates.Low, rates.High, latencies.Low, latencies.High);
        _placement = new LabelPlacement(new PixelRect(Padding.Left + 4, Width - Padding.Right, Height - Padding.Bottom - 4, Padding.Top));
    }

    /// <summary>The figure.</summary>
    /// <param name="beta">β, migrations allowed per slot.</param>
    internal static RunPlot Draw(Comparison comparison, ComparisonBounds? bounds, double beta)
    {
        PolicyPoint[] points = [.. comparison.Policies
            .Select(policy => new PolicyPoint(
                policy, comparison.Mean(policy, Metric.MigrationRate), Metric.Latency.Display.Scaled(comparison.Mean(policy, Metric.Latency))))
            .Where(point => double.IsFinite(point.Rate.Mean) && double.IsFinite(point.Latency.Mean))];
        var best = comparison.Policies.MaxBy(policy => comparison.Mean(policy, Metric.Reward).Mean)!;
        Coordinates[] frontier = bounds is null ? [] : [.. bounds.Frontier(best)
            .Select(point => new Coordinates(point.Rate.Mean, Metric.Latency.Display.Scaled(point.Latency).Mean))
            .Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];
        double[] balance = bounds?.Balance is var (lower, reachable)
            ? [Metric.Latency.Display.Scaled(lower).Mean, Metric.Latency.Display.Scaled(reachable).Mean]
            : [];

        var rates = PlotRange.FromZero(points.Select(point => point.Rate), beta);
        var below = frontier.Where(point => point.X <= rates.High).Select(point => point.Y);
        var latencies = PlotRange.Around(points.Select(point => point.Latency), [.. below, .. balance]);
        var seeds = comparison.Seeds == 1 ? "one seed" : $"{comparison.Seeds} seeds, 95 % intervals";
        var plot = New($"Latency against migration rate ({seeds})", "Migrations per slot", "Mean latency (ms)");
        var figure = new ComparisonPlot(plot, rates, latencies);
        figure.Budget(beta);
        if (balance is [var fastest, var placed])
            figure.Balance(fastest, placed);
        figure.Frontier(frontier, $"journey frontier, others as with {best}");
        foreach (var point in points)
            figure.Policy(point);
        figure.Label();
        return new RunPlot(
            Name, "Latency against migration rate",
            "Left and down is better; right of the dashed line the budget is overdrawn.", plot, Width, Height)
        { FixedTable = Behind(points, frontier) };
    }

    private static PlotTable Behind(PolicyPoint[] points, Coordinates[] frontier) => new(
        ["case", "migrations per slot", "±", "mean latency (ms)", "±"],
        [
            .. points.Select(point => (IReadOnlyList<string>)
                [point.Policy, PlotTable.Number(point.Rate.Mean), PlotTable.Number(point.Rate.HalfWidth), PlotTable.Number(point.Latency.Mean), PlotTable.Number(point.Latency.HalfWidth)]),
            .. frontier.Select(point => (IReadOnlyList<string>)["journey frontier", PlotTable.Number(point.X), "", PlotTable.Number(point.Y), ""]),
        ]);

    private void Budget(double beta)
    {
        if (beta > _rates.High)
            return;
        const int Dashes = 45;
        var step = (_latencies.High - _latencies.Low) / Dashes;
        for (var i = 0; i < Dashes; i++) // one by one: SVG knows no pattern of lines here
        {
            var from = _latencies.Low + i * step;
            _plot.Add.Line(beta, from, beta, from + 0.6 * step).LineStyle = new LineStyle(1.5f, Ink.WithAlpha(.7));
        }

        _placement.AvoidLine(At(beta, _latencies.Low), At(beta, _latencies.High), 3);
        _labels.Add((new Coordinates(beta, _latencies.High), FormattableString.Invariant($"budget β = {beta:0.###}"), Ink));
    }

    /// <summary>A band between what no placement is below and one that can be had.</summary>
    private void Balance(double lower, double reachable)
    {
        var band = _plot.Add.FillY([_rates.Low, _rates.High], [lower, lower], [reachable, reachable]);
        band.FillColor = Violet.WithAlpha(.25);
        band.LineWidth = 0;
        foreach (var edge in new[] { lower, reachable })
        {
            _plot.Add.HorizontalLine(edge, 1.2f, Violet).EnableAutoscale = false;
            _placement.AvoidLine(At(_rates.Low, edge), At(_rates.High, edge), 3);
        }

        _labels.Add((new Coordinates(_rates.Low + 0.12 * _rates.Span, lower), "balance bound: all placed at once, migrations free", Violet));
    }

    private void Frontier(Coordinates[] curve, string text)
    {
        if (curve.Length == 0)
            return;
        _plot.Add.ScatterLine(curve, Green).LineWidth = 2;
        foreach (var point in curve.Where(point => point.X <= _rates.High && point.Y <= _latencies.High))
            _plot.Note(point.X, point.Y, 12, $"journey frontier\nmigrations per slot: {PlotTable.Number(point.X)}\nmean latency: {PlotTable.Number(point.Y)} ms");
        for (var i = 1; i < curve.Length && curve[i].X <= _rates.High; i++)
            _placement.AvoidLine(At(curve[i - 1]), At(curve[i]), 3);
        var middle = curve.MinBy(point => Math.Abs(point.X - (_rates.Low + 0.3 * _rates.Span)));
        _labels.Add((middle, text, Green));
    }

    private void Policy(PolicyPoint point)
    {
        // One that is outside is drawn at the border, open, and its label says where it is.
        var (x, y) = (Math.Min(point.Rate.Mean, _rates.NearHigh), Math.Min(point.Latency.Mean, _latencies.NearHigh));
        var outside = x < point.Rate.Mean || y < point.Latency.Mean;
        var marker = _plot.Add.Marker(x, y, outside ? MarkerShape.OpenCircle : MarkerShape.FilledCircle, size: 9, Blue);
        marker.LineWidth = 2;
        var (middle, half) = (At(x, y), 6);
        _placement.Avoid(new PixelRect(middle.X - half, middle.X + half, middle.Y + half, middle.Y - half), 8);
        if (!outside && double.IsFinite(point.Rate.HalfWidth) && double.IsFinite(point.Latency.HalfWidth))
        {
            Bar(new(point.Rate.Low, y), new(point.Rate.High, y));
            Bar(new(x, point.Latency.Low), new(x, point.Latency.High));
        }

        _plot.Note(x, y, 18, $"{point.Policy}\nmigrations per slot: {Told(point.Rate)}\nmean latency: {Told(point.Latency)} ms");
        var where = outside ? FormattableString.Invariant($" ({point.Rate.Mean:0.###}, {point.Latency.Mean:0} ms)") : "";
        _labels.Add((new Coordinates(x, y), point.Policy + where, Ink));
    }

    private static string Told(MeanInterval value) =>
        PlotTable.Number(value.Mean) + (double.IsFinite(value.HalfWidth) ? $" ± {PlotTable.Number(value.HalfWidth)}" : "");

    private void Bar(Coordinates from, Coordinates to)
    {
        var bar = _plot.Add.Line(from, to);
        (bar.LineColor, bar.LineWidth) = (Blue.WithAlpha(.6), 1.6f);
        _placement.AvoidLine(At(from), At(to), 5);
    }

    /// <summary>Writes all labels, each with a thin line to its point where it had to go farther away.</summary>
    private void Label()
    {
        var places = _placement.Place(
            [.. _labels.Select(label => (At(label.Point), new PixelSize(PlotFont.Width(label.Text, LabelSize), LabelHeight)))]);
        foreach (var ((point, text, color), place) in _labels.Zip(places))
        {
            var anchor = At(point);
            var end = LabelPlacement.Nearest(place, anchor);
            if (double.Hypot(end.X - anchor.X, end.Y - anchor.Y) > 16)
            {
                var leader = _plot.Add.Line(point, Coordinate(end.X, end.Y));
                (leader.LineColor, leader.LineWidth) = (color.WithAlpha(.35), 1);
            }

            var label = _plot.Add.Text(text, Coordinate((place.Left + place.Right) / 2, (place.Top + place.Bottom) / 2));
            (label.LabelFontName, label.LabelFontSize, label.LabelFontColor) = (PlotFont.Family, LabelSize, color);
            label.Alignment = Alignment.MiddleCenter;
        }
    }

    private static float DataWidth => Width - Padding.Left - Padding.Right;

    private static float DataHeight => Height - Padding.Top - Padding.Bottom;

    private Pixel At(Coordinates point) => At(point.X, point.Y);

    private Pixel At(double rate, double latency) => new(
        Padding.Left + DataWidth * (rate - _rates.Low) / _rates.Span,
        Height - Padding.Bottom - DataHeight * (latency - _latencies.Low) / _latencies.Span);

    private Coordinates Coordinate(double x, double y) => new(
        _rates.Low + _rates.Span * (x - Padding.Left) / DataWidth,
        _latencies.Low + _latencies.Span * (Height - Padding.Bottom - y) / DataHeight);

    private sealed record PolicyPoint(string Policy, MeanInterval Rate, MeanInterval Latency);
}
