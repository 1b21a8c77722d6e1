using Diten.Emulation.Tests.Results;
using Diten.Node.Results;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>One digest, on however many processes.</summary>
[Collection(OneAtATime.Name)]
public sealed class DigestTests : IDisposable
{
    private static readonly string[] City20k = ["--set", "devices.count=20000", "--set", "slots=12", "--set", "devices.journey-slots=6"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("quickstart", 1)]
    [InlineData("quickstart", 2)]
    [InlineData("quickstart", 4)]
    [InlineData("quickstart", 8)]
    [InlineData("paper", 2)]
    [InlineData("paper", 4)]
    [InlineData("city-100k", 2)] // with 20,000 devices
    [InlineData("city-100k", 4)]
    public async Task A_run_on_many_processes_equals_the_run_in_one(string scenario, int nodes)
    {
        string[] set = scenario == "city-100k" ? City20k : scenario == "quickstart" ? ["--set", "zones.columns=4", "--set", "zones.rows=2"] : [];
        await Program.Run(0, ["run", ScenarioFiles.Shipped(scenario), "--out", _folder.At("one"), "--quiet", .. set]);

        await Program.Run(0, ["run", ScenarioFiles.Shipped(scenario), "--out", _folder.At("many"), "--quiet", "--nodes", $"{nodes}", "--checkpoint-every", "10", .. set]);

        Assert.StartsWith("Equal:", await Program.Run(0, "verify", _folder.At("one"), _folder.At("many")));
        ExpectEqualTables(_folder.At("one"), _folder.At("many"));
    }

    [SkippableTheory]
    [InlineData("quickstart", 0)]
    [InlineData("quickstart", 2)]
    [InlineData("quickstart", 4)]
    [InlineData("paper", 2)]
    public async Task So_it_does_with_a_journal_in_PostgreSQL(string scenario, int nodes)
    {
        using var database = Hosting.TestDatabase.Create(Hosting.DatabaseKind.Postgres);
        await Program.Run(0, "run", ScenarioFiles.Shipped(scenario), "--out", _folder.At("one"), "--quiet", "--checkpoint-every", "0");

        await Program.Run(
            0, "run", ScenarioFiles.Shipped(scenario), "--out", _folder.At("many"), "--quiet", "--nodes", $"{nodes}", "--checkpoint-every", "10",
            "--journal", database.Location.ToText());

        Assert.StartsWith("Equal:", await Program.Run(0, "verify", _folder.At("one"), _folder.At("many")));
        Assert.DoesNotContain("Password", File.ReadAllText(Path.Combine(_folder.At("many"), "run.json")));
    }

    /// <summary>All tables are the same byte for byte: they hold no times of this machine.</summary>
    internal static void ExpectEqualTables(string one, string many)
    {
        var (a, b) = (Path.Combine(one, "tables"), Path.Combine(many, "tables"));
        Assert.Equal(Files(a), Files(b));
        foreach (var file in Files(a))
            Assert.True(File.ReadAllBytes(Path.Combine(a, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(b, file))), $"{file} differs");
        var (x, y) = (RunSummary.Read(Path.Combine(one, "summary.json")), RunSummary.Read(Path.Combine(many, "summary.json")));
        Assert.Equal(x with { Rate = y.Rate, Memory = y.Memory, ChangedKeys = y.ChangedKeys, FilesRead = y.FilesRead }, y);
    }

    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
}
