using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Diten.Emulation.Tests.Results;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>What the nodes of a real cluster tell whoever runs them, over HTTP.</summary>
[Collection(OneAtATime.Name)]
[Trait("Category", "Slow")]
public sealed class OperatorsTests : IDisposable
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(100);

    private readonly TemporaryFolder _folder = new();
    private readonly StandingCluster _cluster;
    private readonly HttpClient _client = new() { Timeout = Program.Patience };

    public OperatorsTests() => _cluster = new StandingCluster(_folder.At("journal.db"));

    public void Dispose()
    {
        _cluster.Dispose();
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_node_is_ready_with_its_cluster_and_the_metrics_of_all_nodes_add_up_to_the_runs_summary()
    {
        var port = StandingCluster.FreePort();
        var second = await StartNode(port, first: false); // its cluster is not there yet
        Assert.Equal(HttpStatusCode.OK, (await Health(second, "live")).Status);
        var (status, found) = await Health(second, "ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("is no member of the cluster", found);
        var first = await StartNode(port, first: true);
        await Until(second, "ready", HttpStatusCode.OK);
        await Until(first, "ready", HttpStatusCode.OK);

        await Program.Run(0, "run", Scenario("virtual", 60), "--out", _folder.At("run"), "--join", $"127.0.0.1:{port}", "--nodes", "2", "--quiet", "--checkpoint-every", "20");

        using var summary = JsonDocument.Parse(File.ReadAllText(_folder.At("run/summary.json")));
        string[] nodes = [first, second];
        await Until(async () => await Sum(nodes, "diten_runs_total", "end=\"completed\"") == 1, "the run's end is told");
        Assert.Equal(summary.RootElement.GetProperty("slotsCompleted").GetInt32(), await Sum(nodes, "diten_slots_total", "pass=\"first\""));
        Assert.Equal(0, await Sum(nodes, "diten_slots_total", "pass=\"again\""));
        Assert.Equal(summary.RootElement.GetProperty("deviceSlots").GetInt64(), await Sum(nodes, "diten_device_slots_total"));
        Assert.Equal(60, await Sum(nodes, "diten_slot_duration_seconds_count"));
        Assert.Equal(2, await Sum(nodes, "diten_checkpoint_duration_seconds_count")); // of slots 20 and 40
        Assert.Equal((1, 0), (await Sum(nodes, "diten_epoch"), await Sum(nodes, "diten_nodes_lost_total")));
        foreach (var node in nodes) // both held zones, wrote them down and talked to each other
        {
            Assert.True(await Sum([node], "diten_device_slots_total") > 0);
            Assert.True(await Sum([node], "diten_store_duration_seconds_count", "store=\"checkpoint\"") > 0);
            Assert.True(await Sum([node], "diten_sent_bytes_total") > 0);
            Assert.True(await Sum([node], "diten_received_bytes_total") > 0);
        }
    }

    [Fact]
    public async Task A_killed_node_raises_the_epoch()
    {
        var port = StandingCluster.FreePort();
        var first = await StartNode(port, first: true);
        await Until(first, "ready", HttpStatusCode.OK);
        var second = await StartNode(port, first: false);
        var third = await StartNode(port, first: false);
        foreach (var node in (string[])[second, third])
            await Until(node, "ready", HttpStatusCode.OK);
        var run = _cluster.Keep(Program.Start(
            "run", Scenario("20", 200), "--out", _folder.At("run"), "--join", $"127.0.0.1:{port}", "--nodes", "3", "--checkpoint-every", "20"));
        await Until(async () => await Sum([first], "diten_run_slot") > 30, "slots are done");
        Assert.Equal((1, 3), (await Sum([first], "diten_epoch"), await Sum([first], "diten_hosts")));

        _cluster.Started[2].Process.Kill(); // the third node; the clock is with the first

        await Until(async () => await Sum([first], "diten_recovery_duration_seconds_count") == 1, "a recovery is told");
        Assert.Equal((2, 1, 2), (await Sum([first], "diten_epoch"), await Sum([first], "diten_nodes_lost_total"), await Sum([first], "diten_hosts")));
        Assert.Equal(6, await Sum([first, second], "diten_zones"));
        Assert.Equal(0, await run.End());
        Assert.Equal(200, await Sum([first], "diten_slots_total", "pass=\"first\""));
        await Program.Run(0, "run", Scenario("virtual", 200), "--out", _folder.At("undisturbed"), "--quiet", "--checkpoint-every", "0");
        Assert.StartsWith("Equal:", await Program.Run(0, "verify", _folder.At("undisturbed"), _folder.At("run")));
    }

    private string Scenario(string pace, int slots)
    {
        var path = _folder.At($"town-{pace}.conf");
        File.WriteAllText(path, $"slots = {slots}\npace = {pace}\narea.side = 800 m\ndevices.count = 200\nzones.columns = 3\nzones.rows = 2\n");
        return path;
    }

    /// <summary>Starts a node; returns where it answers operators.</summary>
    private async Task<string> StartNode(int clusterPort, bool first)
    {
        var node = _cluster.Node(first ? $"{clusterPort}" : "0", $"127.0.0.1:{clusterPort}", more: ["--http", "0"]);
        return Regex.Match(await node.Line("Operators: "), "http://[^/]+/").Value;
    }

    private async Task<(HttpStatusCode Status, string Found)> Health(string node, string which)
    {
        using var answer = await _client.GetAsync(node + "health/" + which);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private Task Until(string node, string which, HttpStatusCode status) =>
        Until(async () => (await Health(node, which)).Status == status, $"health/{which} of {node} is {status}");

    private static async Task Until(Func<Task<bool>> wanted, string what)
    {
        using var patience = new CancellationTokenSource(Program.Patience);
        while (!await wanted())
        {
            Assert.False(patience.IsCancellationRequested, $"It never came that {what}.");
            await Task.Delay(AskEvery);
        }
    }

    /// <summary>A metric's samples of some nodes, added up; those with a label only, if one is given.</summary>
    private async Task<double> Sum(IEnumerable<string> nodes, string metric, string label = "")
    {
        var sum = 0.0;
        foreach (var node in nodes)
            foreach (var line in (await _client.GetStringAsync(node + "metrics")).Split('\n'))
                if (Regex.Match(line, $@"^{metric}(\{{.*\}})? (\S+)$") is { Success: true } sample && sample.Groups[1].Value.Contains(label, StringComparison.Ordinal))
                    sum += double.Parse(sample.Groups[2].Value, CultureInfo.InvariantCulture);
        return sum;
    }
}
