using System.Data.Common;

namespace Diten.Runs.Hosting;

/// <summary>
/// The tables of Akka.Persistence.Sql, made here and not by its nodes: nodes that start at once on an empty PostgreSQL make them against
/// each other, each start would need the owner's rights, and the key that keeps two writers apart is worth to be seen. Two indices on
/// times and numbers alone that nobody here asks for are left out.
/// </summary>
internal static class JournalTables
{
    /// <summary>Any number will do, as long as all who make the tables on one PostgreSQL wait on the same.</summary>
    private const long Lock = 0x446974656E;

    /// <summary>Are both tables there?</summary>
    public static bool Exist(DbConnection connection, JournalLocation location) => Convert.ToInt32(
        Run(connection, location is SqliteJournal
            ? "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('journal', 'snapshot')"
            : "SELECT count(*) FROM (VALUES (to_regclass('journal')), (to_regclass('snapshot'))) AS found (name) WHERE name IS NOT NULL"),
        provider: null) == 2;

    /// <summary>Makes what is missing, whoever else does the same just now.</summary>
    public static void Create(DbConnection connection, JournalLocation location)
    {
        using var transaction = connection.BeginTransaction();
        if (location is PostgresJournal)
            Run(connection, $"SELECT pg_advisory_xact_lock({Lock})", transaction);
        Run(connection, Sql(location), transaction);
        transaction.Commit();
    }

    private static string Sql(JournalLocation location)
    {
        var (ordering, bytes) = location is SqliteJournal
            ? ("INTEGER PRIMARY KEY AUTOINCREMENT", "BLOB") : ("BIGSERIAL PRIMARY KEY", "BYTEA");
        return $"""
            CREATE TABLE IF NOT EXISTS journal (
              ordering {ordering},
              created BIGINT NOT NULL,
              deleted BOOLEAN NOT NULL,
              persistence_id TEXT NOT NULL,
              sequence_number BIGINT NOT NULL,
              message {bytes} NOT NULL,
              tags TEXT,
              manifest TEXT,
              identifier INTEGER,
              writer_uuid TEXT,
              UNIQUE (persistence_id, sequence_number));
            CREATE TABLE IF NOT EXISTS snapshot (
              persistence_id TEXT NOT NULL,
              sequence_number BIGINT NOT NULL,
              created BIGINT NOT NULL,
              snapshot {bytes},
              manifest TEXT,
              serializer_id INTEGER,
              PRIMARY KEY (persistence_id, sequence_number));
            """;
    }

    private static object? Run(DbConnection connection, string sql, DbTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        return command.ExecuteScalar();
    }
}
