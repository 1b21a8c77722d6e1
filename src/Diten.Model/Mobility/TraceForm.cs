using Diten.Model.Input;
using Diten.Model.Scenarios;

namespace Diten.Model.Mobility;

/// <summary>A form of trace files whose columns have places and no names; see docs/traces.md.</summary>
/// <param name="Separator">What stands between fields.</param>
/// <param name="HeaderLines">Lines before the first row.</param>
/// <param name="Id">Column of the id; null = a file is one vehicle or person, and its name the id.</param>
/// <param name="Date">Column of the date where time has another one, else null.</param>
/// <param name="Time">Column of the time.</param>
/// <param name="X">Column of longitude, or of metres east.</param>
/// <param name="Y">Column of latitude, or of metres north.</param>
/// <param name="AreDegrees">Whether positions are degrees; else metres.</param>
internal sealed record TraceForm(FieldSeparator Separator, int HeaderLines, int? Id, int? Date, int Time, int X, int Y, bool AreDegrees)
{
    private const int TDriveColumns = 4, CabspottingColumns = 4, KaistColumns = 3;
    private const double LeastUnixSeconds = 1e8; // 1973

    private static readonly TraceForm TDrive = new(FieldSeparator.Comma, 0, Id: 0, null, Time: 1, X: 2, Y: 3, AreDegrees: true);
    private static readonly TraceForm Geolife = new(FieldSeparator.Comma, 6, null, Date: 5, Time: 6, X: 1, Y: 0, AreDegrees: true);
    private static readonly TraceForm Cabspotting = new(FieldSeparator.Space, 0, null, null, Time: 3, X: 1, Y: 0, AreDegrees: true);
    private static readonly TraceForm Kaist = new(FieldSeparator.Space, 0, null, null, Time: 0, X: 1, Y: 2, AreDegrees: false);

    /// <summary>The form of a format; null for those whose columns have names.</summary>
    public static TraceForm? Of(TraceFormat format) => format switch
    {
        TraceFormat.TDrive => TDrive,
        TraceFormat.Geolife => Geolife,
        TraceFormat.Cabspotting => Cabspotting,
        TraceFormat.Kaist => Kaist,
        _ => null,
    };

    /// <summary>The format that a file without names of columns is in, as far as its first row shows; <see cref="TraceFormat.Csv"/> where it shows none.</summary>
    public static TraceFormat Seen(string file)
    {
        var row = CsvTable.Read(file, header: false).Rows.First();
        if (row.Fields.Length == TDriveColumns && row[1].Contains('-') && row[1].Contains(':') && TraceTime.TryRead(row[1], TimeForm.YearFirst, out _)
            && row.TryNumber(2, out _) && row.TryNumber(3, out _))
            return TraceFormat.TDrive;
        row = CsvTable.Read(file, header: false, FieldSeparator.Space).Rows.First();
        if (!Enumerable.Range(0, row.Fields.Length).All(column => row.TryNumber(column, out _)))
            return TraceFormat.Csv;
        return row.Fields.Length == KaistColumns ? TraceFormat.Kaist
            : row.Fields.Length == CabspottingColumns && row[2] is "0" or "1" && row.TryNumber(3, out var seconds) && seconds > LeastUnixSeconds ? TraceFormat.Cabspotting
            : TraceFormat.Csv;
    }
}
