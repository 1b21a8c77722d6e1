using System.Globalization;
using System.Xml.Linq;
using Diten.Runs.Plots;

namespace Diten.Emulation.Tests.Plots;

/// <summary>A line of text of an SVG that a figure drew, and where it stands.</summary>
/// <param name="Corners">x and y of the four corners of the box around capitals and descenders, pixels.</param>
internal sealed record SvgText(string Text, (double X, double Y)[] Corners)
{
    public double Left => Corners.Min(corner => corner.X);

    public double Right => Corners.Max(corner => corner.X);

    public double Top => Corners.Min(corner => corner.Y);

    public double Bottom => Corners.Max(corner => corner.Y);

    /// <summary>Whether it is neither level nor upright: then its edges say little.</summary>
    public bool IsTilted => Math.Abs(Corners[0].X - Corners[1].X) > 1 && Math.Abs(Corners[0].Y - Corners[1].Y) > 1;

    /// <summary>All texts of an SVG, in order.</summary>
    public static SvgText[] All(XDocument svg) => [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(Of)];

    public bool Covers(SvgText other) =>
        Math.Min(Right, other.Right) - Math.Max(Left, other.Left) > .5 && Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top) > .5;

    private static SvgText Of(XElement element)
    {
        var size = Numbers(element.Attribute("font-size")!.Value)[0];
        using var font = PlotFont.Of((float)size, bold: element.Attribute("font-weight") is not null);
        var (x, y, width) = (Numbers(element.Attribute("x")!.Value)[0], Numbers(element.Attribute("y")!.Value)[0], font.MeasureText(element.Value.Trim()));
        var transform = element.Attribute("transform")?.Value ?? "translate(0 0)";
        var parts = Numbers(transform[(transform.IndexOf('(', StringComparison.Ordinal) + 1)..^1]);
        var m = transform.StartsWith("matrix", StringComparison.Ordinal) ? parts : [1, 0, 0, 1, parts[0], parts.ElementAtOrDefault(1)];
        (double X, double Y)[] box = [(x, y - .7 * size), (x + width, y - .7 * size), (x + width, y + .2 * size), (x, y + .2 * size)];
        return new SvgText(
            element.Value.Trim(),
            Array.ConvertAll(box, corner => (m[0] * corner.X + m[2] * corner.Y + m[4], m[1] * corner.X + m[3] * corner.Y + m[5])));
    }

    private static double[] Numbers(string text) =>
        [.. text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}
