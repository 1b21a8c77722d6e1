using Microsoft.Playwright;

namespace Diten.View.Tests.Serving;

/// <summary>What tests look at on the page of a lecture.</summary>
internal static class LectureLooks
{
    /// <summary>Time stands in this slot, and neither figures nor the slider tell of a later one.</summary>
    public static async Task StopsAsync(IPage page, int slot)
    {
        await page.WaitForFunctionAsync($"() => diten.slot === {slot} && diten.index === diten.limit && !diten.playing");
        Assert.Equal($"slot {slot} of", (await page.Locator("#slot").TextContentAsync())![..$"slot {slot} of".Length]);
        Assert.Equal($"{slot}", await page.Locator("#time").InputValueAsync());
        Assert.Equal(0, await AheadAsync(page));
        Assert.DoesNotContain("whole run", await page.Locator("#now").TextContentAsync(), StringComparison.Ordinal);
    }

    /// <summary>How many values charts have of slots after the one that is shown; each has one of that.</summary>
    public static async Task<int> AheadAsync(IPage page)
    {
        Assert.True(await page.EvaluateAsync<bool>("() => diten.beside.charts.length > 0 && diten.beside.charts.every(({ lines }) => lines.length === 2)"));
        Assert.True(await page.EvaluateAsync<bool>("() => diten.beside.charts.every(({ lines }) => lines.every(({ values }) => Number.isFinite(values[diten.index])))"), "nothing is shown of this slot");
        return await page.EvaluateAsync<int>("""
            () => diten.beside.charts.flatMap(({ lines }) => lines.flatMap(({ values, low, high }) => [values, low, high]))
                .reduce((ahead, values) => ahead + values.slice(diten.index + 1).filter(Number.isFinite).length, 0)
            """);
    }

    /// <summary>Nothing reaches out of the window, but for what can be scrolled on its own.</summary>
    public static async Task FitsAsync(IPage page) => Assert.Equal("", await page.EvaluateAsync<string>("""
        () => [...document.body.querySelectorAll('*')]
            .filter(each => !each.closest('#acts, dialog:not([open])') && each.getClientRects().length > 0 && each.getBoundingClientRect().right > innerWidth + 1)
            .map(each => `${each.tagName} ${each.id} ${each.getBoundingClientRect().right}`).slice(0, 5).join('; ')
            + (document.documentElement.scrollWidth > innerWidth ? ` the page: ${document.documentElement.scrollWidth}` : '')
        """));

    public static async Task Shot(IPage page, string name, bool whole = false)
    {
        if (Environment.GetEnvironmentVariable("DITEN_VIEW_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = whole });
    }
}
