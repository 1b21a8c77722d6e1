using Akka.Actor;
using Akka.Persistence;
using Diten.Emulation.Tests.Results;
using Diten.Runs;
using Diten.Runs.Hosting;
using LinqToDB;
using Microsoft.Data.Sqlite;

namespace Diten.Emulation.Tests.Hosting;

/// <summary>Several processes on one file, and disks that fail.</summary>
public sealed class SqliteJournalTests : IDisposable
{
    private readonly TestDatabase _database = TestDatabase.Create(DatabaseKind.Sqlite);

    private string File => ((SqliteJournal)_database.Location).File;

    public void Dispose() => _database.Dispose();

    [Fact]
    public void A_node_recovers_while_another_process_writes_and_its_own_write_waits_its_turn()
    {
        using var node = new TestNode(_database.Location);
        var (notebook, _) = node.Open("zone-1");
        node.Write(notebook, "one");
        node.Stop(notebook);
        using var other = OpenFile(File);
        Execute(other, "BEGIN IMMEDIATE");

        var (again, recovered) = node.Open("zone-1");
        again.Tell(new Note("two"));
        Assert.Equal(["one"], recovered.Texts);
        Execute(other, "COMMIT");

        Assert.Equal(2, node.Next<Written>().SequenceNumber);
    }

    [Fact]
    public void The_file_keeps_its_write_ahead_log_for_all_that_open_it_later()
    {
        using (var node = new TestNode(_database.Location))
            node.Open("zone-1");

        using var later = OpenFile(File);
        using var command = later.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        Assert.Equal("wal", command.ExecuteScalar());
    }

    /// <summary>SQLite reports a file at its allowed size as it reports a disk without room.</summary>
    [Fact]
    public void A_full_disk_reaches_the_writer_of_an_event_and_of_a_checkpoint()
    {
        using (var node = new TestNode(_database.Location))
            node.Open("zone-1");
        using var full = new TestNode(_database.Location, options => options.UseAfterConnectionOpened(
            connection => Execute((SqliteConnection)connection, "PRAGMA max_page_count = 1")));
        var (notebook, _) = full.Open("zone-1");
        var long_ = new string('x', 100_000);

        notebook.Tell(new Note(long_));
        var refused = full.Next<Refused>();
        Assert.Equal(("failed", 1), (refused.How, refused.SequenceNumber));
        Assert.Equal(13, Assert.IsType<SqliteException>(refused.Cause).SqliteErrorCode);   // SQLITE_FULL

        var snapshot = full.Ask(new SaveSnapshot(new SnapshotMetadata("zone-1", 1, DateTime.UtcNow), new Notes([long_])));
        Assert.Equal(13, Assert.IsType<SqliteException>(Assert.IsType<SaveSnapshotFailure>(snapshot).Cause).SqliteErrorCode);
    }

    [Fact]
    public void A_node_makes_no_journal_where_none_was_prepared()
    {
        using var folder = new TemporaryFolder();
        var nowhere = new SqliteJournal(folder.At("journal.db"));

        var error = Assert.Throws<UserErrorException>(() => JournalSettings.Check(nowhere));
        Assert.StartsWith($"The journal cannot be used: SQLite file {nowhere.File}: ", error.Message);
        System.IO.File.WriteAllText(folder.At("empty.db"), "");
        Assert.EndsWith(
            "it has no tables of a journal; start the run from one place, and nodes after it",
            Assert.Throws<UserErrorException>(() => JournalSettings.Check(new SqliteJournal(folder.At("empty.db")))).Message);

        using var node = new TestNode(nowhere);
        node.Start("zone-1");
        Assert.Equal("recovery failed", node.Next<Refused>().How);
        Assert.False(System.IO.File.Exists(nowhere.File));
    }

    [Fact]
    public void A_place_that_cannot_hold_a_journal_is_an_error_that_names_it()
    {
        using var folder = new TemporaryFolder();
        System.IO.File.WriteAllText(folder.At("file"), "This is no database, and no folder.");

        foreach (var place in new[] { folder.At("file"), folder.At("file", "journal.db") })
        {
            var error = Assert.Throws<UserErrorException>(() => JournalSettings.Prepare(new SqliteJournal(place)));
            Assert.StartsWith($"The journal cannot be used: SQLite file {place}: ", error.Message);
        }
    }

    /// <summary>Tables of our own, as long as Akka.Persistence.Sql asks for no other columns.</summary>
    [Fact]
    public void The_tables_have_the_columns_that_the_plugins_would_make_themselves()
    {
        using var folder = new TemporaryFolder();
        var theirs = new SqliteJournal(folder.At("theirs.db"));
        System.IO.File.WriteAllText(theirs.File, "");
        using (var node = new TestNode(theirs, settings: """
            akka.persistence.journal.sql.auto-initialize = true
            akka.persistence.snapshot-store.sql.auto-initialize = true
            """))
            node.Open("zone-1");

        Assert.NotEmpty(Columns(theirs.File));
        Assert.Equal(Columns(theirs.File), Columns(File));
    }

    private static List<string> Columns(string file)
    {
        using var connection = OpenFile(file);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) c "
            + "WHERE t.name IN ('journal', 'snapshot') ORDER BY t.name, c.cid";
        using var reader = command.ExecuteReader();
        List<string> columns = [];
        while (reader.Read())
            columns.Add(reader.GetString(0));
        return columns;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection OpenFile(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }
}
