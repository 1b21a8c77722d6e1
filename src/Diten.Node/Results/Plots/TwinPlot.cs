using Diten.Actors;
using Diten.Model.ServerTwins;
using ScottPlot;

namespace Diten.Node.Results.Plots;

/// <summary>Draws what a twin believed beside what was true.</summary>
internal static class TwinPlot
{
    private const int Width = 900, Height = 320;
    private static readonly Color Truth = Color.FromHex("#3B7DD8"), Belief = Color.FromHex("#E0812B"), Lost = Color.FromHex("#D6455D");

    /// <summary>Writes <c>twin-N-capacity</c> and <c>twin-N-tasks</c> as SVG and PNG; returns the names without ending.</summary>
    /// <param name="at">A slot to mark; null = none.</param>
    public static IReadOnlyList<string> Write(string folder, int server, IReadOnlyList<TwinSlot> slots, int? at)
    {
        Directory.CreateDirectory(folder);
        return
        [
            Write(folder, $"twin-{server}-capacity", $"Free CPU of server {server}: true, and as its twin believed", "Free CPU (GHz)", slots, at,
                static slot => slot.Truth?.FreeHertz / 1e9, static slot => slot.Believed.FreeHertz / 1e9),
            Write(folder, $"twin-{server}-tasks", $"Tasks on server {server}: true, and as its twin believed", "Tasks", slots, at,
                static slot => slot.Truth?.Tasks, static slot => slot.Believed.Tasks),
        ];
    }

    private static string Write(
        string folder, string name, string title, string unit, IReadOnlyList<TwinSlot> slots, int? at, Func<TwinSlot, double?> truth, Func<TwinSlot, double> belief)
    {
        using var plot = new Plot();
        plot.Font.Set(PlotFont.Register());
        plot.Legend.FontName = PlotFont.Family;
        plot.Title(title);
        plot.XLabel("Slot");
        plot.YLabel(unit);
        double[] x = [.. slots.Select(slot => (double)slot.Slot)];
        Line(plot, x, [.. slots.Select(slot => truth(slot) ?? double.NaN)], Truth, "true");
        Line(plot, x, [.. slots.Select(belief)], Belief, "as the twin believed");
        foreach (var slot in slots.Where(slot => slot.Happened.Any(happened => happened is TwinDesynchronized)))
            plot.Add.VerticalLine(slot.Slot, 1, Lost, LinePattern.Dotted);
        if (at is { } marked)
            plot.Add.VerticalLine(marked, 1.5f, Color.FromHex(RunPlot.InkHex), LinePattern.Dashed).LegendText = FormattableString.Invariant($"slot {marked}");
        plot.ShowLegend(Edge.Right);
        plot.SaveSvg(Path.Combine(folder, name + ".svg"), Width, Height);
        plot.SavePng(Path.Combine(folder, name + ".png"), Width, Height);
        return name;
    }

    private static void Line(Plot plot, double[] x, double[] y, Color color, string legend)
    {
        var line = plot.Add.ScatterLine(x, y, color);
        line.LineWidth = 1.5f;
        line.LegendText = legend;
    }
}
