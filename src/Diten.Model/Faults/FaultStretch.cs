namespace Diten.Model.Faults;

/// <summary>A stretch of slots in which a fault is in force at a target.</summary>
/// <param name="Fault">The fault's name.</param>
/// <param name="Target">Id of a server or station; −1 where the rest of a fault's stretches is left out.</param>
/// <param name="From">First slot.</param>
/// <param name="To">The slot after the last one.</param>
public readonly record struct FaultStretch(string Fault, int Target, int From, int To)
{
    /// <summary>Stretches of one fault that are told, at most.</summary>
    public const int MostOfFault = 100_000;

    /// <summary>Where and when the faults of a plan are in force in a run, by name, target and slot. Of a fault with more than <see cref="MostOfFault"/> the last one says so.</summary>
    /// <param name="slots">Length of the run.</param>
    /// <param name="most">Stretches of one fault, at most.</param>
    public static IEnumerable<FaultStretch> Of(FaultPlan plan, int slots, int most = MostOfFault) => plan.All.SelectMany(planned => Of(planned, slots, most));

    private static IEnumerable<FaultStretch> Of(PlannedFault planned, int slots, int most)
    {
        var (name, count) = (planned.Fault.Name, 0);
        foreach (var target in planned.Targets)
        {
            foreach (var (from, to) in Stretches(planned, target, slots))
            {
                if (count++ == most)
                {
                    yield return new FaultStretch(name, -1, 0, slots);
                    yield break;
                }
                yield return new FaultStretch(name, target, from, to);
            }
        }
    }

    private static IEnumerable<(int From, int To)> Stretches(PlannedFault planned, int target, int slots)
    {
        var fault = planned.Fault;
        if (fault.Timing == FaultTiming.Always)
            yield return (0, slots);
        else if (fault.Timing == FaultTiming.Slots)
        {
            if (fault.FromSlot < slots) yield return (fault.FromSlot, Math.Min(fault.ToSlot, slots));
        }
        else
        {
            // Ends where it is in force no more, or the run does.
            for (var slot = 0; slot < slots; slot++)
            {
                if (!planned.IsInForce(target, slot)) continue;
                var from = slot;
                while (slot < slots && planned.IsInForce(target, slot)) slot++;
                yield return (from, slot);
            }
        }
    }
}
