namespace Diten.Model.Faults;

/// <summary>When faults were in force, over the slots of a run.</summary>
public static class FaultWindows
{
    /// <summary>Stretches of slots in which it was in force at one target at least: [from, to), ascending, none touching the next.</summary>
    /// <param name="slots">Slots of the run, from 0.</param>
    public static IReadOnlyList<(int From, int To)> Stretches(PlannedFault fault, int slots)
    {
        var stretches = new List<(int From, int To)>();
        foreach (var slot in Candidates(fault, slots))
        {
            if (!fault.Targets.Any(target => fault.IsInForce(target, slot)))
                continue;
            if (stretches.Count > 0 && stretches[^1].To == slot)
                stretches[^1] = (stretches[^1].From, slot + 1);
            else
                stretches.Add((slot, slot + 1));
        }

        return stretches;
    }

    /// <summary>Slots in which it was in force, added up over its targets.</summary>
    /// <inheritdoc cref="Stretches"/>
    public static long TargetSlots(PlannedFault fault, int slots) => fault.Fault.Timing == FaultTiming.Renewal
        ? Candidates(fault, slots).Sum(slot => fault.Targets.LongCount(target => fault.IsInForce(target, slot)))
        : (long)fault.Targets.Count() * Candidates(fault, slots).Count();

    /// <summary>The faults that are in force somewhere in a slot, in the order of their names.</summary>
    public static IEnumerable<PlannedFault> InForce(FaultPlan plan, int slot) =>
        plan.All.Where(fault => fault.Targets.Any(target => fault.IsInForce(target, slot)));

    /// <summary>The faults that are in force at a server, its twin or their links in a slot, in the order of their names.</summary>
    public static IEnumerable<PlannedFault> InForceAt(FaultPlan plan, int server, int slot) =>
        plan.All.Where(fault => !fault.Fault.TargetsStations && fault.IsInForce(server, slot));

    /// <summary>Slots in which it can be in force; but for renewals it then is at all targets.</summary>
    private static IEnumerable<int> Candidates(PlannedFault fault, int slots) => fault.Fault.Timing switch
    {
        FaultTiming.Slots => Enumerable.Range(0, slots).Skip(fault.Fault.FromSlot).Take(fault.Fault.ToSlot - fault.Fault.FromSlot),
        FaultTiming.At => fault.Fault.At.Values.ToArray().Where(slot => slot >= 0 && slot < slots),
        _ => Enumerable.Range(0, slots),
    };
}
