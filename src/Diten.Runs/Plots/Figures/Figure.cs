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
    public const int Width = 720;

    /// <summary>Least height, pixels of the SVG; a figure grows with what it has to name.</summary>
    public const int Height = 420;

    /// <summary>Draws it.</summary>
    /// <exception cref="ArgumentException">The data does not fit together; the message says where.</exception>
    public RunPlot Draw()
    {
        var composed = Compose();
        return new RunPlot(Name, Title, Caption, Sheet.Of(composed.Draw), Width, composed.Height) { FixedSpots = composed.Spots, FixedTable = Data().Table };
    }

    /// <summary>The data behind it: a header with units, then rows. Numbers are in the units of the axes, and read back to the same bits; NaN = no value.</summary>
    public string Csv() => Data().ToString();

    /// <inheritdoc cref="Csv"/>
    protected abstract CsvText Data();

    /// <summary>Writes <c>name.svg</c>, <c>name.png</c>, <c>name.csv</c> and <c>name.parquet</c> into an existing folder.</summary>
    public void Save(string folder)
    {
        Draw().Save(folder);
        File.WriteAllText(Path.Combine(folder, Name + ".csv"), Csv());
        Data().WriteParquet(Path.Combine(folder, Name + ".parquet"));
    }

    /// <summary>Finds a place for everything.</summary>
    protected abstract Composed Compose();
}

/// <summary>A figure whose parts have their places.</summary>
/// <param name="Height">Pixels.</param>
internal sealed record Composed(int Height, Action<SKCanvas> Draw)
{
    /// <summary>What is told where somebody points at it.</summary>
    public IReadOnlyList<Spot> Spots { get; init; } = [];
}
