namespace Diten.Model.Space;

/// <summary>How many rows of a file of sites became stations, and why the others did not; every row is counted once.</summary>
/// <param name="File">The file that was read.</param>
/// <param name="RowsRead">Rows of data (a header and empty lines do not count).</param>
/// <param name="Kept">Rows that became stations.</param>
/// <param name="Duplicates">Rows left out since a site at most a metre away was there before.</param>
/// <param name="Unreadable">Rows left out since a coordinate is missing or is not a number.</param>
/// <param name="OutOfRange">Rows left out since latitude or longitude is beyond ±90° or ±180°, or both are 0.</param>
public sealed record SitesReport(string File, int RowsRead, int Kept, int Duplicates, int Unreadable, int OutOfRange)
{
    /// <summary>How longitude and latitude became metres; null where the file has metres.</summary>
    public required Input.GeoProjection? Ground { get; init; }
}
