using System.Globalization;
using System.Text;

namespace Diten.Runs.Scenarios.Hocon;

/// <summary>A place in a text that moves forward and knows its line; reads the words that HOCON is made of.</summary>
internal sealed class HoconCursor(string file, string text)
{
    private const string NotInKeys = "$\"{}[]:=,#`^?!@*&\\.";

    private int _at;
    private int _line = 1;

    /// <summary>Where it stands.</summary>
    public HoconPlace Place => new(file, _line);

    public bool AtEnd => _at >= text.Length;

    /// <summary>Whether nothing but a comment is left of this line.</summary>
    public bool AtEndOfLine => AtEnd || Current == '\n' || AtComment;

    /// <summary>The next character; '\0' at the end.</summary>
    public char Current => Peek(0);

    private bool AtComment => Current == '#' || LooksAt("//");

    public char Peek(int offset) => _at + offset < text.Length ? text[_at + offset] : '\0';

    public bool LooksAt(string word) => string.CompareOrdinal(text, _at, word, 0, word.Length) == 0;

    /// <summary>Takes one character.</summary>
    public char Take()
    {
        if (Current == '\n') _line++;
        return text[_at++];
    }

    /// <summary>Takes a word where it stands; else nothing.</summary>
    public bool Take(string word)
    {
        if (!LooksAt(word)) return false;
        _at += word.Length;
        return true;
    }

    /// <summary>Skips blanks of this line.</summary>
    /// <returns>What was skipped.</returns>
    public string Blanks()
    {
        var from = _at;
        while (!AtEnd && Current != '\n' && IsBlank(Current)) _at++;
        return text[from.._at];
    }

    /// <summary>Skips blanks, comments and ends of lines.</summary>
    /// <param name="commas">Commas, too.</param>
    /// <returns>Whether the end of a line or a comma was among them.</returns>
    public bool Gap(bool commas)
    {
        var parted = false;
        while (!AtEnd)
        {
            if (AtComment)
            {
                while (!AtEnd && Current != '\n') _at++;
            }
            else if (Current == '\n' || IsBlank(Current) || commas && Current == ',')
            {
                parted |= Current is '\n' or ',';
                Take();
            }
            else
            {
                break;
            }
        }
        return parted;
    }

    /// <summary>Takes characters without quotes: everything but blanks and what has a meaning of its own.</summary>
    /// <param name="stops">Characters that end it.</param>
    public string Unquoted(string stops)
    {
        var from = _at;
        while (!AtEnd && Current != '\n' && !IsBlank(Current) && !AtComment && !stops.Contains(Current) && !LooksAt("+=")) _at++;
        return text[from.._at];
    }

    /// <summary>Takes a key in parts, up to what cannot be part of it.</summary>
    /// <param name="at">The key that it stands under, for errors.</param>
    /// <returns>Empty where there is none.</returns>
    /// <exception cref="HoconException">A part is empty, or a quote is not closed.</exception>
    public string[] Key(string[] at)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var (any, dot) = (false, false);
        while (true)
        {
            var blanks = Blanks();
            if (Current == '.')
            {
                if (!any) break;
                Take();
                parts.Add(part.ToString());
                part.Clear();
                (any, dot) = (false, true);
                continue;
            }
            var quoted = Current == '"';
            var piece = quoted ? Quoted() : Unquoted(NotInKeys);
            if (piece.Length == 0 && !quoted) break;
            part.Append(any ? blanks : "").Append(piece);
            any = true;
            if (part.Length > HoconLimits.KeyLength) throw new HoconException(Place, $"a key of {part.Length} characters", $"at most {HoconLimits.KeyLength} between two dots");
        }
        if (any) parts.Add(part.ToString());
        else if (dot || Current == '.')
            throw new HoconException(Place, $"an empty part in a key, after '{string.Join('.', [.. at, .. parts])}'", "names with single dots between them");
        return [.. parts];
    }

    /// <summary>Takes text between quotes, single or triple.</summary>
    public string Quoted()
    {
        var from = Place;
        if (Take("\"\"\"")) return Raw(from);
        Take();
        var value = new StringBuilder();
        while (Current != '"')
        {
            if (AtEnd || Current == '\n') throw NotClosed(from);
            var c = Take();
            value.Append(c == '\\' ? Escaped() : c);
        }
        Take();
        // Half a character could be read, but not be written again.
        if (value.ToString().EnumerateRunes().Contains(Rune.ReplacementChar) && !value.ToString().Contains('\uFFFD'))
            throw new HoconException(from, "'\\u' that is half a character", "both halves, as in \\ud83d\\ude00");
        return value.ToString();
    }

    private string Raw(HoconPlace from)
    {
        var end = text.IndexOf("\"\"\"", _at, StringComparison.Ordinal);
        if (end < 0) throw NotClosed(from);
        while (end + 3 < text.Length && text[end + 3] == '"') end++; // quotes right before the end belong to the text
        var value = text[_at..end];
        _line += value.AsSpan().Count('\n');
        _at = end + 3;
        return value;
    }

    private char Escaped()
    {
        var c = AtEnd ? '\0' : Take();
        if (c != 'u')
        {
            return c switch
            {
                '"' or '\\' or '/' => c,
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                _ => throw new HoconException(Place, $"'\\{c}' between quotes", "\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000, or / in place of \\ in names of files"),
            };
        }
        if (_at + 4 > text.Length || !ushort.TryParse(text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw new HoconException(Place, "'\\u' without four digits", "\\u0000 to \\uffff");
        _at += 4;
        return (char)code;
    }

    private static HoconException NotClosed(HoconPlace from) => new(from, "a '\"' that is not closed", "text between two '\"'");

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || c == '\uFEFF';
}
