using System.Globalization;
using System.Text;

namespace Diten.Model.Input;

/// <summary>A CSV file, read row by row, with a header or without.</summary>
/// <remarks>
/// Any line ends, a byte-order mark, empty fields, empty lines and a missing final newline are legal.
/// What separates fields is told, or seen from the first line (<see cref="FieldSeparator.Auto"/>). A quoted field may hold separators,
/// doubled quotes and line ends (which become \n); where blanks separate, quotes mean nothing.
/// </remarks>
public sealed class CsvTable
{
    private const int MaximumLinesOfRow = 100;
    private const char Blanks = ' ';
    private static readonly char[] EachBlank = [' ', '\t'];

    private readonly char _separator;

    private CsvTable(string file, char separator, string[] header)
    {
        (File, _separator, Header) = (file, separator, header);
    }

    /// <summary>The file, as the user named it.</summary>
    public string File { get; }

    /// <summary>Trimmed names of the columns; empty where the file has no header.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The rows after the header; the file is opened anew by each enumeration.</summary>
    /// <exception cref="InputFileException">A quote is never closed.</exception>
    public IEnumerable<CsvRow> Rows => Records(File, _separator).Skip(Header.Count > 0 ? 1 : 0);

    /// <summary>Opens a file.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="header">Whether the first row names the columns; null = it does where none of its fields is a number.</param>
    /// <param name="separator">What stands between fields.</param>
    /// <exception cref="InputFileException">The file is missing, empty, an archive or binary.</exception>
    public static CsvTable Read(string file, bool? header = null, FieldSeparator separator = FieldSeparator.Auto)
    {
        InputFile.RequireText(file, "CSV");
        string? line;
        using (var reader = new StreamReader(file))
        {
            do
                line = reader.ReadLine();
            while (line is not null && string.IsNullOrWhiteSpace(line));
        }

        if (line is null)
            throw new InputFileException(file, 0, "is empty");
        var between = separator switch
        {
            FieldSeparator.Comma => ',',
            FieldSeparator.Semicolon => ';',
            FieldSeparator.Tab => '\t',
            FieldSeparator.Space => Blanks,
            FieldSeparator.Bar => '|',
            _ => Seen(line),
        };
        var first = Records(file, between).First();
        var hasHeader = header ?? !Enumerable.Range(0, first.Fields.Length).Any(column => first.TryNumber(column, out _));
        return new CsvTable(file, between, hasHeader ? [.. first.Fields.Select(name => name.Trim())] : []);
    }

    /// <summary>Index of the first of the candidate names that the header has, in any case; −1 where it has none.</summary>
    public int Find(params ReadOnlySpan<string> candidates)
    {
        foreach (var candidate in candidates)
            for (var column = 0; column < Header.Count; column++)
                if (string.Equals(Header[column], candidate, StringComparison.OrdinalIgnoreCase))
                    return column;
        return -1;
    }

    /// <summary>Index of a column that must be there.</summary>
    /// <param name="chosen">What the user chose: a name of the header, or a zero-based number; null = by the usual names.</param>
    /// <param name="usual">The usual names, the most usual first; at least one.</param>
    /// <exception cref="InputFileException">There is no such column; the message lists those that there are.</exception>
    public int Column(string? chosen, params ReadOnlySpan<string> usual)
    {
        var column = chosen is null ? Find(usual) : Find(chosen);
        if (column >= 0)
            return column;
        if (chosen is not null && int.TryParse(chosen, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && (Header.Count == 0 || number < Header.Count))
            return number;
        var found = Header.Count > 0 ? "found " + Words.Shown(string.Join(", ", Header)) : "it has no header: give the columns' zero-based numbers";
        throw new InputFileException(File, 0, $"has no column named {chosen ?? usual[0]}; {found}");
    }

    private static char Seen(string line)
    {
        foreach (var separator in ",;\t")
            if (line.Contains(separator))
                return separator;
        var row = new CsvRow(1, line.Split(EachBlank, StringSplitOptions.RemoveEmptyEntries));
        return row.Fields.Length > 1 && Enumerable.Range(0, row.Fields.Length).All(column => row.TryNumber(column, out _)) ? Blanks : ',';
    }

    private static IEnumerable<CsvRow> Records(string file, char separator)
    {
        using var reader = new StreamReader(file);
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            var first = line;
            string[]? fields;
            while ((fields = Split(text, separator)) is null)
            {
                var next = line - first < MaximumLinesOfRow ? reader.ReadLine() : null;
                text += "\n" + (next ?? throw new InputFileException(file, first, "a quoted field is not closed"));
                line++;
            }

            yield return new CsvRow(first, fields);
        }
    }

    /// <summary>The fields of a record, or null where it ends within quotes.</summary>
    private static string[]? Split(string text, char separator)
    {
        if (separator == Blanks)
            return text.Split(EachBlank, StringSplitOptions.RemoveEmptyEntries);
        if (!text.Contains('"'))
            return text.Split(separator);
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (quoted && character == '"' && at + 1 < text.Length && text[at + 1] == '"')
                field.Append(text[at++]);
            else if (quoted && character == '"')
                quoted = false;
            else if (!quoted && character == '"' && field.Length == 0)
                quoted = true;
            else if (!quoted && character == separator)
                Next();
            else
                field.Append(character);
        }

        Next();
        return quoted ? null : [.. fields];

        void Next()
        {
            fields.Add(field.ToString());
            field.Clear();
        }
    }
}
