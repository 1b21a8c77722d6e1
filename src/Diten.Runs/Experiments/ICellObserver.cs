using Diten.Actors;
using Diten.Model.Worlds;

namespace Diten.Runs.Experiments;

/// <summary>Looks on as the cells of a batch run, one after another.</summary>
internal interface ICellObserver
{
    /// <summary>What shall be told of the slots of a cell that begins.</summary>
    IRunObserver Begin(Cell cell, World world);

    /// <summary>The cell that began last has run to its end.</summary>
    void End();
}
