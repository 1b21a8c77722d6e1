using System.Globalization;
using System.Text.RegularExpressions;

namespace Diten.Emulation.Tests.Plots;

/// <summary>How colours stand out from each other, after WCAG 2.2.</summary>
internal static class Contrast
{
    /// <summary>From 1, alike, to 21, black on white; colours are #rgb or #rrggbb.</summary>
    public static double Of(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>0 for black, 1 for white.</summary>
    public static double Luminance(string colour)
    {
        Assert.Matches("^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$", colour);
        var full = colour.Length == 7 ? colour[1..] : Regex.Replace(colour[1..], ".", "$0$0");
        double[] parts = [.. Enumerable.Range(0, 3).Select(i => int.Parse(full.AsSpan(2 * i, 2), NumberStyles.HexNumber) / 255.0)
            .Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))];
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }
}
