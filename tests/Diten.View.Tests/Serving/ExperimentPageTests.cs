using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Microsoft.Playwright;

namespace Diten.View.Tests.Serving;

/// <summary>An experiment that is watched: its cells on one page, its runs on the map, and results that are those of one that nobody watches.</summary>
[Trait("Takes", "Seconds")]
public sealed partial class ExperimentPageTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Cells_are_told_as_they_run_and_results_are_those_that_nobody_watches()
    {
        var file = Experiment(pace: "5"); // runs of 8 s, so that a slow browser sees two
        var page = await (await browser.WindowAsync()).NewPageAsync();
        await using (var viewed = new ViewedRun("experiment", file, "--out", _folder.At("watched"), "--view", "--port", "0", "--quiet", "--parallel", "2"))
        {
            var address = await viewed.AddressAsync();
            var wrong = new List<string>();
            page.PageError += (_, error) => wrong.Add(error);
            await page.GotoAsync(address);
            await page.WaitForSelectorAsync("a.cell.r");
            Assert.Equal(["busy", "calm"], await page.Locator("h2").AllTextContentsAsync());
            Assert.Equal(4 + 4, await page.Locator("#parts .cell").CountAsync());
            await ScreenshotAsync(page, "experiment");

            await page.ClickAsync("#watch a"); // the newest run, and then the next one
            await page.WaitForFunctionAsync("() => globalThis.diten?.frame?.slot > 1");
            Assert.Contains("seed", await page.TextContentAsync("#name"), StringComparison.Ordinal);
            var first = page.Url;
            await page.WaitForFunctionAsync("first => location.href.replace(/#.*/, '') !== first.replace(/#.*/, '') && globalThis.diten?.frame", first);
            await ScreenshotAsync(page, "experiment-run");
            await page.ClickAsync("#acts a");
            await page.WaitForFunctionAsync("() => document.getElementById('about').textContent.includes('all that was wanted is done')");
            Assert.Equal(0, await page.Locator("#parts .cell.w, #parts .cell.r").CountAsync());
            await ScreenshotAsync(page, "experiment-done");
            await viewed.RunAsync();
            Assert.Empty(wrong);

            using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address) };
            foreach (var (run, home) in (IEnumerable<(string, string)>)[("runs/1/", "/"), ("runs/1/?follow", "/?follow")]) // its recording is gone
            {
                var answer = await client.GetAsync(run);
                Assert.Equal((HttpStatusCode.Redirect, home), (answer.StatusCode, answer.Headers.Location?.OriginalString));
            }

            foreach (var nothing in (string[])["runs/1/api/world", "runs/99/api/world", "runs/x/main.js", "api/experiment/x", "runs/"])
                Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(nothing)).StatusCode);
        }

        await Diten("experiment", file, "--out", _folder.At("alone"), "--quiet");
        foreach (var table in (string[])["estimates.csv", "busy/runs.csv", "busy/means.csv", "calm/runs.csv"])
            Assert.Equal(File.ReadAllText(_folder.At("alone", table)), File.ReadAllText(_folder.At("watched", table)));
        Assert.Equal(Digests("alone"), Digests("watched"));
        await using var again = new ViewedRun("experiment", file, "--out", _folder.At("watched"), "--view", "--port", "0", "--quiet");
        await again.RunAsync();
        using var asking = new HttpClient { BaseAddress = new Uri(await again.AddressAsync()) };
        using var told = JsonDocument.Parse(await asking.GetStringAsync("api/experiment"));
        Assert.Equal("kkkkkkkk", told.RootElement.GetProperty("states").GetString()); // nothing ran again
    }

    [SkippableFact]
    public async Task Whoever_follows_and_comes_too_late_for_a_run_sees_the_next()
    {
        var page = await (await browser.WindowAsync()).NewPageAsync();
        await using var viewed = new ViewedRun("experiment", Experiment(pace: "5"), "--out", _folder.At("out"), "--view", "--port", "0", "--quiet", "--parallel", "2");
        await page.GotoAsync($"{await viewed.AddressAsync()}runs/77/?follow");

        await page.WaitForFunctionAsync("() => globalThis.diten?.frame?.slot > 1");

        Assert.Matches("/runs/[1-8]/\\?follow", page.Url);
        Assert.Equal(130, await viewed.StopAsync());
    }

    [Fact]
    public async Task A_page_of_an_experiment_that_is_stopped_goes_and_leaves_its_finished_runs()
    {
        var viewed = new ViewedRun("experiment", Experiment(pace: "25"), "--out", _folder.At("out"), "--view", "--port", "0", "--quiet", "--parallel", "1");
        using var client = new HttpClient { BaseAddress = new Uri(await viewed.AddressAsync()) };
        while (!(await client.GetStringAsync("api/experiment")).Contains('d', StringComparison.Ordinal) || !Directory.Exists(_folder.At("out", "cells")) || Directory.GetFiles(_folder.At("out", "cells")).Length == 0)
            await Task.Delay(50);
        var waits = client.GetAsync("runs/2/api/next?seen=100000"); // a viewer that waits for a frame keeps nobody

        Assert.Equal(130, await viewed.StopAsync());
        await Task.WhenAny(waits);
        Assert.NotEmpty(Directory.GetFiles(_folder.At("out", "cells")));
    }

    private string Experiment(string pace)
    {
        File.WriteAllText(_folder.At("town.conf"), $"slots = 40\npace = {pace}\narea.side = 800 m\ndevices.count = 60\ndevices.mobility.speed = 20 m/s\n");
        var file = _folder.At("try.conf");
        File.WriteAllText(file, """
            experiment {
              title = "Two towns"
              scenario = town.conf
              seeds = [1, 2]
              parts {
                busy { vary { devices { devices.count = [60, 90] } } }
                calm { vary { devices { devices.count = [20, 60] } } }
              }
            }
            """);
        return file;
    }

    private string[] Digests(string folder) =>
        [.. Directory.GetFiles(_folder.At(folder, "cells")).Order(StringComparer.Ordinal).Select(file => Path.GetFileName(file) + Digest().Match(File.ReadAllText(file)).Value)];

    private static async Task ScreenshotAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("DITEN_VIEW_SCREENSHOTS") is not { } folder)
            return;
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{scheme}.png".ToLowerInvariant()) });
        }
    }

    private static async Task Diten(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandTree.RunAsync(args, new Session(new Terminal(TextWriter.Synchronized(output), TextWriter.Synchronized(error)))).WaitAsync(ViewedRun.Patience);
        Assert.True(code == 0, $"{output}\n{error}");
    }

    [GeneratedRegex("\"digest\":\\s*\"[0-9a-f]+\"")]
    private static partial Regex Digest();
}
