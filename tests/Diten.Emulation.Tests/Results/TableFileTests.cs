using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Results;

public sealed class TableFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static Table<(string Text, double Number)> Pairs { get; } = new(
        "pairs", "A text and a number.",
        new TextColumn<(string Text, double Number)>("text", "", "", (in (string Text, double Number) row) => row.Text),
        new NumberColumn<(string Text, double Number), double>("number", "", "", (in (string Text, double Number) row) => row.Number));

    [Theory]
    [InlineData("[60 kB, 80 kB]")]
    [InlineData("he said \"no\"")]
    [InlineData("two\nlines, and \"three\"\n")]
    [InlineData("\"")]
    [InlineData("")]
    public void A_text_reads_back_as_it_was_written(string text)
    {
        Write((text, 1), ("next", double.NaN), (text, double.Epsilon));

        var table = TableFile.Read(_folder.At("pairs.csv"));

        Assert.Equal(["text", "number"], table.Names);
        Assert.Equal([text, "next", text], table.Words("text"));
        Assert.Equal([1, double.NaN, double.Epsilon], table.Numbers("number"));
    }

    [Theory]
    [InlineData("text,number\na\n", "pairs.csv, line 2: 1 values where the header names 2")]
    [InlineData("text,number\n\"two\nlines\",1\nb,x\n", "pairs.csv, line 4: number is \"x\", which is no number")]
    [InlineData("text,number\n\"a,1\n", "pairs.csv, line 2: a quoted field is not closed")]
    [InlineData("text,figure\na,1\n", "pairs.csv has no column number")]
    [InlineData("", "pairs.csv: is empty")]
    public void A_damaged_table_is_named_with_line_and_value(string content, string said)
    {
        File.WriteAllText(_folder.At("pairs.csv"), content);

        Assert.Contains(said, Assert.Throws<InvalidDataException>(() => TableFile.Read(_folder.At("pairs.csv")).Numbers("number")).Message);
    }

    private void Write(params (string Text, double Number)[] rows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.At("pairs.csv"))!);
        using var writer = Pairs.Create(Path.GetDirectoryName(_folder.At("pairs.csv"))!, 10);
        foreach (var row in rows)
            writer.Write(row);
        writer.Complete();
    }
}
