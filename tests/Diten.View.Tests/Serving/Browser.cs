using Microsoft.Playwright;

namespace Diten.View.Tests.Serving;

/// <summary>Debian's Chromium, without a window. Tests skip where it is not there.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private readonly Queue<IBrowserContext> _open = [];

    public async Task InitializeAsync()
    {
        if (Places.FirstOrDefault(File.Exists) is not { } program)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu"] }); // root has no sandbox
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A window for pages that are no map; see <see cref="OpenAsync"/>.</summary>
    internal async Task<IBrowserContext> WindowAsync(int width = 1280, int height = 720, bool dark = false, bool phone = false, bool still = false)
    {
        Skip.If(_browser is null, $"There is no Chromium: none of {string.Join(", ", Places)} exists.");
        // A test looks at two pages at most; each that is left open keeps connections, of which the server has a limit.
        if (_open.Count == 2)
            await _open.Dequeue().CloseAsync();
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = still ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
            HasTouch = phone,
            IsMobile = phone,
        });
        _open.Enqueue(context);
        context.SetDefaultTimeout((float)ViewedRun.Patience.TotalMilliseconds); // machines that test are busy
        return context;
    }

    /// <summary>A page, and what went wrong on it: errors, messages of its console, and requests that left this machine.</summary>
    internal async Task<(IPage Page, List<string> Wrong)> OpenAsync(string address, int width = 1280, int height = 720, bool dark = false, bool phone = false, bool still = false)
    {
        var (page, wrong) = await WatchedAsync(await WindowAsync(width, height, dark, phone, still), new Uri(address).GetLeftPart(UriPartial.Authority));
        await page.GotoAsync(address);
        try
        {
            // Asked now and then, and not with each picture: a browser that has just started may draw none for a while.
            await page.WaitForFunctionAsync(
                "() => globalThis.diten?.frame && globalThis.diten.drawn > 0", null, new PageWaitForFunctionOptions { PollingInterval = 100 });
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The page at {address} shows no slot; what went wrong on it: {string.Join("; ", wrong)}");
        }

        return (page, wrong);
    }

    /// <summary>A file as a page, and what went wrong on it: it may ask for nothing but other files.</summary>
    internal async Task<(IPage Page, List<string> Wrong)> OpenFileAsync(string path, int width, int height, bool dark)
    {
        var (page, wrong) = await WatchedAsync(await WindowAsync(width, height, dark), "file://");
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        return (page, wrong);
    }

    private static async Task<(IPage Page, List<string> Wrong)> WatchedAsync(IBrowserContext context, string place)
    {
        var page = await context.NewPageAsync();
        var wrong = new List<string>();
        page.PageError += (_, error) => wrong.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                wrong.Add(message.Text);
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(place, StringComparison.Ordinal))
                wrong.Add($"asked for {request.Url}");
        };
        return (page, wrong);
    }
}
