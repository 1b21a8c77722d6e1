using Diten.Model.Space;
using Diten.Runs.Results;
using ScottPlot;
using static Diten.Runs.Plots.PlotStyle;

namespace Diten.Runs.Plots;

/// <summary>Draws where the load of a run is: a square a server, in the colours of the live page.</summary>
internal static class LoadMap
{
    /// <summary>Name of the plot.</summary>
    public const string Name = "load-map";

    private const int Width = 580, Height = 540, Steps = 16;
    private const float Outline = .8f;

    /// <summary>Draws it from the means of servers, at least one.</summary>
    public static RunPlot Draw(TableFile servers)
    {
        var plot = New("Mean utilisation of every server (%)", "East (km)", "North (km)");
        var (x, y) = (Scaled(servers.Numbers("x_metres"), 1e-3), Scaled(servers.Numbers("y_metres"), 1e-3));
        var load = Scaled(servers.Numbers("utilisation_mean"), 100);
        var (low, high) = (load.Min(), Math.Max(load.Max(), load.Min() + 1));
        var size = MarkerSize(servers.Numbers("x_metres"), servers.Numbers("y_metres"));
        for (var step = 0; step < Steps; step++)
        {
            var these = Enumerable.Range(0, load.Length)
                .Where(s => Math.Min(Steps - 1, (int)((load[s] - low) / (high - low) * Steps)) == step).ToArray();
            if (these.Length == 0)
                continue;
            var dots = plot.Add.ScatterPoints(these.Select(s => x[s]).ToArray(), these.Select(s => y[s]).ToArray());
            dots.MarkerStyle = Square(size, LoadColours.Of(step / (Steps - 1.0)));
        }

        Scale(plot, low, high);
        var names = servers.Words("server");
        int[] busiestFirst = [.. Enumerable.Range(0, load.Length).OrderByDescending(s => load[s])];
        foreach (var server in busiestFirst)
            plot.Note(x[server], y[server], size, FormattableString.Invariant($"server {names[server]}: {load[server]:0.0} %"));
        var pad = Math.Max(Math.Max(x.Max() - x.Min(), y.Max() - y.Min()) * .06, .01);   // squares at the edge are whole
        plot.Axes.SetLimits(x.Min() - pad, x.Max() + pad, y.Min() - pad, y.Max() + pad);
        plot.Axes.SquareUnits();
        plot.Grid.IsVisible = false;
        return new RunPlot(
            Name, "Where the load is",
            "Each square is a server at its station; yellow is busy, dark blue is idle. Yellow patches are where devices crowd, yellow single squares are servers "
            + "of little capacity or much background load.", plot, Width, Height)
        {
            FixedTable = new PlotTable(
                ["server, the busiest first", "east (km)", "north (km)", "utilisation (%)"],
                [.. busiestFirst.Select(s => (IReadOnlyList<string>)[names[s], PlotTable.Number(x[s]), PlotTable.Number(y[s]), PlotTable.Number(load[s])])]),
        };
    }

    /// <summary>Outlined in the colour of text: whatever the ground is, one end of the scale would vanish in it.</summary>
    private static MarkerStyle Square(float size, Color color) => new(MarkerShape.FilledSquare, size, color)
    {
        OutlineColor = Ink,
        OutlineWidth = Outline,
    };

    private static void Scale(ChartPlot plot, double low, double high)
    {
        var bar = plot.Add.ColorBar(new LoadScale(new ScottPlot.Range(low, high)));
        bar.Axis.TickLabelStyle.FontName = PlotFont.Family;
        bar.Axis.TickLabelStyle.FontSize = 12;
        bar.Axis.TickLabelStyle.ForeColor = Ink;
        bar.Axis.FrameLineStyle.Color = bar.Axis.MajorTickStyle.Color = Ink;
        bar.Axis.MinorTickStyle.Length = 0;
    }

    /// <summary>As large as leaves half of the squares beside their nearest neighbour and not on it; real sites stand in clusters.</summary>
    private static float MarkerSize(double[] x, double[] y)
    {
        const double mapPixels = 430, largest = 22, smallest = 2.5;
        if (x.Length < 2)
            return (float)largest;
        var area = new Area(x.Min(), y.Min(), x.Max(), y.Max());
        var sites = new NearestSites(x, y, area);
        var apart = new double[x.Length];
        var two = new int[2];
        for (var site = 0; site < x.Length; site++)
        {
            sites.Nearest(x[site], y[site], two);
            var other = two[0] == site ? two[1] : two[0];
            apart[site] = double.Hypot(x[other] - x[site], y[other] - y[site]);
        }

        Array.Sort(apart);
        var pixels = mapPixels * apart[apart.Length / 2] / Math.Max(area.Width, area.Height);
        return (float)Math.Clamp(Math.Min(pixels, 350 / Math.Sqrt(x.Length)), smallest, largest);
    }

    /// <summary>What the colour bar of the map spans.</summary>
    private sealed class LoadScale(ScottPlot.Range range) : IHasColorAxis
    {
        public IColormap Colormap { get; } = new LoadColours();

        public ScottPlot.Range GetRange() => range;
    }
}

/// <summary>Load as a colour, as the live page has it: dark blue, grey, yellow. The order of lightness is that of the load, with and without colours.</summary>
internal sealed class LoadColours : IColormap
{
    private static readonly Color[] Stops = [new(0, 32, 96), new(60, 90, 130), new(124, 123, 120), new(188, 175, 90), new(255, 225, 60)];

    /// <inheritdoc/>
    public string Name => "Load";

    /// <inheritdoc/>
    public Color GetColor(double position) => Of(position);

    /// <param name="load">From 0, idle, to 1, busy; what is outside takes the colour of the end.</param>
    public static Color Of(double load)
    {
        var at = (double.IsFinite(load) ? Math.Clamp(load, 0, 1) : 0) * (Stops.Length - 1);
        var stop = Math.Min(Stops.Length - 2, (int)at);
        var (from, to, part) = (Stops[stop], Stops[stop + 1], at - stop);
        return new(Between(from.R, to.R, part), Between(from.G, to.G, part), Between(from.B, to.B, part));
    }

    private static byte Between(byte from, byte to, double part) => (byte)Math.Round(from + (to - from) * part);
}
