namespace Diten.Runs.Scenarios.Hocon;

/// <summary>
/// Replaces substitutions: <c>${a.b}</c> stands for the value that a.b has in the end, wherever it is written; within a.b itself for what a.b
/// was before. What no key sets is looked for in the environment. Bounded in depth and size.
/// </summary>
internal sealed class HoconResolver
{
    private readonly HoconObject _root;
    private readonly Func<string, string?> _environment;

    /// <summary>The values that are being resolved, outermost first, with their keys.</summary>
    private readonly List<(string Key, HoconNode Value)> _frames = [];
    private int _size, _substituted, _references;

    private HoconResolver(HoconObject root, Func<string, string?> environment) => (_root, _environment) = (root, environment);

    /// <summary>A copy that consists of objects, lists, texts and nulls only.</summary>
    /// <param name="environment">Values of variables; null where there is none.</param>
    /// <exception cref="HoconException">Something is missing, goes in a circle, or becomes too large.</exception>
    public static HoconObject Resolve(HoconObject root, Func<string, string?> environment) =>
        (HoconObject)new HoconResolver(root, environment).Resolve("", root)!;

    /// <summary>The value of a key; null where it comes to nothing.</summary>
    private HoconNode? Field(string key, HoconNode value)
    {
        if (value is HoconText or HoconNull) return Resolve(key, value);
        if (_frames.Exists(frame => ReferenceEquals(frame.Value, value))) throw Circle(key, value.Place);
        if (_frames.Count >= HoconLimits.SubstitutionDepth)
            throw new HoconException(value.Place, $"substitutions and keys more than {HoconLimits.SubstitutionDepth} deep, in '{key}'", "fewer that stand for one another");
        _frames.Add((key, value));
        var resolved = Resolve(key, value);
        _frames.RemoveAt(_frames.Count - 1);
        return resolved;
    }

    private HoconNode? Resolve(string key, HoconNode node)
    {
        if (_references > 0 && ++_substituted > HoconLimits.SubstitutedValues)
            throw new HoconException(node.Place, $"substitutions that come to more than {HoconLimits.SubstitutedValues} values", "fewer, or smaller ones");
        switch (node)
        {
            case HoconText text:
                Spend(text);
                return text;
            case HoconObject fields:
                var copy = new HoconObject(fields.Place);
                foreach (var (name, value) in fields.Fields)
                {
                    if (Field(key.Length == 0 ? name : key + "." + name, value) is { } resolved) copy.Put(name, resolved);
                }
                return copy;
            case HoconList list:
                return list with { Items = Items(key, list.Items) };
            case HoconReference reference:
                _references++;
                var found = Find(reference);
                _references--;
                return found is null or HoconObject ? found : found with { Place = reference.Place };
            case HoconJoin join:
                HoconNode[] pieces = [.. join.Pieces.Select(piece => piece is HoconOver ? Field(key, piece) : Resolve(key, piece)).OfType<HoconNode>()];
                return pieces.All(piece => piece is HoconText text && string.IsNullOrWhiteSpace(text.Text)) && join.Pieces.Any(piece => piece is HoconReference)
                    ? null
                    : HoconJoining.Join(join.Place, pieces, key) with { Place = join.Place };
            case HoconMore more:
                return more.After(null, key) with { Items = Items(key, more.Items) };
            case HoconOver { Later: HoconMore more } over:
                return (more with { Items = Items(key, more.Items) }).After(Field(key, over.Earlier), key);
            case HoconOver over:
                var later = Resolve(key, over.Later);
                if (later is not (null or HoconObject)) return later;
                var earlier = Field(key, over.Earlier);
                if (later is not HoconObject fieldsOnTop || earlier is not HoconObject merged) return later ?? earlier;
                merged.Merge(fieldsOnTop);
                return merged;
            default:
                return node;
        }
    }

    private List<HoconNode> Items(string key, IReadOnlyList<HoconNode> items) => [.. items.Select(item => Resolve(key, item)).OfType<HoconNode>()];

    private HoconNode? Find(HoconReference reference)
    {
        var key = string.Join('.', reference.Path);
        if (reference.Within.Length > 0 && Find([.. reference.Within, .. reference.Path], reference, out var near)) return near;
        if (Find(reference.Path, reference, out var found)) return found;
        if (_environment(key) is { } variable) return Resolve(key, new HoconText(reference.Place, variable));
        return reference.Optional
            ? null
            : throw new HoconException(reference.Place, $"${{{key}}}, which nothing sets",
                "a key that is set in the end, or a variable of the environment; ${?key} where it may be missing");
    }

    private bool Find(string[] path, HoconReference reference, out HoconNode? found)
    {
        var key = string.Join('.', path);
        found = null;
        var at = _frames.FindLastIndex(frame => frame.Key == key);
        if (at >= 0)
        {
            // A value that names its own key means what was there before.
            if (_frames[at].Value is HoconOver over) found = Field(key, over.Earlier);
            else if (!reference.Optional) throw Circle(key, reference.Place);
            return true;
        }
        HoconNode? node = _root;
        for (var i = 0; i < path.Length && node is not null; i++) node = Child(string.Join('.', path[..i]), node, path[i]);
        if (node is null) return false;
        found = Field(key, node);
        return true;
    }

    /// <summary>A value within another one, not yet resolved; null where there is none.</summary>
    private HoconNode? Child(string key, HoconNode node, string name)
    {
        switch (node)
        {
            case HoconObject fields:
                return fields.Find(name);
            case HoconOver { Later: HoconObject later } over:
                var (first, second) = (Child(key, over.Earlier, name), later.Find(name));
                return first is null || second is HoconText ? second ?? first : second is null ? first : new HoconOver(second.Place, first, second);
            case HoconOver or HoconJoin or HoconReference:
                return Field(key, node) is HoconObject whole ? whole.Find(name) : null;
            default:
                return null;
        }
    }

    private HoconException Circle(string key, HoconPlace place)
    {
        var from = _frames.FindLastIndex(frame => frame.Key == key);
        var keys = _frames.Skip(Math.Max(from, 0)).Select(frame => frame.Key).Append(key);
        return new HoconException(place, $"a circle of substitutions, {string.Join(" → ", keys)}", "values that do not depend on themselves");
    }

    private void Spend(HoconText text)
    {
        _size += text.Text.Length;
        if (_size > HoconLimits.Size) throw new HoconException(text.Place, $"substitutions that come to more than {HoconLimits.Size} characters", "fewer, or smaller ones");
    }
}
