using Diten.Model.Faults;

namespace Diten.View.Recordings;

/// <summary>Faults as the log tells them: one line a fault and stretch of slots, whomever it strikes then.</summary>
internal static class FaultLines
{
    /// <summary>Stretches of one fault that are told, at most: the first ones.</summary>
    public const int MostOfFault = 200;

    /// <summary>By slot, and of one slot in the order of names.</summary>
    /// <param name="slots">Length of the run.</param>
    public static IEnumerable<RecordedEvent> Of(FaultPlan plan, int slots) =>
        plan.All.SelectMany(planned => Of(planned, slots)).OrderBy(told => told.Slot);

    private static IEnumerable<RecordedEvent> Of(PlannedFault planned, int slots)
    {
        int[] targets = [.. planned.Targets];
        if (targets.Length == 0)
            yield break;
        // Only one that comes and goes does so at each target by itself.
        var together = planned.Fault.Timing != FaultTiming.Renewal;
        var begun = Begun(planned, together ? targets[..1] : targets, slots).Take(MostOfFault + 1).ToList();
        foreach (var stretch in begun.Take(MostOfFault).GroupBy(stretch => (stretch.From, stretch.To)))
            yield return new RecordedEvent(
                stretch.Key.From, "fault", Told(planned, together ? targets : [.. stretch.Select(one => one.Target)], stretch.Key.From, stretch.Key.To));
        if (begun.Count > MostOfFault)
            yield return new RecordedEvent(begun[^1].From, "fault", $"{planned.Fault.Name}: strikes more often than is told here");
    }

    /// <summary>Stretches in the order in which they begin.</summary>
    private static IEnumerable<(int Target, int From, int To)> Begun(PlannedFault planned, int[] targets, int slots)
    {
        var was = new bool[targets.Length];
        for (var slot = 0; slot < slots; slot++)
            for (var i = 0; i < targets.Length; i++)
            {
                var before = was[i];
                was[i] = planned.IsInForce(targets[i], slot);
                if (before || !was[i])
                    continue;
                var to = slot + 1;
                while (to < slots && planned.IsInForce(targets[i], to))
                    to++;
                yield return (targets[i], slot, to);
            }
    }

    private static string Told(PlannedFault planned, int[] targets, int from, int to)
    {
        var fault = planned.Fault;
        var whom = FormattableString.Invariant(targets.Length == 1 ? $" {targets[0]}" : (FormattableString)$", {targets.Length} targets");
        var when = FormattableString.Invariant(to == from + 1 ? $"slot {from}" : (FormattableString)$"slots {from}–{to - 1}");
        return $"{fault.Name}: {FaultWords.Of(fault.Kind)} on {FaultWords.Of(fault.What)}{whom}, {when}";
    }
}
