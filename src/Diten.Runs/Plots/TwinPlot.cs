using System.Text;
using Diten.Actors;
using Diten.Model.ServerTwins;
using ScottPlot;
using SkiaSharp;
using static Diten.Runs.Plots.PlotStyle;

namespace Diten.Runs.Plots;

/// <summary>Draws what a twin believed beside what was true: free CPU above, tasks below.</summary>
public static class TwinPlot
{
    private const int Width = 900, Height = 620, PngScale = 2;

    /// <summary>Writes <c>twin-N.svg</c> and <c>twin-N.png</c>; returns their path without ending.</summary>
    /// <param name="at">A slot to mark; null = none.</param>
    public static string Write(string folder, int server, IReadOnlyList<TwinSlot> slots, int? at)
    {
        using var free = Draw($"Free CPU of server {server}", "Free CPU (GHz)", slots, at, static s => s.Truth.FreeHertz / 1e9, static s => s.Believed.FreeHertz / 1e9);
        using var tasks = Draw($"Tasks on server {server}", "Tasks", slots, at, static s => s.Truth.Tasks, static s => s.Believed.Tasks);
        Plot[] figure = [free, tasks];
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FormattableString.Invariant($"twin-{server}"));
        File.WriteAllText(path + ".svg", Svg(figure, $"What the twin of server {server} believed, and what was true"));
        WritePng(figure, path + ".png");
        return path;
    }

    private static Plot Draw(
        string title, string unit, IReadOnlyList<TwinSlot> slots, int? at, Func<TwinSlot, double> truth, Func<TwinSlot, double> belief)
    {
        var plot = New(title, "Slot", unit);
        double[] x = [.. slots.Select(slot => (double)slot.Slot)];
        Line(plot, x, [.. slots.Select(truth)], Blue, "true");
        Line(plot, x, [.. slots.Select(belief)], Orange, "as the twin believed");
        var name = "lost sync";
        foreach (var slot in slots.Where(slot => slot.Happened.Any(happened => happened is TwinDesynchronized)))
        {
            plot.Add.VerticalLine(slot.Slot, 1.5f, Red, LinePattern.Dotted).LegendText = name;
            name = "";   // once in the legend is enough
        }

        if (at is { } marked)
            plot.Add.VerticalLine(marked, 1.5f, Ink, LinePattern.Dashed).LegendText = FormattableString.Invariant($"slot {marked}");
        plot.Axes.Margins(left: .01, right: .01, bottom: .08, top: .25);   // room for the legend
        plot.Axes.Left.MinimumSize = 50;   // both plots begin at the same place
        plot.Legend.BackgroundColor = Colors.White.WithAlpha(.85);   // marks stand behind it
        plot.ShowLegend(Alignment.UpperRight, Orientation.Horizontal);
        return plot;
    }

    private static string Svg(Plot[] figure, string title)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, Width, Height), stream))
            Render(figure, canvas);
        return RunPlot.WithFont(RunPlot.Named(Encoding.UTF8.GetString(stream.ToArray()), title, Width, Height));
    }

    private static void WritePng(Plot[] figure, string file)
    {
        using var surface = SKSurface.Create(new SKImageInfo(PngScale * Width, PngScale * Height));
        surface.Canvas.Scale(PngScale);
        Render(figure, surface.Canvas);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        using var stream = File.Create(file);
        png.SaveTo(stream);
    }

    /// <summary>Draws plots of the same height, from the top down.</summary>
    private static void Render(Plot[] figure, SKCanvas canvas)
    {
        var height = (float)Height / figure.Length;
        for (var i = 0; i < figure.Length; i++)
        {
            figure[i].FigureBackground.Color = Colors.White;
            figure[i].RenderInMemory(Width, (int)height); // a plot finds its limits by being drawn once: that shall not be in the file
            figure[i].RenderManager.ClearCanvasBeforeEachRender = false; // the plots above are on it
            figure[i].Render(canvas, new PixelRect(0, Width, (i + 1) * height, i * height));
        }
    }
}
