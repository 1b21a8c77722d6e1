using Diten.Model.BackgroundLoad;
using Diten.Model.Faults;
using Diten.Model.Input;
using Diten.Model.Policies;

namespace Diten.Model.Scenarios.Keys;

/// <summary>A scenario that can be run, and is probably not what was meant.</summary>
/// <param name="Entry">What was written, and where.</param>
/// <param name="Text">What is odd about it, as a sentence.</param>
public sealed record ScenarioWarning(ScenarioEntry Entry, string Text)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var place = Entry.Line is { } line ? FormattableString.Invariant($"{Entry.File}, line {line}") : Entry.File;
        return $"warning: {place}: {Entry.Key} = {Words.Shown(Entry.Text)} {Text}";
    }
}

/// <summary>What is odd about a scenario that can be run.</summary>
public static class ScenarioWarnings
{
    /// <summary>Least share of the area that stations should cover, if everybody is to be served now and then.</summary>
    private const double LeastCovered = 0.1;

    /// <summary>Goes through what was written.</summary>
    /// <param name="scenario">What the entries made.</param>
    public static IReadOnlyList<ScenarioWarning> Of(Scenario scenario, IReadOnlyCollection<ScenarioEntry> entries)
    {
        var written = new Dictionary<string, ScenarioEntry>();
        foreach (var entry in entries) written[entry.Key] = entry;
        return [.. WithoutEffect(scenario, written), .. NobodyServed(scenario, written), .. Clamped(scenario, written), .. FaultWarnings.Of(scenario, written)];
    }

    /// <summary>What is odd about faults once the places of servers and stations are known.</summary>
    /// <param name="entries">What was written of faults.</param>
    public static IReadOnlyList<ScenarioWarning> Of(FaultPlan plan, IReadOnlyCollection<ScenarioEntry> entries)
    {
        var written = new Dictionary<string, ScenarioEntry>();
        foreach (var entry in entries) written[entry.Key] = entry;
        return [.. FaultWarnings.Of(plan, written)];
    }

    /// <summary>Whether an entry is one of a fault's.</summary>
    public static bool IsOfFaults(ScenarioEntry entry) => FaultReader.Takes(entry.Key);

    /// <summary>
    /// Keys that are set to no end. A value that is the default anyway says nothing wrong; nor does one that a file sets which includes or a command line
    /// take over: who runs a scenario with another policy, leaves the first one's keys where they are.
    /// </summary>
    private static IEnumerable<ScenarioWarning> WithoutEffect(Scenario scenario, Dictionary<string, ScenarioEntry> written)
    {
        foreach (var key in ScenarioKeys.All)
        {
            if (key.EffectiveWhen is not { } when || when.Holds(scenario) || !written.TryGetValue(key.Name, out var entry)) continue;
            if (key.Format(scenario) == key.Default) continue;
            if (when.Key == PolicyKeys.NameKey && PolicyCatalogue.Shipped.Find(scenario.Policy.Name) is null) continue; // what others read, they know
            if (when.Key == PolicyKeys.NameKey && scenario.Policy.Switches.All.Any(one => when.Values.Contains(one.Name))) continue;
            if (written.TryGetValue(when.Key, out var other) && other.Layer > entry.Layer) continue;
            var value = ScenarioKeys.Find(when.Key)!.Format(scenario);
            yield return new ScenarioWarning(entry, $"has no effect: it counts where {when}, and here {when.Key} = {(value.Length == 0 ? "\"\"" : value)}.");
        }
    }

    private static IEnumerable<ScenarioWarning> Clamped(Scenario scenario, Dictionary<string, ScenarioEntry> written)
    {
        var servers = scenario.Servers;
        if (servers.Background is not (BackgroundKind.Uniform or BackgroundKind.Ar1) || servers.BackgroundRange.High <= BackgroundLoads.Maximum) yield break;
        if (written.GetValueOrDefault("servers.background.range") is not { } entry) yield break;
        yield return new ScenarioWarning(entry, FormattableString.Invariant(
            $"is cut at {BackgroundLoads.Maximum}: some of a server is always free."));
    }

    private static IEnumerable<ScenarioWarning> NobodyServed(Scenario scenario, Dictionary<string, ScenarioEntry> written)
    {
        var stations = scenario.Stations;
        // At most: circles may overlap, and reach out of the area.
        var covered = stations.DensityPerSquareMetre * Math.PI * stations.CoverageMetres * stations.CoverageMetres;
        if (stations.Topology == StationLayout.Sites || covered >= LeastCovered) yield break;
        if ((written.GetValueOrDefault("stations.coverage") ?? written.GetValueOrDefault("stations.density")) is not { } entry) yield break;
        yield return new ScenarioWarning(entry, FormattableString.Invariant(
            $"leaves most devices out: stations cover {covered * 100:G2} % of the area at most, and tasks from elsewhere are lost."));
    }
}
