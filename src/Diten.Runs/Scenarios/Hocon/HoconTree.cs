using System.Text;

namespace Diten.Runs.Scenarios.Hocon;

/// <summary>Where a value was written.</summary>
/// <param name="File">A full path, or what stands for one.</param>
/// <param name="Line">From 1.</param>
internal readonly record struct HoconPlace(string File, int Line);

/// <summary>A value of a HOCON text. Once resolved (<see cref="HoconResolver"/>), it is an object, a list, a text or null, and nothing else.</summary>
/// <param name="Place">Where it was written last.</param>
internal abstract record HoconNode(HoconPlace Place);

/// <summary>Text, a number, a switch: what they mean is for the reader of the key.</summary>
internal sealed record HoconText(HoconPlace Place, string Text) : HoconNode(Place);

/// <summary><c>null</c>: takes back what was written before.</summary>
internal sealed record HoconNull(HoconPlace Place) : HoconNode(Place);

/// <summary><c>[a, b]</c></summary>
internal sealed record HoconList(HoconPlace Place, List<HoconNode> Items) : HoconNode(Place);

/// <summary><c>+= a</c>: the list that was there before, and more; a new one where there was none.</summary>
internal sealed record HoconMore(HoconPlace Place, List<HoconNode> Items) : HoconNode(Place)
{
    /// <summary>What it makes of a resolved value that stood there.</summary>
    /// <exception cref="HoconException">That was something else than a list.</exception>
    public HoconList After(HoconNode? earlier, string key) => earlier switch
    {
        null or HoconNull => new HoconList(Place, [.. Items]),
        HoconList list => new HoconList(Place, [.. list.Items, .. Items]),
        _ => throw new HoconException(Place, $"'+=' to '{key}', which is no list", "'+=' to a list"),
    };
}

/// <summary><c>${path}</c>, or <c>${?path}</c>, which may be missing.</summary>
/// <param name="Within">Key under which the file that says so is included, with a dot after it; empty at the root.</param>
internal sealed record HoconReference(HoconPlace Place, string[] Path, bool Optional, string[] Within) : HoconNode(Place);

/// <summary>Pieces that stand beside one another and make one value; at least one is a <see cref="HoconReference"/>, or was.</summary>
internal sealed record HoconJoin(HoconPlace Place, IReadOnlyList<HoconNode> Pieces) : HoconNode(Place);

/// <summary>A value written after another one of the same key, where only the substitutions will tell whether it takes its place or is merged with it.</summary>
internal sealed record HoconOver(HoconPlace Place, HoconNode Earlier, HoconNode Later) : HoconNode(Place);

/// <summary><c>{ … }</c>: values by name, in the order in which the names came first.</summary>
internal sealed record HoconObject(HoconPlace Place) : HoconNode(Place)
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, HoconNode>> _fields = [];

    public IReadOnlyList<KeyValuePair<string, HoconNode>> Fields => _fields;

    public HoconNode? Find(string name) => _index.TryGetValue(name, out var at) ? _fields[at].Value : null;

    /// <summary>Writes a value over what stands there, if anything.</summary>
    public void Put(string name, HoconNode value)
    {
        if (_index.TryAdd(name, _fields.Count)) _fields.Add(new(name, value));
        else _fields[_index[name]] = new(name, value);
    }

    /// <summary>Writes a value as a later line of a file does: objects are merged, anything else takes the place of what was there.</summary>
    public void Assign(string name, HoconNode value)
    {
        var earlier = Find(name);
        if (earlier is HoconObject into && value is HoconObject fields) into.Merge(fields);
        else if (earlier is HoconList list && value is HoconMore more) list.Items.AddRange(more.Items);
        else if (earlier is HoconMore some && value is HoconMore others) some.Items.AddRange(others.Items);
        else if (earlier is not null && (!IsWhole(value) || value is HoconObject && !IsWhole(earlier) || value is HoconMore)) Put(name, new HoconOver(value.Place, earlier, value));
        else Put(name, value);
    }

    /// <summary>Writes all values of a later object.</summary>
    public void Merge(HoconObject later)
    {
        foreach (var (name, value) in later.Fields) Assign(name, value);
    }

    /// <summary>Whether it is known what kind of value this is, and whether it stands alone.</summary>
    private static bool IsWhole(HoconNode node) => node is not (HoconReference or HoconJoin or HoconOver);
}

/// <summary>Writes resolved values.</summary>
internal static class HoconWriter
{
    /// <summary>The value as somebody would write it, without quotes: lists as <c>[a, b]</c>, objects as <c>{ a = b }</c>; nothing for null.</summary>
    public static string Text(HoconNode node) => node switch
    {
        HoconText text => text.Text,
        HoconList list => $"[{string.Join(", ", list.Items.Select(Text))}]",
        HoconObject fields => $"{{ {string.Join(", ", fields.Fields.Select(field => $"{field.Key} = {Text(field.Value)}"))} }}",
        _ => "",
    };

    /// <summary>The value of a key, as keys read it: as <see cref="Text"/>, but a list of objects as JSON.</summary>
    public static string Value(HoconNode node) => (node is HoconList list && list.Items.Any(item => item is HoconObject) ? Json(node) : Text(node)).Trim();

    /// <summary>A value in which more than one thing stands together, as JSON with every text in quotes.</summary>
    private static string Json(HoconNode node) => node switch
    {
        HoconList list => $"[{string.Join(", ", list.Items.Select(Json))}]",
        HoconObject fields => $"{{{string.Join(", ", fields.Fields.Select(field => $"{Quote(field.Key)}: {Json(field.Value)}"))}}}",
        HoconText text => Quote(text.Text),
        _ => "null",
    };

    /// <summary>The value as HOCON that any parser reads alike: every text in quotes.</summary>
    public static string Quoted(HoconNode node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    /// <summary>A text in quotes, with what cannot stand between them escaped.</summary>
    public static string Quote(string value)
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

    private static void Write(StringBuilder text, HoconNode node)
    {
        switch (node)
        {
            case HoconText value:
                text.Append(Quote(value.Text));
                break;
            case HoconList list:
                text.Append('[');
                foreach (var item in list.Items)
                {
                    Write(text, item);
                    text.Append(", ");
                }
                if (list.Items.Count > 0) text.Length -= 2;
                text.Append(']');
                break;
            case HoconObject fields:
                text.Append("{\n");
                foreach (var (name, value) in fields.Fields)
                {
                    text.Append(Quote(name)).Append(" : ");
                    Write(text, value);
                    text.Append('\n');
                }
                text.Append('}');
                break;
            default:
                text.Append("null");
                break;
        }
    }
}
