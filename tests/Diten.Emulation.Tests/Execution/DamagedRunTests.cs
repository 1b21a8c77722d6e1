using Microsoft.Data.Sqlite;

namespace Diten.Emulation.Tests.Execution;

/// <summary>Files of a run that were emptied, cut, swapped, lost or changed are named, and what can be done about it.</summary>
public sealed class DamagedRunTests(ReadBack.StoppedOnce made) : ReadBack(made)
{
    [Theory]
    [InlineData("run.json", "cannot be read")]
    [InlineData("scenario.conf", "is empty: its SHA-256 was")]
    [InlineData(Log, "is empty, and the checkpoint is of slot")]
    [InlineData(Database, "knows nothing of run town-seed5")]
    public async Task A_file_that_was_emptied_is_named(string file, string said)
    {
        var copy = Town.Copy();
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
        var copy = Town.Copy();
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
        var copy = Town.Copy();
        using (var cut = new FileStream(Path.Combine(copy, file), FileMode.Open))
            cut.SetLength(cut.Length / 2);

        await ExpectARefusal(copy, Path.GetFileName(file));
    }

    [Fact]
    public async Task A_checkpoint_that_is_damaged_is_named_and_the_one_before_it_offered()
    {
        var copy = Town.Copy();
        var slots = Sql(copy, connection => Slots(connection, "zone-2"))[^2..]; // one that is dropped may not be gone yet
        Sql(copy, connection => Run(connection, $"UPDATE snapshot SET snapshot = zeroblob(length(snapshot)) WHERE persistence_id = 'town-seed5/zone-2' AND sequence_number = {slots[1]}"));

        var said = await ExpectARefusal(copy, Database);
        Assert.Contains($"the checkpoint of slot {slots[1]} of zone 2 of run town-seed5 is damaged", said);
        Assert.Contains($"The checkpoint of slot {slots[0]} is whole: diten resume {copy} --from {slots[0]} goes on from there.", said);
        Assert.Contains($"allowed: {slots[1]}, {slots[0]}, 0, the checkpoints that are kept", (await StoppedTown.ResumeAsync(copy, from: slots[0] + 1)).Refusal);
        await ExpectTheSame(copy, from: slots[0]);
    }

    [Fact]
    public async Task Where_no_checkpoint_is_whole_the_run_is_offered_from_its_beginning()
    {
        var copy = Town.Copy();
        Sql(copy, connection => Run(connection, "DELETE FROM snapshot WHERE persistence_id = 'town-seed5/zone-1'"));

        Assert.Contains($"diten resume {copy} --from 0 runs all slots again", await ExpectARefusal(copy, "zone 1 of run town-seed5 is missing"));
        await ExpectTheSame(copy, from: 0);
    }

    [Fact]
    public async Task Without_its_journal_a_run_begins_anew_where_that_is_wanted()
    {
        var copy = Town.Copy();
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
        var copy = Town.Copy();
        Sql(copy, connection => Run(connection, sql));

        await ExpectARefusal(copy, said);
    }

    [Fact]
    public async Task Files_of_another_run_of_the_same_name_are_named()
    {
        using var other = await StoppedTown.MakeAsync(devices: 81);
        var (journal, log, scenario) = (Town.Copy(), Town.Copy(), Town.Copy());
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
        var (start, log) = (Town.Copy(), Town.Copy());
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
}
