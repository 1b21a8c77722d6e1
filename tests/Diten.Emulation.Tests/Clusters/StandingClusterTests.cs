using System.Text.Json;
using System.Text.RegularExpressions;
using Diten.Emulation.Tests.Results;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>A cluster that is up before a run is submitted, and whose nodes come and go in mid-run.</summary>
[Collection(OneAtATime.Name)]
[Trait("Category", "Slow")]
public sealed class StandingClusterTests : IDisposable
{
    private const int Interrupt = 2;

    private readonly TemporaryFolder _folder = new();
    private readonly StandingCluster _cluster;

    public StandingClusterTests() => _cluster = new StandingCluster(_folder.At("journal.db"));

    public void Dispose()
    {
        _cluster.Dispose();
        _folder.Dispose();
    }

    [SkippableFact]
    public async Task Nodes_join_and_leave_in_mid_run_and_no_slot_is_lost_or_run_again()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "signals are sent as on Linux");
        var (_, seed) = await _cluster.NodeAsync(null, interruptible: true);
        var (second, _) = await _cluster.NodeAsync(seed, interruptible: true);
        Assert.Contains("No run goes on.", await NodesUntil(seed, status => status.GetProperty("nodes").GetArrayLength() == 2));

        var run = _cluster.Keep(Signals.Interruptible("run", Scenario(), "--out", _folder.At("run"), "--join", seed, "--nodes", "2"));
        await NodesUntil(seed, status => Zones(status).Count(zones => zones > 0) == 2 && status.GetProperty("slot").GetInt32() > 20);
        await _cluster.NodeAsync(seed, interruptible: true);
        await NodesUntil(seed, status => Zones(status).Count(zones => zones > 0) == 3);
        Signals.Send(second.Process, Interrupt);

        Assert.Equal(0, await second.End());
        Assert.Contains("leaving the cluster", second.Said);
        Assert.Equal(0, await run.End());
        Assert.DoesNotContain("is lost", run.Said);
        Assert.Equal(2, Regex.Count(run.Said, "zones are placed anew"));
        await Program.Run(0, "run", Scenario(), "--set", "pace=virtual", "--out", _folder.At("undisturbed"), "--quiet", "--checkpoint-every", "0");
        Assert.StartsWith("Equal:", await Program.Run(0, "verify", _folder.At("undisturbed"), _folder.At("run")));
        DigestTests.ExpectEqualTables(_folder.At("undisturbed"), _folder.At("run"));
    }

    [SkippableFact]
    public async Task A_run_that_nobody_watches_any_more_is_let_go_and_gone_on_with()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "processes are killed as on Linux");
        var (_, seed) = await _cluster.NodeAsync(null, interruptible: true);
        var run = _cluster.Keep(Program.Start("run", Scenario(), "--out", _folder.At("run"), "--join", seed, "--checkpoint-every", "20"));
        await NodesUntil(seed, status => status.GetProperty("committedSlot").GetInt32() >= 40);

        run.Process.Kill();
        await run.End();
        Assert.Contains("the cluster is busy with run", await Program.Run(1, "run", Scenario(), "--out", _folder.At("other"), "--join", seed));
        await Program.Run(0, "resume", _folder.At("run"), "--join", seed, "--quiet");

        await Program.Run(0, "run", Scenario(), "--set", "pace=virtual", "--out", _folder.At("undisturbed"), "--quiet", "--checkpoint-every", "0");
        Assert.StartsWith("Equal:", await Program.Run(0, "verify", _folder.At("undisturbed"), _folder.At("run")));
    }

    [Fact]
    public async Task Nobody_answers_where_there_is_no_node() =>
        Assert.Matches(@"no answer from 127.0.0.1:1 yet; gives up after 10 s.\s.*does not answer within", await Program.Run(2, "nodes", "127.0.0.1:1"));

    private string Scenario()
    {
        var path = _folder.At("town.conf");
        File.WriteAllText(path, "slots = 600\npace = 30\narea.side = 800 m\ndevices.count = 200\nzones.columns = 3\nzones.rows = 2\n");
        return path;
    }

    private static IEnumerable<int> Zones(JsonElement status) =>
        status.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("zones").GetArrayLength());

    /// <summary>Asks until the answer is as wanted; returns what people would have seen.</summary>
    private static async Task<string> NodesUntil(string node, Func<JsonElement, bool> wanted)
    {
        for (var asked = 0; ; asked++)
        {
            var said = await Program.Run(0, "nodes", node, "--json");
            var json = said[..(said.LastIndexOf('}') + 1)]; // a busy machine is slow to answer, and that is told, too
            using var status = JsonDocument.Parse(json);
            if (wanted(status.RootElement))
                return await Program.Run(0, "nodes", node);
            Assert.True(asked < 100, $"The cluster stays like this:\n{json}");
            await Task.Delay(100);
        }
    }
}
