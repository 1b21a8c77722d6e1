using Akka.Actor;
using Akka.Persistence;
using Diten.Runs;
using Diten.Runs.Hosting;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Diten.Emulation.Tests.Hosting;

/// <summary>What nodes rely on in the journal, on both databases.</summary>
public sealed class JournalTests
{
    public static TheoryData<DatabaseKind> Databases => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    [SkippableTheory]
    [MemberData(nameof(Databases))]
    public void What_was_written_is_there_in_the_next_life_of_the_node(DatabaseKind kind)
    {
        using var database = TestDatabase.Create(kind);
        using (var first = new TestNode(database.Location))
        {
            var (notebook, opened) = first.Open("zone-1");
            Assert.Equal((0, 0), (opened.SequenceNumber, opened.Texts.Count));
            Assert.Equal([1, 2], [first.Write(notebook, "one"), first.Write(notebook, "two")]);
            first.Stop(notebook);
            Assert.Equal(["one", "two"], first.Open("zone-1").Opened.Texts);
        }

        using var second = new TestNode(database.Location);
        var (again, recovered) = second.Open("zone-1");

        Assert.Equal(["one", "two"], recovered.Texts);
        Assert.Equal(3, second.Write(again, "three"));
    }

    /// <summary>A zone that comes back to a node finds its events of both stays, and of the stay on another node in between.</summary>
    [SkippableTheory]
    [MemberData(nameof(Databases))]
    public void An_actor_that_moves_away_and_comes_back_keeps_all_its_events(DatabaseKind kind)
    {
        using var database = TestDatabase.Create(kind);
        using TestNode here = new(database.Location), there = new(database.Location);
        foreach (var (node, text) in new[] { (here, "one"), (there, "two"), (here, "three") })
        {
            var (notebook, _) = node.Open("zone-1");
            node.Write(notebook, text);
            node.Stop(notebook);
        }

        Assert.Equal(["one", "two", "three"], there.Open("zone-1").Opened.Texts);
    }

    /// <summary>The fence against two clocks: sequence numbers are a key of the database.</summary>
    [SkippableTheory]
    [MemberData(nameof(Databases))]
    public void Of_two_writers_of_one_event_the_second_fails_and_is_stopped(DatabaseKind kind)
    {
        using var database = TestDatabase.Create(kind);
        using TestNode quick = new(database.Location), slow = new(database.Location);
        var (winner, _) = quick.Open("clock");
        var (loser, _) = slow.Open("clock");
        quick.Write(winner, "epoch 1 of the quick");

        slow.Watch(loser);
        loser.Tell(new Note("epoch 1 of the slow"));
        var refused = slow.Next<Refused>();

        Assert.Equal(("failed", 1), (refused.How, refused.SequenceNumber));
        if (kind == DatabaseKind.Sqlite)
            Assert.Equal(19, Assert.IsType<SqliteException>(refused.Cause).SqliteErrorCode);   // SQLITE_CONSTRAINT
        else
            Assert.Equal("23505", Assert.IsType<PostgresException>(refused.Cause).SqlState);   // unique_violation
        Assert.Equal(loser, slow.Next<Terminated>().ActorRef);
        Assert.Equal(["epoch 1 of the quick"], slow.Open("clock").Opened.Texts);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases))]
    public async Task Nodes_that_start_at_once_on_an_empty_database_share_it(DatabaseKind kind)
    {
        const int Nodes = 3, Notebooks = 4, NotesEach = 10;
        using var database = TestDatabase.Create(kind, prepare: false);

        // One thread a node: the inbox blocks.
        await Task.WhenAll(Enumerable.Range(0, Nodes).Select(number => Task.Factory.StartNew(
            () =>
            {
                JournalSettings.Prepare(database.Location);
                using var node = new TestNode(database.Location);
                var notebooks = Enumerable.Range(0, Notebooks).Select(each => node.Open($"{number}-{each}").Notebook).ToArray();
                foreach (var notebook in notebooks)
                    for (var note = 0; note < NotesEach; note++)
                        notebook.Tell(new Note($"{note}"));
                for (var written = 0; written < Notebooks * NotesEach; written++)
                    node.Next<Written>();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        using var reader = new TestNode(database.Location);
        Assert.Equal(Enumerable.Range(0, NotesEach).Select(note => $"{note}"), reader.Open("2-3").Opened.Texts);
    }

    /// <summary>Nothing is written in a format that nobody decided on, with Akka's own setting <c>serializer = json</c> about.</summary>
    [SkippableTheory]
    [MemberData(nameof(Databases))]
    public void What_has_no_format_of_ours_is_refused(DatabaseKind kind)
    {
        using var database = TestDatabase.Create(kind);
        using var node = new TestNode(database.Location);
        var (notebook, _) = node.Open("zone-1");

        notebook.Tell(new Scribble("?"));

        var refused = node.Next<Refused>();
        Assert.Equal(("rejected", 1), (refused.How, refused.SequenceNumber));
        Assert.IsType<NotSupportedException>(refused.Cause);
        var failure = Assert.IsType<SaveSnapshotFailure>(
            node.Ask(new SaveSnapshot(new SnapshotMetadata("zone-1", 1, DateTime.UtcNow), new Scribble("?"))));
        Assert.IsType<NotSupportedException>(failure.Cause);
    }

    [Fact]
    public void A_server_that_is_not_there_is_told_to_the_launcher_and_to_actors()
    {
        var nowhere = new PostgresJournal("Host=127.0.0.1;Port=1;Database=diten;Username=ada;Password=s3cret");

        foreach (var attempt in new Action<JournalLocation>[] { JournalSettings.Prepare, JournalSettings.Check })
            Assert.StartsWith(
                "The journal cannot be used: PostgreSQL database diten on 127.0.0.1:1 as ada: ",
                Assert.Throws<UserErrorException>(() => attempt(nowhere)).Message);

        using var node = new TestNode(nowhere);
        node.Start("zone-1");
        Assert.Equal("recovery failed", node.Next<Refused>().How);
    }

    /// <summary>A failed write stops the actor; its next life writes again, over a new connection.</summary>
    [SkippableFact]
    public void A_connection_that_breaks_fails_one_write_and_not_the_node()
    {
        using var database = TestDatabase.Create(DatabaseKind.Postgres);
        using var node = new TestNode(database.Location);
        var (notebook, _) = node.Open("zone-1");
        node.Write(notebook, "one");

        database.BreakConnections();
        notebook.Tell(new Note("two"));
        var refused = node.Next<Refused>();
        Assert.Equal(("failed", 2), (refused.How, refused.SequenceNumber));

        var (again, recovered) = node.Open("zone-1");
        Assert.Equal(["one"], recovered.Texts);
        Assert.Equal(2, node.Write(again, "two"));
    }

    /// <summary>The rights that hocon/postgres.conf names.</summary>
    [SkippableFact]
    public void A_user_that_may_not_create_tables_runs_on_those_that_are_there()
    {
        using var database = TestDatabase.Create(DatabaseKind.Postgres);
        var location = database.LocationOfGuest(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON journal, snapshot TO {0}; GRANT USAGE ON SEQUENCE journal_ordering_seq TO {0}");

        JournalSettings.Prepare(location);
        JournalSettings.Check(location);
        using var node = new TestNode(location);
        node.Write(node.Open("zone-1").Notebook, "one");
        Assert.IsType<SaveSnapshotSuccess>(
            node.Ask(new SaveSnapshot(new SnapshotMetadata("zone-1", 1, DateTime.UtcNow), new Notes(["one"]))));
    }
}
