using System.Globalization;
using System.Text;
using Diten.Runs.Results;

namespace Diten.Runs.Plots.Figures;

/// <summary>Rows of a small CSV: UTF-8, LF, comma, quotes as RFC 4180 says.</summary>
internal sealed class CsvText
{
    private readonly StringBuilder _text = new();

    public CsvText(params ReadOnlySpan<string> header) => Row(header);

    /// <summary>Adds a row.</summary>
    public void Row(params ReadOnlySpan<string> fields)
    {
        for (var i = 0; i < fields.Length; i++)
            _text.Append(i == 0 ? "" : ",").Append(CsvField.Of(fields[i]));
        _text.Append('\n');
    }

    /// <summary>A number in its shortest form that reads back to the same bits.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
