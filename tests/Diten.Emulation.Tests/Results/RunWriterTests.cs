using System.Diagnostics;
using Diten.Runs.Results;
using Parquet;

namespace Diten.Emulation.Tests.Results;

public sealed class RunWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("slots")]
    [InlineData("servers")]
    [InlineData("devices")]
    [InlineData("stations")]
    [InlineData("station_stretches")]
    [InlineData("server_means")]
    [InlineData("latencies")]
    public async Task A_table_says_the_same_as_csv_and_as_parquet(string table)
    {
        var run = new RunFolder(new SyntheticRun(side: 4, slots: 6, devices: 5).WriteTo(_folder.At("run")));
        var csv = TableFile.Read(run.Csv(table));

        await using var parquet = await ParquetReader.CreateAsync(run.Parquet(table));
        var fields = parquet.Schema.DataFields;

        Assert.Equal(csv.Names, fields.Select(f => f.Name));
        using var group = parquet.OpenRowGroupReader(0);
        Assert.Equal(csv.Count, group.RowCount);
        foreach (var field in fields)
        {
            if (field.Name is "outcome" or "digest" or "by")
            {
                var words = new string[csv.Count];
                await group.ReadAsync(field, words);
                Assert.Equal(csv.Words(field.Name), words);
            }
            else
            {
                Assert.Equal(csv.Numbers(field.Name), await Numbers(group, field, csv.Count));
            }
        }
    }

    [Fact]
    public void Two_runs_of_one_scenario_write_the_same_bytes()
    {
        var first = new RunFolder(new SyntheticRun(4, 5, devices: 3).WriteTo(_folder.At("first")));
        var second = new RunFolder(new SyntheticRun(4, 5, devices: 3).WriteTo(_folder.At("second")));

        var files = Directory.GetFiles(first.Tables).Append(first.StationDigestsFile).Append(first.ScenarioFile).ToArray();
        Assert.Equal(17, files.Length);
        foreach (var file in files)
        {
            var other = Path.Combine(second.Path, Path.GetRelativePath(first.Path, file));
            Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(other)), file);
        }
    }

    [Fact]
    public async Task A_thousand_stations_and_a_hundred_slots_are_written_fast_and_in_row_groups()
    {
        var made = new SyntheticRun(side: 32, slots: 100);
        var reports = Enumerable.Range(0, 100).Select(made.Report).ToArray();
        var writer = new RunWriter(_folder.At("run"), made.Description);

        var watch = Stopwatch.StartNew();
        foreach (var report in reports)
            writer.SlotCompleted(report);
        writer.Complete(made.Outcome());

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"102,400 server rows took {watch.Elapsed}.");   // 1 s on a quiet machine
        await using var parquet = await ParquetReader.CreateAsync(new RunFolder(_folder.At("run")).Parquet("servers"));
        Assert.Equal(2, parquet.RowGroupCount);
    }

    [Fact]
    public async Task Numbers_read_back_to_the_same_bits_with_a_point_whatever_the_culture()
    {
        var run = new SyntheticRun(2, 1);
        await using var writer = new RunWriter(_folder.At("run"), run.Description);
        var report = run.Report(0);
        var third = report.Servers[1] with { FreeHertz = 1e10 / 3, TwinFreeHertz = double.Epsilon, Utilisation = 0.1 + 0.2 };
        report.Servers[1] = third;

        writer.SlotCompleted(report);
        writer.Complete(run.Outcome());

        var table = TableFile.Read(new RunFolder(_folder.At("run")).Csv("servers"));
        Assert.Equal(third.FreeHertz, table.Numbers("free_hertz")[1]);
        Assert.Equal(double.Epsilon, table.Numbers("twin_free_hertz")[1]);
        Assert.Equal("0.30000000000000004", table.Words("utilisation")[1]);
        var bytes = File.ReadAllBytes(new RunFolder(_folder.At("run")).Csv("servers"));
        Assert.Equal((byte)'s', bytes[0]);   // no byte-order mark
        Assert.DoesNotContain((byte)'\r', bytes);
    }

    [Fact]
    public async Task A_run_that_fails_leaves_nothing()
    {
        var run = new SyntheticRun(2, 3);
        await using (var writer = new RunWriter(_folder.At("run"), run.Description))
        {
            writer.SlotCompleted(run.Report(0));
            Assert.Equal([_folder.At("run.partial")], Directory.GetFileSystemEntries(_folder.Path));
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_cancelled_run_is_whole_and_says_so()
    {
        var run = new SyntheticRun(2, 3);
        await using var writer = new RunWriter(_folder.At("run"), run.Description with { Scenario = run.Description.Scenario with { Slots = 9 } });
        for (var slot = 0; slot < 3; slot++)
            writer.SlotCompleted(run.Report(slot));

        writer.Complete(run.Outcome(cancelled: true));

        var summary = RunSummary.Read(RunFolder.Open(_folder.At("run")).SummaryFile);
        Assert.True(summary.Cancelled);
        Assert.Equal((9, 3), (summary.Slots, summary.SlotsCompleted));
        Assert.Equal(3, TableFile.Read(new RunFolder(_folder.At("run")).Csv("slots")).Count);
        using var digests = StationDigests.Open(new RunFolder(_folder.At("run")).StationDigestsFile, out var slots, out var stations);
        Assert.Equal((3, 4), (slots, stations));
    }

    [Fact]
    public void A_folder_that_holds_something_is_refused()
    {
        var run = new SyntheticRun(2, 1);
        run.WriteTo(_folder.At("run"));
        Directory.CreateDirectory(_folder.At("home"));
        File.WriteAllText(_folder.At("home", "thesis.tex"), "");

        var refused = Assert.Throws<IOException>(() => new RunWriter(_folder.At("run"), run.Description));
        Assert.Contains("is not empty", refused.Message);
        Assert.Throws<IOException>(() => new RunWriter(_folder.At("home"), run.Description, overwrite: true));
        Assert.False(Directory.Exists(_folder.At("run.partial")));
    }

    [Fact]
    public void An_earlier_run_is_replaced_where_that_is_asked_for()
    {
        new SyntheticRun(2, 1).WriteTo(_folder.At("run"));

        new SyntheticRun(2, 3).WriteTo(_folder.At("run"), overwrite: true);

        Assert.Equal(3, RunSummary.Read(RunFolder.Open(_folder.At("run")).SummaryFile).SlotsCompleted);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task What_a_killed_run_left_is_cleared_away_but_not_what_a_live_one_writes()
    {
        var run = new SyntheticRun(2, 1);
        Directory.CreateDirectory(_folder.At("dead.partial", "tables"));
        File.WriteAllText(_folder.At("dead.partial", "lock"), "");
        run.WriteTo(_folder.At("dead"));
        await using var live = new RunWriter(_folder.At("live"), run.Description);

        Assert.Contains("Another run", Assert.Throws<IOException>(() => new RunWriter(_folder.At("live"), run.Description)).Message);
    }

    [Fact]
    public async Task Slots_out_of_order_fail_the_run()
    {
        var run = new SyntheticRun(2, 3);
        await using var writer = new RunWriter(_folder.At("run"), run.Description);
        writer.SlotCompleted(run.Report(0));

        Assert.Throws<InvalidOperationException>(() => writer.SlotCompleted(run.Report(2)));
    }

    private static async Task<double[]> Numbers(ParquetRowGroupReader group, Parquet.Schema.DataField field, int count)
    {
        if (field.ClrType == typeof(int))
            return [.. (await Read<int>(group, field, count)).Select(v => (double)v)];
        return field.ClrType == typeof(long)
            ? [.. (await Read<long>(group, field, count)).Select(v => (double)v)]
            : await Read<double>(group, field, count);
    }

    private static async Task<T[]> Read<T>(ParquetRowGroupReader group, Parquet.Schema.DataField field, int count)
        where T : struct
    {
        var values = new T[count];
        await group.ReadAsync<T>(field, values.AsMemory());
        return values;
    }
}
