using System.Diagnostics;
using System.Text.Json.Nodes;
using Assize.TestKit;
using Microsoft.Playwright;

namespace Assize.Bench.Designer;

/// <summary>A process owner of the demonstration in Chromium.</summary>
internal sealed class StudioBrowser(IBrowser browser, Uri host)
{
    private const string FirstNode = "elsa-activity-wrapper .activity-label";

    public static async Task<(IPlaywright Driver, IBrowser Browser)> LaunchAsync()
    {
        var program = Component.Require("chromium", ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser"]).FirstOrDefault(File.Exists));
        var driver = await Playwright.CreateAsync();
        return (driver, await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] }));
    }

    /// <summary>A page of somebody who has signed in and has none of Studio's files yet.</summary>
    public async Task<IPage> SignInAsync()
    {
        var page = await (await browser.NewContextAsync(new BrowserNewContextOptions { Locale = "en-GB", TimezoneId = "Europe/London" })).NewPageAsync();
        await page.GotoAsync(new Uri(host, "/designer").AbsoluteUri);
        await page.GetByLabel("Clare Osborne").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(new Uri(host, "/designer").AbsoluteUri);
        return page;
    }

    public Task<IPage> StrangerAsync() => browser.NewPageAsync();

    /// <summary>Seconds from going to the page to the first step on the canvas.</summary>
    public static async Task<double> FirstNodeAsync(IPage page, Uri address)
    {
        var began = Stopwatch.GetTimestamp();
        await page.GotoAsync(address.AbsoluteUri, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await page.Locator(FirstNode).First.WaitForAsync(new LocatorWaitForOptions { Timeout = 180_000 });
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Asks the host as the page does.</summary>
    public async Task<JsonNode?> AskAsync(IPage page, string route, JsonNode? body = null)
    {
        var address = new Uri(host, "/elsa/api" + route).AbsoluteUri;
        Dictionary<string, string> headers = new() { ["Sec-Fetch-Site"] = "same-origin", ["X-Assize-Window"] = "bench", ["Content-Type"] = "application/json" };
        var answer = body is null
            ? await page.APIRequest.GetAsync(address, new APIRequestContextOptions { Headers = headers })
            : await page.APIRequest.PostAsync(address, new APIRequestContextOptions { Headers = headers, DataByte = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()) });
        return answer.Ok ? JsonNode.Parse(await answer.TextAsync()) : throw new InvalidOperationException($"Expected {route} to be answered, but it was {answer.Status}: {await answer.TextAsync()}");
    }

    /// <summary>Begins a workflow; gives its id.</summary>
    public async Task<string> BeginAsync(IPage page, string name)
    {
        await page.GotoAsync(new Uri(host, "/designer").AbsoluteUri);
        await page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync(name);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Begin in the outline" }).ClickAsync();
        await page.WaitForURLAsync("**/designer/outline/*");
        return new Uri(page.Url).Segments[^1];
    }
}
