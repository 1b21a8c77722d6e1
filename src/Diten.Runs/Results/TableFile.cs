using System.Globalization;
using Diten.Model.Input;
using Diten.Model.Scenarios;

namespace Diten.Runs.Results;

/// <summary>A table of a run folder, read back whole; for tables of a row per slot, station or server.</summary>
internal sealed class TableFile
{
    private readonly string _path;
    private readonly CsvRow[] _rows;

    private TableFile(string path, IReadOnlyList<string> names, CsvRow[] rows) => (_path, Names, _rows) = (path, names, rows);

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Length;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">Missing, empty, or a row with too many or too few values.</exception>
    public static TableFile Read(string path)
    {
        var (names, rows) = Open(path);
        return new TableFile(path, names, [.. rows]);
    }

    /// <summary>Names of the columns, and the rows as they are enumerated; for tables that are too big to be held.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static (IReadOnlyList<string> Names, IEnumerable<CsvRow> Rows) Open(string path)
    {
        try
        {
            var table = CsvTable.Read(path, header: true, FieldSeparator.Comma);
            return (table.Header, Checked(table));
        }
        catch (InputFileException problem)
        {
            throw new InvalidDataException(problem.Message, problem);
        }
    }

    /// <summary>A column as numbers.</summary>
    /// <exception cref="InvalidDataException">No such column, or a value that is no number; the message names file, line and value.</exception>
    public double[] Numbers(string column)
    {
        var index = IndexOf(column);
        return [.. _rows.Select(row => double.TryParse(row.Fields[index], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidDataException($"{_path}, line {row.Line}: {column} is \"{row.Fields[index]}\", which is no number."))];
    }

    /// <summary>A column as it stands.</summary>
    public string[] Words(string column)
    {
        var index = IndexOf(column);
        return [.. _rows.Select(row => row.Fields[index])];
    }

    private int IndexOf(string column)
    {
        var index = Enumerable.Range(0, Names.Count).FirstOrDefault(i => Names[i] == column, -1);
        return index >= 0 ? index : throw new InvalidDataException($"{_path} has no column {column}.");
    }

    private static IEnumerable<CsvRow> Checked(CsvTable table)
    {
        using var rows = table.Rows.GetEnumerator();
        while (Next())
        {
            if (rows.Current.Fields.Length != table.Header.Count)
                throw new InvalidDataException(
                    $"{table.File}, line {rows.Current.Line}: {rows.Current.Fields.Length} values where the header names {table.Header.Count}.");
            yield return rows.Current;
        }

        bool Next()
        {
            try
            {
                return rows.MoveNext();
            }
            catch (InputFileException problem)
            {
                throw new InvalidDataException(problem.Message, problem);
            }
        }
    }
}
