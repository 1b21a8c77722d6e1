using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.View.Demos;
using Diten.View.Serving;
using Microsoft.Playwright;

namespace Diten.View.Tests.Serving;

/// <summary>The page of the lecture that comes with Diten, prepared with few worlds: questions stop time, guesses are told, a reader is a device.</summary>
[Trait("Takes", "Seconds")]
public sealed class LecturePageTests(Browser browser, LecturePageTests.Prepared prepared) : IClassFixture<Browser>, IClassFixture<LecturePageTests.Prepared>, IAsyncLifetime
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
    [InlineData(390, 844, true)]
    public async Task Time_stops_for_a_question_and_what_came_is_told_with_the_guess(int width, int height, bool dark)
    {
        var (page, wrong) = await browser.OpenAsync(_server.Address, width, height, dark, phone: dark);
        await page.GetByText("Two runs of one seed.").WaitForAsync();
        await page.Keyboard.PressAsync("End"); // as far as the question
        await page.GetByText("What will mean latency do there").WaitForAsync();
        Assert.Contains("39", await page.Locator("#slot").TextContentAsync());
        await Shot(page, $"lecture-question-{width}");

        await page.Keyboard.PressAsync("4"); // it rises by more than 80 ms
        await page.Keyboard.PressAsync("End"); // the next question
        await page.GetByText("Will services migrate more often").WaitForAsync();
        await page.Keyboard.PressAsync("1"); // more: wrong
        await page.Keyboard.PressAsync("End");

        await page.Locator("#mine tr").Nth(1).WaitForAsync();
        var guesses = await page.Locator("#mine tr").AllTextContentsAsync();
        Assert.Equal(2, guesses.Count);
        Assert.Matches("^1From slot 40 .*(✓ right|\\? open)$", guesses[0]); // two worlds may leave it open
        Assert.Matches("^1Will services migrate .*(✗ wrong|\\? open)$", guesses[1]);
        await Shot(page, $"lecture-told-{width}");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "something is wider than the window");
        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task Scenes_follow_one_another_and_the_load_can_be_chosen()
    {
        var (page, wrong) = await browser.OpenAsync(_server.Address);
        await page.GetByText("Two runs of one seed.").WaitForAsync();
        var first = await page.Locator("#text").TextContentAsync();
        for (var scene = 2; scene <= 5; scene++)
        {
            await page.Keyboard.PressAsync("]");
            await page.WaitForFunctionAsync($"() => document.querySelectorAll('#acts [aria-current]').length === 1 && diten.scene === {scene - 1}");
            Assert.NotEqual(first, await page.Locator("#text").TextContentAsync());
            await Shot(page, $"lecture-scene-{scene}");
        }

        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task A_reader_is_a_device_and_sees_what_each_choice_would_have_cost()
    {
        var (page, wrong) = await browser.OpenAsync(_server.Address + "#scene=5&slot=20");
        await page.Locator("#game").WaitForAsync();
        await page.Locator("#candidates button").First.WaitForAsync();

        await page.ClickAsync("#skip"); // the question of this slot
        await page.Locator("#candidates button").First.ClickAsync();

        await page.WaitForFunctionAsync("() => document.getElementById('came').textContent.length > 0");
        Assert.Contains("ms", await page.Locator("#came").TextContentAsync());
        await Shot(page, "lecture-device");
        Assert.Empty(wrong);
    }

    private static async Task Shot(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("DITEN_VIEW_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }

    /// <summary>The lecture, prepared once for all tests.</summary>
    public sealed class Prepared : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        public string Folder => _folder.At("lecture");

        public async Task InitializeAsync()
        {
            var (output, error) = (new StringWriter(), new StringWriter());
            var code = await CommandTree.RunAsync(
                ["demo", "--lecture", "--once", "--seeds", "2", "--out", Folder, "--port", "0"],
                new Session(new Terminal(TextWriter.Synchronized(output), TextWriter.Synchronized(error))));
            Assert.True(code == 0, $"{output}\n{error}");
        }

        public Task DisposeAsync()
        {
            _folder.Dispose();
            return Task.CompletedTask;
        }
    }
}
