using Diten.Model.Faults;
using Diten.Model.Input;

namespace Diten.Model.Scenarios.Keys;

/// <summary>Something about a fault as a whole that cannot be.</summary>
/// <param name="Parts">Parts of its keys that are at fault; nothing is told where one of them could not be read. The first one's writer is named.</param>
/// <param name="Key">The key that is named.</param>
internal sealed record FaultRule(string[] Parts, string Key, string Found, string Allowed, string? Suggestion = null);

/// <summary>What must hold between the keys of one fault.</summary>
internal static class FaultRules
{
    /// <summary>What does not hold.</summary>
    /// <param name="fault">As its keys made it.</param>
    /// <param name="keys">Names of the keys that were written.</param>
    /// <param name="slots">Length of the run; null where it is not known.</param>
    public static IEnumerable<FaultRule> Of(Fault fault, FaultKindRow row, string[] keys, int? slots) =>
        [.. Target(fault, row, keys), .. OneOf(row, keys), .. Needed(row, keys), .. Pairs(row, keys), .. Amounts(fault), .. Times(fault, slots)];

    /// <summary>Times that a run of so many slots never comes to.</summary>
    /// <param name="lengthKey">Key that says how many.</param>
    public static IEnumerable<FaultRule> Times(Fault fault, int? slots, string lengthKey = "slots")
    {
        if (slots is not { } end) yield break;
        var (key, first) = fault.Timing switch
        {
            FaultTiming.Slots => ("slots", fault.FromSlot),
            FaultTiming.At => ("at", fault.At.Values[0]),
            FaultTiming.Renewal => ("renewal.slots", fault.RenewalFromSlot),
            _ => ("", 0),
        };
        if (first >= end)
            yield return new FaultRule([FaultKey.PartOf(key)], key, FormattableString.Invariant($"{FaultTable.Find(key, fault.Kind)!.Format(fault)}, after the end of the run"),
                FormattableString.Invariant($"slots from 0 to {end - 1}, since {lengthKey} = {end}"));
    }

    private static IEnumerable<FaultRule> Target(Fault fault, FaultKindRow row, string[] keys)
    {
        if (!keys.Contains(row.WhereKey))
            yield return new FaultRule([row.WhereKey, "on", "link"], row.WhereKey, $"nothing, with kind = {row.Name}", row.Where);
        else if (!row.Strikes.Contains(fault.What))
            yield return new FaultRule([row.WhereKey], row.WhereKey, $"{Words.Kebab(fault.What.ToString())}, with kind = {row.Name}", row.Where);
    }

    private static IEnumerable<FaultRule> OneOf(FaultKindRow row, string[] keys)
    {
        foreach (var group in FaultTable.OneOf)
        {
            string[] there = [.. keys.Select(FaultKey.PartOf).Where(group.Contains).Distinct()];
            if (there.Length < 2 || there.Any(part => FaultTable.Of(row.Kind).All(key => key.Part != part))) continue;
            yield return new FaultRule([.. there.Reverse()], there[^1], $"a fault with {string.Join(" and ", there)}", $"one of {string.Join(", ", group)}");
        }
    }

    private static IEnumerable<FaultRule> Needed(FaultKindRow row, string[] keys)
    {
        foreach (var group in row.Needs)
        {
            if (keys.Any(key => group.Contains(FaultKey.PartOf(key)))) continue;
            var allowed = string.Join("; or ", group.Select(part =>
                string.Join(", ", FaultTable.Of(row.Kind).Where(key => key.Part == part).Select(key => $"{key.Name} = {key.Allowed}"))));
            yield return new FaultRule([.. group], group[0], $"nothing, with kind = {row.Name}", allowed);
        }
    }

    /// <summary>Keys of one part that come together: a renewal's, a burst's.</summary>
    private static IEnumerable<FaultRule> Pairs(FaultKindRow row, string[] keys) =>
        from part in FaultTable.Of(row.Kind).GroupBy(key => key.Part)
        where part.Count() > 1 && part.Any(key => keys.Contains(key.Name))
        from missing in part
        where !missing.IsOptional && !keys.Contains(missing.Name)
        select new FaultRule([part.Key], missing.Name, $"nothing, with {string.Join(", ", part.Where(key => key != missing && !key.IsOptional).Select(key => key.Name))}", missing.Allowed);

    private static IEnumerable<FaultRule> Amounts(Fault fault)
    {
        if (fault.HasBurst && fault.BurstStart + fault.BurstEnd > AtMostOne)
            yield return new FaultRule(["burst"], "burst.end", FormattableString.Invariant($"start {fault.BurstStart} and end {fault.BurstEnd}, which come to more than 1"),
                "two probabilities whose sum is at most 1");
        if (fault.Timing == FaultTiming.Renewal && 1 / fault.RenewalBetweenSlots + 1 / fault.RenewalLastingSlots > AtMostOne)
            yield return new FaultRule(["renewal"], "renewal.lasting",
                FormattableString.Invariant($"{fault.RenewalLastingSlots} with between = {fault.RenewalBetweenSlots}, of which 1 / between + 1 / lasting is more than 1"),
                "longer means: one draw a slot decides whether it begins, ends, or neither");
    }

    /// <summary>1, and room for what adding two decimal fractions rounds.</summary>
    private const double AtMostOne = 1 + 1e-12;
}
