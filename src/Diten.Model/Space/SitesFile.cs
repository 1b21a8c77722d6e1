using Diten.Model.Input;

namespace Diten.Model.Space;

/// <summary>Reads real sites of base stations from a CSV file.</summary>
/// <remarks>
/// Columns by the header's names, by the user's choice, or, in a file without a header whose rows have the 14 columns of OpenCelliD
/// (radio, mcc, net, area, cell, unit, longitude, latitude, …), by their place. Columns called x and y are metres, as in traces.
/// </remarks>
internal static class SitesFile
{
    private const double DuplicateMetres = 1, LeastExtentMetres = 10, GreatestMetres = 1e7;
    private const int OpenCellIdColumns = 14, OpenCellIdLongitude = 6, OpenCellIdLatitude = 7;

    /// <summary>Reads the sites in the file's order, in metres (degrees about their middle); of sites at most 1 m apart the first stays.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="longitudeColumn">Name or zero-based number of the column of longitudes; null = recognised.</param>
    /// <param name="latitudeColumn">The same for latitudes.</param>
    /// <exception cref="InputFileException">The file is no CSV, has no such columns, or not one usable site.</exception>
    public static (double[] X, double[] Y, SitesReport Report) Read(
        string file, string? longitudeColumn = null, string? latitudeColumn = null)
    {
        var table = CsvTable.Read(file);
        var (longitudeAt, latitudeAt) = Columns(table, longitudeColumn, latitudeColumn);
        var areMetres = longitudeColumn is null && latitudeColumn is null && Names(table, longitudeAt, "x") && Names(table, latitudeAt, "y");
        var (longitudes, latitudes) = (new List<double>(), new List<double>());
        var (rows, unreadable, outOfRange) = (0, 0, 0);
        foreach (var row in table.Rows)
        {
            rows++;
            if (!row.TryNumber(longitudeAt, out var longitude) || !row.TryNumber(latitudeAt, out var latitude))
            {
                unreadable++;
            }
            else if (areMetres
                ? Math.Abs(longitude) > GreatestMetres || Math.Abs(latitude) > GreatestMetres
                : Math.Abs(longitude) > 180 || Math.Abs(latitude) > 90 || (longitude == 0 && latitude == 0))
            {
                outOfRange++;
            }
            else
            {
                longitudes.Add(longitude);
                latitudes.Add(latitude);
            }
        }

        if (rows == 0)
            throw new InputFileException(file, 0, "has a header and no rows");
        if (longitudes.Count == 0)
            throw new InputFileException(file, 0, FormattableString.Invariant(
                $"has no usable site among {rows} rows: {unreadable} without two numbers, {outOfRange} beyond {(areMetres ? "10,000 km" : "±180°, ±90°")}"));
        if (areMetres)
            RequireSomeMetres(file, longitudes, latitudes);
        GeoProjection? projection = areMetres ? null : GeoProjection.About(longitudes, latitudes);
        var (x, y) = Distinct([.. longitudes.Zip(latitudes, (east, north) => projection?.ToMetres(east, north) ?? (east, north))]);
        return (x, y, new SitesReport(file, rows, x.Length, longitudes.Count - x.Length, unreadable, outOfRange) { Ground = projection });
    }

    private static (int Longitude, int Latitude) Columns(CsvTable table, string? longitude, string? latitude)
    {
        if (longitude is null && latitude is null && table.Header.Count == 0 && table.Rows.First().Fields.Length == OpenCellIdColumns)
            return (OpenCellIdLongitude, OpenCellIdLatitude);
        return (table.Column(longitude, "longitude", "lon", "lng", "long", "x"), table.Column(latitude, "latitude", "lat", "y"));
    }

    private static bool Names(CsvTable table, int column, string name) =>
        column < table.Header.Count && table.Header[column].Trim().Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Stations that stand on one another were measured in something else.</summary>
    private static void RequireSomeMetres(string file, List<double> x, List<double> y)
    {
        var (wide, high) = (x.Max() - x.Min(), y.Max() - y.Min());
        if (x.Count > 1 && wide < LeastExtentMetres && high < LeastExtentMetres)
            throw new InputFileException(file, 0, FormattableString.Invariant(
                $"has its {x.Count} sites within {wide:0.###} m × {high:0.###} m: columns x and y are metres; multiply kilometres by 1000, and call degrees longitude and latitude"));
    }

    /// <summary>Leaves out each point that is at most a metre from one kept before it.</summary>
    private static (double[] X, double[] Y) Distinct((double X, double Y)[] points)
    {
        var kept = new List<(double X, double Y)>();
        // Squares of a metre: whatever is near enough stands in the same one or next to it.
        var squares = new Dictionary<(long, long), List<(double X, double Y)>>();
        foreach (var (x, y) in points)
        {
            var (column, row) = ((long)Math.Floor(x / DuplicateMetres), (long)Math.Floor(y / DuplicateMetres));
            if (HasNear(column, row, x, y))
                continue;
            kept.Add((x, y));
            if (!squares.TryGetValue((column, row), out var square))
                squares[(column, row)] = square = [];
            square.Add((x, y));
        }

        return ([.. kept.Select(p => p.X)], [.. kept.Select(p => p.Y)]);

        bool HasNear(long column, long row, double x, double y)
        {
            for (var c = column - 1; c <= column + 1; c++)
                for (var r = row - 1; r <= row + 1; r++)
                    if (squares.TryGetValue((c, r), out var square)
                        && square.Any(p => (p.X - x) * (p.X - x) + (p.Y - y) * (p.Y - y) <= DuplicateMetres * DuplicateMetres))
                        return true;
            return false;
        }
    }
}
