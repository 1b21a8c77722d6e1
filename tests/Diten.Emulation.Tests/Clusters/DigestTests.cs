using Diten.Emulation.Tests.Results;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>One digest, on however many processes.</summary>
[Collection(OneAtATime.Name)]
public sealed class DigestTests(DigestTests.RunsInOneProcess alone) : IClassFixture<DigestTests.RunsInOneProcess>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [Trait("Takes", "Seconds")]
    [InlineData("quickstart", 2)]
    [InlineData("city-100k", 2)] // with 20,000 devices
    public Task A_run_on_two_processes_equals_the_run_in_one(string scenario, int nodes) => ExpectTheSame(scenario, nodes);

    [Theory]
    [Trait("Takes", "Seconds")]
    [Trait("Category", "Slow")]
    [InlineData("quickstart", 1)]
    [InlineData("quickstart", 4)]
    [InlineData("quickstart", 8)]
    [InlineData("paper", 1)]
    [InlineData("paper", 2)]
    [InlineData("paper", 4)]
    [InlineData("paper", 8)]
    [InlineData("city-100k", 1)]
    [InlineData("city-100k", 4)]
    [InlineData("city-100k", 8)]
    public Task A_run_on_many_processes_equals_the_run_in_one(string scenario, int nodes) => ExpectTheSame(scenario, nodes);

    [SkippableTheory]
    [InlineData("quickstart", 0)]
    [InlineData("quickstart", 2)]
    public Task So_it_does_with_a_journal_in_PostgreSQL(string scenario, int nodes) => ExpectTheSameWithPostgres(scenario, nodes);

    [SkippableTheory]
    [Trait("Category", "Slow")]
    [InlineData("quickstart", 1)]
    [InlineData("quickstart", 4)]
    [InlineData("quickstart", 8)]
    [InlineData("paper", 2)]
    [InlineData("paper", 8)]
    [InlineData("city-100k", 2)]
    [InlineData("city-100k", 8)]
    public Task So_it_does_on_many_processes_with_a_journal_in_PostgreSQL(string scenario, int nodes) => ExpectTheSameWithPostgres(scenario, nodes);

    private async Task ExpectTheSame(string scenario, int nodes)
    {
        var one = await alone.Of(scenario);

        await Program.Run(0, [
            "run", ScenarioFiles.Shipped(scenario), "--out", _folder.At("many"), "--quiet", "--nodes", $"{nodes}", "--checkpoint-every", "10",
            .. Changes(scenario)]);

        Assert.StartsWith("Equal:", await Program.Run(0, "verify", one, _folder.At("many")));
        ExpectEqualTables(one, _folder.At("many"));
    }

    private async Task ExpectTheSameWithPostgres(string scenario, int nodes)
    {
        using var database = Hosting.TestDatabase.Create(Hosting.DatabaseKind.Postgres);
        var one = await alone.Of(scenario);

        await Program.Run(0, [
            "run", ScenarioFiles.Shipped(scenario), "--out", _folder.At("many"), "--quiet", "--nodes", $"{nodes}", "--checkpoint-every", "10",
            "--journal", database.Location.ToText(), .. Changes(scenario)]);

        Assert.StartsWith("Equal:", await Program.Run(0, "verify", one, _folder.At("many")));
        Assert.DoesNotContain("Password", File.ReadAllText(Path.Combine(_folder.At("many"), "run.json")));
    }

    /// <summary>Eight zones at least, so that eight processes have something to do; and a city that is not too large for a test.</summary>
    private static string[] Changes(string scenario) => scenario switch
    {
        "city-100k" => ["--set", "devices.count=20000", "--set", "slots=12", "--set", "devices.journey-slots=6"],
        "quickstart" => ["--set", "zones.columns=4", "--set", "zones.rows=2"],
        _ => [],
    };

    /// <summary>Runs in this process, without journal or checkpoints: one a scenario.</summary>
    public sealed class RunsInOneProcess : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public void Dispose() => _folder.Dispose();

        public async Task<string> Of(string scenario)
        {
            var run = _folder.At(scenario);
            if (!Directory.Exists(run))
                await Program.Run(0, ["run", ScenarioFiles.Shipped(scenario), "--out", run, "--quiet", "--checkpoint-every", "0", .. Changes(scenario)]);
            return run;
        }
    }

    /// <summary>All tables are the same byte for byte: they hold no times of this machine.</summary>
    internal static void ExpectEqualTables(string one, string many)
    {
        var (a, b) = (Path.Combine(one, "tables"), Path.Combine(many, "tables"));
        Assert.Equal(Files(a), Files(b));
        foreach (var file in Files(a))
            Assert.True(File.ReadAllBytes(Path.Combine(a, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(b, file))), $"{file} differs");
        var (x, y) = (RunSummary.Read(Path.Combine(one, "summary.json")), RunSummary.Read(Path.Combine(many, "summary.json")));
        Assert.Equal(x.Figures, y.Figures);
        Assert.Equal(x with { Rate = y.Rate, Memory = y.Memory, ChangedKeys = y.ChangedKeys, FilesRead = y.FilesRead, Figures = y.Figures }, y);
    }

    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
}
