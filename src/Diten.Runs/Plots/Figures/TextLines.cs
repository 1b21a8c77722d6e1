using SkiaSharp;

namespace Diten.Runs.Plots.Figures;

/// <summary>Breaks long names into lines.</summary>
internal static class TextLines
{
    /// <summary>Lines that are no wider than allowed: broken at spaces, else after hyphens and the like, else anywhere.</summary>
    /// <param name="size">Of the font, pixels.</param>
    /// <param name="width">Pixels; a single character is never broken.</param>
    public static string[] Wrap(string text, float size, float width, bool bold = false)
    {
        using var font = PlotFont.Of(size, bold);
        var (lines, line) = (new List<string>(), "");
        foreach (var piece in Pieces(text))
        {
            if (font.MeasureText((line + piece).TrimEnd()) <= width)
            {
                line += piece;
                continue;
            }

            if (line.Trim().Length > 0)
                lines.Add(line.Trim());
            line = piece;
            while (font.MeasureText(line.TrimEnd()) > width && Fitting(line, font, width) is var fits && fits < line.Length)
            {
                lines.Add(line[..fits]);
                line = line[fits..];
            }
        }

        lines.Add(line.Trim());
        return [.. lines];
    }

    /// <summary>The width of the widest line, pixels.</summary>
    public static float Width(IEnumerable<string> lines, float size)
    {
        using var font = PlotFont.Of(size, bold: false);
        return lines.Select(line => font.MeasureText(line)).DefaultIfEmpty(0).Max();
    }

    /// <summary>A single line: what does not fit is cut off, and three dots say so.</summary>
    public static string Cut(string text, float size, float width)
    {
        using var font = PlotFont.Of(size, bold: false);
        return font.MeasureText(text) <= width ? text : text[..Fitting(text, font, width - font.MeasureText("…"))] + "…";
    }

    private static IEnumerable<string> Pieces(string text)
    {
        var from = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not (' ' or '-' or '/' or '_' or ',') && i < text.Length - 1)
                continue;
            yield return text[from..(i + 1)];
            from = i + 1;
        }
    }

    private static int Fitting(string line, SKFont font, float width)
    {
        var length = 1;
        while (length < line.Length && font.MeasureText(line[..(length + 1)]) <= width)
            length++;
        return length;
    }
}
