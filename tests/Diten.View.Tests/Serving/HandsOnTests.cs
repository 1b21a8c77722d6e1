using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Diten.View.Serving;

namespace Diten.View.Tests.Serving;

/// <summary>A run that is changed by who has its token, and by nobody else; what it was is what its folder's scenario says.</summary>
public sealed class HandsOnTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _scenario, _run;

    public HandsOnTests()
    {
        (_scenario, _run) = (_folder.At("tiny.conf"), _folder.At("run"));
        File.WriteAllText(_scenario, """
            seed = 3
            slots = 90
            pace = 30
            area.side = 800 m
            devices.count = 60
            devices.mobility.speed = 30 m/s
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_changed_by_command_and_by_page_is_in_the_scenario_and_that_makes_the_same_run()
    {
        await using (var viewed = new ViewedRun("run", _scenario, "--out", _run, "--view", "--port", "0", "--quiet"))
        {
            var hands = await HandsAsync(viewed);
            using var client = Client(hands);

            Assert.Contains("fault frozen: freeze on twins", await Diten(
                0, "fault", "add", _run, "{ frozen { kind = freeze, on = twins, share = 0.6 }, lasting { kind = slow, on = servers, factor = 0.5 } }"));
            Assert.Contains("frozen ends", await Diten(0, "fault", "clear", hands.Address, "frozen", "--token", hands.Token));
            var (slot, what) = await PostAsync(client, "api/policy", new { Name = "nearest-first" });
            Assert.Equal("policy nearest-first decides", what);
            Assert.InRange(slot, 3, 89);
            Assert.Contains("frozen", await Diten(0, "fault", "list", _run));
            Assert.Contains("allowed: frozen", await Diten(2, "fault", "clear", _run, "nobody"));
            await viewed.RunAsync();

            Assert.False(File.Exists(new RunFolder(_run).HandsFile));
            Assert.Contains("takes no changes", await Diten(2, "fault", "list", _run));
            Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsJsonAsync("api/faults", new { Faults = "{}" })).StatusCode);
            Assert.Contains("\"kind\":\"change\"", await client.GetStringAsync("api/events"), StringComparison.Ordinal);
        }

        await Diten(0, "run", new RunFolder(_run).ScenarioFile, "--set", "pace=virtual", "--out", _folder.At("again"), "--quiet");
        var (first, again) = (RunSummary.Read(new RunFolder(_run).SummaryFile), RunSummary.Read(new RunFolder(_folder.At("again")).SummaryFile));
        Assert.Equal(first.Digest, again.Digest);
        Assert.Equal(3, first.Edits!.Count);
        foreach (var table in Directory.EnumerateFiles(new RunFolder(_run).Tables, "*.csv"))
            Assert.Equal(File.ReadAllText(table), File.ReadAllText(new RunFolder(_folder.At("again")).Csv(Path.GetFileNameWithoutExtension(table))));
        var report = File.ReadAllText(new RunFolder(_run).ReportFile);
        Assert.Contains("Changed while it ran", report, StringComparison.Ordinal);
        Assert.Contains("<td>lasting</td><td>slow</td><td>servers</td>", report, StringComparison.Ordinal);
        Assert.Matches(@">\s*lasting\s*<", File.ReadAllText(Path.Combine(new RunFolder(_run).Plots, "latency-over-time.svg"))); // its shade's name
    }

    [Fact]
    public async Task A_run_that_goes_on_after_a_stop_takes_changes_again_and_shows_those_before()
    {
        await using (var viewed = new ViewedRun("run", _scenario, "--out", _run, "--view", "--port", "0", "--quiet", "--checkpoint-every", "10"))
        {
            await HandsAsync(viewed);
            Assert.Contains("frozen", await Diten(0, "fault", "add", _run, "{ frozen { kind = freeze, on = twins, share = 0.6 } }"));
            Assert.Equal(130, await viewed.StopAsync());
        }

        await using (var viewed = new ViewedRun("resume", _run, "--view", "--port", "0", "--quiet"))
        {
            var hands = await HandsAsync(viewed);
            Assert.Contains("nearest-first", await Diten(0, "fault", "add", hands.Address, "{ gone { kind = down, on = servers, ids = [3] } }", "--token", hands.Token)
                + (await PostAsync(Client(hands), "api/policy", new { Name = "nearest-first" })).What);
            Assert.Contains("frozen", await Diten(0, "fault", "list", _run));
            await viewed.RunAsync();
        }

        await Diten(0, "run", new RunFolder(_run).ScenarioFile, "--set", "pace=virtual", "--out", _folder.At("again"), "--quiet", "--record");
        var (first, again) = (RunSummary.Read(new RunFolder(_run).SummaryFile), RunSummary.Read(new RunFolder(_folder.At("again")).SummaryFile));
        Assert.Equal(first.Digest, again.Digest);
        Assert.Equal(3, first.Edits!.Count);
        await Diten(0, "run", _scenario, "--out", _folder.At("bare"), "--quiet", "--set", "pace=virtual");
        Assert.Contains("is done", await Diten(2, "resume", _folder.At("bare"), "--view"));
    }

    [Fact]
    public async Task Who_does_not_have_the_token_or_is_a_page_of_elsewhere_changes_nothing()
    {
        await using var viewed = new ViewedRun("run", _scenario, "--out", _run, "--view", "--port", "0", "--quiet");
        var hands = await HandsAsync(viewed);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(new RunFolder(_run).Partial.HandsFile));

        foreach (var (header, value, status) in new[]
        {
            ("X-Diten-Token", "", 401), ("X-Diten-Token", hands.Token[1..], 401), ("X-Diten-Token", hands.Token + "0", 401),
            ("Origin", "http://evil.example", 403), ("Origin", "null", 403), ("Sec-Fetch-Site", "cross-site", 403), ("Sec-Fetch-Site", "same-site", 403),
            ("Host", "evil.example", 421), ("Content-Type", "text/plain", 415), ("Content-Type", "application/x-www-form-urlencoded", 415),
        })
        {
            using var client = Client(hands);
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/policy") { Content = JsonContent.Create(new { name = "stay" }) };
            if (header == "Content-Type")
                request.Content.Headers.ContentType = new(value);
            else if (header == "X-Diten-Token")
                client.DefaultRequestHeaders.Remove(header);
            if (header != "Content-Type" && value.Length > 0)
                request.Headers.TryAddWithoutValidation(header, value);
            using var answer = await client.SendAsync(request);
            Assert.Equal((header, value, status), (header, value, (int)answer.StatusCode));
        }

        using (var client = Client(hands))
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("api/policy", new StringContent("{", null, "application/json"))).StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("api/policy", new StringContent("{\"name\":\"\\ud800\"}", null, "application/json"))).StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsJsonAsync("api/policy", new { file = "x" })).StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsJsonAsync("api/faults", new { faults = new string('x', 100_000) })).StatusCode);
            Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsJsonAsync("api/policy", new { name = "sty" })).StatusCode);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.GetAsync("api/policy")).StatusCode);
            Assert.Contains("--token", await Diten(2, "fault", "clear", hands.Address, "x"));
            Assert.Contains("token that the run printed", await Diten(2, "fault", "clear", hands.Address, "x", "--token", "0123"));
            client.DefaultRequestHeaders.Remove("X-Diten-Token");
            using var list = JsonDocument.Parse(await client.GetStringAsync("api/faults")); // to be read by all
            Assert.Equal(0, list.RootElement.GetProperty("changes").GetArrayLength());
        }

        await viewed.StopAsync();
    }

    [Fact]
    public async Task A_recorded_run_takes_no_changes()
    {
        await Diten(0, "run", _scenario, "--out", _run, "--record", "--quiet", "--set", "slots=5");
        await using var server = await OpenAsync(_run);
        using var client = new HttpClient { BaseAddress = new Uri(server.Address) };

        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsJsonAsync("api/faults", new { Faults = "{}" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("api/faults")).StatusCode);
    }

    private static Task<ViewServer> OpenAsync(string run) => ViewServer.OpenAsync(run, port: 0);

    private async Task<HandsFile> HandsAsync(ViewedRun viewed)
    {
        var address = new Uri(await viewed.AddressAsync());
        using var client = new HttpClient { BaseAddress = address };
        while ((await client.GetAsync("api/faults")).StatusCode != HttpStatusCode.OK) // the page is there before the run is
            await Task.Delay(10);
        var hands = HandsFile.Read(_run);
        Assert.Contains($"token {hands.Token}", viewed.Said, StringComparison.Ordinal);
        Assert.Equal(address, new Uri(hands.Address));
        return hands;
    }

    private static HttpClient Client(HandsFile hands)
    {
        var client = new HttpClient { BaseAddress = new Uri(hands.Address), Timeout = ViewedRun.Patience };
        client.DefaultRequestHeaders.Add("X-Diten-Token", hands.Token);
        return client;
    }

    private static async Task<(int Slot, string What)> PostAsync<T>(HttpClient client, string path, T body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        using var told = JsonDocument.Parse(text);
        return (told.RootElement.GetProperty("slot").GetInt32(), told.RootElement.GetProperty("what").GetString()!);
    }

    /// <summary>What a command prints, that to the error stream, too.</summary>
    private static async Task<string> Diten(int code, params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        Assert.Equal((code, ""), (await CommandTree.RunAsync(args, new Session(new Terminal(output, error))), code == 0 ? error.ToString() : ""));
        return output + error.ToString();
    }
}
