using System.Globalization;
using Diten.Emulation.Tests.Results;
using Diten.Runs.Hosting;
using Npgsql;

namespace Diten.Emulation.Tests.Hosting;

/// <summary>Databases that tests of the journal run on.</summary>
public enum DatabaseKind
{
    Sqlite,

    /// <summary>The one that the environment variable DITEN_TEST_POSTGRES names; <c>.ci/postgres</c> starts one. Its user makes
    /// schemas and roles.</summary>
    Postgres,
}

/// <summary>An empty database for a test, prepared for nodes and removed after it.</summary>
public sealed class TestDatabase : IDisposable
{
    private const string Variable = "DITEN_TEST_POSTGRES";

    private readonly TemporaryFolder? _folder;
    private readonly string? _schema;

    private TestDatabase(JournalLocation location, TemporaryFolder? folder, string? schema) =>
        (Location, _folder, _schema) = (location, folder, schema);

    public JournalLocation Location { get; }

    private string Guest => $"{_schema}_guest";

    /// <exception cref="SkipException">It is PostgreSQL, and no server is there for tests.</exception>
    public static TestDatabase Create(DatabaseKind kind, bool prepare = true)
    {
        var database = kind == DatabaseKind.Sqlite ? CreateFile() : CreateSchema();
        if (prepare)
            JournalSettings.Prepare(database.Location);
        return database;
    }

    /// <summary>Has PostgreSQL close all connections of the nodes of this test, as a restart of the server does.</summary>
    public void BreakConnections() =>
        Execute(ServerOfTests(), $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{_schema}'");

    /// <summary>The same PostgreSQL for a user that owns nothing.</summary>
    /// <param name="grants">SQL that gives it rights; {0} stands for its name.</param>
    public JournalLocation LocationOfGuest(string grants)
    {
        var password = Guid.NewGuid().ToString("N");
        var owner = ((PostgresJournal)Location).ConnectionString;
        Execute(owner, $"CREATE ROLE {Guest} LOGIN PASSWORD '{password}'");
        Execute(owner, $"GRANT USAGE ON SCHEMA {_schema} TO {Guest}");
        Execute(owner, grants.Replace("{0}", Guest));
        return new PostgresJournal(new NpgsqlConnectionStringBuilder(owner) { Username = Guest, Password = password }.ToString());
    }

    public void Dispose()
    {
        _folder?.Dispose();
        if (_schema is not null)
        {
            // Nodes end at once: what they had asked for last may still be going on, and would be in the way of what follows.
            // Not what the guest asks for, whose connections this user may not end: its nodes live in the test's own process.
            Execute(ServerOfTests(), $"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = '{_schema}' AND usename = current_user");
            Execute(ServerOfTests(), $"DROP SCHEMA {_schema} CASCADE; DROP ROLE IF EXISTS {Guest}");
        }
    }

    private static TestDatabase CreateFile()
    {
        var folder = new TemporaryFolder();
        return new TestDatabase(new SqliteJournal(folder.At("journal.db")), folder, schema: null);
    }

    private static TestDatabase CreateSchema()
    {
        var server = ServerOfTests();
        var schema = string.Create(CultureInfo.InvariantCulture, $"test_{Guid.NewGuid():N}");
        Execute(server, $"CREATE SCHEMA {schema}");
        return new TestDatabase(new PostgresJournal($"{server};Search Path={schema};Application Name={schema}"), folder: null, schema);
    }

    private static string ServerOfTests()
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(server), $"{Variable} is not set: run  eval \"$(.ci/postgres start)\"  first.");
        return server!;
    }

    private static void Execute(string server, string sql)
    {
        using var connection = new NpgsqlConnection(server);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
