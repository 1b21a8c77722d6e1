using System.Globalization;
using System.Text;
using Diten.Model.Scenarios;

namespace Diten.Node.Scenarios;

/// <summary>Reads scenarios from HOCON files, and writes them.</summary>
public static class ScenarioFile
{
    /// <summary>Name that errors give to what came from the command line.</summary>
    public const string CommandLine = "--set";

    /// <summary>Reads a scenario: the defaults, then the file with what it includes, then <paramref name="overrides"/>, then <paramref name="seed"/>.</summary>
    /// <param name="path">HOCON file. Files that it names count from its own folder (those an included file names, from that file's).</param>
    /// <param name="overrides">Keys and values from the command line, without quotes; files count from the working folder; later ones win.</param>
    /// <param name="seed">Wins over every other seed; null = as written.</param>
    /// <returns>A checked scenario; the files it names exist, and their names are absolute.</returns>
    /// <exception cref="ScenarioException">With everything that is wrong.</exception>
    public static Scenario Load(string path, IEnumerable<(string Key, string Value)> overrides, ulong? seed)
    {
        var errors = new List<ScenarioError>();
        var entries = HoconReader.Read(path, errors);
        entries.AddRange(overrides.Select(o => new ScenarioEntry(o.Key.Trim(), Rooted(o.Key.Trim(), o.Value.Trim(), Directory.GetCurrentDirectory()), CommandLine)));
        if (seed is { } number) entries.Add(new ScenarioEntry("seed", number.ToString(CultureInfo.InvariantCulture), "--seed"));
        errors.AddRange(MissingFiles(entries));
        return ScenarioKeys.Read(entries, errors);
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
            text.Append(key.Name).Append(" = ").Append(key.IsText || value.Length == 0 ? Quote(value) : value).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Makes the value of a key that names a file absolute; leaves all others alone.</summary>
    internal static string Rooted(string key, string value, string folder) =>
        value.Length > 0 && ScenarioKeys.Find(key) is { IsPath: true } ? Path.GetFullPath(value, folder) : value;

    private static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            text.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ => c.ToString(),
            });
        }
        return text.Append('"').ToString();
    }

    private static IEnumerable<ScenarioError> MissingFiles(List<ScenarioEntry> entries)
    {
        // Only the last writer of a key counts.
        foreach (var entry in entries.GroupBy(e => e.Key).Select(g => g.Last()))
        {
            if (ScenarioKeys.Find(entry.Key) is not { IsPath: true } key || entry.Text.Length == 0) continue;
            if (File.Exists(entry.Text) || key.Type.Contains("folder") && Directory.Exists(entry.Text)) continue;
            var found = Directory.Exists(entry.Text) ? $"'{entry.Text}', which is a folder" : $"'{entry.Text}', which does not exist";
            yield return new ScenarioError(entry.File, entry.Key, found, $"an existing {key.Type}") { Line = entry.Line };
        }
    }
}
