using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;

namespace Diten.Runs.Experiments;

/// <summary>What a part of an experiment will take.</summary>
/// <param name="Runs">Different runs; two cases may share one. Those that wait for a policy to be trained are not counted.</param>
/// <param name="ProcessorSeconds">Of all runs together, roughly.</param>
/// <param name="BytesAtOnce">Memory of the largest run, roughly.</param>
public sealed record PlannedPart(string Name, int Cases, int Seeds, int Runs, double ProcessorSeconds, double BytesAtOnce)
{
    // Roughly, as seen on two cores of an Intel Xeon: a slot costs this much for a station with its server and twin, and for a device.
    private const double SecondsPerStationSlot = 13e-6, SecondsPerDeviceSlot = 15e-6, SecondsToStart = 0.1;

    /// <summary>Estimates it.</summary>
    internal static PlannedPart Of(ExperimentPart part, IReadOnlyList<Cell> cells)
    {
        var runs = cells.DistinctBy(cell => cell.Input.ResolvedText).ToArray();
        var sizes = runs.Select(cell => (Size: RunSize.Of(cell.Input.Scenario, 0), cell.Input.Scenario.Slots)).ToArray();
        return new PlannedPart(
            part.Name, part.Cases.Count, part.Seeds.Count, runs.Length,
            sizes.Sum(run => SecondsToStart + run.Slots * (run.Size.Stations * SecondsPerStationSlot + run.Size.Devices * SecondsPerDeviceSlot)),
            sizes.Select(run => run.Size.Bytes).DefaultIfEmpty(0).Max());
    }
}
