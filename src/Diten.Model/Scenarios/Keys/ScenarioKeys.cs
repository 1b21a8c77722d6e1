using System.Collections.Frozen;
using System.Text;
using Diten.Model.Input;
using Diten.Model.Policies;

namespace Diten.Model.Scenarios.Keys;

/// <summary>
/// The one table of scenario keys: it validates, lists, writes and overrides. Immutable; safe for threads.
/// </summary>
public static class ScenarioKeys
{
    /// <summary>Errors that are told in full; the others are counted.</summary>
    public const int MostErrors = 20;

    /// <summary>The key whose value names files in a list.</summary>
    public const string SwitchesKey = "policy.switches";

    private const int StationsAtMost = 10_000_000;

    /// <summary>Every key, in the order in which scenarios are written.</summary>
    public static IReadOnlyList<ScenarioKey> All { get; } = [.. ScenarioTable.Rows()];

    private static readonly FrozenDictionary<string, ScenarioKey> ByName = All.ToFrozenDictionary(k => k.Name);

    private static readonly string[] Sections = [.. All.Select(key => FaultKey.PartOf(key.Name)).Append(FaultReader.Section).Distinct()];

    /// <summary>The key of that name, or null.</summary>
    public static ScenarioKey? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Holds values that were set in code to what files may say.</summary>
    /// <param name="prefix">Of the keys that are looked at, such as <c>learning.</c>.</param>
    /// <exception cref="ArgumentException">A value is out of its range; the message names its key, the value and what is allowed.</exception>
    public static void Require(Scenario scenario, string prefix)
    {
        foreach (var key in All.Where(key => key.Name.StartsWith(prefix, StringComparison.Ordinal)))
            if (Misfit(key, scenario) is { } misfit)
                throw new ArgumentException($"{key.Name}: found {misfit}; allowed: {key.Allowed}.", nameof(scenario));
    }

    private static string? Misfit(ScenarioKey key, Scenario scenario)
    {
        try
        {
            var text = key.Format(scenario);
            return text.Length > 0 ? key.TryApply(scenario, new ScenarioEntry(key.Name, text, "code"), out _)?.Found : null;
        }
        catch (InvalidOperationException unwritable) // such as NaN
        {
            return unwritable.Message;
        }
    }

    /// <summary>Builds a scenario: the defaults, changed by <paramref name="entries"/> in turn, then checked as a whole.</summary>
    /// <param name="entries">Later ones win over earlier ones of the same key.</param>
    /// <param name="moreErrors">Other errors found on the way, to be reported together with these.</param>
    /// <param name="policies">What <c>policy.name</c> may be; null = the shipped ones.</param>
    /// <exception cref="ScenarioException">With everything that is wrong: unknown keys, wrong values, values that do not fit together.</exception>
    public static Scenario Read(
        IReadOnlyCollection<ScenarioEntry> entries, IEnumerable<ScenarioError>? moreErrors = null, PolicyCatalogue? policies = null)
    {
        policies ??= PolicyCatalogue.Shipped;
        var policyName = PolicyKeys.Name(policies);
        var scenario = new Scenario();
        var errors = new List<ScenarioError>(moreErrors ?? []);
        // A value that could not be read would only make the whole look inconsistent.
        var broken = errors.Select(e => e.Key).ToHashSet();
        var more = 0;
        foreach (var entry in entries.Where(entry => !FaultReader.Takes(entry.Key)))
        {
            ScenarioError? error = null;
            if ((entry.Key == policyName.Name ? policyName : Find(entry.Key)) is { } key) error = key.TryApply(scenario, entry, out scenario);
            else if (errors.Count < MostErrors) error = Unknown(entry);
            else more++;
            if (error is null) continue;
            broken.Add(error.Key);
            Tell(error);
        }
        scenario = scenario with { Faults = FaultReader.Read(entries, broken.Contains("slots") ? null : scenario.Slots, TellOfFault) };
        foreach (var rule in Together(scenario, policies).Where(r => !r.Keys.Any(broken.Contains)))
        {
            var writer = entries.LastOrDefault(e => rule.Keys.Contains(e.Key));
            Tell(new ScenarioError(writer?.File ?? "scenario", rule.Keys[0], rule.Found, rule.Allowed, rule.Suggestion) { Line = writer?.Line });
        }
        return errors.Count == 0 ? scenario : throw new ScenarioException(errors, more);

        void TellOfFault(string key, Func<ScenarioError> error)
        {
            broken.Add(key);
            if (errors.Count < MostErrors) errors.Add(error());
            else more++;
        }

        void Tell(ScenarioError error)
        {
            if (errors.Count < MostErrors) errors.Add(error);
            else more++;
        }
    }

    /// <summary>Why no policy can be trained in a scenario that can be run: faults and <c>learning.train-on</c>, or faults that begin after <c>learning.slots</c>.</summary>
    /// <param name="entries">Who wrote what of its faults; others may be missing.</param>
    public static IReadOnlyList<ScenarioError> TrainingErrors(Scenario scenario, IReadOnlyCollection<ScenarioEntry> entries)
    {
        var errors = new List<ScenarioError>();
        if (scenario.Policy.Switches.All.Count > 0)
            Tell(SwitchesKey, scenario.Policy.Switches.ToString(), "[]: while a policy is trained, no other one takes its place");
        if (scenario.Faults.IsEmpty) return errors;
        if (scenario.Learning.TrainOn != TrainingGround.Cluster)
            Tell("learning.train-on", $"{Find("learning.train-on")!.Format(scenario)}, with faults", "cluster: the system's twin knows of no fault");
        foreach (var fault in scenario.Faults.All)
            foreach (var rule in FaultRules.Times(fault, scenario.Learning.Slots, "learning.slots"))
                Tell(FaultReader.KeyOf(fault.Name, rule.Key), rule.Found, rule.Allowed);
        return errors;

        void Tell(string key, string found, string allowed)
        {
            var writer = entries.LastOrDefault(entry => entry.Key == key);
            if (errors.Count < MostErrors) errors.Add(new ScenarioError(writer?.File ?? "scenario", key, found, allowed) { Line = writer?.Line });
        }
    }

    /// <summary>All keys with defaults, allowed values and meaning: the text of <c>docs/scenario-keys.md</c>.</summary>
    public static string ToMarkdown()
    {
        var text = new StringBuilder("""
            # Scenario keys

            Written by the table that also reads, checks and writes scenarios (`ScenarioKeys`); do not edit by hand.
            Values carry their units: `20 MHz`, `15 m/s`, `40 /km2`, `[600 kB, 800 kB]`; 1 kB = 1000 B = 8000 bit.
            A key can stand in a scenario file, nested or with dots, or on the command line as `--set key=value`.
            Relative file names count from the folder of the file that names them. How files are written: [scenario-files.md](scenario-files.md).

            """.ReplaceLineEndings("\n"));
        var section = "";
        foreach (var key in All)
        {
            var dot = key.Name.IndexOf('.');
            var own = dot < 0 ? "run" : key.Name[..dot];
            if (own != section)
            {
                text.Append($"\n## {own}\n\n| key | default | allowed | meaning |\n|---|---|---|---|\n");
                section = own;
            }
            var standard = key.Default.Length == 0 ? "not set" : $"`{key.Default}`";
            text.Append($"| `{key.Name}` | {standard} | {Cell(key.Allowed)} | {Cell(key.Meaning)} |\n");
        }
        return text.Append("\n## faults\n\nA map of any names: `faults { loss { kind = drop, link = sync, probability = 0.5 } }`. Kinds and keys: [faults.md](faults.md).\n").ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|");

    private static ScenarioError Unknown(ScenarioEntry entry)
    {
        var last = entry.Key[(entry.Key.LastIndexOf('.') + 1)..];
        // A key in the wrong section is as likely as a slip of the finger.
        var first = FaultKey.PartOf(entry.Key);
        var near = first.Length < entry.Key.Length && Suggestion.Nearest(first, Sections) == FaultReader.Section ? FaultReader.Section + entry.Key[first.Length..] : Suggestion.Nearest(entry.Key, ByName.Keys.Order(StringComparer.Ordinal))
            ?? All.FirstOrDefault(k => k.Name.EndsWith("." + last, StringComparison.Ordinal))?.Name;
        return new ScenarioError(entry.File, entry.Key, "an unknown key", "the keys that 'diten scenarios' lists", near is null ? null : $"Did you mean '{near}'?")
        {
            Line = entry.Line,
        };
    }

    private sealed record Rule(string[] Keys, string Found, string Allowed, string? Suggestion = null);

    private static IEnumerable<Rule> Switches(Scenario scenario, PolicyCatalogue policies)
    {
        foreach (var one in scenario.Policy.Switches.All)
        {
            if (policies.Find(one.Name) is not { } policy)
            {
                var names = policies.All.Select(entry => entry.Name);
                yield return new Rule([SwitchesKey], $"'{one.Name}' (unknown value)", string.Join(" | ", names), Suggestion.For(one.Name, names));
            }
            else if (policy.NeedsFile && one.File is null)
            {
                yield return new Rule([SwitchesKey], $"no file, with name = {one.Name}", "a policy file");
            }
            if (one.Slot >= scenario.Slots)
            {
                yield return new Rule([SwitchesKey, "slots"], FormattableString.Invariant($"slot {one.Slot}, after the end of the run"),
                    FormattableString.Invariant($"slots from 0 to {scenario.Slots - 1}, since slots = {scenario.Slots}"));
            }
        }
    }

    private static IEnumerable<Rule> Together(Scenario scenario, PolicyCatalogue policies)
    {
        var stations = scenario.Stations;
        if (stations.Topology == StationLayout.Sites && stations.SitesFile is null)
        {
            yield return new Rule(["stations.sites-file", "stations.topology"], "nothing, with stations.topology = sites", "a CSV file of sites",
                "Name one, as in --set stations.sites-file=sites.csv.");
        }
        if (stations.Topology != StationLayout.Sites)
        {
            var count = stations.DensityPerSquareMetre * scenario.AreaSideMetres * scenario.AreaSideMetres;
            if (count < 0.5 || count > StationsAtMost)
            {
                yield return new Rule(["stations.density", "area.side"], FormattableString.Invariant($"{count:G3} stations (density · side²)"),
                    FormattableString.Invariant($"1 to {StationsAtMost} stations"));
            }
        }
        if (scenario.Devices is { Mobility: MobilityKind.Trace, Traces: null })
        {
            yield return new Rule(["devices.mobility.traces", "devices.mobility.model"], "nothing, with devices.mobility.model = trace",
                "a file or folder of traces", "Name one, as in --set devices.mobility.traces=taxis.csv.");
        }
        if (scenario.Servers is { Background: BackgroundKind.Trace, BackgroundTraces: null })
        {
            yield return new Rule(["servers.background.traces", "servers.background.model"], "nothing, with servers.background.model = trace",
                "a file or folder of CPU traces", "Name one, as in --set servers.background.traces=cpu.csv.");
        }
        if (scenario.Policy.File is null && policies.Find(scenario.Policy.Name) is { NeedsFile: true } policy)
        {
            yield return new Rule(["policy.file", "policy.name"], $"nothing, with policy.name = {policy.Name}", "a policy file",
                "Name one, as in --set policy.file=city.policy.");
        }
        foreach (var rule in Switches(scenario, policies))
            yield return rule;
        var (learning, lead) = (scenario.Learning, scenario.Learning.LeadSlots(scenario.Devices.JourneySlots));
        if (learning.TwinSlots() > 0 && Math.Min(learning.Slots, learning.TwinSlots()) <= lead)
        {
            yield return new Rule(["learning.slots", "learning.train-on", "learning.pretraining", "devices.journey-slots"],
                FormattableString.Invariant($"{learning.Slots} slots, and nothing is left to train in on the system's twin"),
                FormattableString.Invariant($"more than {lead}, {(learning.TrainOn == TrainingGround.Both ? "twice, " : "")}since the twin is fitted in the first {lead} slots"));
        }
        if (scenario.Measure.Regret == RegretMeasure.On && scenario.Servers.Sharing is not (CpuSharing.Equal or CpuSharing.Exclusive))
        {
            yield return new Rule(["measure.regret", "servers.sharing"], $"on, with servers.sharing = {Words.Kebab(scenario.Servers.Sharing.ToString())}",
                "auto or off, or servers.sharing = equal or exclusive: with others, what one task would have taken elsewhere is not known");
        }
        if (scenario.Measure is { Twins: TwinMeasure.Off, Regret: RegretMeasure.On })
        {
            yield return new Rule(["measure.twins", "measure.regret"], "off, with measure.regret = on", "auto or on, or measure.regret = auto or off");
        }
        if ((stations.SitesLongitudeColumn is null) != (stations.SitesLatitudeColumn is null))
        {
            yield return new Rule(["stations.sites-longitude-column", "stations.sites-latitude-column"], "only one of the two columns", "both or neither");
        }
        if ((scenario.Devices.TraceLongitudeColumn is null) != (scenario.Devices.TraceLatitudeColumn is null))
        {
            yield return new Rule(["devices.mobility.trace-longitude-column", "devices.mobility.trace-latitude-column"],
                "only one of the two columns", "both or neither");
        }
        if ((scenario.Zones.Columns == 0) != (scenario.Zones.Rows == 0))
        {
            yield return new Rule(["zones.columns", "zones.rows"],
                FormattableString.Invariant($"{scenario.Zones.Columns} columns and {scenario.Zones.Rows} rows"), "both at least 1, or both 0 (chosen by the number of stations)");
        }
    }
}
