using System.Data.Common;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using LinqToDB;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Diten.Runs.Hosting;

/// <summary>
/// How a node keeps events and checkpoints: the journal and the snapshot store of Akka.Persistence.Sql in the database of a
/// <see cref="JournalLocation"/>. Whoever starts a run calls <see cref="Prepare"/> before any node starts; each node calls
/// <see cref="Check"/>, and starts its actor system with both <see cref="For"/> and <see cref="Setup"/>.
/// </summary>
/// <remarks>The connection string, and with it a password, is in the <see cref="Setup"/> only: a logged configuration has none.</remarks>
public static class JournalSettings
{
    /// <summary>HOCON path of the dispatcher of all that waits for the database, with threads of its own.</summary>
    public const string Dispatcher = "diten-disk";

    /// <summary>How long SQLite itself waits for another process to end its write, in ms.</summary>
    private const int BusyMilliseconds = 20_000;

    /// <summary>All of <c>akka.persistence</c>, and the dispatcher that it runs on; <c>hocon/journal.conf</c> says what and why.</summary>
    public static Config For(JournalLocation location) =>
        ConfigurationFactory.ParseString(Databases(location))
            .WithFallback(ConfigurationFactory.ParseString(Defaults()))
            .WithFallback(SqlPersistence.DefaultConfiguration)
            .WithFallback(Persistence.DefaultConfig());

    /// <summary>How the plugins reach the database; goes into the actor system's <see cref="ActorSystemSetup"/>.</summary>
    public static Setup Setup(JournalLocation location) => new DataOptionsSetup(Connections(location));

    internal static DataOptions Connections(JournalLocation location)
    {
        var options = new DataOptions().UseConnectionString(Provider(location), ConnectionString(location, SqliteOpenMode.ReadWrite));
        return location is SqliteJournal ? options.UseAfterConnectionOpened(BeQuickAndPatient) : options;
    }

    /// <summary>Makes the database ready for nodes, once a run: the tables, and for SQLite the file and its write-ahead log.</summary>
    /// <exception cref="UserErrorException">The database cannot be used; the message says which and why.</exception>
    public static void Prepare(JournalLocation location) => Try(location, SqliteOpenMode.ReadWriteCreate, connection =>
    {
        if (location is SqliteJournal)
            WriteAhead(connection);
        if (!JournalTables.Exist(connection, location))
            JournalTables.Create(connection, location);
    });

    /// <summary>
    /// Tries whether a node reaches what <see cref="Prepare"/> made ready. Without it, actors of a node that does not are told one by
    /// one, when they write or their recovery times out.
    /// </summary>
    /// <exception cref="UserErrorException">The database cannot be reached; the message says which and why.</exception>
    public static void Check(JournalLocation location) => Try(location, SqliteOpenMode.ReadWrite, connection =>
    {
        if (!JournalTables.Exist(connection, location))
            throw new IOException("it has no tables of a journal; start the run from one place, and nodes after it");
    });

    /// <summary>A connection to a database that is there; the caller closes it.</summary>
    /// <exception cref="UserErrorException">It cannot be reached; the message says which and why.</exception>
    internal static DbConnection Open(JournalLocation location)
    {
        DbConnection connection = location is SqliteJournal ? new SqliteConnection() : new NpgsqlConnection();
        try
        {
            connection.ConnectionString = ConnectionString(location, SqliteOpenMode.ReadWrite);
            connection.Open();
            return connection;
        }
        catch (Exception refused) when (refused is DbException or UnauthorizedAccessException or IOException)
        {
            connection.Dispose();
            throw new UserErrorException($"The journal cannot be used: {location.Describe()}: {refused.Message}", refused);
        }
    }

    private static void Try(JournalLocation location, SqliteOpenMode mode, Action<DbConnection> use)
    {
        try
        {
            if (location is SqliteJournal { File: var file } && mode == SqliteOpenMode.ReadWriteCreate)
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            using DbConnection connection = location is SqliteJournal ? new SqliteConnection() : new NpgsqlConnection();
            connection.ConnectionString = ConnectionString(location, mode);
            connection.Open();
            use(connection);
        }
        catch (Exception refused) when (refused is DbException or UnauthorizedAccessException or IOException)
        {
            throw new UserErrorException($"The journal cannot be used: {location.Describe()}: {refused.Message}", refused);
        }
    }

    /// <summary>Sets SQLite's file to a write-ahead log for good: readers and one writer do not wait for each other.</summary>
    private static void WriteAhead(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        if (command.ExecuteScalar() is not "wal")
            throw new IOException("no write-ahead log is to be had there; use a local disk");
    }

    /// <param name="mode">Nodes do not create the file of SQLite: a wrong path is an error, and no empty journal.</param>
    private static string ConnectionString(JournalLocation location, SqliteOpenMode mode) => location is PostgresJournal postgres
        ? postgres.ConnectionString
        : new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(((SqliteJournal)location).File), Mode = mode }.ToString();

    /// <summary>
    /// Lets SQLite wait for a busy file by itself, in steps of milliseconds (Microsoft.Data.Sqlite sleeps for 150 ms each time), and
    /// flush at checkpoints of the write-ahead log only: a killed process loses nothing, a power cut the last commits.
    /// </summary>
    private static void BeQuickAndPatient(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA busy_timeout = {BusyMilliseconds}; PRAGMA synchronous = NORMAL";
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// What differs between databases. The provider's name stands here as well as in the <see cref="Setup"/>: some of Akka.Persistence.Sql
    /// asks the one, some the other, and says nothing where it finds none.
    /// </summary>
    private static string Databases(JournalLocation location) => $$"""
        akka.persistence {
          journal.sql {
            provider-name = "{{Provider(location)}}"
            read-isolation-level = {{ReadIsolation(location)}}
          }
          snapshot-store.sql {
            provider-name = "{{Provider(location)}}"
            read-isolation-level = {{ReadIsolation(location)}}
          }
        }
        """;

    /// <summary>The oldest PostgreSQL that has all that is used here: without a version, each node asks for it first.</summary>
    private static string Provider(JournalLocation location) => location switch
    {
        SqliteJournal => ProviderName.SQLiteMS,
        PostgresJournal => ProviderName.PostgreSQL95,
        _ => throw new ArgumentOutOfRangeException(nameof(location), location.GetType(), "No settings are known for this kind of journal."),
    };

    /// <summary>
    /// Microsoft.Data.Sqlite begins any other transaction as a write, so that each read waits for all other processes' writes. What is
    /// not committed stays unseen all the same: SQLite knows nothing less than serializable between connections.
    /// </summary>
    private static string ReadIsolation(JournalLocation location) => location is SqliteJournal ? "read-uncommitted" : "unspecified";

    private static string Defaults()
    {
        using var stream = typeof(JournalSettings).Assembly.GetManifestResourceStream("journal.conf")
            ?? throw new InvalidOperationException("The program lacks its built-in journal.conf.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
