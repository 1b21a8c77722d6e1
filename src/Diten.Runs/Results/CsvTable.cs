using System.Globalization;

namespace Diten.Runs.Results;

/// <summary>A table of a run folder, read back whole; for tables of a row per slot, station or server.</summary>
public sealed class CsvTable
{
    private readonly string _path;
    private readonly string[] _names;
    private readonly List<string[]> _rows = [];

    private CsvTable(string path)
    {
        _path = path;
        using var reader = new StreamReader(path);
        _names = (reader.ReadLine() ?? throw new InvalidDataException($"{path} is empty.")).Split(',');
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            if (cells.Length != _names.Length)
                throw new InvalidDataException($"{path}, line {_rows.Count + 2}: {cells.Length} values where the header names {_names.Length}.");
            _rows.Add(cells);
        }
    }

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">Empty, or a line with too many or too few values.</exception>
    public static CsvTable Read(string path) => new(path);

    /// <summary>A column as numbers.</summary>
    /// <exception cref="InvalidDataException">No such column, or a value that is no number; the message names file, line and value.</exception>
    public double[] Numbers(string column)
    {
        var index = IndexOf(column);
        var values = new double[_rows.Count];
        for (var row = 0; row < values.Length; row++)
        {
            if (!double.TryParse(_rows[row][index], NumberStyles.Float, CultureInfo.InvariantCulture, out values[row]))
                throw new InvalidDataException($"{_path}, line {row + 2}: {column} is \"{_rows[row][index]}\", which is no number.");
        }

        return values;
    }

    /// <summary>A column as it stands.</summary>
    public string[] Words(string column)
    {
        var index = IndexOf(column);
        return [.. _rows.Select(row => row[index])];
    }

    private int IndexOf(string column)
    {
        var index = Array.IndexOf(_names, column);
        return index >= 0 ? index : throw new InvalidDataException($"{_path} has no column {column}.");
    }
}
