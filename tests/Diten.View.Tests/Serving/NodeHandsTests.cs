using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Diten.View.Serving;
using Microsoft.Playwright;

namespace Diten.View.Tests.Serving;

/// <summary>Processes of a run that are killed and replaced by hand: by command and on the page.</summary>
public sealed class NodeHandsTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    [Trait("Category", "Slow")]
    public async Task Zones_of_a_killed_node_are_seen_to_move_and_the_digest_is_that_of_a_run_undisturbed()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "processes are killed as on Linux");
        var (scenario, run) = (Scenario(slots: 400), _folder.At("run"));
        await using (var viewed = new ViewedRun(
            "run", scenario, "--out", run, "--view", "--port", "0", "--quiet", "--nodes", "3", "--threads", "1", "--checkpoint-every", "10"))
        {
            var (page, wrong) = await browser.OpenAsync(await viewed.AddressAsync());
            await page.WaitForFunctionAsync("() => document.getElementById('nodeChosen').options.length === 3 && diten.feed.nodes.at(diten.frame.slot)?.nodes.filter(node => node.zones.length).length === 3");

            Assert.Contains("All 3 processes", await Diten(2, "nodes", "start", run));
            Assert.Contains("allowed: 127.0.0.1:", await Diten(2, "nodes", "kill", run, "127.0.0.1:1"));
            var victim = await KillOnPageAsync(page, HandsFile.Read(run).Token);
            await page.WaitForFunctionAsync(
                "victim => { const now = diten.feed.nodes.moments.at(-1); return !now.nodes.some(node => node.node.startsWith(victim)) && now.nodes.flatMap(node => node.zones).length === 6; }", victim);
            Assert.DoesNotContain(victim, await Diten(0, "nodes", run));
            Assert.Contains("was started", await Diten(0, "nodes", "start", run));
            await page.WaitForFunctionAsync("() => diten.feed.nodes.moments.at(-1).nodes.filter(node => node.zones.length).length === 3");
            Assert.Contains("with the clock", await Diten(0, "nodes", "kill", run, "clock"));
            await page.WaitForFunctionAsync("() => diten.feed.events.filter(event => event.kind === 'recovered').length >= 2");
            await viewed.RunAsync();

            await page.WaitForFunctionAsync("() => diten.feed.ended && document.getElementById('nodeHands').hidden");
            Assert.Contains("takes no changes", await Diten(2, "nodes", "kill", run, "clock"));
            Assert.DoesNotContain(wrong, said => !said.Contains("404", StringComparison.Ordinal)); // the run takes no changes any more: a browser says so itself
        }

        await Diten(0, "run", scenario, "--set", "pace=virtual", "--out", _folder.At("again"), "--quiet");
        Assert.StartsWith("Equal:", await Diten(0, "verify", _folder.At("again"), run));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task The_last_node_and_one_of_a_run_without_checkpoints_are_not_killed()
    {
        foreach (var (more, reason) in new[] { ((string[])["--nodes", "1"], "last node"), (["--nodes", "2", "--checkpoint-every", "0"], "no checkpoints") })
        {
            var run = _folder.At("run" + more[1]);
            await using var viewed = new ViewedRun(["run", Scenario(slots: 2000), "--out", run, "--view", "--port", "0", "--quiet", "--threads", "1", .. more]);
            using var client = new HttpClient { BaseAddress = new Uri(await viewed.AddressAsync()) };
            await Until(client, nodes => nodes.GetArrayLength() == int.Parse(more[1]));

            Assert.Contains(reason, await Diten(2, "nodes", "kill", run, "1"));
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsJsonAsync("api/nodes/kill", new { name = "1" })).StatusCode);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.GetAsync("api/nodes/kill")).StatusCode);
            await viewed.StopAsync();
        }
    }

    [Fact]
    public async Task A_run_in_one_process_has_no_nodes_to_kill()
    {
        var run = _folder.At("run");
        await using var viewed = new ViewedRun("run", Scenario(slots: 2000), "--out", run, "--view", "--port", "0", "--quiet");
        using var client = new HttpClient { BaseAddress = new Uri(await viewed.AddressAsync()) };
        while ((await client.GetAsync("api/faults")).StatusCode != HttpStatusCode.OK)
            await Task.Delay(10);

        Assert.Contains("no processes of its own", await Diten(2, "nodes", run));
        Assert.Contains("no processes of its own", await Diten(2, "nodes", "kill", run, "clock"));
        Assert.Contains("no processes of its own", await Diten(2, "nodes", "start", run));
        await viewed.StopAsync();
    }

    /// <summary>Chooses a node that holds zones, asks for its end, thinks better of it, and asks again.</summary>
    private static async Task<string> KillOnPageAsync(IPage page, string token)
    {
        await page.ClickAsync("#hands summary");
        await page.FillAsync("#token", token);
        var victim = await page.EvaluateAsync<string>("() => document.getElementById('nodeChosen').options[1].value");
        await page.SelectOptionAsync("#nodeChosen", victim);
        await page.ClickAsync("#kill");
        await page.Keyboard.PressAsync("Escape");
        Assert.False(await page.EvaluateAsync<bool>("() => document.getElementById('killAsks').open"));
        Assert.Equal("", await page.TextContentAsync("#nodesTold"));
        await page.ClickAsync("#kill");
        Assert.Contains(victim, await page.TextContentAsync("#killWhom"), StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("DITEN_VIEW_SCREENSHOTS") is { } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, "kill-node.png") });
        await page.ClickAsync("#killAsks button[value=kill]");
        await page.WaitForFunctionAsync("() => document.getElementById('nodesTold').textContent.includes('was killed')");
        return victim;
    }

    private string Scenario(int slots)
    {
        var file = _folder.At("town.conf");
        File.WriteAllText(file, $"slots = {slots}\npace = 15\narea.side = 800 m\ndevices.count = 120\ndevices.mobility.speed = 20 m/s\nzones.columns = 3\nzones.rows = 2\n");
        return file;
    }

    private static async Task Until(HttpClient client, Func<JsonElement, bool> reached)
    {
        while (true)
        {
            using var answer = await client.GetAsync("api/faults");
            if (answer.IsSuccessStatusCode)
            {
                using var listed = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
                if (reached(listed.RootElement.GetProperty("nodes")))
                    return;
            }

            await Task.Delay(50);
        }
    }

    private static async Task<string> Diten(int expected, params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandTree.RunAsync(args, new Session(new Terminal(TextWriter.Synchronized(output), TextWriter.Synchronized(error)))).WaitAsync(ViewedRun.Patience);
        Assert.True(code == expected, $"diten {string.Join(' ', args)} ended with {code} instead of {expected}:\n{output}\n{error}");
        return output.ToString() + error;
    }
}
