using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests;

/// <summary>Pages on a wide and on a narrow screen: axe finds nothing, and nothing is wider than the screen.</summary>
internal static class Screens
{
    private static readonly (string Name, int Width, int Height)[] s_screens = [("wide", 1280, 900), ("narrow", 390, 844)];

    /// <summary>Both screens, in one language, which stays chosen.</summary>
    public static async Task AssertFitAsync(this IPage page, Uri url, string language, IReadOnlyList<string> paths)
    {
        await page.GotoAsync(new Uri(url, $"/designer?language={language}").AbsoluteUri);
        var wrong = new List<string>();
        foreach (var (name, width, height) in s_screens)
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var path in paths)
            {
                await page.GotoAsync(new Uri(url, path).AbsoluteUri);
                await page.KeepAsync($"looks-{name}-{language}{path.Replace('/', '-').Replace('?', '-')}");
                var over = await OverAsync(page);
                wrong.AddRange(over > 0 ? [$"{path} at {width}: {over} pixels too wide, by {await WideAsync(page)}"] : []);
                if (name == "wide")
                {
                    await page.AssertCleanAsync();
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    /// <summary>The same in both languages; English stays chosen.</summary>
    public static async Task AssertFitInBothAsync(this IPage page, Uri url, params string[] paths)
    {
        foreach (var language in (string[])["cy", "en"])
        {
            await page.AssertFitAsync(url, language, paths);
        }
    }

    /// <summary>The page that is open has room on a narrow screen; it is as wide as before afterwards.</summary>
    public static async Task AssertNarrowAsync(this IPage page)
    {
        var before = page.ViewportSize!;
        await page.SetViewportSizeAsync(s_screens[^1].Width, s_screens[^1].Height);
        var over = await OverAsync(page);
        Assert.True(over <= 0, $"{page.Url}: {over} pixels too wide, by {(over > 0 ? await WideAsync(page) : "")}");
        await page.SetViewportSizeAsync(before.Width, before.Height);
    }

    private static Task<int> OverAsync(IPage page) => page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    private static Task<string> WideAsync(IPage page) => page.EvaluateAsync<string>("""
        () => [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth && !e.closest('.assize-lines, .assize-process, .assize-wide'))
            .slice(0, 4).map(e => `${e.tagName}.${e.className} “${(e.textContent ?? '').trim().slice(0, 40)}”`).join(', ')
        """);
}
