using System.Text;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using Diten.Runs.Scenarios.Hocon;

namespace Diten.Runs.Scenarios;

/// <summary>Reads scenarios from HOCON files, and writes them.</summary>
public static class ScenarioFile
{
    /// <summary>Name that errors give to what came from the command line.</summary>
    public const string CommandLine = "--set";

    /// <summary>Name that errors give to the seed of the command line.</summary>
    public const string SeedOption = "--seed";

    /// <summary>Reads a scenario: the defaults, then the file with what it includes, then <paramref name="overrides"/>, then <paramref name="seed"/>.</summary>
    /// <param name="path">HOCON file. Files that it names count from its own folder (those an included file names, from that file's).</param>
    /// <param name="overrides">Keys and values from the command line, without quotes; files count from the working folder; later ones win.</param>
    /// <param name="seed">Wins over every other seed; null = as written.</param>
    /// <returns>A checked scenario; the files it names exist, and their names are absolute.</returns>
    /// <exception cref="ScenarioException">With what is wrong.</exception>
    public static Scenario Load(string path, IEnumerable<(string Key, string Value)> overrides, ulong? seed) => Read(path, overrides, seed).Scenario;

    /// <summary>The same, and what is odd about it: keys that are set and have no effect, worlds in which nearly nobody is served.</summary>
    /// <inheritdoc cref="Load"/>
    public static (Scenario Scenario, IReadOnlyList<ScenarioWarning> Warnings) Read(string path, IEnumerable<(string Key, string Value)> overrides, ulong? seed)
    {
        var (scenario, entries) = ReadEntries(path, overrides, seed);
        return (scenario, ScenarioWarnings.Of(scenario, entries));
    }

    /// <summary>The same, and who wrote what.</summary>
    /// <inheritdoc cref="Load"/>
    internal static (Scenario Scenario, IReadOnlyCollection<ScenarioEntry> Entries) ReadEntries(
        string path, IEnumerable<(string Key, string Value)> overrides, ulong? seed)
    {
        var errors = new List<ScenarioError>();
        var entries = HoconReader.Read(path, overrides, seed, errors);
        errors.AddRange(MissingFiles(entries));
        return (ScenarioKeys.Read(entries, errors), entries);
    }

    /// <summary>Reads a scenario from the text that <see cref="Resolve"/> wrote, on this or another node; the files it names must be here too.</summary>
    /// <exception cref="ScenarioException">With everything that is wrong.</exception>
    public static Scenario Parse(string text, string name)
    {
        var errors = new List<ScenarioError>();
        var entries = HoconReader.ReadText(Path.GetFullPath(name), text, errors);
        errors.AddRange(MissingFiles(entries));
        return ScenarioKeys.Read(entries, errors);
    }

    /// <summary>Writes a whole scenario file: every key with its meaning; <see cref="Load"/> reads it back to an equal scenario.</summary>
    public static string Resolve(Scenario scenario)
    {
        var text = new StringBuilder("# A whole scenario: every key, as it was when the run began.\n");
        var section = "";
        foreach (var key in ScenarioKeys.All)
        {
            var dot = key.Name.IndexOf('.');
            var own = dot < 0 ? section : key.Name[..dot];
            if (own != section) text.Append('\n');
            section = own;
            var value = key.Format(scenario);
            text.Append("# ").Append(key.Meaning).Append('\n');
            text.Append(key.Name).Append(" = ").Append(key.IsText || value.Length == 0 ? HoconWriter.Quote(value) : value).Append('\n');
        }
        if (!scenario.Faults.IsEmpty) text.Append("\n# What goes wrong on purpose (docs/faults.md)\n");
        foreach (var (key, value) in FaultCatalogue.Written(scenario.Faults)) text.Append(key).Append(" = ").Append(value).Append('\n');
        return text.ToString();
    }

    /// <summary>Makes the value of a key that names a file absolute; leaves all others alone.</summary>
    internal static string Rooted(string key, string value, string folder) =>
        key == ScenarioKeys.SwitchesKey && PolicySwitches.TryParse(value, out var switches, out _)
        ? switches.WithFiles(file => Path.GetFullPath(file, folder)).ToString()
        : value.Length > 0 && ScenarioKeys.Find(key) is { IsPath: true } ? Path.GetFullPath(value, folder) : value;

    private static IEnumerable<ScenarioError> MissingFiles(List<ScenarioEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Key == ScenarioKeys.SwitchesKey && PolicySwitches.TryParse(entry.Text, out var switches, out _))
            {
                foreach (var one in switches.All.Where(one => one.File is not null && !File.Exists(one.File)))
                    yield return Missing(entry, one.File!, "policy file");
            }
            if (ScenarioKeys.Find(entry.Key) is not { IsPath: true } key || entry.Text.Length == 0) continue;
            if (File.Exists(entry.Text) || key.Type.Contains("folder") && Directory.Exists(entry.Text)) continue;
            yield return Missing(entry, entry.Text, key.Type);
        }

        static ScenarioError Missing(ScenarioEntry entry, string path, string wanted) => new(
            entry.File, entry.Key, $"'{path}', which {(Directory.Exists(path) ? "is a folder" : "does not exist")}", $"an existing {wanted}")
        {
            Line = entry.Line,
        };
    }
}
