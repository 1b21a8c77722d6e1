using System.Globalization;
using System.Text;
using Diten.Runs.Results;

namespace Diten.Runs.Plots.Figures;

/// <summary>Rows of a small CSV: UTF-8, LF, comma, quotes as RFC 4180 says.</summary>
internal sealed class CsvText
{
    private readonly StringBuilder _text = new();
    private readonly List<string[]> _rows = [];

    public CsvText(params ReadOnlySpan<string> header) => Row(header);

    /// <summary>Adds a row.</summary>
    public void Row(params ReadOnlySpan<string> fields)
    {
        _rows.Add(fields.ToArray());
        for (var i = 0; i < fields.Length; i++)
            _text.Append(i == 0 ? "" : ",").Append(CsvField.Of(fields[i]));
        _text.Append('\n');
    }

    /// <summary>A number in its shortest form that reads back to the same bits.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>For people: the same with fewer digits.</summary>
    public PlotTable Table => new(_rows[0], [.. _rows.Skip(1).Select(row => Array.ConvertAll(
        row, text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? PlotTable.Number(value) : text))]);

    /// <summary>Writes the same rows as Parquet: a column all of whose fields are numbers has them as numbers, each other one has words.</summary>
    /// <param name="path">Of the file.</param>
    public void WriteParquet(string path)
    {
        var (head, rows) = (_rows[0], _rows.Skip(1).ToArray());
        ParquetRows.Write(path, [.. head.Select((name, i) => ColumnOf(Array.IndexOf(head, name) == i ? name : FormattableString.Invariant($"{name} {i + 1}"), i, rows))], rows);
    }

    private static Column<string[]> ColumnOf(string name, int index, string[][] rows) => Array.TrueForAll(rows, row => IsNumber(row[index], out _))
        ? new NumberColumn<string[], double>(name, "", "", (in string[] row) => IsNumber(row[index], out var value) ? value : double.NaN)
        : new TextColumn<string[]>(name, "", "", (in string[] row) => row[index]);

    private static bool IsNumber(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
