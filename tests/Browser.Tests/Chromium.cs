using Assize.TestKit;
using Microsoft.Playwright;

namespace Assize.Browser.Tests;

/// <summary>Debian's Chromium, driven over its debugging pipe; one process for the whole run.</summary>
public sealed class Chromium : IAsyncDisposable
{
    // In milliseconds: on a machine with other work, Studio alone may take a minute to come up.
    private const float Patience = 120_000;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    static Chromium() => Assertions.SetDefaultExpectTimeout(Patience);

    /// <summary>A page in a context of its own (cookies, storage), closed when the test is over; skips the test where Chromium is absent.</summary>
    /// <param name="script">Whether pages may run scripts.</param>
    public async Task<IPage> NewPageAsync(bool script = true)
    {
        var browser = await BrowserAsync();
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = "en-GB",
            TimezoneId = "Europe/London",
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Patience);
        ClosesPagesAttribute.Opened(context);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        _gate.Dispose();
    }

    private async Task<IBrowser> BrowserAsync()
    {
        var program = Component.Require("chromium", Find());
        await _gate.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = program,
                Headless = true,
                // Root has no sandbox, and nothing here may be asked of the network outside.
                Args =
                [
                    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
                ],
            });
        }
        finally
        {
            _gate.Release();
        }
    }

    // The program itself before the script of the same name, which adds flags for a screen with a graphics card.
    private static string? Find() => ((string[])["/usr/lib/chromium/chromium", "/usr/bin/chromium", "/usr/bin/chromium-browser"]).FirstOrDefault(File.Exists);
}
