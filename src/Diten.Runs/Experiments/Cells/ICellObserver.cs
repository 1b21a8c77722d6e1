using System.Text.Json.Nodes;
using Diten.Actors;
using Diten.Model.Worlds;

namespace Diten.Runs.Experiments.Cells;

/// <summary>Looks on as cells run, several side by side; what it finds is kept with each cell.</summary>
internal interface ICellObserver
{
    /// <summary>Under which name cells keep what it finds.</summary>
    string Name { get; }

    /// <summary>Whether what is kept of a cell is all that it asks for; thread-safe.</summary>
    /// <param name="kept">Null where nothing is kept for it.</param>
    bool Suffices(Cell cell, JsonObject? kept);

    /// <summary>A cell begins; thread-safe. Null = it asks nothing of this one.</summary>
    ICellWatch? Begin(Cell cell, World world);
}

/// <summary>Looks on as one cell runs.</summary>
internal interface ICellWatch : IRunObserver
{
    /// <summary>It has run to its end: what was found, as the cell keeps it.</summary>
    JsonObject End();
}
