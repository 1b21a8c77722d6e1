using SkiaSharp;

namespace Diten.Runs.Plots.Figures;

/// <summary>One line of a legend.</summary>
/// <param name="Name">Broken into lines where it is long.</param>
/// <param name="Note">Below the name, smaller; empty = none.</param>
/// <param name="Key">Draws the sample, around the middle that it gets; null = none, and the name begins at the left.</param>
internal sealed record LegendEntry(string Name, string Note, Action<SKCanvas, SKPoint>? Key);

/// <summary>The names of what is drawn, in a column right of the data, so that it covers none of it.</summary>
internal sealed class Legend
{
    /// <summary>Half the length of a sample.</summary>
    public const float KeyHalf = 16;

    private const float TextSize = 12, NoteSize = 11, MostWidth = 190, TextLeft = 2 * KeyHalf + 8, Between = 5;

    private readonly List<(LegendEntry Entry, string[] Name, string[] Note)> _entries = [];

    /// <summary>All it takes beside the data; 0 without entries.</summary>
    public float Width { get; private set; }

    public float Height { get; private set; }

    /// <summary>Adds a line.</summary>
    public void Add(LegendEntry entry)
    {
        string[] name = TextLines.Wrap(entry.Name, TextSize, MostWidth), note = entry.Note.Length == 0 ? [] : TextLines.Wrap(entry.Note, NoteSize, MostWidth);
        _entries.Add((entry, name, note));
        Width = Math.Max(Width, Left(entry) + Math.Max(TextLines.Width(name, TextSize), TextLines.Width(note, NoteSize)));
        Height += HeightOf(name, note) + Between;
    }

    /// <summary>Adds a series by its look.</summary>
    public void Add(string name, string note, Look look, bool line) => Add(new LegendEntry(name, note, (canvas, middle) =>
    {
        if (line)
            canvas.Stroke([new(middle.X - KeyHalf, middle.Y), new(middle.X + KeyHalf, middle.Y)], look.Color, 2, look.Dash);
        canvas.Mark(middle, look);
    }));

    /// <summary>Adds a line without marks.</summary>
    public void Add(string name, SKColor color, float width, float[]? dash = null) => Add(new LegendEntry(name, "", (canvas, middle) =>
        canvas.Stroke([new(middle.X - KeyHalf, middle.Y), new(middle.X + KeyHalf, middle.Y)], color, width, dash)));

    /// <summary>Adds a shaded stretch.</summary>
    public void AddShade(string name, SKColor color) => Add(new LegendEntry(name, "", (canvas, middle) =>
        canvas.Fill(new SKRect(middle.X - KeyHalf, middle.Y - 5, middle.X + KeyHalf, middle.Y + 5), color)));

    /// <summary>Draws all, from the upper left corner on.</summary>
    public void Draw(SKCanvas canvas, float left, float top)
    {
        foreach (var (entry, name, note) in _entries)
        {
            entry.Key?.Invoke(canvas, new SKPoint(left + KeyHalf, top + Drawing.LineHeight(TextSize) / 2));
            canvas.Write(name, left + Left(entry), top, TextSize, Look.Ink, SKTextAlign.Left);
            canvas.Write(note, left + Left(entry), top + name.Length * Drawing.LineHeight(TextSize), NoteSize, Look.Ink, SKTextAlign.Left);
            top += HeightOf(name, note) + Between;
        }
    }

    private static float Left(LegendEntry entry) => entry.Key is null ? 0 : TextLeft;

    private static float HeightOf(string[] name, string[] note) =>
        name.Length * Drawing.LineHeight(TextSize) + note.Length * Drawing.LineHeight(NoteSize);
}
