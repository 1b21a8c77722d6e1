using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Results;

public class DataDictionaryTests
{
    [Fact]
    public void The_published_dictionary_is_the_one_that_the_tables_define()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Diten.sln")))
            folder = folder.Parent;
        Assert.NotNull(folder);

        Assert.Equal(DataDictionary.Text, File.ReadAllText(Path.Combine(folder.FullName, "docs", "data-dictionary.md")));
    }

    [Fact]
    public void Every_written_column_is_in_it()
    {
        using var folder = new TemporaryFolder();
        var run = new RunFolder(new SyntheticRun(2, 2, devices: 2).WriteTo(folder.At("run")));

        foreach (var file in Directory.GetFiles(run.Tables, "*.csv"))
        {
            foreach (var column in TableFile.Read(file).Names)
                Assert.Contains($"| `{column}` |", DataDictionary.Text);
        }
    }
}
