using Diten.Runs.Results;
using Microsoft.Data.Sqlite;

namespace Diten.Emulation.Tests.Execution;

/// <summary>A town that was stopped, and what must come of it when it is gone on with: the digest that it should have, or a refusal that says why.</summary>
public abstract class ReadBack(ReadBack.StoppedOnce made) : IClassFixture<ReadBack.StoppedOnce>
{
    protected const string Database = "journal/diten.db", Log = "resume/reports.log";

    private protected StoppedTown Town => made.Town;

    /// <summary>Made once for a class of tests.</summary>
    public sealed class StoppedOnce : IAsyncLifetime
    {
        internal StoppedTown Town { get; private set; } = null!;

        public async Task InitializeAsync() => Town = await StoppedTown.MakeAsync();

        public Task DisposeAsync()
        {
            Town.Dispose();
            return Task.CompletedTask;
        }
    }

    protected async Task ExpectTheSame(string copy, int? from = null)
    {
        var (refusal, digest) = await StoppedTown.ResumeAsync(copy, from);
        Assert.True(refusal is null, refusal);
        Assert.Equal(Town.Digest, digest);
        Assert.False(Directory.Exists(copy + ".partial"));
        Assert.Equal(0L, Sql(copy, connection => Scalar(connection, "SELECT count(*) FROM snapshot"))); // nobody needs them any more
        Assert.Equal(0L, Sql(copy, connection => Scalar(connection, "PRAGMA freelist_count")));
        Assert.Equal(4L * (StoppedTown.Slots + 1), Sql(copy, connection => Scalar(connection, "SELECT count(*) FROM journal WHERE persistence_id LIKE '%/twins-%'")));
        Assert.Equal(StoppedTown.Slots, RunSummary.Read(new RunFolder(copy).SummaryFile).SlotsCompleted);
    }

    protected async Task<string?> ExpectTheSameOrARefusal(string copy, string damage, bool keep = false)
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
            Assert.True(digest == Town.Digest, $"{damage}: another digest, and nothing is said");
            foreach (var table in Directory.GetFiles(new RunFolder(Town.Undisturbed).Tables, "*.csv"))
                Assert.True(
                    File.ReadAllBytes(table).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(new RunFolder(copy).Tables, Path.GetFileName(table)))),
                    $"{damage}: another {Path.GetFileName(table)}, and nothing is said");
        }

        if (!keep)
            Directory.Delete(copy, recursive: true);
        return refusal;
    }

    protected async Task<string> ExpectARefusal(string copy, string said)
    {
        var refusal = await ExpectTheSameOrARefusal(copy, said, keep: true);
        Assert.Contains(said, refusal);
        return refusal!;
    }

    /// <summary>What must be there as it was: all but what the run itself goes on with.</summary>
    protected static Dictionary<string, byte[]> Contents(string folder) => StoppedTown.Files(folder)
        .Where(file => !file.StartsWith("journal", StringComparison.Ordinal) && file != Log)
        .ToDictionary(file => file, file => File.ReadAllBytes(Path.Combine(folder, file)));

    protected static int Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        var rows = command.ExecuteNonQuery();
        Assert.True(rows > 0, sql);
        return rows;
    }

    protected static T Sql<T>(string folder, Func<SqliteConnection, T> use)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, Database)};Pooling=False");
        connection.Open();
        return use(connection);
    }

    protected static object Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }
}
