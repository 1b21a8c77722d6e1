using System.Text;
using Diten.Model.Faults;
using Diten.Model.Input;

namespace Diten.Model.Scenarios.Keys;

/// <summary>What Diten knows of faults, for people: all kinds, what one of them is, and how those of a scenario are written.</summary>
public static class FaultCatalogue
{
    /// <summary>Faults of a scenario, at most.</summary>
    public const int Most = FaultReader.Most;

    /// <summary>Name of each kind, what it strikes, what it does in a line; in the order in which faults of one link meet a message.</summary>
    public static IReadOnlyList<(string Name, string Where, string Summary)> Kinds { get; } =
        [.. FaultKinds.All.Select(row => (row.Name, row.Where, row.Summary))];

    /// <summary>Keys of all faults of a map with their values, as people write them; what they make is equal to the map.</summary>
    public static IEnumerable<(string Key, string Value)> Written(FaultMap faults) =>
        from fault in faults.All
        from key in FaultTable.Keys
        where key.IsSet(fault)
        select (FaultReader.KeyOf(fault.Name, key.Name), key.Format(fault));

    /// <summary>What a fault is, in a line: its kind, what it strikes, how much; its targets where they are known, and its slots.</summary>
    public static string Describe(PlannedFault planned)
    {
        var fault = planned.Fault;
        var row = FaultKinds.Of(fault.Kind);
        var amounts = FaultTable.Of(fault.Kind).Where(key => key.IsSet(fault) && !InWords.Contains(key.Part)).Select(key => $"{key.Name} = {key.Format(fault)}");
        return string.Join(", ", [
            $"fault {fault.Name}: {row.Name} {(fault.IsOnLink ? "on the link " : "of ")}{Words.Kebab(fault.What.ToString())}", .. amounts, Targets(planned), Times(fault)]);
    }

    /// <summary>When a fault is in force, in words.</summary>
    public static string Times(Fault fault) => fault.Timing switch
    {
        FaultTiming.Always => "always",
        FaultTiming.Slots when fault.ToSlot == fault.FromSlot + 1 => FormattableString.Invariant($"in slot {fault.FromSlot}"),
        FaultTiming.Slots => FormattableString.Invariant($"in slots {fault.FromSlot} to {fault.ToSlot - 1}"),
        FaultTiming.At => $"in slots {Listed([.. fault.At.Values])}",
        _ => FormattableString.Invariant($"now and then: every {fault.RenewalBetweenSlots} slots for {fault.RenewalLastingSlots}, in the mean")
            + (fault.RenewalFromSlot == 0 && fault.RenewalToSlot == int.MaxValue ? ""
                : FormattableString.Invariant($", in slots {fault.RenewalFromSlot} to {fault.RenewalToSlot - 1}")),
    };

    /// <summary>What a fault can strike, in words, with ids.</summary>
    public static string Targets(PlannedFault planned)
    {
        int[] targets = [.. planned.Targets];
        var what = planned.Fault.TargetsStations ? "stations" : "servers";
        var whose = planned.Fault.IsOnLink || planned.Fault.What == FaultWhat.Twins ? $"twins of {what}" : what;
        if (targets.Length == planned.Candidates) return FormattableString.Invariant($"all {targets.Length} {whose}");
        var listed = targets.Length == 0 ? "" : $" ({Listed(targets)})";
        return FormattableString.Invariant($"{targets.Length} of {planned.Candidates} {whose}{listed}");
    }

    /// <summary>All kinds with keys, examples and pictures: the text of <c>docs/faults.md</c>.</summary>
    public static string ToMarkdown() => FaultPages.All();

    /// <summary>What one kind is, an example, its keys, what is reported, and a picture; null where there is no such kind.</summary>
    public static string? Teach(string kind) => FaultKinds.All.FirstOrDefault(row => row.Name == kind) is { } row ? FaultPages.Of(row, markdown: false) : null;

    /// <summary>The scenario file that ships for a kind, <c>scenarios/faults/KIND.conf</c>.</summary>
    public static string Template(string kind) => FaultPages.Template(FaultKinds.All.First(row => row.Name == kind));

    private const int MostListed = 8;

    private static readonly string[] InWords = ["kind", "link", "on", "ids", "share", "circle", "rectangle", "slots", "at", "renewal"];

    private static string Listed(int[] ids) => string.Join(", ", ids.Take(MostListed)) + (ids.Length > MostListed ? ", …" : "");
}
