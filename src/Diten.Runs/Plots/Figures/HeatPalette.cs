using SkiaSharp;

namespace Diten.Runs.Plots.Figures;

/// <summary>Colours of cells, and the ink that can be read on them.</summary>
internal static class HeatPalette
{
    private static readonly SKColor[] Sequential = Parse("#F3F6FA", "#BFD4EA", "#7FA9D4", "#3F74AE", "#123F72");
    // Each is apart in lightness from the one before; letters in the cells tell, too.
    private static readonly SKColor[] Kinds =
        Parse("#56B4E9", "#00614A", "#F0E442", "#0072B2", "#E69F00", "#A04000", "#BBBBBB", "#CC79A7");

    /// <summary>Light for 0, dark for 1.</summary>
    public static SKColor OfShare(double share) => Between(Sequential, share);

    /// <summary>One of eight, then again from the first.</summary>
    public static SKColor OfKind(int number) => Kinds[number % Kinds.Length];

    /// <summary>Black or white, whichever has the higher contrast (WCAG 2.2, relative luminance); never the page's ink, for the cell stays as it is.</summary>
    public static SKColor InkOn(SKColor color) => Luminance(color) > .179 ? SKColors.Black : SKColors.White;

    /// <summary>0 for black, 1 for white.</summary>
    public static double Luminance(SKColor color) => .2126 * Linear(color.Red) + .7152 * Linear(color.Green) + .0722 * Linear(color.Blue);

    private static double Linear(byte part) => part / 255.0 <= .04045 ? part / 255.0 / 12.92 : Math.Pow((part / 255.0 + .055) / 1.055, 2.4);

    private static SKColor Between(SKColor[] colors, double share)
    {
        var at = Math.Clamp(share, 0, 1) * (colors.Length - 1);
        var (below, part) = ((int)Math.Min(at, colors.Length - 2), at - (int)Math.Min(at, colors.Length - 2));
        var (a, b) = (colors[below], colors[below + 1]);
        return new SKColor(Mix(a.Red, b.Red), Mix(a.Green, b.Green), Mix(a.Blue, b.Blue));

        byte Mix(byte from, byte to) => (byte)Math.Round(from + (to - from) * part);
    }

    private static SKColor[] Parse(params string[] colors) => Array.ConvertAll(colors, SKColor.Parse);
}
