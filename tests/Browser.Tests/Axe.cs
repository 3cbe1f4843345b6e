using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests;

internal static class Axe
{
    private static readonly string s_script = new BundledAxeScriptProvider().GetScript();

    /// <summary>What axe-core finds wrong with the page as it stands is nothing.</summary>
    public static async Task AssertCleanAsync(this IPage page)
    {
        await page.EvaluateAsync(s_script);
        var found = await page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
                .map((violation) => `${violation.id} ${violation.help}: ${violation.nodes.map((node) => node.html).join(', ')}`)
            """);
        Assert.True(found.Length == 0, $"{page.Url}: {string.Join("; ", found)}");
    }
}
