using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Xunit;
using Xunit.Sdk;

namespace Assize.Browser.Tests;

internal static class Axe
{
    private static readonly string s_script = new BundledAxeScriptProvider().GetScript();
    private static readonly ConcurrentDictionary<string, ConcurrentBag<string>> s_looked = [];

    /// <summary>The paths of the pages that a test looked at.</summary>
    public static IReadOnlyCollection<string> LookedAt(ITest test) => s_looked.TryGetValue(test.UniqueID, out var paths) ? paths : [];

    /// <summary>What axe-core finds wrong with the page as it stands is nothing.</summary>
    /// <param name="besides">What is not ours on it, by a selector.</param>
    public static async Task AssertCleanAsync(this IPage page, string? besides = null)
    {
        await page.EvaluateAsync(s_script);
        var found = await page.EvaluateAsync<string[]>("""
            async (besides) => (await axe.run(besides ? { exclude: [besides] } : document, { resultTypes: ['violations'] })).violations
                .map((violation) => `${violation.id} ${violation.help}: ${violation.nodes.map((node) => node.html).join(', ')}`)
            """, besides);
        Assert.True(found.Length == 0, $"{page.Url}: {string.Join("; ", found)}");
        // A page that is not there, or not for whoever opened it, is not the page.
        if (await page.EvaluateAsync<int>("() => performance.getEntriesByType('navigation')[0]?.responseStatus ?? 0") is not (403 or 404) || page.Url.Contains("/problem/", StringComparison.Ordinal))
        {
            s_looked.GetOrAdd(TestContext.Current.Test!.UniqueID, _ => []).Add(new Uri(page.Url).AbsolutePath);
        }
    }
}
