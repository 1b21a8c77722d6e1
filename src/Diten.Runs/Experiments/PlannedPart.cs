using Diten.Model.Scenarios;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;

namespace Diten.Runs.Experiments;

/// <summary>What a part of an experiment will take.</summary>
/// <param name="Runs">Different runs; two cases may share one, and what an earlier part runs is counted there. Those that wait for a policy to be trained are counted each.</param>
/// <param name="ProcessorSeconds">Of all runs together, roughly.</param>
/// <param name="BytesAtOnce">Memory of the largest run, roughly.</param>
public sealed record PlannedPart(string Name, int Cases, int Seeds, int Runs, double ProcessorSeconds, double BytesAtOnce)
{
    // Roughly, as seen on two cores of an AMD EPYC that had much else to do, so rather too much: a slot costs this much for a station with its server and twin,
    // most of which have nothing to do, and for a device.
    private const double SecondsPerStationSlot = 7e-6, SecondsPerDeviceSlot = 23e-6, SecondsToStart = 0.1, SecondsPerTrainedDecision = 100e-6;

    /// <summary>Estimates it.</summary>
    /// <param name="waiting">Cells that wait for a policy.</param>
    /// <param name="known">Worlds of the parts before it, which are run for those; this part's are added.</param>
    internal static PlannedPart Of(ExperimentPart part, IReadOnlyList<Cell> cells, IReadOnlyList<Cell> waiting, HashSet<string> known)
    {
        Cell[] runs = [.. cells.Where(cell => known.Add(cell.Input.ResolvedText)), .. waiting];
        return new PlannedPart(
            part.Name, part.Cases.Count, part.Seeds.Count, runs.Length,
            runs.Sum(run => SecondsOf(run.Input.Scenario)), MostBytes(runs.Select(run => run.Input.Scenario)));
    }

    /// <summary>Estimates trainings.</summary>
    internal static PlannedPart Of(IReadOnlyList<(string Name, ScenarioInput Input)> trainings) => new(
        "trainings", trainings.Count, 1, trainings.Count,
        trainings.Sum(training => SecondsOf(training.Input.Scenario) + (double)training.Input.Scenario.Slots * training.Input.Scenario.Devices.Count * SecondsPerTrainedDecision),
        MostBytes(trainings.Select(training => training.Input.Scenario)));

    private static double SecondsOf(Scenario scenario)
    {
        var size = RunSize.Of(scenario, 0);
        return SecondsToStart + scenario.Slots * (size.Stations * SecondsPerStationSlot + size.Devices * SecondsPerDeviceSlot);
    }

    private static double MostBytes(IEnumerable<Scenario> scenarios) => scenarios.Select(scenario => (double)RunSize.Of(scenario, 0).Bytes).DefaultIfEmpty(0).Max();
}
