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
        foreach (var made in (SyntheticRun[])[new(2, 2, devices: 2), SyntheticRun.WithFaults(2, 2, devices: 2)])
        {
            var run = new RunFolder(made.WriteTo(folder.At("run"), overwrite: true));
            foreach (var file in Directory.GetFiles(run.Tables, "*.csv"))
            {
                foreach (var column in TableFile.Read(file).Names)
                    Assert.Contains($"| `{column}` |", DataDictionary.Text);
            }
        }
    }

    [Fact]
    public void Columns_of_faults_are_in_tables_of_runs_that_measure_twins_only()
    {
        using var folder = new TemporaryFolder();
        var plain = new RunFolder(new SyntheticRun(2, 2, devices: 2).WriteTo(folder.At("plain")));
        var faulty = new RunFolder(SyntheticRun.WithFaults(2, 2, devices: 2).WriteTo(folder.At("faulty")));

        foreach (var (table, column) in new[]
        {
            ("slots", "lost"), ("slots", "regret_mean_seconds"), ("slots", "regret_age_3_sum_seconds"), ("slots", "twins_suspect"), ("slots", "syncs_lost"),
            ("servers", "twin_condition"), ("servers", "twin_free_lag_hertz"), ("servers", "syncs_refused"), ("devices", "regret_seconds"),
            ("devices", "chosen_age_slots"), ("stations", "lost"),
        })
        {
            Assert.Contains(column, TableFile.Read(faulty.Csv(table)).Names);
            Assert.DoesNotContain(column, TableFile.Read(plain.Csv(table)).Names);
            Assert.Matches($@"\| `{column}` \| [^|]* \| °", DataDictionary.Text);
        }

        Assert.Equal(["0", "1"], TableFile.Read(faulty.Csv("ages")).Words("age_slots"));
        Assert.Equal(["1", "0.5"], TableFile.Read(faulty.Csv("ages")).Words("share_at_least"));
        Assert.False(File.Exists(plain.Csv("ages")));
        Assert.Equal(["0", "4"], TableFile.Read(faulty.Csv("slots")).Words("syncs_lost"));
        Assert.Equal("500000000", TableFile.Read(faulty.Csv("servers")).Words("twin_free_lag_hertz")[0]);
    }
}
