using ScottPlot;
using SkiaSharp;

namespace Diten.Runs.Plots;

/// <summary>The font of all plots: made here, so that text shows on machines without any, and looks the same on all.</summary>
internal sealed class PlotFont : IFontResolver
{
    /// <summary>Its name.</summary>
    public const string Family = "Diten Pen";

    private static readonly byte[] RegularFile = TrueTypeFont.Build(Family, 1.65, bold: false);
    private static readonly byte[] BoldFile = TrueTypeFont.Build(Family, 2.25, bold: true);
    private static readonly SKTypeface Regular = SKTypeface.FromData(SKData.CreateCopy(RegularFile));
    private static readonly SKTypeface Bold = SKTypeface.FromData(SKData.CreateCopy(BoldFile));

    static PlotFont() => Fonts.FontResolvers.Insert(0, new PlotFont());

    private PlotFont()
    {
    }

    /// <summary>Makes the font known to ScottPlot; to be called before a plot names it.</summary>
    /// <returns>Its name.</returns>
    public static string Register() => Regular.FamilyName;

    /// <summary>Whether it has a glyph for each character of a text; for others there is a box.</summary>
    public static bool Writes(string text) => text.All(character => Regular.GetGlyph(character) != 0);

    /// <summary>Width of a line of text, pixels.</summary>
    /// <param name="size">Of the font, pixels.</param>
    public static float Width(string text, float size)
    {
        using var font = new SKFont(Regular, size);
        return font.MeasureText(text);
    }

    /// <summary>The font in a size, for who draws text without ScottPlot; to be disposed of. Letters stand where they should, not on whole pixels.</summary>
    /// <param name="size">Pixels.</param>
    public static SKFont Of(float size, bool bold) =>
        new(bold ? Bold : Regular, size) { Subpixel = true, LinearMetrics = true, Hinting = SKFontHinting.None };

    /// <summary>The font as CSS, for SVG and HTML: no file besides is needed.</summary>
    public static string Css { get; } =
        $"@font-face{{font-family:'{Family}';font-weight:400;src:url(data:font/ttf;base64,{Convert.ToBase64String(RegularFile)})}}"
        + $"@font-face{{font-family:'{Family}';font-weight:700;src:url(data:font/ttf;base64,{Convert.ToBase64String(BoldFile)})}}";

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Family ? weight >= FontWeight.SemiBold ? Bold : Regular : null;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Family ? bold ? Bold : Regular : null;
}
