using System.Globalization;

namespace Diten.Model.Input;

/// <summary>One row of a <see cref="CsvTable"/>.</summary>
/// <param name="Line">Line of the file where the row begins, from 1.</param>
/// <param name="Fields">Its fields, unquoted, not trimmed.</param>
public readonly record struct CsvRow(int Line, string[] Fields)
{
    /// <summary>The trimmed text of a column; empty where the row is too short.</summary>
    public string this[int column] => column < Fields.Length ? Fields[column].Trim() : "";

    /// <summary>Reads a finite number with a decimal point; false where there is none.</summary>
    public bool TryNumber(int column, out double number)
    {
        number = 0;
        return column < Fields.Length
            && double.TryParse(Fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }
}
