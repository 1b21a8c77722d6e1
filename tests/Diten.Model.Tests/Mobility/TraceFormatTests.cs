using System.IO.Compression;
using Diten.Model.Input;
using Diten.Model.Mobility;
using Diten.Model.Scenarios;

namespace Diten.Model.Tests.Mobility;

public sealed class TraceFormatTests : IDisposable
{
    private readonly TraceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_TDrive_folder_is_recognised_with_empty_files_and_missing_newlines()
    {
        _folder.Write("1.txt", "1,2008-02-02 15:36:08,116.51172,39.92123\r\n1,2008-02-02 15:46:08,116.51135,39.93883\r\n");
        _folder.Write("10.txt", "");
        _folder.Write("2.txt", "2,2008-02-02 13:33:52,116.36422,39.88781\r\n2,2008-02-02 13:37:16,116.37481,39.88782");

        var report = TraceFolder.Load(_folder.Path, side: 50_000).Traces!;

        Assert.Equal((TraceFormat.TDrive, 3, 2), (report.Format, report.Files, report.Ids));
        Assert.Equal((4L, 4L, 2), (report.RowsRead, report.RowsKept, report.Journeys));
        // 1,957 m in 600 s and 903 m in 204 s, by the haversine formula.
        Assert.Equal((1957.2 + 903.3) / 804, report.MeanSpeedMetresPerSecond, 0.01);
    }

    [Theory]
    [InlineData("longitude,latitude,timestamp,name_id\n120.3,31.5,2020-07-18 09:00:00,007\n120.301,31.5,2020-07-18 09:00:10,007\n")]
    [InlineData("vehicle;lng;lat;time\n007;120.3;31.5;1595062800\n007;120.301;31.5;1595062810\n")]
    [InlineData("Taxi_ID,Time,LON,LAT,speed\n007,1595062800000,120.3,31.5,9\n007,1595062810000,120.301,31.5,9\n")]
    [InlineData("id,t,x,y\n007,2020-07-18T09:00:00Z,120.3,31.5\n007,2020-07-18T11:00:10+02:00,120.301,31.5\n")]
    [InlineData("id,time,lon,lat\n007,2020/7/18 9:00:00,120.3,31.5\n007,2020/7/18 9:00:10,120.301,31.5\n")]
    public void Usual_names_of_columns_and_usual_times_are_recognised(string text)
    {
        var report = TraceFolder.Load(_folder.Write("trace.csv", text)).Traces!;

        Assert.Equal((TraceFormat.Csv, 1), (report.Format, report.Journeys));
        Assert.Equal(9.481, report.MeanSpeedMetresPerSecond, 0.001);   // 111,195 m · 0.001 · cos 31.5° in 10 s
    }

    [Fact]
    public void Columns_can_be_named_or_numbered()
    {
        var named = _folder.Write("a.csv", "who,when,where_x,where_y\n1,0,0,0\n1,10,100,0\n");
        var bare = _folder.Write("b.csv", "0,0,0,1\n100,0,10,1\n");

        Assert.Equal(10, TraceFolder.Load(named, with: devices => devices with
        { TraceIdColumn = "who", TraceTimeColumn = "WHEN", TraceLongitudeColumn = "where_x", TraceLatitudeColumn = "3" }).Traces!.MeanSpeedMetresPerSecond, 1e-9);
        Assert.Equal(10, TraceFolder.Load(bare, with: devices => devices with
        { TraceIdColumn = "3", TraceTimeColumn = "2", TraceLongitudeColumn = "0", TraceLatitudeColumn = "1" }).Traces!.MeanSpeedMetresPerSecond, 1e-9);
    }

    [Theory]
    [InlineData(TraceFormat.Auto)]
    [InlineData(TraceFormat.Geolife)]
    public void GeoLifes_people_are_read_from_the_folders_that_they_come_in(TraceFormat format)
    {
        const string Head = "Geolife trajectory\r\nWGS 84\r\nAltitude is in Feet\r\nReserved 3\r\n0,2,255,My Track,0,0,2,8421376\r\n0\r\n";
        Write("000/Trajectory/20081023025304.plt", Head + "39.984702,116.318417,0,492,39744.12,2008-10-23,02:53:04\r\n39.985702,116.318417,0,492,39744.12,2008-10-23,02:53:14\r\n");
        Write("001/Trajectory/20081023025304.plt", Head + "39.984702,116.318417,0,-777,39744.12,2008-10-23,02:53:04\r\n39.985702,116.318417,0,492,39744.12,2008-10-23,02:53:14\r\n");
        Write("001/labels.txt", "Start Time\tEnd Time\tTransportation Mode\n");

        var report = TraceFolder.Load(_folder.Path, with: devices => devices with { TraceFormat = format }).Traces!;

        Assert.Equal((TraceFormat.Geolife, 2, 2), (report.Format, report.Files, report.Ids));
        Assert.Equal((4L, 4L), (report.RowsRead, report.RowsKept));
        Assert.Equal(11.12, report.MeanSpeedMetresPerSecond, 0.005); // a thousandth of a degree in 10 s
    }

    [Theory]
    [InlineData(TraceFormat.Auto)]
    [InlineData(TraceFormat.Cabspotting)]
    public void Cabspottings_cabs_are_read_newest_first_and_without_their_list(TraceFormat format)
    {
        _folder.Write("_cabs.txt", "<cab id=\"abboip\" updates=\"2\"/>\n");
        _folder.Write("new_abboip.txt", "37.75134 -122.39488 0 1213084697\n37.75034 -122.39488 1 1213084687\n");
        _folder.Write("new_abdremlu.txt", "37.75134 -122.39488 0 1213084697\n37.75034 -122.39488 0 1213084687");

        var report = TraceFolder.Load(_folder.Path, with: devices => devices with { TraceFormat = format }).Traces!;

        Assert.Equal((TraceFormat.Cabspotting, 2, 2), (report.Format, report.Ids, report.Journeys));
        Assert.Equal(11.12, report.MeanSpeedMetresPerSecond, 0.005);
    }

    [Theory]
    [InlineData(TraceFormat.Auto)]
    [InlineData(TraceFormat.Kaist)]
    public void The_walkers_of_KAIST_are_read_in_metres_however_slow_they_are(TraceFormat format)
    {
        _folder.Write("KAIST_30sec_001.txt", " 0.0000000e+000\t 8.0e+001\t-3.1e+001\n 3.0000000e+001\t 8.0e+001\t-2.95e+001\n");
        _folder.Write("KAIST_30sec_002.txt", "0 0 0\n30 0.15 0\n");

        var report = TraceFolder.Load(_folder.Path, with: devices => devices with { TraceFormat = format }).Traces!;

        Assert.Equal((TraceFormat.Kaist, 2, 2), (report.Format, report.Ids, report.Journeys));
        Assert.Equal((1.5 + 0.15) / 60, report.MeanSpeedMetresPerSecond, 1e-9);
    }

    [Fact]
    public void What_stands_between_fields_can_be_told() => Assert.Equal(10, TraceFolder.Load(
        _folder.Write("bars.csv", "id|time|x|y|where\na|0|0|0|left, of\na|10|100|0|right, of\n"),
        with: devices => devices with { TraceSeparator = FieldSeparator.Bar }).Traces!.MeanSpeedMetresPerSecond);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, Path.GetDirectoryName(name)!));
        _folder.Write(name, text);
    }

    [Fact]
    public void A_person_and_a_vehicle_of_one_id_are_two_traces()
    {
        var steps = string.Concat(Enumerable.Range(0, 4).Select(step =>
            $"<timestep time=\"{step}\"><vehicle id=\"0\" x=\"{10 * step}\" y=\"0\"/><person id=\"0\" x=\"{3000 + step}\" y=\"3000\"/></timestep>"));

        var report = TraceFolder.Load(_folder.Write("fcd.xml", $"<fcd-export>{steps}</fcd-export>")).Traces!;

        Assert.Equal((2, 2), (report.Ids, report.Journeys));
        Assert.Equal((8L, 8L), (report.RowsRead, report.RowsKept));
    }

    [Fact]
    public void A_journey_past_midnight_goes_on_as_one_before_it()
    {
        var before = _folder.LoadRows("bus,23:57:00,1000,500\nbus,23:57:10,1100,500\nbus,23:57:20,1200,500\n").Traces!;
        var after = _folder.LoadRows("bus,24:00:00,1000,500\nbus,24:00:10,1100,500\nbus,24:00:20,1200,500\n").Traces!;

        Assert.Equal((10, 10), (before.MeanSpeedMetresPerSecond, after.MeanSpeedMetresPerSecond));
    }

    [Fact]
    public void A_key_says_that_dates_begin_with_the_day_and_the_refusal_names_it()
    {
        // Across the end of a month, so that day and month cannot be mistaken for one another.
        var path = _folder.Write("days.csv", "id,time,x,y\n1,31/01/2019 23:59:55,1000,500\n1,01/02/2019 00:00:05,1100,500\n");

        Assert.Equal(10, TraceFolder.Load(path, with: devices => devices with { TraceTimeForm = TimeForm.DayFirst }).Traces!.MeanSpeedMetresPerSecond);
        Assert.Contains("devices.mobility.trace-time-form tells", Assert.Throws<InputFileException>(() => TraceFolder.Load(path)).Message);
    }

    [Fact]
    public void Rows_that_cannot_be_read_say_what_of_them_how_often_and_what_stands_there()
    {
        var days = _folder.Write("days.csv", "id,time,lon,lat\n1,25/01/2019 20:00:16,7.0,47.1\n1,26/01/2019 20:00:16,7.0,47.1\n,0,7.0,47.1\n1,0,seven,47.1\n");

        var refusal = Assert.Throws<InputFileException>(() => TraceFolder.Load(days)).Message;

        Assert.Contains("of 1 the id, e.g. \"\"", refusal);
        Assert.Contains("of 2 the time, e.g. \"25/01/2019 20:00:16\" (times are read as year-month-day", refusal);
        Assert.Contains("of 1 the position, e.g. \"seven, 47.1\"", refusal);
    }

    [Fact]
    public void Ids_are_text_and_keep_their_leading_zeros() =>
        Assert.Equal(2, _folder.LoadRows("007,0,0,0\n007,10,100,0\n7,0,0,0\n7,10,50,0\n").Traces!.Ids);

    [Theory]
    [InlineData("0", "300", 30)]
    [InlineData("11.1", "11.1013", 13.93)]   // degrees: 144.55 m · cos 15.57°
    public void SUMO_data_is_read_in_metres_and_in_degrees(string from, string to, double speed)
    {
        var path = _folder.Write("fcd.xml", $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- made by hand -->
            <fcd-export>
                <timestep time="5.00">
                    <vehicle id="a.0" x="{from}" y="15.57" speed="1" friction="0.9"/>
                </timestep>
                <timestep time="15.00">
                    <vehicle id="a.0" x="{to}" y="15.57" speed="1" lane="e_1"/>
                    <vehicle id="a.1" x="oops" y="15.57"/>
                </timestep>
            </fcd-export>
            """);

        var report = TraceFolder.Load(path).Traces!;

        Assert.Equal((TraceFormat.SumoFcd, 3L, 2L, 1L), (report.Format, report.RowsRead, report.RowsKept, report.Dropped(TraceDrop.Unreadable)));
        Assert.Equal(speed, report.MeanSpeedMetresPerSecond, 0.01);
        Assert.Contains("1 dropped: unreadable (of 1 the position, e.g. \"oops, 15.57\")", report.Lines);
    }

    [Fact]
    public void A_wrong_point_does_not_turn_degrees_into_metres()
    {
        var rows = string.Concat(Enumerable.Range(0, 12).Select(k => FormattableString.Invariant($"a,{10 * k},{8.5 + 0.001 * k},0.1\n")));
        var report = _folder.LoadRows(rows + "a,115,999,0.1\n").Traces!;

        Assert.Equal((12L, 1L), (report.RowsKept, report.Dropped(TraceDrop.OutOfRange)));
        Assert.Equal(11.12, report.MeanSpeedMetresPerSecond, 0.01);   // a thousandth of a degree at the equator in 10 s
    }

    [Fact]
    public void A_ZIP_archive_by_another_name_is_named_for_what_it_is()
    {
        var path = Path.Combine(_folder.Path, "trace.csv");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
            archive.CreateEntry("inside.txt");

        AssertRefused(path, "ZIP archive");
    }

    [Fact]
    public void A_binary_file_is_refused()
    {
        var path = Path.Combine(_folder.Path, "trace.csv");
        File.WriteAllBytes(path, [1, 2, 0, 3]);

        AssertRefused(path, "binary");
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("id,time,lon\n1,0,116.4\n", "no column named latitude")]
    [InlineData("1;2;3\n4;5;6\n", "it has no header")]
    [InlineData("id,time,lon,lat\n", "has no rows")]
    [InlineData("id,time,lon,lat\n1,noon,116.4,39.9\n", "none of its 1 rows")]
    [InlineData("id,time,lon,lat\n1,0,116.4,39.9\n", "no journey that a device can follow")]
    [InlineData("<html><body/></html>", "<fcd-export>")]
    [InlineData("<fcd-export><timestep time='0'><vehicle id='a' x='1' y='2'/>", "not well-formed XML")]
    public void What_is_no_trace_is_refused_with_a_reason(string text, string reason) =>
        AssertRefused(_folder.Write("trace.csv", text), reason);

    [Fact]
    public void A_missing_file_and_a_folder_without_traces_are_refused()
    {
        AssertRefused(Path.Combine(_folder.Path, "nowhere.csv"), "does not exist");
        _folder.Write("notes.md", "nothing");
        AssertRefused(_folder.Path, "no trace files");
        _folder.Write("1.txt", "");
        _folder.Write("2.txt", "");
        AssertRefused(_folder.Path, "all empty");
    }

    [Fact]
    public void Traces_must_be_named() =>
        Assert.Contains("devices.mobility.traces", Assert.Throws<ArgumentException>(() => TraceFolder.Load(null!)).Message);

    private static void AssertRefused(string path, string reason)
    {
        var refusal = Assert.Throws<InputFileException>(() => TraceFolder.Load(path));

        Assert.StartsWith(path, refusal.Message);
        Assert.Contains(reason, refusal.Message);
    }
}
