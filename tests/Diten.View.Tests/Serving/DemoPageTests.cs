using Diten.Runs.Demos;
using Diten.View.Demos;
using Diten.View.Serving;
using Microsoft.Playwright;

namespace Diten.View.Tests.Serving;

/// <summary>The page of a demo that was kept: its words, its digests, and the way from act to act.</summary>
[Trait("Takes", "Seconds")]
public sealed class DemoPageTests(Browser browser, TinyRun run) : IClassFixture<Browser>, IClassFixture<TinyRun>, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ViewServer _server = null!;

    public async Task InitializeAsync()
    {
        var captions = new SortedDictionary<int, string> { [0] = "It begins.", [3] = "It goes on." };
        foreach (var act in (string[])["one", "two"])
            run.Record(_folder.At(act)).Recording.Dispose();
        new DemoRecord("Try", [new("one", "First", captions, "aa11", "aa11"), new("two", "Second", new() { [0] = "Once more." }, "bb22", "cc33")]).Write(_folder.Path);
        _server = await ViewServer.StartAsync(port: 0);
        _server.Show(Performance.Open(_folder.Path));
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [SkippableTheory]
    [InlineData(1280, 720, false)]
    [InlineData(390, 844, true)]
    public async Task Captions_follow_the_slot_digests_are_compared_and_acts_follow_one_another(int width, int height, bool dark)
    {
        var (page, wrong) = await browser.OpenAsync(_server.Address, width, height, dark, phone: dark);
        Assert.Equal("First", await page.Locator("#name").TextContentAsync());
        Assert.Equal("It begins.", await page.Locator("#caption").TextContentAsync());
        await page.Keyboard.PressAsync("PageDown");
        await page.GetByText("It goes on.").WaitForAsync();
        Assert.Equal(["Firstaa11the same ✓", "Secondbb22ANOTHER: cc33"], await page.Locator("#digests tr").AllTextContentsAsync());
        if (Environment.GetEnvironmentVariable("DITEN_VIEW_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"demo-{width}.png") });

        await page.Keyboard.PressAsync("Home");
        await page.GetByText("It begins.").WaitForAsync();
        await page.SelectOptionAsync("#speed", "60");
        await page.ClickAsync("#play");

        await page.WaitForURLAsync("**/acts/2/?play*");
        await page.GetByText("Once more.").WaitForAsync();
        Assert.Equal("2 Second", await page.Locator("#acts [aria-current]").TextContentAsync());
        await page.WaitForURLAsync("**/acts/1/?play*"); // in a loop
        await page.Locator("#acts a").ClickAsync();
        await page.WaitForURLAsync("**/acts/2/?play*");
        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task Who_looks_at_something_is_not_taken_away_from_it()
    {
        var (page, wrong) = await browser.OpenAsync(_server.Address);
        await page.SelectOptionAsync("#speed", "60");
        await page.ClickAsync("#play");
        await page.WaitForFunctionAsync("() => diten.frame.slot === 5 && !diten.playing");

        await page.ClickAsync("#back");
        await page.WaitForTimeoutAsync(5000); // longer than the last words of an act stand

        Assert.Equal("/acts/1/", new Uri(page.Url).AbsolutePath);
        Assert.Empty(wrong);
    }
}
