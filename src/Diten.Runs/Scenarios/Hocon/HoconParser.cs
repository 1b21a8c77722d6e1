namespace Diten.Runs.Scenarios.Hocon;

/// <summary>Adds what a file that is included says to an object.</summary>
/// <param name="name">As it was written.</param>
/// <param name="place">Where.</param>
/// <param name="into">The object that the include stands in.</param>
/// <param name="at">That object's key, in parts.</param>
internal delegate void HoconInclude(string name, HoconPlace place, HoconObject into, string[] at);

/// <summary>Reads HOCON into a tree; what is wrong is said with its line. See <c>docs/scenario-files.md</c>.</summary>
internal sealed class HoconParser
{
    private const string NotInValues = "$\"{}[]:=,#`^?!@*&\\";
    private const string Includes = "include \"file\", include file(\"file\") or include required(\"file\")";

    private readonly HoconCursor _cursor;
    private readonly HoconInclude _include;
    private readonly string[] _within;
    private int _depth;

    private HoconParser(string file, string text, string[] within, HoconInclude include)
    {
        _cursor = new HoconCursor(file, text);
        (_within, _include) = (within, include);
        if (text.Contains('\0')) throw new HoconException(_cursor.Place, "a binary file", "text");
    }

    /// <summary>Reads a text, and writes what it says over what stands in an object.</summary>
    /// <param name="into">Changed.</param>
    /// <param name="within">Key of that object, in parts.</param>
    /// <param name="include">Called for each include.</param>
    /// <exception cref="HoconException">It is no HOCON.</exception>
    public static void Read(string file, string text, HoconObject into, string[] within, HoconInclude include) =>
        new HoconParser(file, text, within, include).Root(into);

    /// <summary>Reads a key such as <c>devices.count</c>.</summary>
    /// <exception cref="HoconException">It is none.</exception>
    public static string[] Key(string file, string text)
    {
        var parser = new HoconParser(file, text, [], NoIncludes);
        var key = parser._cursor.Key([]);
        if (key.Length == 0 || !parser._cursor.AtEnd) throw parser.Wrong($"'{text.Trim()}'", "a key, such as devices.count");
        return key;
    }

    /// <summary>Reads a value alone, such as <c>[1, 2]</c> or <c>{ a = b }</c>.</summary>
    /// <param name="key">Its key, for errors.</param>
    /// <exception cref="HoconException">It is none.</exception>
    public static HoconNode Value(string file, string text, string[] key)
    {
        var parser = new HoconParser(file, text, [], NoIncludes);
        var value = parser.Value(key, null);
        parser._cursor.Gap(commas: false);
        if (!parser._cursor.AtEnd) throw parser.Wrong($"'{parser._cursor.Current}' after the value of '{Shown(key)}'", "one value");
        return value;
    }

    private static void NoIncludes(string name, HoconPlace place, HoconObject into, string[] at) =>
        throw new HoconException(place, $"include of '{name}'", "include in files");

    private static string Shown(string[] key) => string.Join('.', key);

    private HoconException Wrong(string found, string allowed, string? suggestion = null) => new(_cursor.Place, found, allowed, suggestion);

    private void Root(HoconObject into)
    {
        _cursor.Gap(commas: false);
        if (_cursor.Current != '{')
        {
            Members(into, _within, null);
            return;
        }
        var open = _cursor.Place;
        _cursor.Take();
        Members(into, _within, open);
        _cursor.Gap(commas: false);
        if (!_cursor.AtEnd) throw Wrong($"'{_cursor.Current}' after the last '}}'", "nothing after the '}' of the first '{'");
    }

    /// <summary>Reads keys and values up to the end, or to the brace that closes.</summary>
    private void Members(HoconObject into, string[] at, HoconPlace? open)
    {
        var comma = false;
        while (true)
        {
            comma = _cursor.Gap(commas: true) && comma;
            if (_cursor.AtEnd)
            {
                if (open is { } place) throw new HoconException(place, "a '{' that is not closed", "as many '}' as '{'");
                return;
            }
            if (_cursor.Current == '}')
            {
                if (open is null) throw Wrong("'}' without a '{' before it", "as many '}' as '{'");
                _cursor.Take();
                return;
            }
            var braces = Member(into, at, comma);
            _cursor.Blanks();
            comma = _cursor.Current == ',';
            if (!comma && !braces && !_cursor.AtEndOfLine && _cursor.Current != '}')
                throw Wrong($"'{_cursor.Current}' after a value", "one value a key, and each key on a line of its own");
        }
    }

    /// <param name="afterComma">Whether a comma stands before it on this line.</param>
    /// <returns>Whether it ended with a brace, after which another key may follow on the same line.</returns>
    private bool Member(HoconObject into, string[] at, bool afterComma)
    {
        if (AtInclude())
        {
            Include(into, at);
            return false;
        }
        var place = _cursor.Place;
        var path = _cursor.Key(at);
        string[] key = [.. at, .. path];
        if (path.Length > HoconLimits.Depth) throw Wrong($"a key of {path.Length} parts", $"at most {HoconLimits.Depth}");
        var append = _cursor.Take("+=");
        var sign = append ? '+' : _cursor.Current;
        if (path.Length == 0)
        {
            throw sign switch
            {
                '{' => Wrong("'{' without a key", "key { … }"),
                '[' or ']' => Wrong($"'{sign}' that does not belong to a value", "key = [low, high]"),
                '=' or ':' or '+' => Wrong("'=' without a key", "key = value"),
                _ => Wrong($"'{sign}' where a key should be", "key = value; quotes around keys that contain it"),
            };
        }
        if (sign is '=' or ':') _cursor.Take();
        else if (sign is not ('{' or '+')) throw NoMember(path, sign, afterComma);
        var value = Value(key, null) with { Place = place };
        Assign(into, path, append ? new HoconMore(place, [value]) : value);
        return value is HoconObject;
    }

    private HoconException NoMember(string[] path, char sign, bool afterComma)
    {
        var text = Shown(path) + (_cursor.AtEndOfLine || sign is ',' or '}' ? "" : $" {sign}");
        return Wrong($"'{text}'", "key = value, key { … }, or include \"file\"", afterComma && char.IsAsciiDigit(text[0])
            ? "A comma divides keys; a number has a point, as in 0.5 km." : null);
    }

    /// <summary>Writes a value under a key, in objects that are made where they are missing.</summary>
    public static void Assign(HoconObject into, string[] path, HoconNode value)
    {
        for (var i = 0; i < path.Length - 1; i++)
        {
            if (into.Find(path[i]) is HoconObject inner)
            {
                into = inner;
                continue;
            }
            var nested = new HoconObject(value.Place);
            Assign(nested, path[(i + 1)..], value);
            into.Assign(path[i], nested);
            return;
        }
        into.Assign(path[^1], value);
    }

    /// <summary>Reads one value: pieces that stand beside one another, up to a comma, the end of the line, or the bracket that closes.</summary>
    /// <param name="list">Where the list begins that it stands in; null where it stands after a key.</param>
    private HoconNode Value(string[] key, HoconPlace? list)
    {
        var pieces = new List<HoconNode>();
        var text = false;
        while (true)
        {
            var blanks = _cursor.Blanks();
            var place = _cursor.Place;
            if (_cursor.AtEndOfLine || _cursor.Current is ',' or '}' or ']') break;
            if (list is null && pieces is [.., HoconObject] && _cursor.Current is not ('{' or '[' or '$' or '=' or ':')) break;
            if (pieces.Count > 0 && blanks.Length > 0) pieces.Add(new HoconText(place, blanks));
            pieces.Add(Piece(key, list, text, first: pieces.Count == 0));
            text |= pieces[^1] is HoconText;
            if (pieces.Count > HoconLimits.ValueLength) throw Wrong($"more than {HoconLimits.ValueLength} pieces beside one another", "fewer");
        }
        switch (_cursor.Current)
        {
            case ']' when list is null:
                throw Wrong("']' that does not belong to a value", "key = [low, high]");
            case '}' when list is { } open:
                throw Wrong($"'}}' in the list that begins on line {open.Line}", "values, divided by commas, up to a ']'");
        }
        if (pieces.Count == 0) throw Wrong(list is null ? $"no value after '{Shown(key)} ='" : "no value between two commas", "a value on the same line; \"\" for none");
        return HoconJoining.Of(pieces, Shown(key));
    }

    /// <param name="afterText">Whether text stands before it.</param>
    /// <param name="first">Whether nothing stands before it.</param>
    private HoconNode Piece(string[] key, HoconPlace? list, bool afterText, bool first)
    {
        var place = _cursor.Place;
        switch (_cursor.Current)
        {
            case '"':
                return Bounded(new HoconText(place, _cursor.Quoted()));
            case '[':
                return Nested(() => List(key));
            case '{' when afterText:
                throw Wrong($"'{{' after the value of '{Shown(key)}'", "one value a key, and each key on a line of its own");
            case '{':
                _cursor.Take();
                var fields = new HoconObject(place);
                return Nested(() =>
                {
                    Members(fields, key, place);
                    return fields;
                });
            case '$' when _cursor.Peek(1) == '{':
                return Reference(place);
            case '=' or ':' when list is { } open:
                throw Wrong($"'{_cursor.Current}' in the list that begins on line {open.Line}", "values, divided by commas, up to a ']'");
            case '=' or ':':
                throw Wrong($"a second '=' or ':' after '{Shown(key)}'", "one key a line; quotes around values that contain '=' or ':'");
        }
        var text = _cursor.Unquoted(NotInValues);
        if (text.Length > 0) return text == "null" && first ? new HoconNull(place) : Bounded(new HoconText(place, text));
        var where = list is { } start ? $"in the list that begins on line {start.Line}" : $"in the value of '{Shown(key)}'";
        throw Wrong($"'{_cursor.Current}' {where}", "quotes around texts that contain it");
    }

    private static HoconText Bounded(HoconText text) => text.Text.Length <= HoconLimits.ValueLength
        ? text
        : throw new HoconException(text.Place, $"a value of {text.Text.Length} characters", $"at most {HoconLimits.ValueLength}");

    private HoconNode Nested(Func<HoconNode> read)
    {
        if (++_depth > HoconLimits.Depth) throw Wrong($"more than {HoconLimits.Depth} braces and brackets within one another", $"at most {HoconLimits.Depth}");
        var node = read();
        _depth--;
        return node;
    }

    private HoconList List(string[] key)
    {
        var open = _cursor.Place;
        var items = new List<HoconNode>();
        _cursor.Take();
        _cursor.Gap(commas: false);
        while (!_cursor.Take("]"))
        {
            if (_cursor.AtEnd) throw new HoconException(open, "a '[' that is not closed", "[low, high]");
            items.Add(Value(key, open));
            _cursor.Gap(commas: false);
            if (_cursor.Take(",")) _cursor.Gap(commas: false);
        }
        return new HoconList(open, items);
    }

    private HoconReference Reference(HoconPlace place)
    {
        _cursor.Take("${");
        var optional = _cursor.Take("?");
        var path = _cursor.Key([]);
        if (path.Length == 0 || !_cursor.Take("}")) throw new HoconException(place, "'${' that is not closed", "${other.key}, or ${?other.key} where it may be missing");
        return new HoconReference(place, path, optional, _within);
    }

    private bool AtInclude()
    {
        const string word = "include";
        if (!_cursor.LooksAt(word)) return false;
        var offset = word.Length;
        while (_cursor.Peek(offset) is ' ' or '\t') offset++;
        // A key may be called so, too.
        return offset > word.Length ? _cursor.Peek(offset) is not ('=' or ':' or '{' or '.' or '+') : _cursor.Peek(offset) is '"' or '(';
    }

    private void Include(HoconObject into, string[] at)
    {
        var place = _cursor.Place;
        _cursor.Take("include");
        _cursor.Blanks();
        var open = 0;
        foreach (var word in new[] { "required", "file" })
        {
            if (!_cursor.LooksAt(word)) continue;
            _cursor.Take(word);
            _cursor.Blanks();
            if (!_cursor.Take("(")) throw new HoconException(place, $"include {word} without a '('", Includes);
            _cursor.Blanks();
            open++;
        }
        if (_cursor.Current != '"') throw new HoconException(place, $"include {_cursor.Unquoted("\"")}", Includes);
        var name = _cursor.Quoted();
        for (; open > 0; open--)
        {
            _cursor.Blanks();
            if (!_cursor.Take(")")) throw new HoconException(place, "include with a '(' that is not closed", Includes);
        }
        _include(name, place, into, at);
    }
}
