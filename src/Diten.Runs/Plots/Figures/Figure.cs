using SkiaSharp;

namespace Diten.Runs.Plots.Figures;

/// <summary>A figure of an experiment: plain data that can be drawn, and written as CSV.</summary>
/// <remarks>
/// Drawn by our own hand on ScottPlot's canvas: its axes leave no place for what stands beside the data here, and its lines lose their dashes in SVG.
/// </remarks>
/// <param name="Name">Of its files, without ending.</param>
/// <param name="Title">What it shows; above the data.</param>
/// <param name="Caption">What to look for.</param>
internal abstract record Figure(string Name, string Title, string Caption)
{
    /// <summary>Width, pixels of the SVG.</summary>
    public int Width { get; init; } = 720;

    /// <summary>Least height, pixels of the SVG; a figure grows with what it has to name.</summary>
    public int Height { get; init; } = 420;

    /// <summary>Draws it.</summary>
    /// <exception cref="ArgumentException">The data does not fit together; the message says where.</exception>
    public RunPlot Draw()
    {
        var (height, draw) = Compose();
        return new RunPlot(Name, Title, Caption, Sheet.Of(draw), Width, height);
    }

    /// <summary>The data behind it: a header with units, then rows. Numbers are in the units of the axes, and read back to the same bits; NaN = no value.</summary>
    public abstract string Csv();

    /// <summary>Writes <c>name.svg</c>, <c>name.png</c> and <c>name.csv</c> into an existing folder.</summary>
    public void Save(string folder)
    {
        Draw().Save(folder);
        File.WriteAllText(Path.Combine(folder, Name + ".csv"), Csv());
    }

    /// <summary>Finds a place for everything.</summary>
    /// <returns>Height in pixels, and what draws it.</returns>
    protected abstract (int Height, Action<SKCanvas> Draw) Compose();
}
