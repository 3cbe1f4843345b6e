using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests;

public sealed class DesignerTests(WholeHost host)
{
    [Fact]
    public async Task Definition_OpensReadOnly_InStockStudio()
    {
        var page = await host.SignInAsync("Helen Marsh");
        var wrong = new List<string>();
        page.Console += (_, message) => wrong.AddRange(message.Text.Contains("Content Security Policy", StringComparison.Ordinal) ? [message.Text] : []);
        page.Response += (_, answer) => wrong.AddRange(answer.Status >= 400 ? [$"{answer.Status} {answer.Url}"] : []);
        page.Request += (_, request) => wrong.AddRange(
            request.Url.StartsWith(host.Url.AbsoluteUri, StringComparison.Ordinal) || request.Url.StartsWith("blob:", StringComparison.Ordinal) || request.Url.StartsWith("data:", StringComparison.Ordinal)
                ? [] : [request.Url]);

        await page.GotoAsync(new Uri(host.Url, "/designer/workflows/mags-charged").AbsoluteUri);
        await page.Locator("elsa-activity-wrapper").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 180_000, State = WaitForSelectorState.Attached });

        await page.Locator("elsa-activity-wrapper").Nth(10).WaitForAsync(new LocatorWaitForOptions { Timeout = 180_000, State = WaitForSelectorState.Attached });
        await Assertions.Expect(page.GetByText("read-only mode").First).ToBeVisibleAsync();
        Assert.False(await page.Locator("#blazor-error-ui").IsVisibleAsync());
        Assert.Empty(wrong);
    }

    /// <summary>What stands within is Studio's own.</summary>
    [Fact]
    [LooksAt("/designer/workflows/definitions", "/designer/workflows/instances", "/designer/workflows/instances/{instanceId}/view", "/designer/workflows/{definitionId}")]
    public async Task Pages_OfStockStudio_AreCleanAroundIt()
    {
        var page = await host.SignInAsync("Helen Marsh");
        var list = await page.APIRequest.PostAsync(new Uri(host.Url, "/elsa/api/workflow-instances").AbsoluteUri, new APIRequestContextOptions
        {
            DataObject = new { searchTerm = host.Urn },
            Headers = [KeyValuePair.Create("Sec-Fetch-Site", "same-origin")],
        });
        var instance = JsonNode.Parse(await list.TextAsync())!["items"]![0]!["id"]!.GetValue<string>();

        foreach (var path in (string[])["definitions", "instances", $"instances/{instance}/view", "mags-charged"])
        {
            await page.GotoAsync(new Uri(host.Url, $"/designer/workflows/{path}").AbsoluteUri);
            await page.AssertCleanAsync(besides: "#designer");
        }
    }

    [Fact]
    public async Task ApiPage_ShowsTheDocument_FromItsOwnFilesOnly()
    {
        var page = await host.Browser.NewPageAsync();
        var wrong = new List<string>();
        page.Console += (_, message) => wrong.AddRange(message.Type == "error" ? [message.Text] : []);
        page.Request += (_, request) => wrong.AddRange(
            request.Url.StartsWith(host.Url.AbsoluteUri, StringComparison.Ordinal) || !request.Url.StartsWith("http", StringComparison.Ordinal) ? [] : [request.Url]);

        await page.GotoAsync(new Uri(host.Url, "/scalar").AbsoluteUri);
        await page.GetByText("Send a prosecution as prosecutors send it today").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 180_000, State = WaitForSelectorState.Attached });

        Assert.Empty(wrong);
    }
}
