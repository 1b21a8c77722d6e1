using System.Text;

namespace Diten.Runs.Scenarios.Hocon;

/// <summary>What pieces that stand beside one another make: texts a text, lists a list, objects an object.</summary>
internal static class HoconJoining
{
    /// <summary>One value of pieces that were just read; <see cref="HoconJoin"/> where a substitution must come first.</summary>
    /// <param name="pieces">At least one.</param>
    /// <param name="key">For errors.</param>
    /// <exception cref="HoconException">They do not go together.</exception>
    public static HoconNode Of(IReadOnlyList<HoconNode> pieces, string key)
    {
        if (pieces.Count == 1) return pieces[0];
        return pieces.Any(piece => piece is HoconReference or HoconJoin or HoconOver) ? new HoconJoin(pieces[0].Place, pieces) : Join(pieces[0].Place, pieces, key);
    }

    /// <summary>One value of resolved pieces.</summary>
    /// <inheritdoc cref="Of"/>
    public static HoconNode Join(HoconPlace place, IReadOnlyList<HoconNode> pieces, string key)
    {
        if (pieces.Count == 1) return pieces[0];
        if (!pieces.Any(piece => piece is HoconList or HoconObject)) return Text(place, pieces);
        HoconNode[] whole = [.. pieces.Where(piece => piece is not HoconText text || !string.IsNullOrWhiteSpace(text.Text))];
        if (whole.All(piece => piece is HoconList)) return new HoconList(place, [.. whole.Cast<HoconList>().SelectMany(list => list.Items)]);
        if (!whole.All(piece => piece is HoconObject)) throw new HoconException(place, $"a list or braces beside something else, after '{key}'", "one value a key");
        var merged = new HoconObject(place);
        foreach (var fields in whole.Cast<HoconObject>()) merged.Merge(fields);
        return merged;
    }

    private static HoconText Text(HoconPlace place, IReadOnlyList<HoconNode> pieces)
    {
        var text = new StringBuilder();
        foreach (var piece in pieces)
        {
            text.Append(piece is HoconNull ? "null" : ((HoconText)piece).Text);
            if (text.Length > HoconLimits.ValueLength)
                throw new HoconException(place, $"pieces and substitutions that make a value of more than {HoconLimits.ValueLength} characters", "shorter ones");
        }
        return new HoconText(place, text.ToString());
    }
}
