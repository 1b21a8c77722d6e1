using Diten.Actors;
using Diten.Model.Worlds;

namespace Diten.Runs.Experiments.Cells;

/// <summary>Looks on as cells run, several side by side.</summary>
internal interface ICellObserver
{
    /// <summary>A cell begins; thread-safe. Null = nobody looks on.</summary>
    ICellWatch? Begin(Cell cell, World world);
}

/// <summary>Looks on as one cell runs.</summary>
internal interface ICellWatch : IRunObserver
{
    /// <summary>It has run to its end. What a watch keeps must not depend on the order in which cells end.</summary>
    /// <returns>Figures that are kept with the cell's results, by name; null = none.</returns>
    IReadOnlyDictionary<string, double>? End();
}
