using SkiaSharp;

namespace Diten.Runs.Plots.Figures;

/// <summary>A cell of a map.</summary>
/// <param name="Value">NaN = none.</param>
/// <param name="Kind">Short, such as a letter for the best policy; written in the cell. Empty = none.</param>
/// <param name="Marked">Whether it has a dot, such as where the interval holds 0.</param>
internal readonly record struct HeatCell(double Value, string Kind = "", bool Marked = false);

/// <summary>What the colour of a cell tells.</summary>
internal enum HeatColors
{
    /// <summary>How big the value is: the darker the more.</summary>
    Size,

    /// <summary>The kind: a phase diagram.</summary>
    Kind,
}

/// <summary>A value, or a kind, of each pair of two axes.</summary>
/// <param name="Columns">Names along x.</param>
/// <param name="Rows">Names along y, from the top down.</param>
/// <param name="Cells">A row a name, in it a cell a column.</param>
/// <param name="Value">What the values are.</param>
internal sealed record HeatMapFigure(
    string Name, string Title, string Caption, Quantity X, Quantity Y, Quantity Value, IReadOnlyList<string> Columns, IReadOnlyList<string> Rows,
    IReadOnlyList<IReadOnlyList<HeatCell>> Cells) : Figure(Name, Title, Caption)
{
    private const float LeastRow = 34, MostRow = 60, AroundRows = 120, TextSize = 12, LeastTextSize = 8;

    public HeatColors Colors { get; init; } = HeatColors.Size;

    /// <summary>Kinds and their names, in the order of their colours; every kind of a cell is among them.</summary>
    public IReadOnlyList<(string Kind, string Name)> Kinds { get; init; } = [];

    /// <summary>What a dot means; for the legend.</summary>
    public string MarkMeaning { get; init; } = "";

    private IEnumerable<double> Finite => Cells.SelectMany(row => row).Select(cell => cell.Value).Where(double.IsFinite);

    /// <inheritdoc/>
    protected override CsvText Data()
    {
        var csv = new CsvText(Y.Label, X.Label, Value.Label, "kind", "marked");
        for (var row = 0; row < Rows.Count; row++)
        {
            for (var column = 0; column < Columns.Count; column++)
            {
                var cell = Cells[row][column];
                csv.Row(Rows[row], Columns[column], CsvText.Number(cell.Value), cell.Kind, cell.Marked ? "yes" : "no");
            }
        }

        return csv;
    }

    /// <inheritdoc/>
    protected override Composed Compose()
    {
        if (Cells.Count != Rows.Count || Cells.Any(row => row.Count != Columns.Count))
            throw new ArgumentException($"A map of {Rows.Count} rows and {Columns.Count} columns needs a cell of each.");
        if (Cells.SelectMany(row => row).FirstOrDefault(cell => cell.Kind.Length > 0 && NumberOf(cell.Kind) < 0) is { Kind.Length: > 0 } stranger)
            throw new ArgumentException($"No name is given for the kind \"{stranger.Kind}\".");
        var legend = Legend();
        var lines = Rows.Select(row => TextLines.Wrap(row, TextSize, Frame.MostRowName).Length).DefaultIfEmpty(1).Max();
        var least = Math.Max(LeastRow, lines * Drawing.LineHeight(TextSize) + 4);
        var rows = Rows.Count * Math.Clamp((Height - AroundRows) / Math.Max(1, Rows.Count), least, Math.Max(least, MostRow));
        var down = Scale.Categories(Rows) with { Low = Rows.Count - .5, High = -.5 };
        var frame = new Frame(
            Title, Width, AroundRows + rows, X.Label, Y.Label, Scale.Categories(Columns), down, legend, leastData: rows);
        return new Composed(frame.Height, canvas => frame.Draw(canvas, data => DrawCells(data, frame), grid: false))
        {
            Spots = [.. Told(frame)],
        };
    }

    private IEnumerable<Spot> Told(Frame frame)
    {
        for (var row = 0; row < Rows.Count; row++)
        {
            for (var column = 0; column < Columns.Count; column++)
            {
                var (cell, place) = (Cells[row][column], Place(frame, row, column));
                string?[] lines =
                [
                    Rows[row].Length > 0 ? $"{Columns[column]}, {Rows[row]}" : Columns[column], $"{Value.Label}: {PlotTable.Number(cell.Value)}",
                    Kinds.FirstOrDefault(one => one.Kind == cell.Kind).Name, cell.Marked ? MarkMeaning : null,
                ];
                yield return new Spot(place.Left, place.Top, place.Width, place.Height, string.Join('\n', lines.Where(line => line is not null)));
            }
        }
    }

    private static SKRect Place(Frame frame, int row, int column) => new(frame.X(column - .5), frame.Y(row - .5), frame.X(column + .5), frame.Y(row + .5));

    private Legend Legend()
    {
        var legend = new Legend();
        if (Colors != HeatColors.Kind)
        {
            legend.Add(new LegendEntry(Value.Label, "", null));
            foreach (var value in Levels().Distinct())
                legend.Add(Swatch(Scale.Short(value), "", Color(new HeatCell(value))!.Value));
        }

        foreach (var (kind, name) in Kinds)
            legend.Add(Swatch(name, kind, Colors == HeatColors.Kind ? HeatPalette.OfKind(NumberOf(kind)) : SKColors.Transparent));
        if (Colors == HeatColors.Kind && Finite.Any())
            legend.Add(new LegendEntry($"Number: {Value.Label}", "", null));
        if (Cells.SelectMany(row => row).Any(cell => cell.Marked))
            legend.Add(new LegendEntry(MarkMeaning, "", (canvas, middle) => Dot(canvas, middle, Look.Ink)));
        if (Cells.SelectMany(row => row).Any(cell => Color(cell) is null))
            legend.Add(new LegendEntry("no value", "", (canvas, middle) => canvas.Hatch(Around(middle), Look.Ink.WithAlpha(110))));
        return legend;
    }

    /// <summary>Values whose colours the legend shows, from the highest down.</summary>
    private double[] Levels() =>
        Finite.Any() ? [.. new[] { 1, .75, .5, .25, 0 }.Select(share => Finite.Min() + share * (Finite.Max() - Finite.Min()))] : [];

    private static LegendEntry Swatch(string name, string text, SKColor color) => new(name, "", (canvas, middle) =>
    {
        canvas.Fill(Around(middle), color);
        canvas.Outline(Around(middle), Look.Ink.WithAlpha(120), .8f);
        canvas.Write(text, middle, 11, color.Alpha == 0 ? Look.Ink : HeatPalette.InkOn(color), bold: true);
    });

    private static SKRect Around(SKPoint middle) => new(middle.X - 13, middle.Y - 7, middle.X + 13, middle.Y + 7);

    private int NumberOf(string kind) => Enumerable.Range(0, Kinds.Count).FirstOrDefault(i => Kinds[i].Kind == kind, -1);

    /// <summary>Null where there is nothing to show.</summary>
    private SKColor? Color(HeatCell cell) => Colors switch
    {
        HeatColors.Kind => cell.Kind.Length == 0 ? null : HeatPalette.OfKind(NumberOf(cell.Kind)),
        _ when !double.IsFinite(cell.Value) => null,
        _ => HeatPalette.OfShare(Finite.Max() > Finite.Min() ? (cell.Value - Finite.Min()) / (Finite.Max() - Finite.Min()) : .5),
    };

    private void DrawCells(SKCanvas canvas, Frame frame)
    {
        for (var row = 0; row < Rows.Count; row++)
        {
            for (var column = 0; column < Columns.Count; column++)
                DrawCell(canvas, Place(frame, row, column), Cells[row][column]);
        }
    }

    private void DrawCell(SKCanvas canvas, SKRect place, HeatCell cell)
    {
        var inner = SKRect.Inflate(place, -.75f, -.75f);
        if (Color(cell) is not { } color)
        {
            canvas.Hatch(inner, Look.Ink.WithAlpha(110));
            return;
        }

        canvas.Fill(inner, color);
        var ink = HeatPalette.InkOn(color);
        var value = double.IsFinite(cell.Value) ? Scale.Short(cell.Value) : "";
        string[] lines = [.. new[] { cell.Kind, value }.Where(line => line.Length > 0)];
        var size = lines.Aggregate(TextSize, (size, line) => Math.Min(size, TextSize * (inner.Width - 6) / TextLines.Width([line], TextSize)));
        for (var i = 0; i < lines.Length && size >= LeastTextSize; i++)   // what does not fit is in the CSV
        {
            var y = inner.MidY + (i - (lines.Length - 1) / 2f) * Drawing.LineHeight(size);
            canvas.Write(lines[i], new SKPoint(inner.MidX, y), size, ink, bold: lines[i] == cell.Kind);
        }

        if (cell.Marked)
            Dot(canvas, new SKPoint(inner.Right - 6, inner.Top + 6), ink);
    }

    private static void Dot(SKCanvas canvas, SKPoint at, SKColor color) => canvas.Mark(at, new Look(color, null, Marker.Circle, Filled: true), 2.2f);
}
