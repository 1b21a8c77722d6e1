using System.Globalization;
using Diten.Model.Statistics;
using SkiaSharp;

namespace Diten.Runs.Plots.Figures;

/// <summary>What a bar of a tornado says of a sentence.</summary>
internal enum TornadoVerdict
{
    Holds,
    Open,
    DoesNotHold,
}

/// <summary>A value with one thing changed.</summary>
/// <param name="Name">What was changed, and to what.</param>
internal sealed record TornadoBar(string Name, MeanInterval Value, TornadoVerdict Verdict);

/// <summary>How far a value moves when one thing at a time is changed: a bar from where it was to where it is, the farthest on top.</summary>
/// <param name="X">The value.</param>
/// <param name="Basis">The value with nothing changed; the bars begin there.</param>
/// <param name="Limit">Where the sentence changes from true to false; drawn as a line.</param>
internal sealed record TornadoFigure(
    string Name, string Title, string Caption, Quantity X, MeanInterval Basis, double Limit, IReadOnlyList<TornadoBar> Bars) : Figure(Name, Title, Caption)
{
    private const float LeastRow = 32, NameSize = 12, Between = 8, Around = 110, HalfBar = .28f;

    private static readonly float[] BasisDash = [7, 3];

    private static readonly Look[] Looks =
    [
        Look.Of(0) with { Marker = Marker.Circle, Filled = true },
        Look.Of(1) with { Marker = Marker.Square, Filled = false },
        Look.Of(5) with { Marker = Marker.Cross, Filled = true },
    ];

    private static readonly string[] Words = ["holds", "open: the interval has the limit in it", "does not hold"];

    /// <inheritdoc/>
    protected override CsvText Data()
    {
        var csv = new CsvText("changed", X.Label, X.With("half width"), "values", "verdict");
        csv.Row("nothing", CsvText.Number(Basis.Mean), CsvText.Number(Basis.HalfWidth), CsvText.Number(Basis.Count), "");
        foreach (var bar in Sorted())
        {
            var verdict = bar.Verdict switch { TornadoVerdict.Holds => "holds", TornadoVerdict.Open => "open", _ => "does not hold" };
            csv.Row(bar.Name, CsvText.Number(bar.Value.Mean), CsvText.Number(bar.Value.HalfWidth), bar.Value.Count.ToString(CultureInfo.InvariantCulture), verdict);
        }

        return csv;
    }

    /// <inheritdoc/>
    protected override Composed Compose()
    {
        TornadoBar[] rows = [.. Sorted().Reverse()];   // categories are counted from below
        var lines = rows.Select(row => TextLines.Wrap(row.Name, NameSize, Frame.MostRowName).Length).DefaultIfEmpty(1).Max();
        var rowHeight = Math.Max(LeastRow, lines * Drawing.LineHeight(NameSize) + Between);
        var legend = new Legend();
        foreach (var verdict in Enum.GetValues<TornadoVerdict>())
            if (rows.Any(row => row.Verdict == verdict))
                legend.Add(Words[(int)verdict], "", Looks[(int)verdict], line: false);
        legend.Add("nothing changed", Look.Ink, 1.4f, BasisDash);
        legend.Add("limit", Look.Ink, 2.4f);
        var ends = rows.Select(row => row.Value).Append(Basis).SelectMany(value => new[] { value.Mean, value.Low, value.High }).Append(Limit);
        var frame = new Frame(
            Title, Width, Math.Max(Height, Around + rowHeight * rows.Length), X.Label, "", Scale.Linear(ends, fromZero: false, margin: .05, ticks: 6),
            Scale.Categories([.. rows.Select(row => row.Name)]), legend);
        return new Composed(frame.Height, canvas => frame.Draw(canvas, data => DrawData(data, frame, rows)));
    }

    /// <summary>The farthest from the basis first; of equal ones, and of what has no value, as they were given.</summary>
    private IEnumerable<TornadoBar> Sorted() =>
        Bars.OrderByDescending(bar => double.IsNaN(bar.Value.Mean) ? -1 : Math.Abs(bar.Value.Mean - Basis.Mean));

    private void DrawData(SKCanvas canvas, Frame frame, TornadoBar[] rows)
    {
        canvas.Stroke([new(frame.X(Limit), frame.Data.Top), new(frame.X(Limit), frame.Data.Bottom)], Look.Ink, 2.4f);
        if (!double.IsFinite(Basis.Mean))
            return;
        for (var row = 0; row < rows.Length; row++)
        {
            var (value, look) = (rows[row].Value, Looks[(int)rows[row].Verdict]);
            if (!double.IsFinite(value.Mean))
                continue;
            var (from, to) = (frame.X(Basis.Mean), frame.X(value.Mean));
            var bar = new SKRect(Math.Min(from, to), frame.Y(row + HalfBar), Math.Max(from, to), frame.Y(row - HalfBar));
            canvas.Fill(bar, look.Color.WithAlpha(70));
            canvas.Outline(bar, look.Color, 1.2f);
            if (double.IsFinite(value.HalfWidth))
                canvas.Interval(new(frame.X(value.Low), frame.Y(row)), new(frame.X(value.High), frame.Y(row)), Look.Ink);
            canvas.Mark(new(to, frame.Y(row)), look);
        }

        canvas.Stroke([new(frame.X(Basis.Mean), frame.Data.Top), new(frame.X(Basis.Mean), frame.Data.Bottom)], Look.Ink, 1.4f, BasisDash);
    }
}
