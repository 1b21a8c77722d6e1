namespace Diten.Runs.Plots.Figures;

/// <summary>What an axis shows.</summary>
/// <param name="Unit">As printed; empty for what has none.</param>
internal sealed record Quantity(string Name, string Unit = "")
{
    /// <summary>Name and unit, as at the axis and in the header of the CSV.</summary>
    public string Label => With(Name);

    /// <summary>Something else of the same unit, such as a half width.</summary>
    public string With(string name) => Unit.Length == 0 ? name : $"{name} ({Unit})";
}
