using System.Xml;
using Diten.Model.Input;
using Diten.Model.Scenarios;

namespace Diten.Model.Mobility;

/// <summary>Reads trace files of any supported format into one shape; formats are described in docs/traces.md.</summary>
internal static class TraceReader
{
    /// <summary>SUMO numbers persons and vehicles apart: one of each may have the same id.</summary>
    private const string Persons = "person ";

    private const string GeolifeExtension = ".plt";

    /// <summary>Stands among the traces of Cabspotting, and is none.</summary>
    private const string ListOfCabs = "_cabs.txt";

    private static readonly string[] Extensions = [".txt", ".csv", ".xml", GeolifeExtension];
    private static readonly string[] DegreeNames = ["longitude", "lon", "lng", "long"];

    /// <summary>What was read.</summary>
    /// <param name="Traces">The rows.</param>
    /// <param name="Format">The format, never <see cref="TraceFormat.Auto"/>.</param>
    /// <param name="Files">How many files were looked at.</param>
    /// <param name="IsGeographic">Whether coordinates are degrees; else metres.</param>
    public sealed record Result(RawTraces Traces, TraceFormat Format, int Files, bool IsGeographic);

    /// <summary>Reads the file or folder that a scenario names.</summary>
    /// <exception cref="InputFileException">It is missing, empty, not of the format, lacks columns, or has no readable row.</exception>
    public static Result Read(DevicesSection devices)
    {
        var path = devices.Traces ?? throw new ArgumentException("devices.mobility.model = trace needs devices.mobility.traces.", nameof(devices));
        var files = FilesOf(path);
        // The released T-Drive folder has empty files in it; a single empty file is a mistake.
        var filled = files.Length == 1 ? files : [.. files.Where(file => new FileInfo(file).Length > 0)];
        if (filled.Length == 0)
            throw new InputFileException(path, 0, $"has {files.Length} trace files, all empty");

        foreach (var file in filled)
            InputFile.RequireText(file, "a trace in CSV or XML");
        var format = devices.TraceFormat == TraceFormat.Auto ? Detect(filled[0], devices) : devices.TraceFormat;
        var traces = new RawTraces(devices.TraceTimeForm);
        var form = TraceForm.Of(format);
        var areDegrees = false;
        foreach (var file in filled)
        {
            if (format == TraceFormat.SumoFcd)
                ReadFcd(file, traces);
            else if (form is not null)
                ReadForm(file, NameOf(file, path), form, devices, traces);
            else
                areDegrees |= ReadTable(file, devices, traces);
        }

        if (traces.Ids == 0)
            throw new InputFileException(path, 0, traces.RowsRead == 0
                ? "has no rows"
                : FormattableString.Invariant($"none of its {traces.RowsRead} rows has a readable id, time and position ({format} format): {traces.DescribeUnreadable()}"));
        return new Result(traces, format, files.Length, form?.AreDegrees ?? (areDegrees || LookLikeDegrees(traces)));
    }

    /// <summary>
    /// Whether coordinates of unknown kind are degrees: nine in ten are within ±180, ±90, and the median moving step is slower than 0.01 a
    /// second, which no vehicle reaches in degrees and every one exceeds in metres.
    /// </summary>
    internal static bool LookLikeDegrees(RawTraces traces)
    {
        if (traces.Points.Count(point => Math.Abs(point.X) > 180 || Math.Abs(point.Y) > 90) * 10L > traces.RowsRead - traces.Unreadable)
            return false;
        var speeds = new List<double>();
        foreach (var points in traces.InOrder)
            for (var next = 1; next < points.Count; next++)
            {
                var (length, seconds) = (points[next - 1].MetresTo(points[next]), points[next].Seconds - points[next - 1].Seconds);
                if (length > 0 && seconds > 0)
                    speeds.Add(length / seconds);
            }

        speeds.Sort();
        return speeds.Count > 0 && speeds[(speeds.Count - 1) / 2] < 0.01;
    }

    private static string[] FilesOf(string path)
    {
        if (!Directory.Exists(path))
            return [path];
        var files = Traces(SearchOption.TopDirectoryOnly);
        if (files.Length == 0)
            files = Traces(SearchOption.AllDirectories);
        var geolife = Array.FindAll(files, file => Path.GetExtension(file).Equals(GeolifeExtension, StringComparison.OrdinalIgnoreCase));
        if (geolife.Length > 0)
            return geolife; // texts beside them tell how people travelled
        return files.Length > 0
            ? files
            : throw new InputFileException(path, 0, "has no trace files: none of its files ends in .txt, .csv, .xml or .plt");

        string[] Traces(SearchOption where) => [.. Directory.EnumerateFiles(path, "*", where)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) && Path.GetFileName(file) != ListOfCabs)
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>What a file is called within the folder of a trace, without its ending.</summary>
    private static string NameOf(string file, string path) =>
        Path.ChangeExtension(Directory.Exists(path) ? Path.GetRelativePath(path, file) : Path.GetFileName(file), null).Replace('\\', '/');

    private static TraceFormat Detect(string file, DevicesSection devices)
    {
        using (var reader = new StreamReader(file))
        {
            int character;
            do
                character = reader.Read();
            while (character >= 0 && char.IsWhiteSpace((char)character));
            if (character == '<')
                return TraceFormat.SumoFcd;
        }

        if (Path.GetExtension(file).Equals(GeolifeExtension, StringComparison.OrdinalIgnoreCase))
            return TraceFormat.Geolife;
        var isTold = devices.TraceSeparator != FieldSeparator.Auto
            || (devices.TraceIdColumn ?? devices.TraceTimeColumn ?? devices.TraceLongitudeColumn ?? devices.TraceLatitudeColumn) is not null;
        return isTold || CsvTable.Read(file).Header.Count > 0 ? TraceFormat.Csv : TraceForm.Seen(file);
    }

    /// <summary>Reads a file whose columns have places.</summary>
    /// <param name="name">What to call whoever it is of, where its rows do not say.</param>
    private static void ReadForm(string file, string name, TraceForm form, DevicesSection devices, RawTraces traces)
    {
        foreach (var row in CsvTable.Read(file, header: false, form.Separator).Rows)
            if (row.Line > form.HeaderLines)
                AddRow(row, form.Id is { } id ? row[id] : name, form.Date is { } date ? $"{row[date]} {row[form.Time]}" : row[form.Time], form.X, form.Y, devices, traces);
    }

    /// <summary>Reads a table whose columns have names; returns whether they say that coordinates are degrees.</summary>
    private static bool ReadTable(string file, DevicesSection devices, RawTraces traces)
    {
        var table = CsvTable.Read(file, separator: devices.TraceSeparator);
        var id = table.Column(devices.TraceIdColumn, "id", "name_id", "taxi_id", "vehicle_id", "vehicle", "taxi", "user_id", "user", "device_id", "device", "trajectory_id", "name");
        var time = table.Column(devices.TraceTimeColumn, "timestamp", "time", "datetime", "date_time", "date", "t");
        var x = table.Column(devices.TraceLongitudeColumn, "longitude", "lon", "lng", "long", "x");
        var y = table.Column(devices.TraceLatitudeColumn, "latitude", "lat", "y");
        foreach (var row in table.Rows)
            AddRow(row, row[id], row[time], x, y, devices, traces);
        return x < table.Header.Count && DegreeNames.Contains(table.Header[x], StringComparer.OrdinalIgnoreCase);
    }

    private static void AddRow(CsvRow row, string name, string time, int x, int y, DevicesSection devices, RawTraces traces)
    {
        if (name.Length == 0)
            traces.AddUnreadable(RawTraces.Part.Id, name);
        else if (!TraceTime.TryRead(time, devices.TraceTimeForm, out var seconds))
            traces.AddUnreadable(RawTraces.Part.Time, time);
        else if (!row.TryNumber(x, out var east) || !row.TryNumber(y, out var north))
            traces.AddUnreadable(RawTraces.Part.Position, $"{row[x]}, {row[y]}");
        else
            traces.Add(name, new TracePoint(seconds, east, north));
    }

    /// <summary>Reads SUMO's floating-car data, element by element; vehicles and persons count, attributes that are not needed do not matter.</summary>
    private static void ReadFcd(string file, RawTraces traces)
    {
        try
        {
            using var stream = File.OpenRead(file);
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
            reader.MoveToContent();
            if (reader.Name != "fcd-export")
                throw new InputFileException(file, ((IXmlLineInfo)reader).LineNumber, $"the root element is <{Words.Shown(reader.Name)}>; SUMO's floating-car data has <fcd-export>");
            var (seconds, hasTime) = (0.0, false);
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element)
                    continue;
                if (reader.Name == "timestep")
                    hasTime = TraceTime.TryRead(reader.GetAttribute("time") ?? "", TimeForm.YearFirst, out seconds);
                else if (reader.Name is "vehicle" or "person")
                    AddRecord(reader, hasTime, seconds, traces);
            }
        }
        catch (XmlException problem)
        {
            throw new InputFileException(file, problem.LineNumber, "is not well-formed XML: " + problem.Message);
        }
    }

    private static void AddRecord(XmlReader reader, bool hasTime, double seconds, RawTraces traces)
    {
        if (reader.GetAttribute("id") is not { Length: > 0 } id)
            traces.AddUnreadable(RawTraces.Part.Id, "");
        else if (!hasTime)
            traces.AddUnreadable(RawTraces.Part.Time, "");
        else if (!TryNumber(reader.GetAttribute("x"), out var x) || !TryNumber(reader.GetAttribute("y"), out var y))
            traces.AddUnreadable(RawTraces.Part.Position, $"{reader.GetAttribute("x")}, {reader.GetAttribute("y")}");
        else
            traces.Add(reader.Name == "person" ? Persons + id : id, new TracePoint(seconds, x, y));
    }

    private static bool TryNumber(string? text, out double number) =>
        double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number);
}
