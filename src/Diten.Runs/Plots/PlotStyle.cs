using ScottPlot;

namespace Diten.Runs.Plots;

/// <summary>How plots look: colours, fonts, axes and lines.</summary>
internal static class PlotStyle
{
    public static readonly Color Ink = Color.FromHex(RunPlot.InkHex);
    public static readonly Color Blue = Of(Palette.Blue);
    public static readonly Color Orange = Of(Palette.Orange);
    public static readonly Color Green = Of(Palette.Green);
    public static readonly Color Red = Of(Palette.Red);
    public static readonly Color Violet = Of(Palette.Violet);
    public static readonly Color Soft = Of(Palette.Soft);

    private static Color Of(Shade shade) => Color.FromHex(shade.Light);

    /// <summary>An empty plot in the style of all.</summary>
    public static ChartPlot New(string title, string x, string y)
    {
        var plot = new ChartPlot();
        plot.Font.Set(PlotFont.Register());
        plot.DataBackground.Color = Colors.Transparent;
        plot.Axes.Color(Ink);
        plot.Axes.Title.Label.Text = title;
        plot.Axes.Title.Label.FontSize = 14;
        plot.Axes.Bottom.Label.Text = x;
        plot.Axes.Left.Label.Text = y;
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.Label.FontName = PlotFont.Family;
            axis.Label.Bold = false;
            axis.Label.FontSize = 13;
            axis.TickLabelStyle.FontName = PlotFont.Family;
            axis.TickLabelStyle.FontSize = 12;
            axis.MinorTickStyle.Length = 0;
        }

        plot.Axes.Right.FrameLineStyle.IsVisible = false;
        plot.Axes.Top.FrameLineStyle.IsVisible = false;
        plot.Grid.MajorLineColor = Ink.WithAlpha(.12);
        plot.Legend.FontName = PlotFont.Family;
        plot.Legend.FontSize = 12;
        plot.Legend.FontColor = Ink;
        plot.Legend.BackgroundColor = Colors.Transparent;
        plot.Legend.OutlineColor = Colors.Transparent;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.TightHorizontalWrapping = true;
        return plot;
    }

    /// <summary>Adds a line through all points that have a value.</summary>
    /// <param name="name">For the legend; null = not in it.</param>
    public static void Line(ChartPlot plot, double[] x, double[] y, Color color, string? name)
    {
        plot.Note(name ?? plot.Axes.Left.Label.Text, x, y);
        // Lines are drawn in segments: a slot without any task leaves a gap, it is not zero.
        var kept = Enumerable.Range(0, x.Length).Where(i => double.IsFinite(y[i])).ToArray();
        var line = plot.Add.ScatterLine(kept.Select(i => x[i]).ToArray(), kept.Select(i => y[i]).ToArray(), color);
        line.LineWidth = 2;
        line.LegendText = name ?? "";
    }

    /// <summary>Fills between two lines, where both have a value.</summary>
    public static void Band(ChartPlot plot, double[] x, double[] low, double[] high, Color color, string name)
    {
        plot.Note(name, x, [.. high.Zip(low, (above, below) => above - below)]);
        var kept = Enumerable.Range(0, x.Length).Where(i => double.IsFinite(low[i]) && double.IsFinite(high[i])).ToArray();
        if (kept.Length == 0)
            return;
        var band = plot.Add.FillY(
            kept.Select(i => x[i]).ToArray(), kept.Select(i => low[i]).ToArray(), kept.Select(i => high[i]).ToArray());
        band.FillColor = color;   // a thinner one would not stand out from the page
        band.LineWidth = 0;
        band.LegendText = name;
    }

    /// <summary>Lets the upward axis begin at 0, with room for a legend above.</summary>
    public static void FromZero(Plot plot)
    {
        plot.Axes.AutoScale();
        plot.Axes.Margins(bottom: 0, top: .22);   // room for the legend
        plot.Axes.SetLimitsY(0, Math.Max(plot.Axes.GetLimits().Top, 1));
    }

    /// <summary>Values in another unit.</summary>
    public static double[] Scaled(double[] values, double factor) => [.. values.Select(v => v * factor)];
}
