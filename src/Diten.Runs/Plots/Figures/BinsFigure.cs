using Diten.Model.Statistics;
using SkiaSharp;

namespace Diten.Runs.Plots.Figures;

/// <summary>What fell into a bin.</summary>
/// <param name="Value">Mean and interval; a NaN mean is no bar.</param>
/// <param name="Items">How many.</param>
internal readonly record struct Bin(MeanInterval Value, long Items);

/// <summary>A case's bins, in the order of the figure's names.</summary>
internal sealed record BinSeries(string Name, IReadOnlyList<Bin> Bins);

/// <summary>Means by bin with their intervals; below, how many are in each bin: a tall bar of few is not much.</summary>
/// <param name="X">By what bins are made.</param>
/// <param name="Items">What is counted, such as "tasks".</param>
internal sealed record BinsFigure(
    string Name, string Title, string Caption, Quantity X, Quantity Y, string Items, IReadOnlyList<string> Bins, IReadOnlyList<BinSeries> Series)
    : Figure(Name, Title, Caption)
{
    private const double CountsShare = .42;   // of the means' height
    private const float NoteSize = 11, Group = .76f;

    /// <inheritdoc/>
    protected override CsvText Data()
    {
        var csv = new CsvText("series", X.Label, Y.Label, Y.With("half width"), "values", Items);
        foreach (var series in Series)
        {
            for (var i = 0; i < series.Bins.Count; i++)
            {
                var (value, items) = series.Bins[i];
                csv.Row(
                    series.Name, Bins[i], CsvText.Number(value.Mean), CsvText.Number(value.HalfWidth), CsvText.Number(value.Count),
                    items.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return csv;
    }

    /// <inheritdoc/>
    protected override Composed Compose()
    {
        foreach (var series in Series.Where(series => series.Bins.Count != Bins.Count))
            throw new ArgumentException($"Series \"{series.Name}\" has {series.Bins.Count} bins where the figure has {Bins.Count}.");
        var legend = new Legend();
        for (var i = 0; i < Series.Count && Series.Count > 1; i++)
            legend.Add(Series[i].Name, "", Look.Of(i), line: false);
        var means = Scale.Linear(
            [0, .. Series.SelectMany(series => series.Bins).SelectMany(bin => new[] { bin.Value.Mean, bin.Value.Low, bin.Value.High })],
            fromZero: true, margin: .08, ticks: 5);
        // One axis for both: the means' ticks stand above, and below there is room for the counts.
        var axis = means with { Low = means.Low - CountsShare * (means.High - means.Low) };
        var frame = new Frame(Title, Width, Height, X.Label, Y.Label, Scale.Categories(Bins), axis, legend);
        return new Composed(frame.Height, canvas => frame.Draw(canvas, data =>
        {
            DrawMeans(data, frame);
            DrawCounts(data, frame, frame.Y(means.Low));
        }));
    }

    /// <summary>Left and right end of a series' bar of a bin.</summary>
    private (float Left, float Right) Bar(Frame frame, int series, int bin)
    {
        var (from, to) = (frame.X(bin - Group / 2), frame.X(bin + Group / 2));
        var width = (to - from) / Series.Count;
        return (from + series * width, from + (series + 1) * width);
    }

    private void DrawMeans(SKCanvas canvas, Frame frame)
    {
        var zero = frame.Y(0);
        for (var i = 0; i < Series.Count; i++)
        {
            var look = Look.Of(i);
            for (var bin = 0; bin < Bins.Count; bin++)
            {
                var value = Series[i].Bins[bin].Value;
                if (!double.IsFinite(value.Mean))
                    continue;
                var ((left, right), y) = (Bar(frame, i, bin), frame.Y(value.Mean));
                var bar = new SKRect(left + 1, Math.Min(y, zero), right - 1, Math.Max(y, zero));
                canvas.Fill(bar, look.Color.WithAlpha(70));
                canvas.Outline(bar, look.Color, 1.2f);
                var middle = (left + right) / 2;
                if (double.IsFinite(value.HalfWidth))
                    canvas.Interval(new(middle, frame.Y(value.Low)), new(middle, frame.Y(value.High)), Look.Ink);
                if (Series.Count > 1)
                    canvas.Mark(new(middle, y), look, 3.6f);
            }
        }

        canvas.Stroke([new(frame.Data.Left, zero), new(frame.Data.Right, zero)], Look.Ink.WithAlpha(120), 1);
    }

    private void DrawCounts(SKCanvas canvas, Frame frame, float top)
    {
        var most = Math.Max(1, Series.SelectMany(series => series.Bins).Max(bin => bin.Items));
        var (floor, ceiling) = (frame.Data.Bottom, top + 2.7f * NoteSize);
        canvas.Stroke([new(frame.Data.Left, top), new(frame.Data.Right, top)], Look.Ink, 1);
        canvas.Write(Items, new SKPoint(frame.Data.Left + 5, top + .8f * NoteSize), NoteSize, Look.Ink, SKTextAlign.Left);
        for (var i = 0; i < Series.Count; i++)
        {
            for (var bin = 0; bin < Bins.Count; bin++)
            {
                var ((left, right), items) = (Bar(frame, i, bin), Series[i].Bins[bin].Items);
                var height = (float)(items / (double)most) * (floor - ceiling);
                canvas.Fill(new SKRect(left + 1, floor - height, right - 1, floor), Look.Of(i).Color.WithAlpha(150));
                var text = items < 10_000 ? items.ToString(System.Globalization.CultureInfo.InvariantCulture) : Scale.Short(items);
                var size = Math.Min(NoteSize, NoteSize * (right - left - 2) / TextLines.Width([text], NoteSize));
                if (size >= 7)   // smaller ones nobody can read; the CSV has them
                    canvas.Write(text, new SKPoint((left + right) / 2, floor - height - .75f * NoteSize), size, Look.Ink);
            }
        }
    }
}
