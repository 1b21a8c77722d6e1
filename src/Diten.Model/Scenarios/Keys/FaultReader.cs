using Diten.Model.Faults;
using Diten.Model.Input;

namespace Diten.Model.Scenarios.Keys;

/// <summary>Reads the map <c>faults</c> of a scenario, and checks each fault by itself. What only the places of servers and stations tell is checked where they are known.</summary>
internal sealed class FaultReader
{
    /// <summary>Name of the map.</summary>
    public const string Section = "faults";

    /// <summary>Faults of a scenario, at most.</summary>
    public const int Most = 1000;

    /// <summary>Text of braces without anything between them.</summary>
    public const string Nothing = "{  }";

    private readonly int? _slots;
    private readonly Action<string, Func<ScenarioError>> _tell;

    private FaultReader(int? slots, Action<string, Func<ScenarioError>> tell) => (_slots, _tell) = (slots, tell);

    /// <summary>Whether a key is the map, or in it.</summary>
    public static bool Takes(string key) => key == Section || key.StartsWith(Section + ".", StringComparison.Ordinal);

    /// <summary>Full name of a fault's key.</summary>
    public static string KeyOf(string fault, string key) => $"{Section}.{fault}.{key}";

    /// <summary>Makes the faults of their entries; later ones win over earlier ones of the same key.</summary>
    /// <param name="entries">Others than the map's are left alone.</param>
    /// <param name="slots">Length of the run; null where that could not be read.</param>
    /// <param name="tell">Takes the key of what is wrong, and what makes the error if it is told in full.</param>
    public static FaultMap Read(IEnumerable<ScenarioEntry> entries, int? slots, Action<string, Func<ScenarioError>> tell)
    {
        var reader = new FaultReader(slots, tell);
        var written = new OrderedDictionary<string, ScenarioEntry>();
        foreach (var entry in entries.Where(entry => Takes(entry.Key))) written[entry.Key] = entry;
        var faults = new List<Fault>();
        var names = 0;
        foreach (var group in written.Values.GroupBy(entry => NameOf(entry.Key)))
        {
            if (++names > Most)
            {
                var first = group.First();
                tell(first.Key, () => Error(first, "", $"fault {Most + 1}", $"at most {Most} faults"));
                break;
            }
            if (reader.Read(group.Key, [.. group]) is { } fault) faults.Add(fault);
        }
        return faults.Count == 0 ? FaultMap.Empty : new FaultMap(faults);
    }

    private Fault? Read(string? name, IReadOnlyList<ScenarioEntry> entries)
    {
        if (entries.FirstOrDefault(entry => name is null || OwnOf(name, entry).Length == 0 && entry.Text != Nothing) is { } plain)
            return Refuse(plain, plain.Key, $"'{plain.Text}'", "faults by their names: faults { name { kind = drop, link = sync, probability = 0.5 } }");
        if (name!.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            return Refuse(entries[0], entries[0].Key, $"the name '{name}'", "names of letters, digits, hyphens and underscores");
        if (entries.FirstOrDefault(entry => entry.Key == KeyOf(name, "kind")) is not { } kind)
        {
            foreach (var stranger in entries.Where(entry => OwnOf(name, entry) is { Length: > 0 } own && FaultTable.Keys.All(key => key.Name != own))) Strange(name, stranger, null);
            return Refuse(entries[0], KeyOf(name, "kind"), "nothing", FaultTable.Kind.Allowed, "'diten scenarios faults' tells what each is.");
        }
        var fault = new Fault { Name = name, Kind = default, What = default };
        if (FaultTable.Kind.TryApply(fault, kind.Text, out fault) is { } wrong) return Refuse(kind, kind.Key, wrong.Found, wrong.Allowed, wrong.Suggestion);

        var row = FaultKinds.Of(fault.Kind);
        var broken = new HashSet<string>();
        foreach (var entry in entries.Where(entry => entry != kind && OwnOf(name, entry).Length > 0))
        {
            var own = OwnOf(name, entry);
            if (FaultTable.Find(own, fault.Kind) is not { } key)
            {
                Strange(name, entry, row);
                broken.Add(FaultKey.PartOf(own));
            }
            else if (key.TryApply(fault, entry.Text, out fault) is { } misread)
            {
                Refuse(entry, entry.Key, misread.Found, misread.Allowed, misread.Suggestion);
                broken.Add(key.Part);
            }
        }
        string[] keys = [.. entries.Select(entry => OwnOf(name, entry))];
        foreach (var rule in FaultRules.Of(fault, row, keys, _slots).Where(rule => !rule.Parts.Any(broken.Contains)))
        {
            broken.Add(rule.Parts[0]);
            var writer = entries.FirstOrDefault(entry => OwnOf(name, entry) == rule.Key)
                ?? rule.Parts.SelectMany(part => entries.Where(entry => FaultKey.PartOf(OwnOf(name, entry)) == part)).FirstOrDefault(kind);
            Refuse(writer, KeyOf(name, rule.Key), rule.Found, rule.Allowed, rule.Suggestion);
        }
        return broken.Count == 0 ? fault : null;
    }

    /// <summary>Tells of a key that the fault's kind does not take; <paramref name="row"/> is null where the kind is not known.</summary>
    private void Strange(string name, ScenarioEntry entry, FaultKindRow? row) => _tell(entry.Key, () =>
    {
        var own = OwnOf(name, entry);
        string[] taken = [.. row is null ? FaultTable.Keys.Select(key => key.Name).Distinct() : FaultTable.Of(row.Kind).Select(key => key.Name)];
        var near = own is "on" or "link" && row is not null ? row.WhereKey
            : Array.Find(taken, key => FaultKey.PartOf(key) == own) ?? Suggestion.Nearest(own, taken);
        var found = FaultTable.Keys.Any(key => key.Name == own) ? $"a key that kind = {row!.Name} does not take" : "an unknown key of a fault";
        return Error(entry, entry.Key, found, string.Join(", ", taken), near is null ? null : $"Did you mean '{KeyOf(name, near)}'?");
    });

    private Fault? Refuse(ScenarioEntry writer, string key, string found, string allowed, string? suggestion = null)
    {
        _tell(key, () => Error(writer, key, found, allowed, suggestion));
        return null;
    }

    private static ScenarioError Error(ScenarioEntry writer, string key, string found, string allowed, string? suggestion = null) =>
        new(writer.File, key.Length > 0 ? key : Section, found, allowed, suggestion) { Line = writer.Line };

    /// <summary>The fault's name in a key; null for the map itself.</summary>
    private static string? NameOf(string key)
    {
        if (key.Length == Section.Length) return null;
        var dot = key.IndexOf('.', Section.Length + 1);
        return dot < 0 ? key[(Section.Length + 1)..] : key[(Section.Length + 1)..dot];
    }

    /// <summary>The key within its fault; empty for the fault itself.</summary>
    private static string OwnOf(string name, ScenarioEntry entry) =>
        entry.Key.Length > Section.Length + name.Length + 2 ? entry.Key[(Section.Length + name.Length + 2)..] : "";
}
