namespace Diten.Runs.Results;

/// <summary>Whether two runs are the same, and if not, where they first differ.</summary>
/// <param name="Slot">First slot that differs; null where equal, or where the runs cannot be compared station by station.</param>
/// <param name="Station">First station in that slot that differs.</param>
/// <param name="ZoneA">Zone of that station in the first run.</param>
/// <param name="ZoneB">Zone of that station in the second run.</param>
/// <param name="Message">All this in a sentence.</param>
public sealed record RunComparison(bool Equal, int? Slot, int? Station, int? ZoneA, int? ZoneB, string Message);
