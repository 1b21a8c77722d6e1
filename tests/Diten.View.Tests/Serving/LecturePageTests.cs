using System.Globalization;
using Diten.View.Demos;
using Diten.View.Serving;
using static Diten.View.Tests.Serving.LectureLooks;

namespace Diten.View.Tests.Serving;

/// <summary>The page of the lecture that comes with Diten, prepared with few worlds: questions stop time, guesses are told, a reader is a device.</summary>
[Trait("Takes", "Seconds")]
public sealed class LecturePageTests(Browser browser, PreparedLecture prepared) : IClassFixture<Browser>, IClassFixture<PreparedLecture>, IAsyncLifetime
{
    private ViewServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await ViewServer.StartAsync(port: 0);
        _server.Show(LectureHall.Open(prepared.Folder));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [SkippableTheory]
    [InlineData(1280, 720, false)]
    [InlineData(1280, 720, true)]
    [InlineData(390, 844, false)]
    [InlineData(390, 844, true)]
    public async Task Time_stops_for_a_question_nothing_ahead_is_seen_and_what_came_is_told_with_the_guess(int width, int height, bool dark)
    {
        var (page, wrong) = await browser.OpenAsync(_server.Address, width, height, dark, phone: width < 500);
        await page.GetByText("Two runs of one seed.").WaitForAsync();
        await page.Keyboard.PressAsync("End"); // as far as the question
        await page.GetByText("What will mean latency do there").WaitForAsync();
        await Shot(page, $"lecture-question-{width}{(dark ? "-dark" : "")}");
        await StopsAsync(page, 39);
        foreach (var key in (string[])["End", "PageDown", "ArrowRight", " "])
            await page.Keyboard.PressAsync(key);
        await page.EvaluateAsync("() => Object.assign(document.getElementById('time'), { value: 119 }).dispatchEvent(new Event('input'))");
        await StopsAsync(page, 39);
        Assert.Equal("", await page.Locator("#told").TextContentAsync());
        Assert.Equal("", string.Concat(await page.Locator("#answers .verdict").AllTextContentsAsync()));

        await page.Keyboard.PressAsync("2"); // it rises by 80 to 300 ms
        await page.Keyboard.PressAsync("End"); // the next question
        await page.GetByText("Will services migrate more often").WaitForAsync();
        await StopsAsync(page, 70);
        await page.Keyboard.PressAsync("3"); // more: wrong
        await page.Keyboard.PressAsync("End");

        await page.Locator("#mine tr").Nth(1).WaitForAsync();
        var guesses = await page.Locator("#mine tr").AllTextContentsAsync();
        Assert.Equal(2, guesses.Count);
        Assert.Matches("^1From slot 40 .*(✓ right|\\? open)$", guesses[0]); // two worlds may leave it open
        Assert.Matches("^1Will services migrate .*(✗ wrong|\\? open)$", guesses[1]);
        var told = await page.Locator("#told").TextContentAsync();
        Assert.Contains("Your answer: More, by more than 1 % of the tasks", told, StringComparison.Ordinal);
        Assert.Contains($"right less left {prepared.Lecture.Scenes[0].Questions[1].Measured}", told, StringComparison.Ordinal);
        Assert.Contains("right less left", await page.Locator("#now").TextContentAsync(), StringComparison.Ordinal); // whole runs
        Assert.True(await AheadAsync(page) is 0, "it is the last slot");
        await page.Keyboard.PressAsync("PageUp");
        await page.WaitForFunctionAsync("() => diten.index === 109");
        Assert.True(await AheadAsync(page) > 100, "who has answered all may see all");
        await Shot(page, $"lecture-told-{width}{(dark ? "-dark" : "")}");
        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task Who_goes_on_without_an_answer_is_told_what_came()
    {
        var (page, wrong) = await browser.OpenAsync(_server.Address + "#scene=2&slot=59");
        await page.GetByText("Which side will have less mean latency?").WaitForAsync();
        await StopsAsync(page, 3);

        await page.ClickAsync("#skip");
        await page.GetByText("What came is told in slot 50.").WaitForAsync();
        await page.WaitForFunctionAsync("() => diten.playing && diten.index > 5");
        Assert.Equal(0, await AheadAsync(page));
        await page.Keyboard.PressAsync("End");

        await page.Locator("#mine tr").WaitForAsync();
        Assert.EndsWith("none", await page.Locator("#mine tr").TextContentAsync(), StringComparison.Ordinal);
        Assert.StartsWith("You gave no answer.\nMeasured, latency in slots 4 to 59: right less left ", await page.Locator("#told").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("#answers input:checked").CountAsync());
        Assert.Equal(4, await page.Locator("#answers .verdict:not(:empty)").CountAsync());
        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task The_slider_of_loads_changes_both_runs()
    {
        var (page, wrong) = await browser.OpenAsync(_server.Address + "#scene=3");
        await page.WaitForFunctionAsync("() => diten.scene === 2 && diten.frame");
        await DevicesAsync(20, 0);

        await page.EvaluateAsync("() => Object.assign(document.getElementById('load'), { value: 5 }).dispatchEvent(new Event('input'))");
        await DevicesAsync(800, 5);
        Assert.True(await page.Locator("#question").IsHiddenAsync());
        await page.Keyboard.PressAsync("End");
        await page.GetByText("how much worse is it to ask the twins").WaitForAsync();
        await StopsAsync(page, 5);

        await page.Keyboard.PressAsync(","); // a load of which nothing is asked
        await DevicesAsync(400, 4);
        await page.Keyboard.PressAsync("End");
        await page.WaitForFunctionAsync("() => diten.slot === 99");
        Assert.StartsWith("400", Assert.Single(await page.Locator("#loads tbody tr").AllTextContentsAsync()), StringComparison.Ordinal);
        Assert.Empty(wrong);

        async Task DevicesAsync(int devices, int load)
        {
            var runs = prepared.Lecture.Scenes[2].Pairs[load].Runs;
            await page.WaitForFunctionAsync($"() => diten.feeds.length === 2 && diten.feeds.every(feed => feed.world.devices === {devices}) && diten.frames.length === 2");
            Assert.Equal($"{devices}", await page.Locator("#loadName").TextContentAsync());
            foreach (var (run, side) in runs.Select((run, side) => (run, side)))
            {
                Assert.Equal($"/acts/{run.Number}/", await page.Locator($"#side{side} a").GetAttributeAsync("href"));
                var shown = (run.Figures[0].Shown[0]!.Value * 1e3).ToString("F2", CultureInfo.InvariantCulture);
                Assert.Contains(shown, await page.Locator("#now tbody tr").Nth(side).TextContentAsync(), StringComparison.Ordinal);
            }
        }
    }

    [SkippableFact]
    public async Task One_server_is_seen_with_belief_truth_and_tasks_on_both_sides()
    {
        var (page, wrong) = await browser.OpenAsync(_server.Address + "#scene=4&slot=45");
        var said = page.Locator("#beliefs p");
        await page.Locator("#belief").GetByText("Server 154: belief (dashed), truth and decisions (solid)").WaitForAsync();
        await page.Locator("#beliefs").GetByText("age 5)").First.WaitForAsync(); // the last word came in slot 40's beginning
        var before = await said.AllTextContentsAsync();
        Assert.Equal(2, before.Count);
        Assert.All(before, text => Assert.Matches(@"^The twin \(.+, age 5\) believes in \d+ tasks? and \d+\.\d\d GHz free\.\nTrue: \d+\.\d\d GHz free\. Stations decided to send \d+ tasks?\.$", text));
        Assert.Equal(4, await page.Locator("#beliefs canvas[aria-label]").CountAsync());

        await page.EvaluateAsync("() => diten.go(diten.index + 4)");
        await page.Locator("#beliefs").GetByText("age 9)").First.WaitForAsync();
        var after = await said.AllTextContentsAsync();
        string Believed(string text) => text[text.IndexOf("believes", StringComparison.Ordinal)..text.IndexOf('\n', StringComparison.Ordinal)];
        Assert.Equal(Believed(before[0]), Believed(after[0])); // it heard nothing since
        await FitsAsync(page);
        await Shot(page, "lecture-belief");
        Assert.Empty(wrong);
    }

    [SkippableTheory]
    [InlineData(1280, 720)]
    [InlineData(390, 844)]
    public async Task A_reader_is_a_device_and_sees_what_each_choice_would_have_cost_after_the_choice_only(int width, int height)
    {
        var (page, wrong) = await browser.OpenAsync(_server.Address + "#scene=5&slot=20", width, height, phone: width < 500);
        await page.Locator("#candidates button").First.WaitForAsync();
        await StopsAsync(page, 4);
        await page.ClickAsync("#skip");
        await page.EvaluateAsync("() => diten.go(10)");
        await page.WaitForFunctionAsync("() => diten.index === 10");
        await HiddenAsync();

        await page.Locator("#candidates button").Nth(1).ClickAsync();

        await page.WaitForFunctionAsync("() => document.getElementById('came').textContent.length > 0");
        var choice = prepared.Lecture.Scenes[4].Pairs[0].Runs[0].Choices[0].Slots.Single(one => one.Slot == 10);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"a regret of {1e3 * choice.Candidates[1].Regret:F1} ms"), await page.Locator("#came").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(choice.Candidates.Select(one => (1e3 * one.Regret).ToString("F1", CultureInfo.InvariantCulture)), await page.Locator("#candidates tbody td:nth-child(6)").AllTextContentsAsync());
        Assert.StartsWith("in sync1", (await page.Locator("#score tbody tr").AllTextContentsAsync())[0], StringComparison.Ordinal);
        Assert.Equal("you", (await page.Locator("#candidates .marks").Nth(1).TextContentAsync())![..3]);
        await FitsAsync(page);
        await Shot(page, $"lecture-device-{width}");

        await page.ClickAsync("#next");
        await page.WaitForFunctionAsync("() => diten.index === 11");
        await HiddenAsync();
        await page.SelectOptionAsync("#side", "1");
        await HiddenAsync();
        Assert.Empty(wrong);

        async Task HiddenAsync()
        {
            Assert.Equal("", await page.Locator("#came").TextContentAsync());
            Assert.All(await page.Locator("#candidates tbody tr").AllTextContentsAsync(), row => Assert.EndsWith("??", row, StringComparison.Ordinal)); // neither what is true, nor regret, nor who took it
            Assert.NotEqual(0, await page.Locator("#candidates tbody tr").CountAsync());
        }
    }

    [SkippableFact]
    public async Task All_of_it_goes_by_keys()
    {
        var (page, wrong) = await browser.OpenAsync(_server.Address);
        await page.Keyboard.PressAsync("?");
        await page.Locator("#keys[open]").GetByText("answer, or candidate").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        for (var slot = 10; slot <= 30; slot += 10)
        {
            await page.Keyboard.PressAsync("PageDown");
            await page.WaitForFunctionAsync($"() => diten.index === {slot}");
        }

        await page.Keyboard.PressAsync(">");
        await page.Keyboard.PressAsync(">");
        await page.Keyboard.PressAsync(" ");
        await page.WaitForFunctionAsync("() => document.activeElement.matches('#answers input') && !diten.playing"); // where time stops, one can answer
        await page.Keyboard.PressAsync("ArrowDown"); // the second answer
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.activeElement.id === 'play' && diten.playing");
        Assert.True(await page.Locator("#answers input").Nth(1).IsCheckedAsync());

        for (var scene = 1; scene <= 4; scene++)
        {
            await page.Keyboard.PressAsync("]");
            await page.WaitForFunctionAsync($"() => diten.scene === {scene} && diten.frame");
            if (scene != 2)
                continue;
            await page.Keyboard.PressAsync(".");
            await page.WaitForFunctionAsync("() => diten.load === 1 && diten.frame");
        }

        await page.Keyboard.PressAsync("1"); // no question waits yet: a candidate
        await page.WaitForFunctionAsync("() => document.activeElement.id === 'next'");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => diten.index === 1 && document.activeElement.matches('#candidates button')");
        await page.Keyboard.PressAsync("n");
        await page.Locator("#belief").GetByText("Server 0:").WaitForAsync();
        Assert.Empty(wrong);
    }

    [SkippableTheory]
    [InlineData(1280, 720, false)]
    [InlineData(1280, 720, true)]
    [InlineData(390, 844, false)]
    [InlineData(390, 844, true)]
    public async Task Scenes_follow_one_another_and_none_is_wider_than_the_window(int width, int height, bool dark)
    {
        var (page, wrong) = await browser.OpenAsync(_server.Address, width, height, dark, phone: width < 500);
        await page.GetByText("Two runs of one seed.").WaitForAsync();
        var texts = new HashSet<string?>();
        for (var scene = 1; scene <= 5; scene++)
        {
            await page.WaitForFunctionAsync($"() => document.querySelectorAll('#acts [aria-current]').length === 1 && diten.scene === {scene - 1} && diten.frame");
            Assert.True(texts.Add(await page.Locator("#text").TextContentAsync()));
            await FitsAsync(page);
            await page.Keyboard.PressAsync("End"); // with a question, too
            await page.Locator("#question").WaitForAsync();
            await FitsAsync(page);
            await Shot(page, $"lecture-scene-{scene}-{width}{(dark ? "-dark" : "")}", whole: width < 500);
            while (await page.Locator("#skip").IsVisibleAsync())
            {
                await page.ClickAsync("#skip");
                await page.Keyboard.PressAsync("End");
                await page.WaitForFunctionAsync("() => diten.index === diten.limit && !diten.playing");
            }

            await FitsAsync(page); // and with what came
            await Shot(page, $"lecture-scene-{scene}-told-{width}{(dark ? "-dark" : "")}", whole: width < 500);
            await page.Keyboard.PressAsync("]");
        }

        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task A_key_that_is_pressed_again_before_the_scene_is_there_counts_twice()
    {
        var (page, wrong) = await browser.OpenAsync(_server.Address, 1280, 720);
        await page.WaitForFunctionAsync("() => diten.scene === 0 && diten.frame");

        await page.EvaluateAsync("() => { for (let i = 0; i < 2; i++) document.body.dispatchEvent(new KeyboardEvent('keydown', { key: ']', bubbles: true })); }");

        await page.WaitForFunctionAsync("() => diten.scene === 2 && diten.frame");
        await page.Keyboard.PressAsync("[");
        await page.WaitForFunctionAsync("() => diten.scene === 1 && diten.frame");
        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task Who_comes_early_sees_how_far_it_is_and_then_the_lecture()
    {
        var hall = new LectureHall();
        await using var server = await ViewServer.StartAsync(port: 0);
        server.Show(hall);
        hall.Preparing(3, 10);
        var page = await (await browser.WindowAsync()).NewPageAsync();
        await page.GotoAsync(server.Address);
        await page.GetByText("3 of 10 runs are done. The lecture begins here when all are.").WaitForAsync();
        hall.Preparing(9, 10);
        await page.GetByText("9 of 10 runs are done.").WaitForAsync();

        Assert.All(prepared.Lecture.Runs(), run => Assert.True(hall.TryOpen(run.Number, Path.Combine(prepared.Folder, run.Folder))));
        hall.Begin(prepared.Lecture);

        await page.GetByText("Two runs of one seed.").WaitForAsync();
        Assert.Equal(prepared.Lecture.Title, await page.Locator("#name").TextContentAsync());
    }
}
