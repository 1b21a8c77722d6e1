using SkiaSharp;

namespace Diten.Runs.Plots.Figures;

/// <summary>How one of several series is told from the others: by colour, by dashes and by marker, so that it also works in grey.</summary>
/// <param name="Dash">Lengths of strokes and gaps, pixels; null = solid.</param>
internal sealed record Look(SKColor Color, float[]? Dash, Marker Marker, bool Filled)
{
    /// <summary>Axes and text; in pages it takes their colour.</summary>
    public static readonly SKColor Ink = SKColor.Parse(RunPlot.InkHex);

    /// <summary>Colours of Okabe and Ito that show on white; black is our ink. In grey the first four are told apart by lightness, the others by dashes and markers.</summary>
    private static readonly SKColor[] Colors =
        [SKColor.Parse("#0072B2"), SKColor.Parse("#E69F00"), Ink, SKColor.Parse("#009E73"), SKColor.Parse("#56B4E9"), SKColor.Parse("#D55E00"), SKColor.Parse("#CC79A7")];

    private static readonly float[]?[] Dashes = [null, [7, 3], [2, 2.4f], [10, 3, 2, 3], [14, 3]];

    private static readonly Marker[] Markers = [Marker.Circle, Marker.Square, Marker.Up, Marker.Diamond, Marker.Down, Marker.Cross];

    /// <summary>The look of a number; the first 35 are all different.</summary>
    public static Look Of(int number) => new(
        Colors[number % Colors.Length], Dashes[number % Dashes.Length], Markers[number % Markers.Length], number / Markers.Length % 2 == 0);
}

/// <summary>What is drawn at a point.</summary>
internal enum Marker
{
    Circle,
    Square,
    Up,
    Diamond,
    Down,
    Cross,
}
