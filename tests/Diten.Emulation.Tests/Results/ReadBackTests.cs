using Diten.Emulation.Tests.Clusters;
using Diten.Runs.Results;
using Microsoft.Data.Sqlite;

namespace Diten.Emulation.Tests.Results;

/// <summary>Nothing that is read back is believed unchecked: a damaged run goes on to the digest that it should have, or not at all.</summary>
public sealed class ReadBackTests(ReadBackTests.Town town) : IClassFixture<ReadBackTests.Town>
{
    private const string Database = "journal/diten.db", Log = "resume/reports.log";

    /// <summary>Made once.</summary>
    public sealed class Town : IAsyncLifetime
    {
        internal StoppedTown Stopped { get; private set; } = null!;

        public async Task InitializeAsync() => Stopped = await StoppedTown.MakeAsync();

        public Task DisposeAsync()
        {
            Stopped.Dispose();
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_run_that_nothing_happened_to_goes_on() => await ExpectTheSame(town.Stopped.Copy());

    [Theory]
    [InlineData("run.json", 20)]
    [InlineData("scenario.conf", 10)]
    [InlineData(Log, 10)]
    [InlineData(Database, 5)]
    public async Task A_bit_that_flips_in_a_file_changes_nothing_or_is_named(string file, int flips) => await Flip(file, flips, seed: 1);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("run.json", 300)]
    [InlineData("scenario.conf", 100)]
    [InlineData(Log, 200)]
    [InlineData(Database, 120)]
    public async Task Hundreds_of_bits_that_flip_change_nothing_or_are_named(string file, int flips) => await Flip(file, flips, seed: 2);

    [Theory]
    [InlineData("journal", "message", 5)]
    [InlineData("snapshot", "snapshot", 5)]
    public async Task A_bit_that_flips_in_a_row_changes_nothing_or_is_named(string table, string column, int flips) => await FlipRows(table, column, flips, seed: 3);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("journal", "message", 40)]
    [InlineData("snapshot", "snapshot", 40)]
    public async Task Hundreds_of_bits_that_flip_in_rows_change_nothing_or_are_named(string table, string column, int flips) =>
        await FlipRows(table, column, flips, seed: 4);

    [Theory]
    [InlineData("run.json", "cannot be read")]
    [InlineData("scenario.conf", "is empty: its SHA-256 was")]
    [InlineData(Log, "is empty, and the checkpoint is of slot")]
    [InlineData(Database, "knows nothing of run town-seed5")]
    public async Task A_file_that_was_emptied_is_named(string file, string said)
    {
        var copy = town.Stopped.Copy();
        File.WriteAllBytes(Path.Combine(copy, file), []);

        Assert.Contains(said, await ExpectARefusal(copy, Path.GetFileName(file)));
    }

    [Theory]
    [InlineData("run.json")]
    [InlineData("scenario.conf")]
    [InlineData(Log)]
    [InlineData(Database)]
    public async Task A_file_that_is_missing_is_named(string file)
    {
        var copy = town.Stopped.Copy();
        File.Delete(Path.Combine(copy, file));

        await ExpectARefusal(copy, file == Log ? "" : Path.GetFileName(file)); // without a log it is no run that was stopped
    }

    [Theory]
    [InlineData("run.json")]
    [InlineData("scenario.conf")]
    [InlineData(Log)]
    [InlineData(Database)]
    public async Task A_file_that_was_cut_in_half_is_named(string file)
    {
        var copy = town.Stopped.Copy();
        using (var cut = new FileStream(Path.Combine(copy, file), FileMode.Open))
            cut.SetLength(cut.Length / 2);

        await ExpectARefusal(copy, Path.GetFileName(file));
    }

    [Fact]
    public async Task A_checkpoint_that_is_damaged_is_named_and_the_one_before_it_offered()
    {
        var copy = town.Stopped.Copy();
        var slots = Sql(copy, connection => Slots(connection, "zone-2"));
        Assert.Equal(2, slots.Length);
        Sql(copy, connection => Run(connection, $"UPDATE snapshot SET snapshot = zeroblob(length(snapshot)) WHERE persistence_id = 'town-seed5/zone-2' AND sequence_number = {slots[1]}"));

        var said = await ExpectARefusal(copy, Database);
        Assert.Contains($"the checkpoint of slot {slots[1]} of zone 2 of run town-seed5 is damaged", said);
        Assert.Contains($"The checkpoint of slot {slots[0]} is whole: diten resume {copy} --from {slots[0]} goes on from there.", said);
        Assert.Contains($"allowed: {slots[1]}, {slots[0]}, 0, the checkpoints that are kept", (await StoppedTown.ResumeAsync(copy, from: slots[0] + 1)).Refusal);
        await ExpectTheSame(copy, from: slots[0]);
    }

    [Theory]
    [InlineData(false, "resume")]
    [InlineData(true, "train", "--resume")]
    public async Task What_this_machine_cannot_hold_does_not_go_on(bool training, params string[] command)
    {
        var run = new RunFolder(town.Stopped.Copy());
        (RunStart.Read(run) with { Training = training }).Write(run);
        Directory.Delete(Path.GetDirectoryName(run.JournalFile)!, recursive: true); // where the check is broken, nothing shall start

        var said = await Program.Run(2, [.. command, run.Path, "--nodes", "1000000"]);

        Assert.Contains("too large for this machine: 80 devices, 1,000,000 processes need", said);
    }

    [Fact]
    public async Task Where_no_checkpoint_is_whole_the_run_is_offered_from_its_beginning()
    {
        var copy = town.Stopped.Copy();
        Sql(copy, connection => Run(connection, "DELETE FROM snapshot WHERE persistence_id = 'town-seed5/zone-1'"));

        Assert.Contains($"diten resume {copy} --from 0 runs all slots again", await ExpectARefusal(copy, "zone 1 of run town-seed5 is missing"));
        await ExpectTheSame(copy, from: 0);
    }

    [Fact]
    public async Task Without_its_journal_a_run_begins_anew_where_that_is_wanted()
    {
        var copy = town.Stopped.Copy();
        File.WriteAllText(Path.Combine(copy, Database), "this is no database, and much longer than the header of one would be: it is only text, and text, and text");
        Assert.Contains($"Move {Path.Combine(copy, Database)} away; then diten resume {copy} --from 0", await ExpectARefusal(copy, Database));
        File.Delete(Path.Combine(copy, Database));

        await ExpectTheSame(copy, from: 0);
    }

    [Theory]
    [InlineData("UPDATE snapshot SET snapshot = (SELECT snapshot FROM snapshot AS other WHERE other.persistence_id = 'town-seed5/zone-1' AND other.sequence_number = snapshot.sequence_number) WHERE persistence_id = 'town-seed5/zone-0'", "zone 0")]
    [InlineData("UPDATE snapshot SET snapshot = (SELECT snapshot FROM snapshot AS other WHERE other.persistence_id = 'town-seed5/zone-0' ORDER BY sequence_number LIMIT 1) WHERE persistence_id = 'town-seed5/zone-0'", "zone 0")]
    [InlineData("DELETE FROM journal WHERE persistence_id = 'town-seed5/clock' AND sequence_number = 3", "event 3 of town-seed5/clock is missing")]
    [InlineData("UPDATE journal SET deleted = 1 WHERE persistence_id = 'town-seed5/clock' AND sequence_number = 3", "event 3 of town-seed5/clock is missing")]
    [InlineData("UPDATE journal SET manifest = 'je2' WHERE persistence_id = 'town-seed5/clock' AND sequence_number = 3", "event 3 of town-seed5/clock is damaged")]
    [InlineData("UPDATE journal SET sequence_number = sequence_number + 1 WHERE persistence_id = 'town-seed5/twins-3' AND sequence_number = (SELECT max(sequence_number) FROM journal WHERE persistence_id = 'town-seed5/twins-3')", "of the twins of zone 3 of run town-seed5 is of another run, zone or slot")]
    public async Task Rows_that_were_swapped_or_lost_are_named(string sql, string said)
    {
        var copy = town.Stopped.Copy();
        Sql(copy, connection => Run(connection, sql));

        await ExpectARefusal(copy, said);
    }

    [Fact]
    public async Task Files_of_another_run_of_the_same_name_are_named()
    {
        using var other = await StoppedTown.MakeAsync(devices: 81);
        var (journal, log, scenario) = (town.Stopped.Copy(), town.Stopped.Copy(), town.Stopped.Copy());
        File.Copy(Path.Combine(other.Path, Database), Path.Combine(journal, Database), overwrite: true);
        File.Copy(Path.Combine(other.Path, Log), Path.Combine(log, Log), overwrite: true);
        File.Copy(Path.Combine(other.Path, "scenario.conf"), Path.Combine(scenario, "scenario.conf"), overwrite: true);

        await ExpectARefusal(journal, "is of another run: it has the same name, but another scenario or other data files");
        await ExpectARefusal(log, "tell of two runs: they differ in slot 0");
        await ExpectARefusal(scenario, "scenario.conf has changed since the run was begun");
    }

    [Fact]
    public async Task A_data_file_that_changed_is_named_with_what_it_was_and_is()
    {
        using var own = await StoppedTown.MakeAsync();
        var text = File.ReadAllText(own.Sites);
        File.WriteAllText(own.Sites, text.Replace("10.0020,50.0020", "10.0021,50.0020", StringComparison.Ordinal));

        var said = await ExpectARefusal(own.Path, $"{own.Sites} has changed: its SHA-256 was {Hash(text)}, and is {Hash(File.ReadAllText(own.Sites))}.");
        Assert.StartsWith("stations.sites-file: ", said, StringComparison.Ordinal);

        File.WriteAllText(own.Sites, text);
        Assert.Equal((null, own.Digest), await StoppedTown.ResumeAsync(own.Path));
    }

    [Fact]
    public async Task What_an_older_build_wrote_is_refused_and_said_to_be_that()
    {
        var (start, log) = (town.Stopped.Copy(), town.Stopped.Copy());
        File.WriteAllText(Path.Combine(start, "run.json"), """
            { "runId": "town-seed5", "name": "town", "journal": "file", "nodes": 0, "threads": 1, "checkpointEverySlots": 4, "serverRecords": true, "deviceRecordsEvery": 0 }
            """);
        using (var file = new FileStream(Path.Combine(log, Log), FileMode.Open))
        {
            file.Position = 8;
            file.WriteByte(1);
        }

        await ExpectARefusal(start, "was written by an older build of Diten, which kept no checksums");
        await ExpectARefusal(log, "is a log of version 1; this program goes on with logs of version 2 only");
    }

    [Fact]
    public async Task A_run_that_broke_off_before_its_first_slot_begins()
    {
        var copy = town.Stopped.Copy();
        File.WriteAllBytes(Path.Combine(copy, Log), []);
        File.Delete(Path.Combine(copy, Database));

        await ExpectTheSame(copy);
    }

    [Fact]
    public async Task A_resume_that_fails_on_its_way_leaves_the_run_that_was_there()
    {
        var copy = town.Stopped.Copy();
        var before = Contents(copy);
        var run = Diten.Runs.Running.StoppedRun.Open(copy);
        await using (var writer = RunWriter.Resume(copy, run.Input.Describe(run.Input.Ready()), run.Start))
            Assert.False(Directory.Exists(copy));

        Assert.False(Directory.Exists(copy + ".partial"));
        Assert.Equal(before, Contents(copy));
        await ExpectTheSame(copy);
    }

    [Fact]
    public async Task A_resume_that_is_killed_on_its_way_keeps_the_run_that_was_there()
    {
        var copy = town.Stopped.Copy();
        var run = Diten.Runs.Running.StoppedRun.Open(copy);
        var killed = RunWriter.Resume(copy, run.Input.Describe(run.Input.Ready()), run.Start);
        Assert.True(File.Exists(Path.Combine(copy + ".partial", "before", "summary.json")));
        var left = copy + "-left.partial";
        using (var copying = System.Diagnostics.Process.Start("cp", ["-r", copy + ".partial", left])) // files that are open, as a kill would leave them
            await copying.WaitForExitAsync();

        await killed.DisposeAsync();
        var again = Diten.Runs.Running.StoppedRun.Open(copy + "-left");
        await using (RunWriter.Resume(copy + "-left", again.Input.Describe(again.Input.Ready()), again.Start))
        {
        }

        Assert.Equal(Contents(copy), Contents(copy + "-left"));
        await ExpectTheSame(copy + "-left");
        Assert.False(Directory.Exists(Path.Combine(copy + "-left", "before")));
    }

    [Fact]
    public async Task Reports_of_another_run_do_not_become_tables_of_this_one()
    {
        var run = new SyntheticRun(2, 3);
        await using var writer = new RunWriter(town.Stopped.Copy() + "-synthetic", run.Description);
        for (var slot = 0; slot < 3; slot++)
            writer.SlotCompleted(run.Report(slot));

        Assert.Contains("they are of two runs", Assert.Throws<InvalidOperationException>(
            () => writer.Complete(run.Outcome() with { Digest = new byte[32] })).Message);
    }

    private async Task Flip(string file, int flips, int seed)
    {
        var random = new Random(seed);
        for (var flip = 0; flip < flips; flip++)
        {
            var copy = town.Stopped.Copy();
            var path = Path.Combine(copy, file);
            var bytes = File.ReadAllBytes(path);
            var bit = random.NextInt64(bytes.Length * 8L);
            bytes[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            File.WriteAllBytes(path, bytes);
            await ExpectTheSameOrARefusal(copy, $"bit {bit} of {file}");
        }
    }

    private async Task FlipRows(string table, string column, int flips, int seed)
    {
        var random = new Random(seed);
        for (var flip = 0; flip < flips; flip++)
        {
            var copy = town.Stopped.Copy();
            var (row, bit) = Sql(copy, connection =>
            {
                var rows = Convert.ToInt64(Scalar(connection, $"SELECT count(*) FROM {table}"));
                var row = Scalar(connection, $"SELECT rowid FROM {table} LIMIT 1 OFFSET {random.NextInt64(rows)}");
                var bytes = (byte[])Scalar(connection, $"SELECT {column} FROM {table} WHERE rowid = {row}");
                var bit = random.NextInt64(bytes.Length * 8L);
                bytes[bit / 8] ^= (byte)(1 << (int)(bit % 8));
                using var update = connection.CreateCommand();
                update.CommandText = $"UPDATE {table} SET {column} = @bytes WHERE rowid = {row}";
                update.Parameters.AddWithValue("@bytes", bytes);
                Assert.Equal(1, update.ExecuteNonQuery());
                return (row, bit);
            });
            await ExpectTheSameOrARefusal(copy, $"bit {bit} of row {row} of {table}");
        }
    }

    private async Task ExpectTheSame(string copy, int? from = null)
    {
        var (refusal, digest) = await StoppedTown.ResumeAsync(copy, from);
        Assert.True(refusal is null, refusal);
        Assert.Equal(town.Stopped.Digest, digest);
        Assert.False(Directory.Exists(copy + ".partial"));
        Assert.Equal(0L, Sql(copy, connection => Scalar(connection, "SELECT count(*) FROM snapshot"))); // nobody needs them any more
        Assert.Equal(0L, Sql(copy, connection => Scalar(connection, "PRAGMA freelist_count")));
        Assert.Equal(4L * (StoppedTown.Slots + 1), Sql(copy, connection => Scalar(connection, "SELECT count(*) FROM journal WHERE persistence_id LIKE '%/twins-%'")));
        Assert.Equal(StoppedTown.Slots, RunSummary.Read(new RunFolder(copy).SummaryFile).SlotsCompleted);
    }

    private async Task<string?> ExpectTheSameOrARefusal(string copy, string damage, bool keep = false)
    {
        var before = Contents(copy);
        var (refusal, digest) = await StoppedTown.ResumeAsync(copy);
        Assert.True((refusal is null) != (digest is null), damage);
        if (refusal is not null)
        {
            Assert.True(refusal.Length > 40, $"{damage}: {refusal}");
            Assert.DoesNotContain("   at ", refusal);
            foreach (var (file, bytes) in Contents(copy))
                Assert.True(before.Remove(file, out var was) && bytes.AsSpan().SequenceEqual(was), $"{damage}: {file} was changed, and then: {refusal}");
            Assert.Empty(before.Keys);
        }
        else
        {
            Assert.True(digest == town.Stopped.Digest, $"{damage}: another digest, and nothing is said");
            foreach (var table in Directory.GetFiles(new RunFolder(town.Stopped.Undisturbed).Tables, "*.csv"))
                Assert.True(
                    File.ReadAllBytes(table).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(new RunFolder(copy).Tables, Path.GetFileName(table)))),
                    $"{damage}: another {Path.GetFileName(table)}, and nothing is said");
        }

        if (!keep)
            Directory.Delete(copy, recursive: true);
        return refusal;
    }

    private async Task<string> ExpectARefusal(string copy, string said)
    {
        var refusal = await ExpectTheSameOrARefusal(copy, said, keep: true);
        Assert.Contains(said, refusal);
        return refusal!;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    private static int[] Slots(SqliteConnection connection, string zone)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT sequence_number FROM snapshot WHERE persistence_id = 'town-seed5/{zone}' ORDER BY 1";
        using var reader = command.ExecuteReader();
        var slots = new List<int>();
        while (reader.Read())
            slots.Add(reader.GetInt32(0));
        return [.. slots];
    }

    private static int Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        var rows = command.ExecuteNonQuery();
        Assert.True(rows > 0, sql);
        return rows;
    }

    /// <summary>What must be there as it was: all but what the run itself goes on with.</summary>
    private static Dictionary<string, byte[]> Contents(string folder) => StoppedTown.Files(folder)
        .Where(file => !file.StartsWith("journal", StringComparison.Ordinal) && file != Log)
        .ToDictionary(file => file, file => File.ReadAllBytes(Path.Combine(folder, file)));

    private static T Sql<T>(string folder, Func<SqliteConnection, T> use)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, Database)};Pooling=False");
        connection.Open();
        return use(connection);
    }

    private static object Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }
}
