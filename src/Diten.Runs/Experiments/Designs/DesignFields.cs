using Diten.Model.Input;
using Diten.Model.Scenarios.Keys;
using Diten.Runs.Scenarios;
using Diten.Runs.Scenarios.Hocon;

namespace Diten.Runs.Experiments.Designs;

/// <summary>An object of an experiment's file: gives its values, and finds what nobody asked for.</summary>
/// <param name="path">Its key, for errors.</param>
internal sealed class DesignFields(HoconObject fields, string path, List<ScenarioError> errors)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>Where it was written.</summary>
    public HoconPlace Place => fields.Place;

    /// <summary>The node of a key, whatever it is; null where it is not there, or null.</summary>
    public HoconNode? Node(string name)
    {
        _asked.Add(name);
        return fields.Find(name) is HoconNull ? null : fields.Find(name);
    }

    /// <summary>A text; null where there is none.</summary>
    public string? Text(string name)
    {
        var node = Node(name);
        if (node is null or HoconText)
            return (node as HoconText)?.Text.Trim();
        // HOCON reads a.b = c as an object, also where the name of a metric was meant.
        Refuse(name, node, HoconWriter.Text(node), "a text");
        return null;
    }

    /// <summary>Prose: lines make paragraphs, parted by empty ones; empty where there is none.</summary>
    public string Prose(string name) => string.Join(
        "\n\n", (Text(name) ?? "").ReplaceLineEndings("\n").Split("\n\n").Select(paragraph => string.Join(' ', paragraph.Split('\n', StringSplitOptions.TrimEntries))).Select(line => line.Trim()).Where(line => line.Length > 0));

    /// <summary>A text that must be there.</summary>
    public string? Required(string name, string allowed)
    {
        var text = Text(name);
        if (text is null && fields.Find(name) is null or HoconNull)
            Refuse(name, fields, "nothing", allowed);
        return text;
    }

    /// <summary>The texts of a list; a text alone is a list of one; null where it is not there.</summary>
    public IReadOnlyList<string>? List(string name)
    {
        switch (Node(name))
        {
            case null:
                return null;
            case HoconList list:
                return [.. list.Items.Select(HoconWriter.Text)];
            case HoconText text:
                return [text.Text];
            case var node:
                Refuse(name, node, HoconWriter.Text(node), "a list such as [a, b]");
                return null;
        }
    }

    /// <summary>An object; empty where it is not there.</summary>
    public DesignFields Object(string name) => Optional(name) ?? new DesignFields(new HoconObject(fields.Place), KeyOf(name), errors);

    /// <summary>An object; null where it is not there.</summary>
    public DesignFields? Optional(string name)
    {
        switch (Node(name))
        {
            case null:
                return null;
            case HoconObject inner:
                return new DesignFields(inner, KeyOf(name), errors);
            case var node:
                Refuse(name, node, HoconWriter.Text(node), "braces with keys in them");
                return null;
        }
    }

    /// <summary>All names, in the order in which they were written, but those that are null.</summary>
    public IEnumerable<string> Names => fields.Fields.Where(one => one.Value is not HoconNull).Select(one => one.Key);

    /// <summary>All values that are no objects, with their keys from here on; null is one.</summary>
    public IEnumerable<(string Key, HoconNode Value)> Leaves()
    {
        foreach (var name in fields.Fields.Select(field => field.Key))
            _asked.Add(name);
        return Leaves("", fields);
    }

    /// <summary>Notes an error at a key; at this object where the name is empty.</summary>
    public void Refuse(string name, string found, string allowed, string? suggestion = null) => Refuse(name, fields.Find(name) ?? fields, found, allowed, suggestion);

    /// <summary>Notes all keys that nobody asked for.</summary>
    public void Close()
    {
        foreach (var (name, node) in fields.Fields.Where(field => !_asked.Contains(field.Key)))
            Refuse(name, node, "an unknown key", $"{string.Join(", ", _asked.Order(StringComparer.Ordinal))}", Suggestion.For(name, _asked));
    }

    private string KeyOf(string name) => path.Length == 0 ? name : name.Length == 0 ? path : $"{path}.{name}";

    private void Refuse(string name, HoconNode node, string found, string allowed, string? suggestion = null) =>
        errors.Add(new ScenarioError(HoconReader.Shown(node.Place.File), KeyOf(name), found, allowed, suggestion) { Line = node.Place.Line });

    private static IEnumerable<(string Key, HoconNode Value)> Leaves(string prefix, HoconObject within)
    {
        foreach (var (name, value) in within.Fields)
        {
            var key = prefix.Length == 0 ? name : $"{prefix}.{name}";
            if (value is not HoconObject inner)
            {
                yield return (key, value);
                continue;
            }

            foreach (var leaf in Leaves(key, inner))
                yield return leaf;
        }
    }
}
