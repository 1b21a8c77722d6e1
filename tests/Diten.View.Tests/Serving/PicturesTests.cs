using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.Runs.Scenarios;
using Diten.View.Demos;
using Diten.View.Serving;
using Microsoft.Playwright;

namespace Diten.View.Tests.Serving;

/// <summary>Makes the pictures of README.md, and keeps them where DITEN_PICTURES names a folder: docs/live-view.md says how.</summary>
public sealed class PicturesTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private const int MostBytes = 400_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The town of the first scenario, syncs of its middle cut for some slots; the server there whose twin errs most is selected.</summary>
    [SkippableFact]
    [Trait("Takes", "Seconds")]
    public async Task A_run_on_its_map()
    {
        await DitenAsync(
            "run", ShippedScenarios.Find("quickstart.conf"), "--out", _folder.At("run"), "--record", "--quiet", "--set", "measure.twins=on",
            "--set", "faults.middle={kind=cut,link=sync,circle=[630 m,630 m,320 m],slots=[30,80]}");
        await using var server = await ViewServer.OpenAsync(_folder.At("run"), 0);
        var (page, _) = await browser.OpenAsync(server.Address + "#slot=45", still: true);
        await page.WaitForFunctionAsync("() => diten.frame.slot === 45");
        await page.EvaluateAsync("""
            () => {
              const wrong = id => diten.frame.condition[id] >> 6 === 2 ? Math.abs(diten.frame.belief[id]) : -1;
              diten.select({ kind: 'server', id: [...diten.frame.condition.keys()].reduce((worst, id) => wrong(id) > wrong(worst) ? id : worst) });
            }
            """);
        await page.WaitForFunctionAsync("() => diten.told.served?.index === 45");
        await SaveAsync(page, "view.png");
    }

    /// <summary>The demo's act in which processes die, shortened, just after one did.</summary>
    [SkippableFact]
    [Trait("Category", "Slow")]
    public async Task The_demo_after_a_process_died()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "processes are killed as on Linux");
        File.WriteAllText(_folder.At("demo.conf"), $$"""
            demo {
              title = "A city, its digital twins, and what happens when they part"
              acts {
                kill {
                  title = "Processes that die"
                  scenario = "{{ShippedScenarios.Find("demo/city.conf")}}"
                  set { slots = 90, devices.journey-slots = 90, pace = 12, faults.silence { kind = drop, link = sync, probability = 1, slots = [40, 90] } }
                  kill { 60 = node }
                  captions {
                    0 = "One of them will be ended by SIGKILL, as by a power cut, in the middle of the run."
                    61 = "Gone. The others go back to the last checkpoint, take over its zones, and run the slots since then again. Another process is started in its place."
                  }
                }
              }
            }
            """);
        await DitenAsync("demo", "--script", _folder.At("demo.conf"), "--once", "--out", _folder.At("demo"), "--port", "0", "--nodes", "3");
        await using var server = await ViewServer.StartAsync(0);
        server.Show(Performance.Open(_folder.At("demo")));
        var (page, _) = await browser.OpenAsync(server.Address + "acts/1/#slot=1", still: true);
        await page.WaitForFunctionAsync("() => diten.feed.events.some(event => event.kind === 'recovered')");
        await page.EvaluateAsync("() => diten.go(65)");
        await page.WaitForFunctionAsync("() => diten.frame.slot === 65 && diten.frame.index === diten.index");
        await SaveAsync(page, "demo.png");
    }

    private async Task SaveAsync(IPage page, string name)
    {
        var kept = Environment.GetEnvironmentVariable("DITEN_PICTURES") is { Length: > 0 } folder ? Directory.CreateDirectory(folder).FullName : _folder.At("");
        await page.EvaluateAsync("() => document.activeElement.blur()");
        var picture = await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(kept, name) });
        Assert.InRange(picture.Length, 10_000, MostBytes);
    }

    private static async Task DitenAsync(params string[] args)
    {
        var error = new StringWriter();
        var code = await CommandTree.RunAsync(args, new Session(new Terminal(TextWriter.Synchronized(new StringWriter()), TextWriter.Synchronized(error))));
        Assert.True(code == 0, $"diten {string.Join(' ', args)} ended with {code}: {error}");
    }
}
