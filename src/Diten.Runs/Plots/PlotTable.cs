using System.Globalization;

namespace Diten.Runs.Plots;

/// <summary>The numbers behind a plot, as people read them.</summary>
internal sealed record PlotTable(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const double Large = 1e5, Small = 1e-3;

    /// <summary>A number with some four digits after the point; a dash where there is none.</summary>
    public static string Number(double value) => !double.IsFinite(value) ? "–" : (Math.Abs(value) switch
    {
        0 => "0",
        >= Large when value == Math.Round(value) => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= Large or < Small => value.ToString("0.###e0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    }).Replace('-', '−');
}

/// <summary>A place of a picture at which something is told.</summary>
/// <param name="Left">Pixels of the SVG, as the others.</param>
/// <param name="Text">Lines.</param>
internal readonly record struct Spot(double Left, double Top, double Width, double Height, string Text);
