using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests.Owners;

/// <summary>A process owner changes a process that cases run on, from the mistake to the way back. On a host of its own: cases move.</summary>
public sealed partial class ChangeUnderRunningCasesTests : IAsyncLifetime
{
    private const string Workflow = "mags-charged";

    // Of the demonstration's small world: it is being prepared for its first hearing.
    private const string Case = "05AA0000226";
    private const string Then = "M7 Prepare the court";
    private const string Now = "M7 Make the court ready";

    private readonly WholeHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    [LooksAt("/designer/migrations/{id}")]
    public async Task TwoOwners_BreakIt_ReadWhy_MendIt_Rehearse_Publish_Migrate_AndGoBack()
    {
        var clare = await _host.SignInAsync("Clare Osborne", "/designer", script: false);
        await LeadAsync(clare, "change", "Nowhere");
        await ReadWhyAsync(clare);
        await LeadAsync(clare, "lead it somewhere", "Everything is ready");
        await RetitleAsync(clare);
        await RehearseAsync(clare);
        await AskAsync(clare);
        var imran = await _host.SignInAsync("Imran Siddiqui", "/designer/publications", script: false);
        await ApproveAsync(imran);

        var court = await _host.SignInAsync("Martin Leigh", $"/cases/{Case}", script: false);
        await ExpectStepAsync(court, Then);
        var migration = await MigrateAsync(clare);
        await ExpectStepAsync(court, Now);
        await LookAtAsync(migration);
        await GoBackAsync(clare, migration);
        await ExpectStepAsync(court, Then);
        await LookAtAsync(migration);
    }

    private async Task LeadAsync(IPage page, string link, string to)
    {
        await OpenAsync(page, $"/designer/outline/{Workflow}/steps/m4-explain-delay");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = link }).First.ClickAsync();
        var list = page.GetByLabel("It leads to");
        await list.SelectOptionAsync(new SelectOptionValue { Label = (await list.Locator("option").Filter(new LocatorFilterOptions { HasText = to }).First.InnerTextAsync()).Trim() });
        await PressAsync(page, "Save");
        await SeeAsync(page, "It now leads where you said.");
    }

    // What is drawn and what is told are one way: to the step after which nothing comes.
    private async Task ReadWhyAsync(IPage page)
    {
        await VerifiedAsync(page, "Problems");
        await page.KeepAsync("owner-verdict");
        await SeeAsync(page, "while “Explain the late initial details” still runs, and is cut off. Let the branches meet before the end.");
        await Assertions.Expect(page.Locator("ol.govuk-list--number")).ToContainTextAsync("“M4 Time limit for initial details” goes by Expired. Entered then: “Explain the late initial details”.", new() { UseInnerText = true });
        Assert.Contains("Explain the late", await page.Locator("svg .trouble").TextContentAsync() ?? "", StringComparison.Ordinal);

        await OpenAsync(page, $"/designer/outline/{Workflow}");
        await page.KeepAsync("owner-broken-outline");
        await PressAsync(page, "Ask for publication");
        await SeeAsync(page, "There is a problem");
        await page.KeepAsync("owner-refused");
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("“Explain the late initial details” still runs", new() { UseInnerText = true });
    }

    private async Task RetitleAsync(IPage page)
    {
        await OpenAsync(page, $"/designer/outline/{Workflow}/steps/m7-court-preparation");
        await page.GetByLabel("Title of the step").FillAsync(Now);
        await page.GetByLabel(WorkTitle()).FillAsync(Now);
        await PressAsync(page, "Save the step");
        await VerifiedAsync(page, null);
        await page.KeepAsync("owner-mended");
    }

    private async Task RehearseAsync(IPage page)
    {
        await OpenAsync(page, $"/designer/versions/{Workflow}");
        await page.KeepAsync("owner-versions");
        await PressAsync(page, "Rehearse the draft on all open cases");
        await CompletedAsync(page);
        await page.KeepAsync("owner-rehearsed");
        Assert.Equal(0, await CasesAsync(page, "Needs a mapping") + await CasesAsync(page, "Would be stranded"));
        Assert.True(await CasesAsync(page, "Moves by itself") > 0);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Moves by itself" }).ClickAsync();
        await page.KeepAsync("owner-rehearsed-moves");
        await SeeAsync(page, Case);
    }

    private async Task AskAsync(IPage page)
    {
        await OpenAsync(page, $"/designer/outline/{Workflow}");
        await page.GetByLabel("What changed, and why (optional)").FillAsync("The step is called what the court calls it.");
        await PressAsync(page, "Ask for publication");
        await SeeAsync(page, "process owner");
        await page.KeepAsync("owner-asked");
    }

    private static async Task ApproveAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Magistrates" }).First.ClickAsync();
        await page.KeepAsync("owner-approval");
        Assert.True(await CasesAsync(page, "Moves by itself") > 0);
        await PressAsync(page, "Approve and publish");
        await SeeAsync(page, "is published.");
    }

    private async Task<string> MigrateAsync(IPage page)
    {
        await OpenAsync(page, $"/designer/versions/{Workflow}");
        await page.KeepAsync("owner-published");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Rehearse open cases on this version" }).First.ClickAsync();
        await CompletedAsync(page);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Migrate cases as rehearsed" }).ClickAsync();
        await page.KeepAsync("owner-plan");
        await PressAsync(page, "Begin the migration");
        await CompletedAsync(page);
        await page.KeepAsync("owner-migrated");
        Assert.NotEqual("0", await RowAsync(page, "Moved"));
        Assert.Equal("0", await RowAsync(page, "Left as they were"));
        return page.Url;
    }

    private static async Task GoBackAsync(IPage page, string migration)
    {
        await page.GotoAsync(migration);
        var moved = await RowAsync(page, "Moved");
        await PressAsync(page, "Take the migration back");
        await CompletedAsync(page);
        await page.KeepAsync("owner-taken-back");
        Assert.Equal(moved, await RowAsync(page, "Moved"));
        await page.GotoAsync(migration);
        await SeeAsync(page, "It is taken back");
    }

    // Axe is a script, and needs a page that may run one.
    private async Task LookAtAsync(string migration)
    {
        var page = await _host.SignInAsync("Clare Osborne", "/designer");
        await page.GotoAsync(migration);
        await page.AssertCleanAsync();
        await page.Context.CloseAsync();
    }

    private async Task ExpectStepAsync(IPage page, string title)
    {
        await OpenAsync(page, $"/cases/{Case}");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = title, Exact = true }).First).ToBeVisibleAsync();
    }

    // A verdict may take longer than a page waits for it.
    private async Task VerifiedAsync(IPage page, string? tag)
    {
        do
        {
            await OpenAsync(page, $"/designer/verify/{Workflow}");
        }
        while (await page.GetByText("Being worked out", new PageGetByTextOptions { Exact = true }).CountAsync() > 0);
        var found = await page.Locator(".govuk-tag").AllInnerTextsAsync();
        Assert.True(tag is null ? found.All(text => text.Trim() is "No problems" or "Not checked") : found.Any(text => text.Trim() == tag), await page.Locator("main").InnerTextAsync());
    }

    // The pages of long work show themselves anew.
    private static Task CompletedAsync(IPage page) => page.Locator(".govuk-tag", new PageLocatorOptions { HasText = "Completed" }).WaitForAsync(new LocatorWaitForOptions { Timeout = 180_000 });

    private static async Task SeeAsync(IPage page, string text)
    {
        try
        {
            await page.GetByText(text).First.WaitForAsync();
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Expected “{text}” on {page.Url}, but it says: {await page.Locator("body").InnerTextAsync()}");
        }
    }

    private static async Task<int> CasesAsync(IPage page, string kind) =>
        int.Parse(await page.Locator("tr", new PageLocatorOptions { HasText = kind }).Locator("td").Last.InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> RowAsync(IPage page, string key) =>
        (await page.Locator(".govuk-summary-list__row", new PageLocatorOptions { HasText = key }).Locator("dd").First.InnerTextAsync()).Trim();

    private static Task PressAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).ClickAsync();

    private async Task OpenAsync(IPage page, string path) => await page.GotoAsync(new Uri(_host.Url, path).AbsoluteUri);

    [GeneratedRegex(@"^\s*Title( \(optional\))?\s*$")]
    private static partial Regex WorkTitle();
}
