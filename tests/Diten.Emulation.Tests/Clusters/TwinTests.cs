using System.Globalization;
using System.Text.Json;
using Diten.Emulation.Tests.Results;
using Diten.Node.Results;

namespace Diten.Emulation.Tests.Clusters;

/// <summary><c>diten twin</c> rebuilds from the journal what the tables say.</summary>
[Collection(OneAtATime.Name)]
public sealed class TwinTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ewma", "emergent")]
    [InlineData("last-value", "injected")]
    public async Task The_journal_says_the_same_as_the_tables_at_a_thousand_slots_and_servers(string estimator, string deviation)
    {
        await Program.Run(
            0, "run", Scenario(estimator, deviation), "--out", _folder.At("run"), "--quiet", "--nodes", "2", "--checkpoint-every", "20");
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
    public async Task One_slot_is_told_in_words_and_drawn_and_mistakes_are_told()
    {
        await Program.Run(0, "run", Scenario("last-value", "emergent"), "--out", _folder.At("run"), "--quiet", "--set", "slots=20");
        await Program.Run(0, "run", Scenario("last-value", "emergent"), "--out", _folder.At("bare"), "--quiet", "--set", "slots=20", "--checkpoint-every", "0");

        var told = await Program.Run(0, "twin", _folder.At("run"), "7", "--at", "12", "--out", _folder.At("plots"));

        var row = ReadServers()[(12, 7)];
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{row["free_hertz"] / 1e9:F3} GHz"), told);
        Assert.Contains("took over sync 13 of slot 12", told);
        Assert.True(new FileInfo(_folder.At("plots", "twin-7-capacity.png")).Length > 1000);
        Assert.Contains("SERVER: found 25; allowed: 0 to 24.", await Program.Run(2, "twin", _folder.At("run"), "25"));
        Assert.Contains("--at: found 20; allowed: 0 to 19", await Program.Run(2, "twin", _folder.At("run"), "7", "--at", "20"));
        Assert.Contains("is not the folder of a run that keeps a journal", await Program.Run(2, "twin", _folder.At("bare"), "7"));
        File.Delete(_folder.At("run", "journal", "diten.db"));
        Assert.Contains("The journal cannot be used", await Program.Run(1, "twin", _folder.At("run"), "7"));
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
        var table = CsvTable.Read(new RunFolder(_folder.At("run")).Csv(Tables.Servers.Name));
        var columns = table.Names.ToDictionary(name => name, table.Numbers);
        return Enumerable.Range(0, table.Count).ToDictionary(
            row => ((int)columns["slot"][row], (int)columns["server"][row]), row => columns.ToDictionary(column => column.Key, column => column.Value[row]));
    }
}
