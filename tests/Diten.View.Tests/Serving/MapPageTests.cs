using Microsoft.Playwright;

namespace Diten.View.Tests.Serving;

/// <summary>What the map and the panels beside it tell of servers, twins and faults.</summary>
[Trait("Takes", "Seconds")]
public sealed class MapPageTests(Browser browser, ShownRun run) : IClassFixture<Browser>, IClassFixture<ShownRun>
{
    /// <summary>A copy of the map, to be read as often as is wished.</summary>
    private const string Copy = "const copy = document.createElement('canvas'); [copy.width, copy.height] = [diten.map.canvas.width, diten.map.canvas.height]; const read = copy.getContext('2d', { willReadFrequently: true }); read.drawImage(diten.map.canvas, 0, 0);";

    /// <summary>Lets no device lie over what is looked at.</summary>
    private const string Bare = "() => { diten.frame.places.fill(0xffffffff); diten.resize(); }";

    [SkippableFact]
    public async Task A_server_that_is_down_is_crossed_out_on_the_map_and_its_panel_says_why()
    {
        var (page, wrong) = await browser.OpenAsync(run.Address + "#slot=13");
        Assert.Equal(0, await CrossAsync(page));
        await GoAsync(page, 14);
        await ShotAsync(page, "server-down");
        Assert.InRange(await CrossAsync(page), 20, 400);

        await page.EvaluateAsync("() => diten.select({ kind: 'server', id: 30 })");
        await page.GetByText("gone: down on servers, slots 14–29").WaitForAsync();

        Assert.InRange(await CrossAsync(page), 20, 400);
        Assert.DoesNotContain("stuck", await page.Locator("#what").TextContentAsync());
        Assert.Contains("server that is down", await page.Locator("#legend").TextContentAsync());
        await GoAsync(page, 13);
        await page.WaitForFunctionAsync("() => !document.getElementById('what').textContent.includes('gone')"); // it is not yet
        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task What_all_twins_believe_is_drawn_where_they_are_large_enough()
    {
        var (page, wrong) = await browser.OpenAsync(run.Address + "#slot=20", still: true);
        await page.EvaluateAsync(Bare);
        await ShotAsync(page, "ghosts");

        Assert.True(await page.EvaluateAsync<double>("() => diten.map.serverSize") >= 9);
        Assert.True(await BeliefsAreSeenAsync(page));
        await page.EvaluateAsync("() => diten.zoom(0.35, 400, 300)");
        Assert.True(await page.EvaluateAsync<double>("() => diten.map.serverSize") < 9);
        Assert.False(await BeliefsAreSeenAsync(page));
        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task The_map_in_words_counts_who_is_down_and_who_believes_what_is_not_so()
    {
        var (page, wrong) = await browser.OpenAsync(run.Address + "#slot=20&server=12");

        await page.WaitForFunctionAsync("() => document.getElementById('map').ariaLabel.includes('selected')");

        // Three twins are frozen from slot 5 on; that of server 30, which is down from slot 14 on, is not older than ten slots.
        Assert.Matches(
            @"^Map of (\d+) stations and \1 servers in slot 20: 3 twins desynchronised, 1 station and 1 server down, mean load \d\d? %; selected: server 12\.$",
            await page.Locator("#map").GetAttributeAsync("aria-label"));
        Assert.InRange(await page.EvaluateAsync<double>("""
            () => Math.abs(+/mean load (\d+)/.exec(document.getElementById('map').ariaLabel)[1] - 100 * diten.feed.series.figures[diten.world.series.indexOf('utilisation')][20])
            """), 0, 1);
        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task The_log_is_by_slot_and_of_more_lines_than_it_holds_has_those_around_the_slot_that_is_shown()
    {
        var (page, wrong) = await browser.OpenAsync(run.Address);
        Assert.Equal(
            ["slot 5 · stuck: freeze on twins, 3 targets, slots 5–29", "slot 10 · hole: down on stations 9, slots 10–29", "slot 14 · gone: down on servers 30, slots 14–29"],
            (await page.Locator("#log li").AllTextContentsAsync()).Where(line => !line.Contains("epoch", StringComparison.Ordinal)));
        Assert.StartsWith("slot 0 · epoch 1", await page.Locator("#log li").First.TextContentAsync());

        // 60 in each slot, told in an order of their own.
        await page.EvaluateAsync("""
            () => {
              for (let i = 0; i < 1800; i++) diten.feed.events.push({ slot: i * 7 % 30, kind: 'checkpoint', text: `a checkpoint, number ${i}` });
              diten.grown();
            }
            """);
        foreach (var slot in (int[])[0, 15, 29])
        {
            await GoAsync(page, slot);
            var slots = await page.EvaluateAsync<int[]>("() => [...document.querySelectorAll('#log li')].map(line => +/slot (\\d+)/.exec(line.textContent)[1])");
            Assert.Equal(500, slots.Length);
            Assert.Equal(slots.Order(), slots);
            Assert.Equal(slot == 0 ? 61 : 60, slots.Count(each => each == slot)); // the first epoch is told there, too
            Assert.StartsWith($"slot {slot} ", await page.Locator("#log [aria-current]").TextContentAsync());
        }

        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task Reward_regret_and_speed_are_drawn_over_time()
    {
        var (page, wrong) = await browser.OpenAsync(run.Address + "#slot=20");
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('#charts canvas')].filter(chart => chart.ariaLabel?.includes('in slot 20')).length >= 8");
        await page.EvaluateAsync("() => { diten.feed.nodes.moments.length = 0; diten.grown(); }"); // so short a run may be looked at once, or never
        Assert.True(await page.Locator("#charts canvas").Last.IsHiddenAsync()); // nobody looked how fast it was
        await page.EvaluateAsync("() => { diten.feed.nodes.append([{ slot: 3, nodes: [{ node: 'a', state: 'Up', zones: [0], devices: 40, rate: 1200 }] }]); diten.grown(); }");
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('#charts canvas')].every(chart => chart.ariaLabel?.includes('in slot 20'))");

        var told = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('#charts canvas')].map(chart => chart.ariaLabel)");

        Assert.Single(told, each => System.Text.RegularExpressions.Regex.IsMatch(each, @"^reward a task: -?\d+\.\d{3} "));
        Assert.Single(told, each => System.Text.RegularExpressions.Regex.IsMatch(each, @"^mean regret: \d+\.\d\d ms "));
        Assert.Single(told, each => System.Text.RegularExpressions.Regex.IsMatch(each, @"^device-slots/s: 1200 "));
        Assert.Matches(@"^\d+\.\d\d$", await page.Locator("[data-figure='regret.mean']").TextContentAsync());
        var rates = await page.EvaluateAsync<double?[]>("""
            () => {
              const nodes = Object.assign(Object.create(diten.feed.nodes), { moments: [[2, 10], [5, 20], [8, 30], [6, 40]].map(([slot, rate]) => ({ slot, nodes: [{ rate }, { rate: 1 }] })) });
              return nodes.rates([0, 2, 4, 5, 6, 9]).map(rate => Number.isFinite(rate) ? rate : null);
            }
            """);
        Assert.Equal([null, 11, 11, 21, 41, 41], rates); // slots from 6 on were run again
        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task A_fault_that_is_thrown_in_is_told_at_its_server_and_a_circle_is_drawn_while_it_is_chosen()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("town.conf"), "seed = 5\nslots = 4000\npace = 20\narea.side = 1 km\ndevices.count = 40\n");
        await using var viewed = new ViewedRun("run", folder.At("town.conf"), "--out", folder.At("run"), "--view", "--port", "0", "--quiet");
        var (page, wrong) = await browser.OpenAsync(await viewed.AddressAsync());
        await page.WaitForFunctionAsync("() => !document.getElementById('hands').hidden");
        await page.EvaluateAsync("() => diten.select({ kind: 'server', id: 18 })");
        Assert.InRange(await CircleAsync(page), 0, 0.1); // nobody chooses one

        await page.ClickAsync("#hands summary");
        await page.FillAsync("#radius", "250");
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await ShotAsync(page, "circle");
        Assert.InRange(await CircleAsync(page), 0.4, 0.9); // it is dashed
        await page.FillAsync("#radius", "");
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Assert.InRange(await CircleAsync(page), 0, 0.1);

        await page.WaitForFunctionAsync("() => /^device-slots\\/s: [1-9]/.test(document.querySelector('#charts canvas:last-child').ariaLabel)");
        await page.FillAsync("#token", System.Text.RegularExpressions.Regex.Match(viewed.Said, "token ([0-9a-f]+)").Groups[1].Value);
        await page.ClickAsync("text=freeze its twin");
        await page.WaitForFunctionAsync("() => /freeze-18-1: freeze on twins, slots \\d+–3999/.test(document.getElementById('what').textContent)");
        await page.EvaluateAsync("() => diten.select({ kind: 'server', id: 19 })");
        await page.WaitForFunctionAsync("() => diten.told.story?.length > 0 && !document.getElementById('what').textContent.includes('freeze')");
        await page.EvaluateAsync("() => diten.go(0)");
        await page.EvaluateAsync("() => diten.select({ kind: 'server', id: 18 })");
        await page.WaitForFunctionAsync("() => diten.frame.slot === 0 && diten.told.story?.length === 1 && !document.getElementById('what').textContent.includes('freeze')"); // it was not thrown in yet
        Assert.DoesNotContain(wrong, said => !said.Contains("404", StringComparison.Ordinal)); // asked for faults before the run had begun
        Assert.Equal(130, await viewed.StopAsync());
    }

    /// <summary>Pixels of the colour of what is lost in the square of server 30.</summary>
    private static async Task<int> CrossAsync(IPage page)
    {
        await page.EvaluateAsync(Bare);
        return await page.EvaluateAsync<int>($$"""
            () => {
              {{Copy}}
              const { map } = diten, [x, y] = map.serverAt(30), size = map.serverSize, [r, g, b] = [1, 3, 5].map(i => parseInt(map.colours.lost.slice(i, i + 2), 16));
              const { data } = read.getImageData((x - size) * map.ratio, (y - size) * map.ratio, 2 * size * map.ratio, 2 * size * map.ratio);
              let count = 0;
              for (let i = 0; i < data.length; i += 4) count += data[i] === r && data[i + 1] === g && data[i + 2] === b;
              return count;
            }
            """);
    }

    /// <summary>Share of the circle of 250 m around server 18 that has its colour, or nearly so.</summary>
    private static Task<double> CircleAsync(IPage page) => page.EvaluateAsync<double>($$"""
        () => {
          const { map } = diten, [x, y] = map.serverAt(18), radius = 250 * map.camera.scale, wanted = [1, 3, 5].map(i => parseInt(map.colours.lost.slice(i, i + 2), 16));
          diten.drawMap(performance.now());
          {{Copy}}
          let hits = 0, seen = 0;
          for (let degrees = 0; degrees < 360; degrees++) {
            const [px, py] = [x + radius * Math.cos(degrees * Math.PI / 180), y + radius * Math.sin(degrees * Math.PI / 180)];
            if (px < 0 || py < 0 || px >= map.camera.width || py >= map.camera.height) continue;
            const { data } = read.getImageData(px * map.ratio, py * map.ratio, 1, 1);
            seen++;
            hits += wanted.every((value, i) => Math.abs(value - data[i]) < 60);
          }
          return hits / seen;
        }
        """);

    /// <summary>Whether the map would be another one if all twins believed what is so.</summary>
    private static Task<bool> BeliefsAreSeenAsync(IPage page) => page.EvaluateAsync<bool>($$"""
        () => {
          const { map, frame } = diten, pixels = () => { diten.resize(); {{Copy}} return read.getImageData(0, 0, copy.width, copy.height).data.join(); };
          const believed = frame.belief.slice(), before = pixels();
          frame.belief.fill(0);
          const after = pixels();
          frame.belief.set(believed);
          diten.resize();
          return before !== after;
        }
        """);

    private static async Task GoAsync(IPage page, int slot)
    {
        await page.EvaluateAsync("slot => diten.go(slot)", slot);
        await page.WaitForFunctionAsync("slot => diten.frame.slot === slot", slot);
    }

    private static async Task ShotAsync(IPage page, string name) => await LectureLooks.Shot(page, name);
}
