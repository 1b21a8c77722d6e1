using System.Data.Common;
using System.Runtime.Serialization;
using Diten.Actors;
using Diten.Actors.Wire;
using Microsoft.Data.Sqlite;

namespace Diten.Runs.Hosting;

/// <summary>What a journal's database holds of a run, read and checked without actors, before anything of the run is changed.</summary>
internal sealed class StoredRun : IDisposable
{
    /// <summary>See <c>DitenSerializer</c>.</summary>
    private const int SerializerId = 7301;

    private readonly DbConnection _connection;
    private readonly string _place;
    private readonly RunSpec _run;
    private readonly int _zones;

    private StoredRun(JournalLocation location, RunSpec run, int zones)
    {
        (_place, _run, _zones) = (location.Describe(), run, zones);
        _connection = JournalSettings.Open(location);
        try
        {
            if (location is SqliteJournal)
                RequireSound();
            History = JournalTables.Exist(_connection, location) ? ReadHistory() : RunHistory.Empty;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the journal knows of the run; <see cref="RunHistory.Run"/> is null where it knows nothing.</summary>
    public RunHistory History { get; }

    /// <summary>Opens a journal and reads the run's own events.</summary>
    /// <param name="run">The run, as it was begun.</param>
    /// <param name="zones">Zones of its city.</param>
    /// <exception cref="InvalidDataException">The database or these events are damaged, or of another run; the message says which.</exception>
    /// <exception cref="UserErrorException">The database cannot be reached.</exception>
    public static StoredRun Open(JournalLocation location, RunSpec run, int zones) =>
        Checked(location.Describe(), () => new StoredRun(location, run, zones));

    /// <summary>Why the run cannot go on from a checkpoint: what is missing or damaged; null = it can.</summary>
    /// <param name="slot">Its slot; 0 = from the beginning.</param>
    public string? WhyNot(int slot)
    {
        try
        {
            Checked(_place, () =>
            {
                for (var zone = 0; zone < _zones; zone++)
                {
                    if (slot > 0)
                        RequireCheckpoint(zone, slot);
                    if (_run.Options.TwinJournal)
                        RequireTwins(zone, slot);
                }

                if (slot > 0 && _run.Options.Training)
                    RequireLearner(slot);
                return true;
            });
            return null;
        }
        catch (InvalidDataException damaged)
        {
            return damaged.Message;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        SqliteConnection.ClearAllPools(); // the file is the user's again
    }

    private void RequireSound()
    {
        using var rows = Rows("PRAGMA integrity_check(1)").GetEnumerator();
        if (!rows.MoveNext() || rows.Current[0] as string is not "ok")
            throw new InvalidDataException($"it fails SQLite's own check: {rows.Current[0]}");
    }

    private RunHistory ReadHistory()
    {
        var history = RunHistory.Empty;
        foreach (var (number, kept) in Events(RunJournalActor.IdOf(_run.RunId), after: 0))
        {
            history = kept switch
            {
                RunSubmitted submitted when submitted.Run.RunId != _run.RunId || submitted.Run.World != _run.World =>
                    throw new InvalidDataException($"event {number} of run {_run.RunId} is of another run: it has the same name, but another scenario or other data files"),
                CheckpointCommitted committed when (committed.Slot - history.CommittedSlot) * 32 != committed.SlotDigests.Length =>
                    throw new InvalidDataException($"event {number} of run {_run.RunId}, the checkpoint of slot {committed.Slot}, does not follow that of slot {history.CommittedSlot}"),
                RunEvent happened => history.Apply(happened),
                _ => throw new InvalidDataException($"event {number} of run {_run.RunId} is a {kept.GetType().Name}"),
            };
        }

        return history;
    }

    private void RequireCheckpoint(int zone, int slot)
    {
        var what = $"the checkpoint of slot {slot} of zone {zone} of run {_run.RunId}";
        var checkpoint = Snapshot<ZoneCheckpoint>(ZoneStart.CheckpointIdOf(_run.RunId, zone), slot, what);
        if (checkpoint.RunMark != _run.Mark || checkpoint.Zone != zone || checkpoint.Slot != slot)
            throw new InvalidDataException($"{what} is of another run, zone or slot");
    }

    private void RequireLearner(int slot)
    {
        var what = $"the learner's checkpoint of slot {slot} of run {_run.RunId}";
        var checkpoint = Snapshot<LearnerSaved>(ZoneStart.CheckpointIdOf(_run.RunId, _zones), slot, what);
        if (checkpoint.RunMark != _run.Mark || checkpoint.Slot != slot)
            throw new InvalidDataException($"{what} is of another run or slot");
    }

    /// <summary>The twins' journal is whole from where recovery begins: the last snapshot before the slot, or the first event.</summary>
    private void RequireTwins(int zone, int slot)
    {
        var id = ZoneStart.TwinJournalIdOf(_run.RunId, zone);
        var after = 0L;
        if (slot > 0 && Rows(
                "SELECT sequence_number, manifest, serializer_id, snapshot FROM snapshot WHERE persistence_id = @id AND sequence_number <= @number "
                + "ORDER BY sequence_number DESC LIMIT 1", id, TwinJournalActor.SequenceOf(slot - 1)).FirstOrDefault() is { } row)
        {
            after = Convert.ToInt64(row[0], null);
            var what = $"the snapshot {after} of the twins of zone {zone} of run {_run.RunId}";
            if (Kept(row, 1, what) is not TwinsSaved saved || saved.RunMark != _run.Mark || saved.Zone != zone || TwinJournalActor.SequenceOf(saved.Slot - 1) != after)
                throw new InvalidDataException($"{what} is of another run, zone or slot");
        }

        var last = after;
        foreach (var (number, kept) in Events(id, after))
        {
            if (kept is not TwinSlotCommitted happened || happened.RunMark != _run.Mark || happened.Zone != zone
                || TwinJournalActor.SequenceOf(happened.Slot) != number)
                throw new InvalidDataException($"event {number} of the twins of zone {zone} of run {_run.RunId} is of another run, zone or slot");
            last = number;
        }

        if (slot > 0 && last < TwinJournalActor.SequenceOf(slot - 1))
            throw new InvalidDataException($"the journal of the twins of zone {zone} of run {_run.RunId} ends with event {last}, before slot {slot}");
    }

    private T Snapshot<T>(string id, long number, string what)
        where T : class
    {
        var row = Rows("SELECT manifest, serializer_id, snapshot FROM snapshot WHERE persistence_id = @id AND sequence_number = @number", id, number)
            .FirstOrDefault() ?? throw new InvalidDataException($"{what} is missing");
        return Kept(row, 0, what) as T ?? throw new InvalidDataException($"{what} is none");
    }

    /// <summary>Events of an actor after a number, in order, without gaps.</summary>
    private IEnumerable<(long Number, object Kept)> Events(string id, long after)
    {
        var due = after + 1;
        foreach (var row in Rows(
                     "SELECT sequence_number, deleted, manifest, identifier, message FROM journal WHERE persistence_id = @id AND sequence_number > @number "
                     + "ORDER BY sequence_number", id, after))
        {
            var number = Convert.ToInt64(row[0], null);
            if (number != due || Convert.ToBoolean(row[1], null))
                throw new InvalidDataException($"event {due} of {id} is missing");
            yield return (due, Kept(row, 2, $"event {due} of {id}"));
            due++;
        }
    }

    /// <summary>A message that is kept: three columns from <paramref name="at"/> on, manifest, serializer and bytes.</summary>
    private static object Kept(object[] row, int at, string what)
    {
        if (row[at] is not string manifest || Convert.ToInt64(row[at + 1], null) != SerializerId || row[at + 2] is not byte[] bytes)
            throw new InvalidDataException($"{what} is damaged");
        try
        {
            var kept = MessageTable.FromBytes(manifest, bytes);
            return MessageTable.ManifestOf(kept) == manifest ? kept
                : throw new InvalidDataException($"{what} was written by an older build of Diten ('{manifest}'), in a format that runs cannot go on from");
        }
        catch (SerializationException damaged)
        {
            throw new InvalidDataException($"{what} is damaged: {damaged.Message}", damaged);
        }
    }

    private IEnumerable<object[]> Rows(string sql, string? id = null, long? number = null)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        Bind(command, "@id", id);
        Bind(command, "@number", number);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            yield return row;
        }
    }

    private static void Bind(DbCommand command, string name, object? value)
    {
        if (value is null)
            return;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    /// <summary>Whatever a damaged database makes its reader throw is said in one form.</summary>
    private static T Checked<T>(string place, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception damaged) when (damaged is DbException or InvalidDataException or InvalidCastException or FormatException or OverflowException
            or ArgumentException)
        {
            throw new InvalidDataException($"{place}: {damaged.Message.TrimEnd('.')}.", damaged);
        }
    }
}
