using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests.Studio;

/// <summary>Stock Studio's lists, worked as people do.</summary>
public sealed class StudioListsTests(WholeHost host)
{
    [Theory]
    [InlineData("Updated", "updatedAt")]
    [InlineData("Name", "name")]
    public async Task Instances_AreOrderedByTheColumnThatIsPressed(string column, string member)
    {
        var page = await OpenAsync("/designer/workflows/instances");

        var up = await AnsweredAsync(page, column, "POST", "/workflow-instances");

        Assert.True(up.Count > 1);
        Assert.Equal(up.Select(row => Said(row, member)).Order(StringComparer.Ordinal), up.Select(row => Said(row, member)));
    }

    [Fact]
    public async Task Definitions_AreOrderedByTheColumnThatIsPressed_AndSayWhatTheyAreFor()
    {
        var page = await OpenAsync("/designer/workflows/definitions");

        var rows = await AnsweredAsync(page, "Latest version", "GET", "/workflow-definitions");

        Assert.Equal(rows.Select(row => row["version"]!.GetValue<int>()).Order(), rows.Select(row => row["version"]!.GetValue<int>()));
        Assert.Contains(rows, row => row["description"] is not null);
        await page.KeepAsync("studio-definitions");
    }

    private async Task<IPage> OpenAsync(string path)
    {
        var page = await host.SignInAsync("Clare Osborne", path);
        await page.Locator("tbody tr").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 180_000 });
        return page;
    }

    private static async Task<List<JsonNode>> AnsweredAsync(IPage page, string column, string method, string route)
    {
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.Locator(".mud-table-sort-label").Filter(new LocatorFilterOptions { HasTextRegex = new System.Text.RegularExpressions.Regex($"^\\s*{column}\\s*$") }).ClickAsync(),
            one => one.Request.Method == method && new Uri(one.Url).AbsolutePath.EndsWith(route, StringComparison.Ordinal)
                && (one.Url + one.Request.PostData).Replace('+', ' ').Contains(method == "POST" ? $"\"orderBy\":\"{column}\"" : $"OrderBy={column}", StringComparison.Ordinal));
        return [.. JsonNode.Parse(await answer.TextAsync())!["items"]!.AsArray().Select(row => row!)];
    }

    private static string Said(JsonNode row, string member) => row[member]?.ToString() ?? "";
}
