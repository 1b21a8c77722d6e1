using System.Globalization;
using Akka.Configuration;
using Diten.Model.Scenarios.Keys;
using Diten.Runs.Scenarios.Hocon;

namespace Diten.Runs.Scenarios;

/// <summary>Turns HOCON files and the words of a command line into entries that know which file and line wrote them.</summary>
internal static class HoconReader
{
    /// <summary>Reads a file with what it includes, and what the command line changes; substitutions see what has the last word.</summary>
    /// <param name="path">HOCON file.</param>
    /// <param name="overrides">Keys and values; a text key takes its value as it is, others read <c>[…]</c>, <c>{ … }</c>, quotes and null.</param>
    /// <param name="seed">Null = as written.</param>
    /// <param name="errors">Receives what is wrong.</param>
    /// <returns>Each key once, as last written; names of files absolute.</returns>
    public static List<ScenarioEntry> Read(string path, IEnumerable<(string Key, string Value)> overrides, ulong? seed, List<ScenarioError> errors)
    {
        if (!File.Exists(path))
        {
            errors.Add(new ScenarioError(path, "", Directory.Exists(path) ? "a folder" : "no such file", "an existing scenario file", ShippedScenarios.Hint(path)));
            return [];
        }
        var full = Path.GetFullPath(path);
        return Entries(errors, full, document =>
        {
            document.AddFile(full);
            foreach (var (key, value) in overrides)
            {
                var (name, text) = (key.Trim(), value.Trim());
                var verbatim = ScenarioKeys.Find(name) is { IsText: true } || text is not (['[' or '{' or '"', ..] or "null");
                document.Set(ScenarioFile.CommandLine, name, text, verbatim);
            }
            if (seed is { } number) document.Set(ScenarioFile.SeedOption, "seed", number.ToString(CultureInfo.InvariantCulture), verbatim: true);
        });
    }

    /// <summary>Reads the text of a file that is not at hand.</summary>
    /// <param name="path">The full name that it would have; the files that it names count from there.</param>
    /// <inheritdoc cref="Read"/>
    public static List<ScenarioEntry> ReadText(string path, string text, List<ScenarioError> errors) =>
        Entries(errors, path, document => document.AddText(path, text));

    /// <summary>Reads a file that exists, of settings that are no scenario's.</summary>
    /// <param name="path">HOCON file.</param>
    /// <param name="errors">Receives what is wrong.</param>
    /// <returns>The same for Akka, and each key once with the file, as a full path, that wrote it last.</returns>
    public static (Config Config, IReadOnlyList<ScenarioEntry> Entries) ReadSettings(string path, List<ScenarioError> errors)
    {
        var full = Path.GetFullPath(path);
        return Resolve(errors, document => document.AddFile(full)) is { } root
            ? (ConfigurationFactory.ParseString(HoconWriter.Quoted(root)), [.. Leaves("", root).Select(leaf => Entry(leaf.Key, leaf.Value))])
            : (Config.Empty, []);
    }

    private static List<ScenarioEntry> Entries(List<ScenarioError> errors, string main, Action<HoconDocument> read)
    {
        if (Resolve(errors, read) is not { } root) return [];
        return [.. from leaf in Leaves("", root)
                   let entry = Entry(leaf.Key, leaf.Value)
                   let typed = entry.Line is null
                   let folder = typed ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(entry.File)!
                   select entry with
                   {
                       Text = ScenarioFile.Rooted(entry.Key, entry.Text, folder),
                       File = typed ? entry.File : Shown(entry.File),
                       Layer = typed ? ScenarioLayer.CommandLine : entry.File == main ? ScenarioLayer.File : ScenarioLayer.Included,
                   }];
    }

    private static HoconObject? Resolve(List<ScenarioError> errors, Action<HoconDocument> read)
    {
        try
        {
            var document = new HoconDocument();
            read(document);
            return document.Resolve();
        }
        catch (HoconException problem)
        {
            errors.Add(new ScenarioError(Shown(problem.Place.File), "", problem.Found, problem.Allowed, problem.Suggestion) { Line = LineOf(problem.Place) });
            return null;
        }
    }

    private static ScenarioEntry Entry(string key, HoconNode value) => new(key, HoconWriter.Value(value), value.Place.File, LineOf(value.Place));

    /// <summary>All values that are no objects, null left out.</summary>
    private static IEnumerable<(string Key, HoconNode Value)> Leaves(string prefix, HoconObject fields)
    {
        foreach (var (name, value) in fields.Fields)
        {
            var key = prefix.Length == 0 ? name : prefix + "." + name;
            // Braces with nothing in them say nothing, but for a fault: that has a name.
            if (value is HoconObject inner && (inner.Fields.Count > 0 || !key.StartsWith("faults.", StringComparison.Ordinal)))
            {
                foreach (var leaf in Leaves(key, inner)) yield return leaf;
            }
            else if (value is not HoconNull)
            {
                yield return (key, value);
            }
        }
    }

    /// <summary>A value that Akka read, as <see cref="HoconWriter.Text"/> writes it.</summary>
    internal static string Text(Akka.Configuration.Hocon.HoconValue value) =>
        string.Concat(value.Values.Select(e => e.IsArray() ? $"[{string.Join(", ", e.GetArray().Select(Text))}]" : e.GetString())).Trim();

    /// <summary>Null where it is no file that was read.</summary>
    private static int? LineOf(HoconPlace place) => place.Line > 0 && Path.IsPathFullyQualified(place.File) ? place.Line : null;

    /// <summary>A file's name as errors show it: short where it lies under the working folder.</summary>
    internal static string Shown(string path)
    {
        if (!Path.IsPathFullyQualified(path)) return path;
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
