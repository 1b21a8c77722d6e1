using Akka.Configuration;
using Akka.Configuration.Hocon;
using Diten.Model.Scenarios;

namespace Diten.Node.Scenarios;

/// <summary>Turns a HOCON file and what it includes into scenario entries that know which file and line wrote them.</summary>
internal sealed class HoconReader
{
    private readonly List<ScenarioError> _errors;
    private readonly Stack<string> _reading = new();

    /// <summary>Which file wrote a value. The parser merges and changes values, but never the elements they are made of.</summary>
    private readonly Dictionary<IHoconElement, (string Path, int? Line)> _origins = new(ReferenceEqualityComparer.Instance);

    private HoconReader(List<ScenarioError> errors) => _errors = errors;

    /// <summary>Reads a file.</summary>
    /// <param name="path">HOCON file.</param>
    /// <param name="errors">Receives what is wrong: missing files, syntax, circles of includes.</param>
    /// <returns>Each key once, as last written; file names absolute.</returns>
    public static List<ScenarioEntry> Read(string path, List<ScenarioError> errors)
    {
        var reader = new HoconReader(errors);
        var entries = new List<ScenarioEntry>();
        if (!File.Exists(path))
        {
            errors.Add(new ScenarioError(path, "", Directory.Exists(path) ? "a folder" : "no such file", "an existing scenario file"));
            return entries;
        }
        if (reader.Parse(Path.GetFullPath(path)) is not { } root) return entries;
        foreach (var (key, text, file, line) in reader.Entries(root, Path.GetFullPath(path)))
        {
            entries.Add(new ScenarioEntry(key, ScenarioFile.Rooted(key, text, Path.GetDirectoryName(file)!), Shown(file), line));
        }
        return entries;
    }

    /// <summary>Reads the text of a file that is not at hand, and includes nothing.</summary>
    /// <param name="path">The full name that it would have; the files that it names count from there.</param>
    /// <inheritdoc cref="Read"/>
    public static List<ScenarioEntry> ReadText(string path, string text, List<ScenarioError> errors)
    {
        var reader = new HoconReader(errors);
        return reader.Parse(path, text) is { } root
            ? [.. reader.Entries(root, path).Select(entry => entry with { Text = ScenarioFile.Rooted(entry.Key, entry.Text, Path.GetDirectoryName(path)!) })]
            : [];
    }

    /// <summary>Reads a file that exists, of settings that are no scenario's.</summary>
    /// <param name="path">HOCON file.</param>
    /// <param name="errors">Receives what is wrong: syntax, circles of includes, missing includes.</param>
    /// <returns>What Akka makes of it, and each key once with the file, as a full path, that wrote it last.</returns>
    public static (Config Config, IReadOnlyList<ScenarioEntry> Entries) ReadSettings(string path, List<ScenarioError> errors)
    {
        var reader = new HoconReader(errors);
        return reader.Parse(Path.GetFullPath(path)) is { } root
            ? (new Config(new HoconRoot(root)), [.. reader.Entries(root, Path.GetFullPath(path))])
            : (Config.Empty, []);
    }

    private IEnumerable<ScenarioEntry> Entries(HoconValue root, string path)
    {
        foreach (var (key, value) in Leaves("", root))
        {
            var (file, line) = value.Values.Count > 0 && _origins.TryGetValue(value.Values[0], out var origin) ? origin : (path, null);
            yield return new ScenarioEntry(key, Text(value), file, line);
        }
    }

    private HoconValue? Parse(string path) => Parse(path, File.ReadAllText(path));

    private HoconValue? Parse(string path, string text)
    {
        var outline = HoconOutline.Of(Shown(path), text);
        _errors.AddRange(outline.Errors);
        if (outline.Errors.Count > 0) return null;
        _reading.Push(path);
        try
        {
            var root = ConfigurationFactory.ParseString(text, name => new HoconRoot(Include(path, name))).Root;
            foreach (var (key, value) in Leaves("", root))
            {
                // What an included file wrote is known already.
                if (value.Values.Count > 0) _origins.TryAdd(value.Values[0], (path, outline.Lines.TryGetValue(key, out var line) ? line : null));
            }
            return root;
        }
        catch (Exception e) when (e is FormatException or ConfigurationException or NotSupportedException)
        {
            _errors.Add(new ScenarioError(Shown(path), "", e.Message.ReplaceLineEndings(" ").Trim(), "HOCON"));
            return null;
        }
        finally
        {
            _reading.Pop();
        }
    }

    /// <summary>An included file's values; empty where it is at fault. Without its substitutions, which are resolved: Akka would look for them under a wrong name.</summary>
    private HoconValue Include(string from, string name)
    {
        var path = Path.GetFullPath(name, Path.GetDirectoryName(from)!);
        if (!File.Exists(path))
        {
            _errors.Add(new ScenarioError(Shown(from), "", $"include of '{name}', which does not exist", "an existing file, counted from the folder of the file that includes it"));
        }
        else if (_reading.Contains(path))
        {
            _errors.Add(new ScenarioError(Shown(from), "", $"include of '{name}', which includes this file", "includes without circles"));
        }
        else if (Parse(path) is { } root)
        {
            return root;
        }
        var empty = new HoconValue();
        empty.AppendValue(new HoconObject());
        return empty;
    }

    private static IEnumerable<(string Key, HoconValue Value)> Leaves(string prefix, HoconValue value)
    {
        if (!value.IsObject())
        {
            if (prefix.Length > 0) yield return (prefix, value);
            yield break;
        }
        foreach (var (name, child) in value.GetObject().Items)
        {
            foreach (var leaf in Leaves(prefix.Length == 0 ? name : prefix + "." + name, child)) yield return leaf;
        }
    }

    /// <summary>The value as it was written, without quotes: the pieces joined, lists as <c>[a, b]</c>.</summary>
    internal static string Text(HoconValue value) =>
        string.Concat(value.Values.Select(e => e.IsArray() ? $"[{string.Join(", ", e.GetArray().Select(Text))}]" : e.GetString())).Trim();

    /// <summary>A file's name as errors show it: short where it lies under the working folder.</summary>
    internal static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
