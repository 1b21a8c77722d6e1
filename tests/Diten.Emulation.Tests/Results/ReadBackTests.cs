using Diten.Node.Results;
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
    [InlineData("run.json", 12)]
    [InlineData("scenario.conf", 12)]
    [InlineData(Log, 12)]
    [InlineData(Database, 12)]
    public async Task A_bit_that_flips_in_a_file_changes_nothing_or_is_named(string file, int flips) => await Flip(file, flips, seed: 1);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("run.json", 100)]
    [InlineData("scenario.conf", 100)]
    [InlineData(Log, 200)]
    [InlineData(Database, 400)]
    public async Task Hundreds_of_bits_that_flip_change_nothing_or_are_named(string file, int flips) => await Flip(file, flips, seed: 2);

    [Theory]
    [InlineData("journal", "message", 12)]
    [InlineData("snapshot", "snapshot", 12)]
    public async Task A_bit_that_flips_in_a_row_changes_nothing_or_is_named(string table, string column, int flips) => await FlipRows(table, column, flips, seed: 3);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("journal", "message", 100)]
    [InlineData("snapshot", "snapshot", 100)]
    public async Task Hundreds_of_bits_that_flip_in_rows_change_nothing_or_are_named(string table, string column, int flips) =>
        await FlipRows(table, column, flips, seed: 4);

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
        Assert.Equal(StoppedTown.Slots, RunSummary.Read(new RunFolder(copy).SummaryFile).SlotsCompleted);
    }

    private async Task<string?> ExpectTheSameOrARefusal(string copy, string damage)
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
        }

        Directory.Delete(copy, recursive: true);
        return refusal;
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
