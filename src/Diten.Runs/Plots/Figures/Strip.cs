using SkiaSharp;

namespace Diten.Runs.Plots.Figures;

/// <summary>A stretch of the x axis that is shaded and named, such as one in which a fault is in force.</summary>
/// <param name="Name">Several windows may have the same: they share a row above the data.</param>
internal sealed record Window(string Name, double From, double To);

/// <summary>A value of an axis that is marked by a line and named.</summary>
internal sealed record Rule(string Name, double At);

/// <summary>Names of windows and of marked values, in rows above the data: there they cover nothing.</summary>
internal sealed class Strip
{
    private const float RowHeight = 19, TextSize = 11.5f, Gap = 8;

    private readonly List<(string Name, double[][] Stretches)> _names;

    public Strip(IReadOnlyList<Window> windows, IReadOnlyList<Rule> marks) => _names =
    [
        .. marks.Select(mark => (mark.Name, new[] { new[] { mark.At } })),   // first: their stems shall not be long
        .. windows.GroupBy(window => window.Name).Select(group => (group.Key, group.Select(window => new[] { window.From, window.To }).ToArray())),
    ];

    /// <summary>Finds a row for each name.</summary>
    /// <param name="x">From values of the axis to pixels.</param>
    /// <param name="left">Where text may begin.</param>
    /// <param name="right">Where it has to end; what is wider is broken into lines.</param>
    public Placed Place(Func<double, float> x, float left, float right)
    {
        var rows = new List<List<(float From, float To)>>();
        var names = new List<(string[] Lines, float Middle, float[][] Bars, int Row)>();
        foreach (var (name, stretches) in _names)
        {
            float[][] bars = [.. stretches.Select(stretch => Array.ConvertAll(stretch, at => x(at)))];
            var lines = TextLines.Wrap(name, TextSize, right - left);
            var half = TextLines.Width(lines, TextSize) / 2;
            var middle = Math.Clamp((bars[0][0] + bars[0][^1]) / 2, left + half, Math.Max(left + half, right - half));
            (float From, float To)[] taken = [(middle - half, middle + half), .. bars.Select(bar => (bar[0], bar[^1]))];
            var row = 0;
            while (row < rows.Count && !Enumerable.Range(row, Math.Min(lines.Length, rows.Count - row)).All(r => IsFree(rows[r], taken)))
                row++;
            while (rows.Count < row + lines.Length)
                rows.Add([]);
            for (var r = row; r < row + lines.Length; r++)
                rows[r].AddRange(taken);
            names.Add((lines, middle, bars, row));
        }

        return new Placed(rows.Count * RowHeight, names);
    }

    private static bool IsFree(List<(float From, float To)> row, (float From, float To)[] wanted) =>
        wanted.All(want => row.TrueForAll(taken => want.To + Gap <= taken.From || taken.To + Gap <= want.From));

    /// <summary>Rows with their places; row 0 is next to the data.</summary>
    internal sealed record Placed(float Height, List<(string[] Lines, float Middle, float[][] Bars, int Row)> Names)
    {
        /// <summary>Draws names, bars over their windows, and the stems of marks.</summary>
        /// <param name="bottom">The upper edge of the data.</param>
        public void Draw(SKCanvas canvas, float bottom)
        {
            foreach (var (lines, middle, bars, row) in Names)
            {
                var foot = bottom - row * RowHeight - 3;
                foreach (var bar in bars)
                {
                    if (bar is [var from, var to])
                        canvas.Fill(new SKRect(from, foot - 2.5f, Math.Max(to, from + 1), foot), Look.Ink.WithAlpha(150));
                    else
                        canvas.Stroke([new(bar[0], foot - 2), new(bar[0], bottom)], Look.Ink.WithAlpha(row == 0 ? (byte)255 : (byte)110), 1);
                }

                for (var line = 0; line < lines.Length; line++)
                {
                    var y = foot - 10 - (lines.Length - 1 - line) * RowHeight;
                    canvas.Write(lines[line], new SKPoint(middle, y), TextSize, Look.Ink);
                }
            }
        }
    }
}
