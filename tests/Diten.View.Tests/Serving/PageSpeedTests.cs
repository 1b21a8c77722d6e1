using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.View.Serving;
using Xunit.Abstractions;

namespace Diten.View.Tests.Serving;

/// <summary>How smoothly the page plays a large city; says it, and asserts only that all is drawn: machines that test are busy.</summary>
public sealed class PageSpeedTests(Browser browser, ITestOutputHelper output) : IClassFixture<Browser>
{
    [SkippableTheory]
    [Trait("Category", "Slow")]
    [InlineData(5_000, "[120 kB, 160 kB]")]
    [InlineData(100_000, "[6 kB, 8 kB]")]
    public async Task A_city_of_a_thousand_stations_is_played_with_five_thousand_drawn_devices(int devices, string data)
    {
        using var folder = new TemporaryFolder();
        var scenario = folder.At("city.conf");
        File.WriteAllText(scenario, $$"""
            seed = 1
            slots = 40
            area.side = 5 km
            devices.count = {{devices}}
            devices.mobility.speed = 15 m/s
            tasks.data = {{data}}
            twins.deviation.source = emergent
            """);
        Assert.Equal(0, await CommandTree.RunAsync(
            ["run", scenario, "--out", folder.At("run"), "--record", "--no-tables", "--checkpoint-every", "0", "--quiet"],
            new Session(new Terminal(new StringWriter(), new StringWriter()))));
        await using var server = await ViewServer.OpenAsync(folder.At("run"), 0);
        var (page, wrong) = await browser.OpenAsync(server.Address, 1920, 1080);
        await page.SelectOptionAsync("#speed", "5");

        var milliseconds = await page.EvaluateAsync<double[][]>("""
            () => new Promise(done => {
              const between = [], drawing = [], draw = diten.drawMap;
              diten.drawMap = function (now) { const begin = performance.now(); draw.call(this, now); drawing.push(performance.now() - begin); };
              diten.toggle();
              let last = null;
              const look = now => {
                if (last !== null) between.push(now - last);
                last = now;
                if (diten.playing) requestAnimationFrame(look); else done([between, drawing]);
              };
              requestAnimationFrame(look);
            })
            """);

        var frame = await page.EvaluateAsync<int[]>("() => [diten.frame.slot, diten.frame.stations, diten.frame.devices]");
        Assert.Equal([39, 1024, 5000], frame);
        Assert.True(milliseconds[1].Length > 39, "Devices did not move between slots.");
        Assert.Empty(wrong);
        output.WriteLine(FormattableString.Invariant(
            $"{devices} devices, 1024 stations, 1920 x 1080: {1000 / milliseconds[0].Average():F1} frames/s; a frame takes {Quantile(milliseconds[0], 0.5):F1} ms (p50), {Quantile(milliseconds[0], 0.95):F1} ms (p95), of which drawing the map takes {Quantile(milliseconds[1], 0.5):F1} ms (p50), {Quantile(milliseconds[1], 0.95):F1} ms (p95)"));
    }

    private static double Quantile(double[] values, double share) => values.Order().ElementAt((int)(share * (values.Length - 1)));
}
