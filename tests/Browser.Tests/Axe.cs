using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests;

internal static class Axe
{
    /// <summary>What axe-core finds wrong with the page as it stands is nothing.</summary>
    public static async Task AssertCleanAsync(this IPage page)
    {
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, $"{page.Url}: " + string.Join("; ", result.Violations.Select(violation =>
            $"{violation.Id} {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}")));
    }
}
