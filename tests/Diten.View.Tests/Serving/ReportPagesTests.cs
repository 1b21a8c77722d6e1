using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Microsoft.Playwright;

namespace Diten.View.Tests.Serving;

/// <summary>Reports as a browser shows them that has nothing but the file: on a telephone, in light and in dark, and what they tell where somebody points at them.</summary>
public sealed class ReportPagesTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private const string Fault = "faults.middle={kind=cut,link=sync,slots=[5,12]}";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    [Trait("Takes", "Seconds")]
    public async Task Of_a_run() => await LookAsync("run", await MadeAsync("run", TownOf(60), "--set", Fault), everywhere: true);

    [SkippableFact]
    [Trait("Takes", "Seconds")]
    public async Task Of_a_comparison() => await LookAsync("compare", await MadeAsync(
        "compare", TownOf(30), "--policies", "random,nearest-first,stay", "--case", "a long name of a case: policy.name=hysteresis; radio.bandwidth=10 MHz", "--seeds", "3"), everywhere: true);

    [SkippableFact]
    [Trait("Takes", "Seconds")]
    public async Task Of_a_sweep() => await LookAsync("sweep", await MadeAsync("sweep", TownOf(30), "--vary", "devices.count=20,40,60", "--policies", "random,stay", "--seeds", "3"), everywhere: true);

    [SkippableFact]
    [Trait("Takes", "Seconds")]
    public async Task Of_an_experiment()
    {
        TownOf(30);
        var file = _folder.At("try.conf");
        File.WriteAllText(file, $$"""
            experiment {
              title = "Losses, and who minds"
              scenario = town.conf
              seeds = [1, 3]
              set { faults.loss { kind = drop, link = sync, probability = 0 } }
              vary {
                loss { label = "Share lost", faults.loss.probability = [0, 0.9] }
                policy { policy.name = [random, drift-plus-penalty] }
              }
              metrics = [latency.mean, failureRate]
              contrasts { loss = "loss=0.9 against loss=0" }
              claims { none { says = "Who looks at no twin does not mind.", of = loss, at = "policy=random", lies = "from -0.001 ms to 0.001 ms" } }
              figures {
                latency { x = loss, series = policy, title = "Latency" }
                map { kind = heat-map, x = loss, series = policy, title = "Map" }
                ages { kind = ages, title = "Ages" }
              }
            }
            """);

        await LookAsync("experiment", await MadeAsync("experiment", file), everywhere: false);
    }

    /// <param name="everywhere">Whether each chart tells something where somebody points at it.</param>
    private async Task LookAsync(string name, string report, bool everywhere)
    {
        foreach (var (width, height, dark) in new[] { (400, 800, false), (400, 800, true), (1280, 900, false), (1280, 900, true) })
        {
            var (page, wrong) = await browser.OpenFileAsync(report, width, height, dark);

            Assert.Equal("", await page.EvaluateAsync<string>("""
                () => document.documentElement.scrollWidth <= innerWidth ? '' : `${document.documentElement.scrollWidth} of ${innerWidth}: `
                    + [...document.body.querySelectorAll('*')].filter(each => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest('.panel, .numbers, pre, svg'))
                        .map(each => `${each.tagName} ${each.className}`).slice(0, 5).join('; ')
                """));
            Assert.Equal(dark, await page.EvaluateAsync<bool>("() => getComputedStyle(document.body).backgroundColor === 'rgb(16, 19, 23)'"));
            Assert.NotEqual(0, await PointAsync(page, everywhere));
            await LectureLooks.Shot(page, $"report-{name}-{width}{(dark ? "-dark" : "")}", whole: true);
            Assert.Empty(wrong);
        }
    }

    /// <summary>Points at each chart, and sees that it tells a number there, and shows that it is meant; how many do.</summary>
    private static async Task<int> PointAsync(IPage page, bool everywhere)
    {
        var charts = page.Locator("figure");
        var told = 0;
        for (var i = 0; i < await charts.CountAsync(); i++)
        {
            var chart = charts.Nth(i);
            var place = chart.Locator(".told rect").First;
            if (await place.CountAsync() == 0)
            {
                Assert.False(everywhere, await chart.Locator("figcaption").TextContentAsync());
                continue;
            }

            await place.ScrollIntoViewIfNeededAsync();
            var box = (await place.BoundingBoxAsync())!;
            await page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
            var text = await page.EvaluateAsync<string>("() => [...document.querySelectorAll('.told rect:hover')].map(each => `${getComputedStyle(each).fillOpacity} ${each.querySelector('title').textContent}`).join()");
            Assert.Matches(@"(?s)^0\.13 .+[0-9]", text);
            told++;
        }

        return told;
    }

    private string TownOf(int devices)
    {
        var file = _folder.At("town.conf");
        File.WriteAllText(file, FormattableString.Invariant($"slots = 20\narea.side = 800 m\ndevices.count = {devices}\ntwins.deviation.source = emergent\n"));
        return file;
    }

    private async Task<string> MadeAsync(params string[] words)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandTree.RunAsync([.. words, "--out", _folder.At("out"), "--quiet"], new Session(new Terminal(output, error)));
        Assert.True(code == 0, error.ToString());
        return _folder.At("out", "report.html");
    }
}
