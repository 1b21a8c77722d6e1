namespace Diten.Model.Records;

/// <summary>One server-slot: what was true, and what the twin had published for that slot.</summary>
/// <param name="CapacityHertz">F.</param>
/// <param name="FreeHertz">c, capacity less background.</param>
/// <param name="Tasks">Tasks that ran there in this slot.</param>
/// <param name="Utilisation">Background plus emulated work over capacity, 0 to 1: min(1, background + Σλ / (F · slot length)).</param>
/// <param name="DeviationHertz">f̂ that was in force (injected), or 0.</param>
/// <param name="TwinFreeHertz">Free capacity that the twin published for this slot.</param>
/// <param name="TwinTasks">Number of tasks that the twin published for this slot, before the decisions of the slot.</param>
/// <param name="TwinDeviationHertz">f̂ that the twin published.</param>
/// <param name="TwinAgeSlots">Slots since the last accepted sync.</param>
public readonly record struct ServerSlotRecord(
    int Slot, int Server, double CapacityHertz, double FreeHertz, int Tasks, double Utilisation, double DeviationHertz,
    double TwinFreeHertz, int TwinTasks, double TwinDeviationHertz, int TwinAgeSlots)
{
    /// <summary>What was measured of the twin; null where twins are not measured.</summary>
    public TwinSlotRecord? Twin { get; init; }
}
