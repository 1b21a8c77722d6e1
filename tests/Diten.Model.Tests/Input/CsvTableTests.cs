using System.Text;
using Diten.Model.Input;

namespace Diten.Model.Tests.Input;

public class CsvTableTests
{
    [Fact]
    public void Rows_come_with_their_line_and_numbers_are_read_with_a_point()
    {
        using var file = new TextFile("id,lon,lat\r\n1,8.5,-47.25\r\n\r\n2,,x\r\n3");
        var table = CsvTable.Read(file.Path);
        var rows = table.Rows.ToArray();

        Assert.Equal(["id", "lon", "lat"], table.Header);
        Assert.Equal([2, 4, 5], rows.Select(row => row.Line));
        Assert.True(rows[0].TryNumber(2, out var latitude));
        Assert.Equal(-47.25, latitude);
        Assert.False(rows[1].TryNumber(1, out _));
        Assert.False(rows[1].TryNumber(2, out _));
        Assert.False(rows[2].TryNumber(2, out _));
        Assert.Equal("", rows[2][2]);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1,5")]
    [InlineData("")]
    public void What_is_no_finite_number_is_none(string text) => Assert.False(new CsvRow(1, [text]).TryNumber(0, out _));

    [Fact]
    public void Quoted_fields_hold_separators_quotes_and_line_ends()
    {
        using var file = new TextFile("name,note\n\"Main St, 5\",\"says \"\"hi\"\"\nand goes\"\nplain,5\" pipe\n");
        var rows = CsvTable.Read(file.Path).Rows.ToArray();

        Assert.Equal(["Main St, 5", "says \"hi\"\nand goes"], rows[0].Fields);
        Assert.Equal(["plain", "5\" pipe"], rows[1].Fields);
        Assert.Equal(4, rows[1].Line);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_name()
    {
        using var file = new TextFile([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("lat,lon\n1,2\n")]);
        Assert.Equal(0, CsvTable.Read(file.Path).Find("LAT"));
    }

    [Fact]
    public void Text_of_16_bit_characters_is_read_by_its_mark()
    {
        using var file = new TextFile([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("lat,lon\n1,2\n")]);
        Assert.Equal(["1", "2"], CsvTable.Read(file.Path).Rows.Single().Fields);
    }

    [Theory]
    [InlineData("a;b\n1;2\n")]
    [InlineData("a\tb\n1\t2\n")]
    public void Semicolons_and_tabs_separate_too(string text)
    {
        using var file = new TextFile(text);
        Assert.Equal(["1", "2"], CsvTable.Read(file.Path).Rows.Single().Fields);
    }

    [Fact]
    public void A_first_row_with_a_number_is_no_header_unless_said_so()
    {
        using var file = new TextFile("LTE,222,10\nGSM,222,11\n");
        Assert.Empty(CsvTable.Read(file.Path).Header);
        Assert.Equal(2, CsvTable.Read(file.Path).Rows.Count());
        Assert.Single(CsvTable.Read(file.Path, header: true).Rows);
    }

    [Fact]
    public void Columns_are_found_by_usual_names_by_a_chosen_name_or_by_number()
    {
        using var file = new TextFile("ID,Latitude,LNG\n1,2,3\n");
        var table = CsvTable.Read(file.Path);

        Assert.Equal(2, table.Column(null, "longitude", "lon", "lng"));
        Assert.Equal(1, table.Column("latitude", "y"));
        Assert.Equal(0, table.Column("0", "y"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("longitude")]
    public void A_column_that_is_not_there_is_named_with_those_that_are(string? chosen)
    {
        using var file = new TextFile("id,east,north\n1,2,3\n");
        var problem = Assert.Throws<InputFileException>(() => CsvTable.Read(file.Path).Column(chosen, "longitude", "lon"));

        Assert.Equal($"{file.Path}: has no column named longitude; found id, east, north", problem.Message);
    }

    [Fact]
    public void A_column_number_beyond_the_header_is_refused()
    {
        using var file = new TextFile("id,east\n1,2\n");
        Assert.Throws<InputFileException>(() => CsvTable.Read(file.Path).Column("2", "longitude"));
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_an_error_of_its_line()
    {
        using var file = new TextFile("a,b\n1,\"2\n3,4\n");
        var problem = Assert.Throws<InputFileException>(() => CsvTable.Read(file.Path).Rows.Count());

        Assert.Equal(2, problem.Line);
        Assert.Contains(", line 2: ", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[0], "is empty")]
    [InlineData(new byte[] { 10, 13, 10, 32, 10 }, "is empty")]
    [InlineData(new byte[] { 80, 75, 3, 4, 20, 0 }, "is a ZIP archive, not CSV")]
    [InlineData(new byte[] { 31, 139, 8, 0 }, "is a gzip archive, not CSV")]
    [InlineData(new byte[] { 1, 44, 0, 44, 3 }, "is a binary file, not CSV")]
    public void A_wrong_file_is_named_for_what_it_is(byte[] content, string what)
    {
        using var file = new TextFile(content);
        Assert.Contains(what, Assert.Throws<InputFileException>(() => CsvTable.Read(file.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_told_apart()
    {
        var missing = Assert.Throws<InputFileException>(() => CsvTable.Read("no-such.csv"));
        var folder = Assert.Throws<InputFileException>(() => CsvTable.Read(AppContext.BaseDirectory));

        Assert.Equal("no-such.csv: does not exist", missing.Message);
        Assert.EndsWith("is a folder, not a CSV file", folder.Message, StringComparison.Ordinal);
    }
}
