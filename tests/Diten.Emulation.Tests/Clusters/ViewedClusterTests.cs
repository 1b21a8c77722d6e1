using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Diten.Emulation.Tests.Results;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>Viewers beside a standing cluster: attached in mid-run, one that reads nothing, and a node killed meanwhile.</summary>
[Collection(OneAtATime.Name)]
[Trait("Category", "Slow")]
public sealed class ViewedClusterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StandingCluster _cluster;
    private readonly HttpClient _client = new() { Timeout = Program.Patience };

    public ViewedClusterTests() => _cluster = new StandingCluster(_folder.At("journal.db"));

    public void Dispose()
    {
        _cluster.Dispose();
        _client.Dispose();
        _folder.Dispose();
    }

    [SkippableFact]
    public async Task A_viewer_in_mid_run_sees_the_zones_of_a_killed_node_move_and_changes_nothing()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "processes are killed as on Linux");
        var (_, seed) = await _cluster.NodeAsync(null);
        var (second, victim) = await _cluster.NodeAsync(seed);
        await _cluster.NodeAsync(seed); // of two that are left, there is a majority
        var scenario = _folder.At("town.conf");
        File.WriteAllText(scenario, "slots = 400\npace = 30\narea.side = 800 m\ndevices.count = 200\nzones.columns = 3\nzones.rows = 2\n");
        var run = _cluster.Keep(Program.Start(
            "run", scenario, "--out", _folder.At("run"), "--join", seed, "--nodes", "3", "--devices-every", "2", "--checkpoint-every", "10"));

        var view = _cluster.Keep(Program.Start("view", seed, "--port", "0"));
        var address = new Uri(Regex.Match(await view.Line("View: "), @"http://\S+").Value);
        await Until(address, "api/world", world => !world.TryGetProperty("waiting", out _));
        using var stalled = new Socket(SocketType.Stream, ProtocolType.Tcp);
        stalled.Connect("127.0.0.1", address.Port);
        stalled.Send(Encoding.ASCII.GetBytes($"GET /api/next?seen=0 HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n")); // and never reads
        var before = await Until(address, "api/nodes", moments => moments.GetArrayLength() > 0 && Zones(moments).Count == 3);
        second.Process.Kill();
        var after = await Until(address, "api/nodes", moments => Zones(moments).Count == 2);

        Assert.Equal([0, 1, 2, 3, 4, 5], Zones(before).Values.SelectMany(zones => zones).Order());
        Assert.Contains(victim, Zones(before).Keys);
        Assert.Equal([0, 1, 2, 3, 4, 5], Zones(after).Values.SelectMany(zones => zones).Order());
        Assert.DoesNotContain(victim, Zones(after).Keys);
        await Until(address, "api/events", events => events.EnumerateArray().Any(happened => happened.GetProperty("kind").GetString() == "recovered"));
        Assert.Equal(0, await run.End());
        await Until(address, "api/world", world => world.GetProperty("ended").GetBoolean());
        var frame = await _client.GetByteArrayAsync(new Uri(address, $"api/next?seen=0"));
        Assert.Equal(399, BitConverter.ToInt32(frame, 8)); // the last slot; and of device-slots, first of the sums, there are none missing
        Assert.Equal(400 * 200, BitConverter.ToDouble(frame, 32 + (FirstOfRun(await _client.GetStringAsync(new Uri(address, "api/world"))) * 8)));
        await Program.Run(0, "run", scenario, "--set", "pace=virtual", "--out", _folder.At("alone"), "--quiet", "--checkpoint-every", "0", "--devices-every", "2");
        Assert.StartsWith("Equal:", await Program.Run(0, "verify", _folder.At("alone"), _folder.At("run")));
        DigestTests.ExpectEqualTables(_folder.At("alone"), _folder.At("run"));
    }

    [SkippableFact]
    public async Task A_viewer_beside_the_cluster_hears_of_changes_that_the_run_takes_elsewhere()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "as the other one");
        var (_, seed) = await _cluster.NodeAsync(null);
        var (scenario, folder) = (_folder.At("town.conf"), _folder.At("run"));
        File.WriteAllText(scenario, "slots = 4000\npace = 20\narea.side = 800 m\ndevices.count = 100\n");
        var run = _cluster.Keep(Program.Start("run", scenario, "--out", folder, "--join", seed, "--view", "--port", "0", "--checkpoint-every", "10"));
        await run.Line("Hands on");
        var view = _cluster.Keep(Program.Start("view", seed, "--port", "0"));
        var address = new Uri(Regex.Match(await view.Line("View: "), @"http://\S+").Value);
        await Until(address, "api/world", world => !world.TryGetProperty("waiting", out _));

        await Program.Run(0, "fault", "add", folder, "{ frozen { kind = freeze, on = twins, ids = [3] } }");
        await Until(address, "api/faults", told => told.GetProperty("faults").GetArrayLength() == 1 && !told.GetProperty("takesChanges").GetBoolean());
        await Program.Run(0, "fault", "add", folder, "{ hole { kind = down, on = stations, ids = [5] } }");
        await Until(address, "api/faults", told => told.GetProperty("changes").GetArrayLength() == 2);
        await Until(address, "api/events", events => events.EnumerateArray().Count(happened => happened.GetProperty("kind").GetString() == "change") == 2);
        var late = _cluster.Keep(Program.Start("view", seed, "--port", "0"));
        var latest = new Uri(Regex.Match(await late.Line("View: "), @"http://\S+").Value);
        await Until(latest, "api/events", events => events.ValueKind == JsonValueKind.Array && events.EnumerateArray().Count(happened => happened.GetProperty("kind").GetString() == "change") == 2);
        await Until(latest, "api/faults", told => told.GetProperty("faults").GetArrayLength() == 2);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await _client.PostAsync(
            new Uri(latest, "api/faults/clear"), new StringContent("{\"name\":\"hole\"}", Encoding.UTF8, "application/json"))).StatusCode);
    }

    [Fact]
    public async Task Nobody_is_shown_where_there_is_no_node() =>
        Assert.Contains("does not answer within", await Program.Run(2, "view", "127.0.0.1:1", "--port", "0"));

    /// <summary>Sums of the run stand after those of the slot, of which there are as many.</summary>
    private static int FirstOfRun(string world) => JsonDocument.Parse(world).RootElement.GetProperty("world").GetProperty("totals").GetArrayLength();

    /// <summary>Zones of each node that has any, at the last moment.</summary>
    private static Dictionary<string, int[]> Zones(JsonElement moments) => moments.EnumerateArray().Last().GetProperty("nodes").EnumerateArray()
        .Where(node => node.GetProperty("zones").GetArrayLength() > 0)
        .ToDictionary(
            node => node.GetProperty("node").GetString()!.Split('#')[0], node => node.GetProperty("zones").EnumerateArray().Select(zone => zone.GetInt32()).ToArray());

    private async Task<JsonElement> Until(Uri address, string asked, Func<JsonElement, bool> wanted)
    {
        using var patience = new CancellationTokenSource(Program.Patience);
        while (!patience.IsCancellationRequested)
        {
            var answer = JsonDocument.Parse(await _client.GetStringAsync(new Uri(address, asked))).RootElement;
            if (wanted(answer))
                return answer;
            await Task.Delay(50);
        }

        throw new TimeoutException($"{asked} does not become as wanted; what was said:\n{string.Join("\n---\n", _cluster.Started.Select(running => running.Said))}");
    }
}
