using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Diten.Emulation.Tests.Results;
using Diten.Runs.Results;
using Microsoft.Data.Sqlite;

namespace Diten.Emulation.Tests.Clusters;

/// <summary><c>diten twin</c> rebuilds from the journal what the tables say.</summary>
[Collection(OneAtATime.Name)]
public sealed class TwinTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [Trait("Takes", "Seconds")]
    [InlineData("ewma", "emergent", "--nodes", "2", "--checkpoint-every", "20")]
    [InlineData("kalman", "emergent")]
    [InlineData("last-value", "injected")]
    public async Task The_journal_says_the_same_as_the_tables_at_a_thousand_slots_and_servers(string estimator, string deviation, params string[] options)
    {
        await Program.Run(0, ["run", Scenario(estimator, deviation), "--out", _folder.At("run"), "--quiet", .. options]);
        var rows = ReadServers();
        var draw = new Random(17);
        var looked = 0;
        foreach (var server in Enumerable.Range(0, 25))
        {
            var slots = (await Program.Run(0, "twin", _folder.At("run"), $"{server}", "--json")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(60, slots.Length);
            for (var look = 0; look < 40; look++, looked++)
            {
                var slot = draw.Next(60);
                using var told = JsonDocument.Parse(slots[slot]);
                var row = rows[(slot, server)];
                foreach (var (key, column) in (ReadOnlySpan<(string, string)>)
                         [
                             ("freeHertz", "free_hertz"), ("tasks", "tasks"), ("deviationHertz", "deviation_hertz"), ("twinFreeHertz", "twin_free_hertz"),
                             ("twinTasks", "twin_tasks"), ("twinDeviationHertz", "twin_deviation_hertz"), ("twinAgeSlots", "twin_age_slots"),
                         ])
                    Assert.Equal(BitConverter.DoubleToInt64Bits(row[column]), BitConverter.DoubleToInt64Bits(told.RootElement.GetProperty(key).GetDouble()));
            }
        }

        Assert.Equal(1000, looked);
    }

    [Fact]
    public async Task One_slot_is_told_in_words_and_drawn()
    {
        await Program.Run(0, "run", Scenario("last-value", "emergent"), "--out", _folder.At("run"), "--quiet", "--set", "slots=20");

        var told = await Program.Run(0, "twin", _folder.At("run"), "7", "--at", "12", "--out", _folder.At("plots"));

        var row = ReadServers()[(12, 7)];
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{row["free_hertz"] / 1e9:F3} GHz"), told);
        foreach (var slot in (int[])[10, 11, 12, 13, 14])
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"in slot {slot} "), told);
        Assert.Contains("12, of slot 11", told);
        Assert.Contains("took over sync 13, of slot 12", told);
        Assert.True(new FileInfo(_folder.At("plots", "twin-7.png")).Length > 1000);
        var drawn = XDocument.Load(_folder.At("plots", "twin-7.svg"));
        string[] texts = [.. drawn.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];
        Assert.Single(texts, "Free CPU of server 7");
        Assert.Single(texts, "Tasks on server 7");
        Assert.Equal(2, texts.Count(text => text == "slot 12"));
        Assert.Contains("in slot 0 ", await Program.Run(0, "twin", _folder.At("run"), "7", "--at", "0", "--out", _folder.At("plots")));
        Assert.Contains("in slot 19 ", await Program.Run(0, "twin", _folder.At("run"), "7", "--at", "19", "--out", _folder.At("plots")));
    }

    [Fact]
    public async Task A_whole_run_is_summed_up_also_where_it_broke_off()
    {
        await Program.Run(0, "run", Scenario("last-value", "emergent"), "--out", _folder.At("run"), "--quiet", "--set", "slots=20");
        double[] errors = [.. ReadServers().Where(row => row.Key.Server == 7).Select(row => Math.Abs(row.Value["free_hertz"] - row.Value["twin_free_hertz"]))];
        Directory.Move(_folder.At("run"), _folder.At("run.partial"));
        File.Delete(_folder.At("run.partial", "summary.json"));

        var told = await Program.Run(0, "twin", _folder.At("run"), "7");

        Assert.Contains("server 7, slots 0 to 19", told);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{errors.Average() / 1e9:F3} GHz"), told);
        Assert.True(File.Exists(_folder.At("run.partial", "plots", "twin-7.svg")));
        Assert.False(Directory.Exists(_folder.At("run")));
    }

    [Fact]
    public async Task Mistakes_are_told()
    {
        await Program.Run(0, "run", Scenario("last-value", "emergent"), "--out", _folder.At("run"), "--quiet", "--set", "slots=20");
        await Program.Run(0, "run", Scenario("last-value", "emergent"), "--out", _folder.At("bare"), "--quiet", "--set", "slots=20", "--checkpoint-every", "0");
        await Program.Run(
            0, "run", Scenario("last-value", "emergent"), "--out", _folder.At("away"), "--quiet", "--set", "slots=20", "--journal", "sqlite:" + _folder.At("away.db"));

        Assert.Contains("SERVER: found 25; allowed: 0 to 24.", await Program.Run(2, "twin", _folder.At("run"), "25"));
        Assert.Contains("SERVER: found 'x'; allowed: a whole number", await Program.Run(2, "twin", _folder.At("run"), "x"));
        Assert.Contains("--at: found 20; allowed: 0 to 19", await Program.Run(2, "twin", _folder.At("run"), "7", "--at", "20"));
        Assert.Contains("--at: found -1; allowed: 0 to 19", await Program.Run(2, "twin", _folder.At("run"), "7", "--at", "-1"));
        Assert.Contains("which does not exist, nor does", await Program.Run(2, "twin", _folder.At("nowhere"), "7"));
        Assert.Contains("it has no run.json", await Program.Run(2, "twin", _folder.At("bare"), "7"));
        Assert.Contains("the run's journal is elsewhere (SQLite file", await Program.Run(2, "twin", _folder.At("away"), "7"));
        Assert.Contains("slots 0 to 19", await Program.Run(0, "twin", _folder.At("away"), "7", "--journal", "sqlite:" + _folder.At("away.db")));
        Assert.Contains("is it that of another run?", await Program.Run(2, "twin", _folder.At("run"), "7", "--journal", "sqlite:" + _folder.At("away.db")));
        Execute("DELETE FROM journal WHERE sequence_number > 11");
        Assert.Contains("events are missing: the journal knows slots 0 to 9, but the run has 20", await Program.Run(0, "twin", _folder.At("run"), "7"));
        Execute("DELETE FROM journal WHERE sequence_number = 5");
        Assert.Contains("has slot 4 where slot 3 should be: events are missing", await Program.Run(2, "twin", _folder.At("run"), "7"));
        File.Delete(_folder.At("run", "journal", "diten.db"));
        Assert.Contains("is missing; if it was moved", await Program.Run(2, "twin", _folder.At("run"), "7"));
    }

    private void Execute(string sql)
    {
        using (var connection = new SqliteConnection($"Data Source={_folder.At("run", "journal", "diten.db")}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            Assert.NotEqual(0, command.ExecuteNonQuery());
        }

        SqliteConnection.ClearAllPools();
    }

    private string Scenario(string estimator, string deviation)
    {
        var path = _folder.At("town.conf");
        File.WriteAllText(path, $"""
            slots = 60
            area.side = 800 m
            devices.count = 200
            zones.columns = 3
            zones.rows = 2
            twins.estimator = {estimator}
            twins.deviation.source = {deviation}
            """);
        return path;
    }

    private Dictionary<(int Slot, int Server), Dictionary<string, double>> ReadServers()
    {
        var table = TableFile.Read(new RunFolder(_folder.At("run")).Csv(Tables.Servers.Name));
        var columns = table.Names.ToDictionary(name => name, table.Numbers);
        return Enumerable.Range(0, table.Count).ToDictionary(
            row => ((int)columns["slot"][row], (int)columns["server"][row]), row => columns.ToDictionary(column => column.Key, column => column.Value[row]));
    }
}
