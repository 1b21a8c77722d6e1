using System.Globalization;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Diten.View.Serving;
using Microsoft.Playwright;

namespace Diten.View.Tests.Serving;

/// <summary>A run of which page after page is opened.</summary>
public sealed class ShownRun : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ViewServer? _server;

    public string Address => _server!.Address;

    internal RunSummary Summary => RunSummary.Read(_folder.At("run", "summary.json"));

    /// <summary>Tasks that a server ran in a slot, as the table of servers says.</summary>
    internal int Served(int server, int slot)
    {
        var lines = File.ReadAllLines(_folder.At("run", "tables", "servers.csv"));
        var columns = lines[0].Split(',').ToList();
        var row = lines.Select(line => line.Split(',')).Single(cells => cells[columns.IndexOf("slot")] == $"{slot}" && cells[columns.IndexOf("server")] == $"{server}");
        return int.Parse(row[columns.IndexOf("tasks")], CultureInfo.InvariantCulture);
    }

    public async Task InitializeAsync()
    {
        var scenario = _folder.At("town.conf");
        File.WriteAllText(scenario, """
            seed = 5
            slots = 30
            area.side = 1 km
            devices.count = 150
            devices.mobility.speed = 20 m/s
            tasks.data = [120 kB, 160 kB]
            twins.deviation.source = emergent
            faults {
              hole { kind = down, on = stations, ids = [9], slots = [10, 30] }
              stuck { kind = freeze, on = twins, ids = [3, 12, 20], slots = [5, 30] }
              gone { kind = down, on = servers, ids = [30], slots = [14, 30] }
            }
            """);
        Assert.Equal(0, await CommandTree.RunAsync(
            ["run", scenario, "--out", _folder.At("run"), "--record", "--quiet"], new Session(new Terminal(new StringWriter(), new StringWriter()))));
        _server = await ViewServer.OpenAsync(_folder.At("run"), 0);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>The page in a browser: what it says is what the run wrote, by mouse and by keys.</summary>
[Trait("Takes", "Seconds")]
public sealed class PageTests(Browser browser, ShownRun run) : IClassFixture<Browser>, IClassFixture<ShownRun>
{
    [SkippableFact]
    public async Task Figures_after_the_last_slot_are_those_of_the_summary()
    {
        var (page, wrong) = await browser.OpenAsync(run.Address);

        await page.Keyboard.PressAsync("End");
        await page.WaitForFunctionAsync("() => diten.frame.slot === 29");

        Assert.Equal(run.Summary.DeviceSlots.ToString(CultureInfo.InvariantCulture), await Figure(page, "device-slots"));
        Assert.Equal(Told(1e3 * run.Summary[Metric.Latency], 2), await Figure(page, "latency.mean"));
        Assert.Equal(Told(run.Summary[Metric.FailureRate], 4), await Figure(page, "failureRate"));
        Assert.Equal(Told(run.Summary[Metric.MigrationRate], 4), await Figure(page, "migrationRate"));
        Assert.Equal(Told(run.Summary[Metric.Reward], 3), await Figure(page, "rewardPerSlot"));
        Assert.Equal(Told(run.Summary[Metric.QueueMean], 3), await Figure(page, "deficitQueue.mean"));
        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task Time_goes_on_stands_still_and_goes_back_by_keys()
    {
        var (page, wrong) = await browser.OpenAsync(run.Address);

        Assert.Equal("slot 0 of 30", await page.Locator("#slot").TextContentAsync());
        await page.Keyboard.PressAsync("ArrowRight");
        await Slot(page, 1);
        await page.Keyboard.PressAsync("PageDown");
        await Slot(page, 11);
        await page.Keyboard.PressAsync("ArrowLeft");
        await Slot(page, 10);
        await page.SelectOptionAsync("#speed", "60");
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.Keyboard.PressAsync(" ");
        Assert.Equal("Pause", await page.Locator("#play").TextContentAsync());
        await Slot(page, 29);
        await page.Keyboard.PressAsync("Home");
        await Slot(page, 0);
        await page.Locator("#log button", new() { HasText = "hole" }).ClickAsync();
        await Slot(page, 10);
        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task A_server_that_is_found_tells_what_its_twin_believes_and_a_link_shows_the_same_again()
    {
        var (page, wrong) = await browser.OpenAsync(run.Address);
        await page.Keyboard.PressAsync("PageDown");
        await Slot(page, 10);
        await page.FillAsync("#query", "server 12");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("twin: suspect, age 5 slots").WaitForAsync();
        Assert.Equal("Server 12", await page.Locator("#who").TextContentAsync());
        await page.WaitForFunctionAsync("() => location.hash.includes('server=12')");
        var said = await page.Locator("#what").TextContentAsync();
        Assert.Contains("stuck: freeze on twins, slots 5–29", said);

        var (again, wrongAgain) = await browser.OpenAsync(page.Url);

        await again.GetByText("twin: suspect, age 5 slots").WaitForAsync();
        Assert.Equal("slot 10 of 30", await again.Locator("#slot").TextContentAsync());
        Assert.Equal(said, await again.Locator("#what").TextContentAsync());
        Assert.Equal(await Camera(page), await Camera(again));
        Assert.Empty(wrong);
        Assert.Empty(wrongAgain);
    }

    [SkippableFact]
    public async Task A_click_on_the_map_selects_what_is_there_and_a_device_tells_its_decisions()
    {
        var (page, wrong) = await browser.OpenAsync(run.Address);
        await page.Keyboard.PressAsync("End");
        await Slot(page, 29);
        var place = await page.EvaluateAsync<double[]>("() => diten.map.serverAt(7)");
        await page.ClickAsync("#map", new() { Position = new Position { X = (float)place[0], Y = (float)place[1] } });
        Assert.Equal("Server 7", await page.Locator("#who").TextContentAsync());
        await page.FillAsync("#query", "d 40");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#decisions tbody tr").Nth(7).WaitForAsync();
        Assert.Equal("Device 40", await page.Locator("#who").TextContentAsync());
        Assert.Equal("29", await page.Locator("#decisions tbody tr").First.Locator("td").First.TextContentAsync());
        await page.FillAsync("#query", "d 150");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("devices are 0 to 149", await page.Locator("#found").TextContentAsync());
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        Assert.True(await page.Locator("#selected").IsHiddenAsync());
        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task Charts_and_map_say_in_words_what_they_show()
    {
        var (page, wrong) = await browser.OpenAsync(run.Address);
        await page.Keyboard.PressAsync("End");
        await page.WaitForFunctionAsync("() => document.querySelector('#charts canvas').ariaLabel?.includes('in slot 29')");

        Assert.Matches(@"^mean latency: [0-9.]+ ms in slot 29; between [0-9.]+ and [0-9.]+ over 30 slots\.$", await page.Locator("#charts canvas").First.GetAttributeAsync("aria-label"));
        Assert.StartsWith("Map of ", await page.Locator("#map").GetAttributeAsync("aria-label"));
        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task Any_metric_can_be_plotted_and_stays_in_the_link()
    {
        var (page, wrong) = await browser.OpenAsync(run.Address);
        await page.SelectOptionAsync("#metric", "twins.ageMeanSlots");
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.Keyboard.PressAsync("End");
        var chart = page.Locator("#chosen canvas");
        await page.WaitForFunctionAsync("() => document.querySelector('#chosen canvas')?.ariaLabel?.includes('in slot 29')");
        Assert.Matches(@"^age, slots: [0-9.]+  in slot 29; between [0-9.]+ and [0-9.]+ over 30 slots\.$", await chart.GetAttributeAsync("aria-label"));
        await page.WaitForFunctionAsync("() => location.hash.includes('plot=twins.ageMeanSlots')");

        var (again, wrongAgain) = await browser.OpenAsync(page.Url);
        await again.WaitForFunctionAsync("() => document.querySelector('#chosen canvas')?.ariaLabel?.includes('over 30 slots')");

        Assert.StartsWith("age, slots: ", await again.Locator("#chosen canvas").GetAttributeAsync("aria-label"));
        await again.Locator("#chosen .away").ClickAsync();
        Assert.Equal(0, await again.Locator("#chosen canvas").CountAsync());
        Assert.Empty(wrong);
        Assert.Empty(wrongAgain);
    }

    [SkippableFact]
    public async Task Time_stops_by_itself_where_it_was_told_to()
    {
        var (page, wrong) = await browser.OpenAsync(run.Address);
        await page.SelectOptionAsync("#speed", "60");
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.Keyboard.PressAsync("b");
        await page.Keyboard.PressAsync(" "); // the box of desynchronised twins
        await page.FillAsync("#stopSlot", "3");

        await PlayUntilStopped(page, 3, "Stopped: slot 3");
        await page.FillAsync("#stopSlot", "");
        await PlayUntilStopped(page, 16, "Stopped: the twin of server 3 is desynchronised"); // frozen from slot 5 on: its age is 11 in slot 16
        Assert.Equal("Server 3", await page.Locator("#who").TextContentAsync());
        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task Time_stops_where_a_figure_passes_a_value_that_the_address_says()
    {
        var (page, wrong) = await browser.OpenAsync(run.Address);
        // Just below the highest latency after slot 1: the first slot beyond it that comes after one that is not.
        var limit = await page.EvaluateAsync<double>("() => Math.floor(1e4 * Math.max(...diten.feed.series.figures[0].slice(2))) / 10 - 0.1");
        var slot = await page.EvaluateAsync<int>("limit => diten.feed.series.figures[0].findIndex((value, at, all) => at > 0 && 1e3 * value > limit && 1e3 * all[at - 1] <= limit)", limit);

        (page, var wrongThere) = await browser.OpenAsync(run.Address + FormattableString.Invariant($"#slot=0&stop=latency%3E{limit}"));
        Assert.True(await page.EvaluateAsync<bool>("() => document.getElementById('stops').open"));
        await page.SelectOptionAsync("#speed", "60");
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.Keyboard.PressAsync(" ");
        await page.WaitForFunctionAsync("() => document.getElementById('notice').textContent.startsWith('Stopped: mean latency')");
        Assert.Equal(slot, await page.EvaluateAsync<int>("() => diten.frame.slot"));

        await page.SelectOptionAsync("#stopSide", "<"); // by hand: the address says so, too
        await page.WaitForFunctionAsync("() => decodeURIComponent(location.hash).includes('latency<')");
        Assert.Empty(wrong);
        Assert.Empty(wrongThere);
    }

    [SkippableFact]
    public async Task A_selected_server_is_tied_to_all_devices_that_it_serves()
    {
        var (page, wrong) = await browser.OpenAsync(run.Address + "#slot=20&server=12");
        await page.WaitForFunctionAsync("() => diten.told.served?.index === 20");

        var served = await page.EvaluateAsync<int>("() => diten.told.served.servers.filter(server => server === 12).length");

        Assert.Equal(run.Served(server: 12, slot: 20), served);
        Assert.Contains($"serves {served} drawn device", await page.Locator("#what").TextContentAsync());
        Assert.Empty(wrong);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Devices_move_between_slots_while_time_goes_on_but_not_for_whoever_wants_no_motion(bool still)
    {
        var (page, wrong) = await browser.OpenAsync(run.Address, still: still);
        await page.EvaluateAsync("""
            () => {
              globalThis.shares = new Set();
              const draw = diten.map.draw;
              diten.map.draw = function (...all) { draw.apply(this, all); shares.add(this.share); };
            }
            """);
        await page.SelectOptionAsync("#speed", "1");
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.Keyboard.PressAsync(" ");
        await Slot(page, 3);
        await page.Keyboard.PressAsync("End");
        await Slot(page, 29);

        Assert.Equal(!still, await page.EvaluateAsync<bool>("() => [...shares].some(share => share > 0 && share < 1)"));
        Assert.True(await page.EvaluateAsync<bool>("() => diten.map.motion.from === null"), "Time stands still, and devices move.");
        Assert.Empty(wrong);
    }

    /// <summary>With DITEN_VIEW_SCREENSHOTS = a folder, pictures go there for people to look at.</summary>
    [SkippableTheory]
    [InlineData(1280, 720, false)]
    [InlineData(1920, 1080, false)]
    [InlineData(390, 844, true)]
    public async Task The_page_fits_and_draws_a_city_in_light_and_dark(int width, int height, bool phone)
    {
        foreach (var dark in (bool[])[false, true])
        {
            var (page, wrong) = await browser.OpenAsync(run.Address + "#slot=20&server=12", width, height, dark, phone);
            await page.GetByText("twin: desynchronised").WaitForAsync();

            var overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");
            Assert.True(overflow <= 0, $"The page is {overflow} pixels wider than the window of {width}.");
            var colours = await page.EvaluateAsync<int>("""
                () => {
                  const map = document.getElementById('map'), data = new Uint32Array(map.getContext('2d').getImageData(0, 0, map.width, map.height).data.buffer);
                  return new Set(data).size;
                }
                """);
            Assert.True(colours > 20, $"The map has {colours} colours.");
            if (Environment.GetEnvironmentVariable("DITEN_VIEW_SCREENSHOTS") is { Length: > 0 } folder)
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{width}x{height}-{(dark ? "dark" : "light")}.png") });
            Assert.Empty(wrong);
        }
    }

    private static async Task PlayUntilStopped(IPage page, int slot, string notice)
    {
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.Keyboard.PressAsync(" ");
        await page.GetByText(notice).WaitForAsync();
        Assert.Equal($"slot {slot} of 30", await page.Locator("#slot").TextContentAsync());
        Assert.Equal("Play", await page.Locator("#play").TextContentAsync());
    }

    private static Task Slot(IPage page, int slot) => page.WaitForFunctionAsync("slot => diten.frame.slot === slot", slot);

    private static Task<string?> Figure(IPage page, string name) => page.Locator($"[data-figure='{name}']").TextContentAsync();

    private static Task<string> Camera(IPage page) => page.EvaluateAsync<string>("() => [diten.camera.x, diten.camera.y].map(n => n.toFixed(1)).join() + diten.camera.scale.toPrecision(4)");

    private static string Told(double value, int digits) => value.ToString("F" + digits, CultureInfo.InvariantCulture).Replace('-', '−');
}
