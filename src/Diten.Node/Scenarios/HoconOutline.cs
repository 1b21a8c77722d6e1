using System.Text;
using Diten.Model.Scenarios;

namespace Diten.Node.Scenarios;

/// <summary>
/// Reads the outline of a HOCON text: which key stands on which line, and whether quotes, brackets and assignments are whole.
/// Akka's parser reads the values; but it takes an unclosed brace for a closed one, a line without '=' for part of the next key,
/// and never comes back from an unclosed list or from <c>${?NAME}</c>. So this looks first.
/// </summary>
internal sealed class HoconOutline
{
    private const string NotInLists = "$\"{}[]:=#`^?!@*&\\";

    private readonly string _file;
    private readonly string _text;
    private readonly List<ScenarioError> _errors = [];
    private readonly Dictionary<string, int> _lines = [];
    private readonly Stack<(char Open, string Key, int Line)> _open = new();
    private readonly StringBuilder _segment = new();
    private int _at;
    private int _line = 1;
    private string? _key;
    private bool _hasValue;

    private HoconOutline(string file, string text)
    {
        _file = file;
        _text = text;
    }

    /// <summary>Line, from 1, of the last assignment to each key of this text, by full name.</summary>
    public IReadOnlyDictionary<string, int> Lines => _lines;

    /// <summary>What is wrong with the syntax; empty where Akka's parser may read it.</summary>
    public IReadOnlyList<ScenarioError> Errors => _errors;

    /// <summary>Looks through a text.</summary>
    /// <param name="file">Name for errors.</param>
    /// <param name="text">HOCON.</param>
    public static HoconOutline Of(string file, string text)
    {
        var outline = new HoconOutline(file, text);
        while (outline._at < text.Length && outline._errors.Count == 0) outline.Step();
        outline.End();
        return outline;
    }

    private void Step()
    {
        var c = _text[_at];
        if (c == '#' || c == '/' && Peek(1) == '/')
        {
            while (_at < _text.Length && _text[_at] != '\n') _at++;
            return;
        }
        if (c == '"')
        {
            Quoted();
            return;
        }
        _at++;
        var inList = _open.TryPeek(out var top) && top.Open == '[';
        switch (c)
        {
            case '\n':
                if (!inList) EndOfSegment();
                _line++;
                break;
            case ']' when inList:
                _open.Pop();
                break;
            case ',' when inList:
                break;
            case var _ when inList && NotInLists.Contains(c):
                Fail(_line, $"'{c}' in the list that begins on line {top.Line}", "numbers with units, divided by commas, up to a ']'");
                break;
            case var _ when inList:
                break;
            case '[' when _key is not null && !_hasValue:
                _open.Push(('[', _key, _line));
                _hasValue = true;
                break;
            case '[' or ']':
                Fail(_line, $"'{c}' that does not belong to a value", "key = [low, high]");
                break;
            case '{':
                Open();
                break;
            case '}' when _open.Count == 0:
                Fail(_line, "'}' without a '{' before it", "as many '}' as '{'");
                break;
            case '}':
                EndOfSegment();
                _open.Pop();
                break;
            case ',':
                EndOfSegment();
                break;
            case '=' or ':':
                Assign();
                break;
            case '$' when Peek(0) == '{' && _key is not null:
                Substitution();
                break;
            case '+' when Peek(0) == '=':
                Fail(_line, "'+='", "key = value");
                break;
            default:
                if (_key is null) _segment.Append(c);
                else if (!char.IsWhiteSpace(c)) _hasValue = true;
                break;
        }
    }

    private char Peek(int offset) => _at + offset < _text.Length ? _text[_at + offset] : '\0';

    private void Quoted()
    {
        var from = _line;
        var fence = string.CompareOrdinal(_text, _at, "\"\"\"", 0, 3) == 0 ? "\"\"\"" : "\"";
        var start = _at += fence.Length;
        while (_at < _text.Length && string.CompareOrdinal(_text, _at, fence, 0, fence.Length) != 0)
        {
            if (_text[_at] == '\n' && fence.Length == 1) break;
            if (_text[_at] == '\n') _line++;
            _at += _text[_at] == '\\' ? 2 : 1;
        }
        if (_at >= _text.Length || _text[_at] == '\n')
        {
            Fail(from, "a '\"' that is not closed", "text between two '\"'");
            return;
        }
        if (_key is null) _segment.Append(_text, start, _at - start);
        else _hasValue = true;
        _at += fence.Length;
    }

    private void Open()
    {
        if (_key is not null && _hasValue)
        {
            Fail(_line, $"'{{' after the value of '{_key}'", "one value a key, and each key on a line of its own");
            return;
        }
        var name = _key ?? Path();
        if (name.Length == 0 && _open.Count > 0) Fail(_line, "'{' without a key", "key { … }");
        _open.Push(('{', name, _line));
        Clear();
    }

    private void Assign()
    {
        if (_key is not null)
        {
            Fail(_line, $"a second '=' or ':' after '{_key}'", "one key a line; quotes around values that contain '=' or ':'");
            return;
        }
        _key = Path();
        if (_segment.ToString().Trim().Length == 0) Fail(_line, "'=' without a key", "key = value");
        _lines[_key] = _line;
    }

    private void Substitution()
    {
        var end = _text.IndexOf('}', _at);
        if (end < 0 || _text.AsSpan(_at, end - _at).Contains('\n')) Fail(_line, "'${' that is not closed", "${other.key}");
        else if (_text[_at + 1] == '?') Fail(_line, _text[(_at - 1)..(end + 1)], "${other.key}; optional substitutions are not supported");
        _hasValue = true;
        _at = Math.Max(_at, end + 1);
    }

    private string Path()
    {
        var own = string.Join('.', _segment.ToString().Trim().Split('.').Select(p => p.Trim()));
        var outer = _open.TryPeek(out var top) ? top.Key : "";
        return outer.Length > 0 && own.Length > 0 ? outer + "." + own : outer + own;
    }

    private void EndOfSegment()
    {
        var text = _segment.ToString().Trim();
        if (_key is null && text.Length > 0 && !text.StartsWith("include ", StringComparison.Ordinal))
        {
            Fail(_line, $"'{text}'", "key = value, key { … }, or include \"file\"");
        }
        else if (_key is not null && !_hasValue)
        {
            Fail(_line, $"no value after '{_key} ='", "a value on the same line; \"\" for none");
        }
        Clear();
    }

    private void End()
    {
        if (_errors.Count > 0) return;
        if (_open.TryPeek(out var top))
        {
            Fail(top.Line, $"a '{top.Open}' that is not closed", top.Open == '{' ? "as many '}' as '{'" : "[low, high]");
            return;
        }
        EndOfSegment();
    }

    private void Clear()
    {
        _segment.Clear();
        _key = null;
        _hasValue = false;
    }

    private void Fail(int line, string found, string allowed) =>
        _errors.Add(new ScenarioError(_file, "", found, allowed) { Line = line });
}
