using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ScottPlot;

namespace Diten.Runs.Plots;

/// <summary>One plot of a run.</summary>
/// <param name="Name">Name of its files, without ending.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">What to look for.</param>
/// <param name="Width">Width in pixels of the SVG; the PNG has twice as many.</param>
/// <param name="Height">Height likewise.</param>
internal sealed partial record RunPlot(string Name, string Title, string Caption, Plot Plot, int Width, int Height)
{
    /// <summary>What is told where somebody points at it, where the plot does not know that itself.</summary>
    public IReadOnlyList<Spot> FixedSpots { get; init; } = [];

    /// <summary>The numbers behind it, where the plot does not know them itself.</summary>
    public PlotTable? FixedTable { get; init; }

    /// <summary>The numbers behind it; null where they are nowhere but in the picture.</summary>
    public PlotTable? Table => FixedTable ?? (Plot as ChartPlot)?.Table();

    /// <summary>The colour of axes and text.</summary>
    internal const string InkHex = "#24303D";

    /// <summary>Writes <c>name.svg</c> and <c>name.png</c> into an existing folder.</summary>
    public void Save(string folder)
    {
        Plot.FigureBackground.Color = Colors.White;
        File.WriteAllText(Path.Combine(folder, Name + ".svg"), WithFont(Svg()));
        Plot.ScaleFactor = 2;
        Plot.SavePng(Path.Combine(folder, Name + ".png"), Width * 2, Height * 2);
        Plot.ScaleFactor = 1;
    }

    /// <summary>The plot as an element of a page that brings the font along: transparent, its ink in the colour of the page's text.</summary>
    public string InlineSvg()
    {
        Plot.FigureBackground.Color = Colors.Transparent;
        var svg = Svg();
        svg = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..].Replace(InkHex, "currentColor");
        if (Plot is ChartPlot) // other figures have more colours than the page
            svg = Palette.Drawn.Aggregate(svg, (drawn, shade) => drawn.Replace($"\"{shade.Light}\"", $"\"var(--{shade.Name})\"", StringComparison.OrdinalIgnoreCase));
        svg = svg.Insert(svg.LastIndexOf("</svg>", StringComparison.Ordinal), Told(Plot is ChartPlot chart ? chart.Spots() : FixedSpots));
        return Identifier().Replace(svg, $"$1{Name}-$2");   // ids are of the whole page, and every plot has its cl_a
    }

    /// <summary>Nothing to be seen until somebody points at it: browsers show the title of what is pointed at.</summary>
    private static string Told(IEnumerable<Spot> spots)
    {
        var told = new StringBuilder();
        foreach (var spot in spots)
        {
            told.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{spot.Left:0.##}\" y=\"{spot.Top:0.##}\" width=\"{spot.Width:0.##}\" height=\"{spot.Height:0.##}\"><title>{WebUtility.HtmlEncode(spot.Text)}</title></rect>\n");
        }

        return told.Length == 0 ? "" : $"<g class=\"told\" fill=\"transparent\">\n{told}</g>\n";
    }

    /// <summary>SVG as ScottPlot makes it, named for who cannot see it, and free to be scaled.</summary>
    internal static string Named(string svg, string title, int width, int height)
    {
        // Ids go on from picture to picture of a process; here each begins anew, so that the same data gives the same file.
        var ids = new Dictionary<string, string>();
        svg = Identifier().Replace(svg, id =>
        {
            if (!ids.TryGetValue(id.Groups[2].Value, out var name))
                ids.Add(id.Groups[2].Value, name = FormattableString.Invariant($"cl_{ids.Count}"));
            return id.Groups[1].Value + name;
        });
        svg = svg
            .Replace("\r\n", "\n")
            .Replace($"font-family=\"{PlotFont.Family}\"", $"font-family=\"'{PlotFont.Family}', sans-serif\"");
        var label = WebUtility.HtmlEncode(title);
        return Size().Replace(svg, _ => $"<svg role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {width} {height}\" ", 1);
    }

    /// <summary>SVG that brings its font along.</summary>
    internal static string WithFont(string svg) => FirstElement().Replace(svg, $"\n\t<style>{PlotFont.Css}</style>$0", 1);

    private string Svg() => Named(Plot.GetSvgXml(Width, Height), Title, Width, Height);

    [GeneratedRegex("(\\bid=\"|url\\(#|href=\"#)([\\w]+)")]
    private static partial Regex Identifier();

    [GeneratedRegex("\\n\\t<")]
    private static partial Regex FirstElement();

    [GeneratedRegex("<svg ")]
    private static partial Regex Size();
}
