using ScottPlot;
using SkiaSharp;

namespace Diten.Runs.Plots.Figures;

/// <summary>An empty plot without axes, on whose whole face something draws.</summary>
internal static class Sheet
{
    /// <param name="draw">Is called once a picture, in pixels of the SVG, y down.</param>
    public static Plot Of(Action<SKCanvas> draw)
    {
        var plot = new Plot();
        plot.Font.Set(PlotFont.Register());
        plot.Layout.Frameless();
        plot.HideGrid();
        plot.DataBackground.Color = Colors.Transparent;
        plot.Axes.SetLimits(0, 1, 0, 1);
        plot.Add.Plottable(new Face(draw));
        return plot;
    }

    private sealed class Face(Action<SKCanvas> draw) : IPlottable
    {
        public bool IsVisible { get; set; } = true;

        public IAxes Axes { get; set; } = new Axes();

        public IEnumerable<LegendItem> LegendItems => [];

        public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

        public void Render(RenderPack rp) => draw(rp.Canvas);
    }
}
