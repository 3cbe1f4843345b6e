using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests;

/// <summary>What can be done about a task that is done, and about a step that went wrong, on both screens and in both languages.</summary>
public sealed class CaseDetailTests(WholeHost host)
{
    [Fact]
    [LooksAt("/cases/{urn}/history/{entry:int}", "/cases/{urn}/history/{entry:int}/what-if", "/task/{id}", "/task/{id}/take-back")]
    public async Task CompletedTask_MayBeTakenBack_OrAnsweredOtherwiseOnACopy()
    {
        var urn = await host.ChargeAsync();
        var page = await host.SignInAsync("Helen Marsh");
        var task = await ReviewAsync(page, urn, "Continue");
        await page.AssertFitInBothAsync(host.Url, task, $"{task}/take-back");
        await page.GotoAsync(At($"{task}/take-back"));
        await PressAsync(page, "Take it back");
        await page.AssertCleanAsync();
        await page.KeepAsync("looks-take-back-refused");

        await page.GotoAsync(At($"/cases/{urn}/history"));
        var moment = (await page.Locator("main li", new PageLocatorOptions { HasText = "Initial review" }).Locator("a").First.GetAttributeAsync("href"))!;
        await page.GotoAsync(At(moment));
        var first = (await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Discontinue", Exact = true }).GetAttributeAsync("href"))!;
        await page.GotoAsync(At(first));
        var then = (await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Approved" }).First.GetAttributeAsync("href"))!;
        await page.AssertFitInBothAsync(host.Url, moment, first, then);
    }

    [Fact]
    [LooksAt("/cases/{urn}", "/cases/{urn}/incidents/{id}", "/cases/{urn}/process")]
    public async Task StepThatWentWrong_IsTriedAgain_AndGoesWrongAgain()
    {
        var urn = await host.ChargeAsync();
        var page = await host.SignInAsync("Helen Marsh");
        await ReviewAsync(page, urn, "AlternativeCharge");
        await page.GotoAsync(At($"/cases/{urn}/process"));
        var incident = (await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Try again" }).GetAttributeAsync("href"))!;

        await page.AssertFitInBothAsync(host.Url, $"/cases/{urn}", $"/cases/{urn}/process", incident);
        await page.GotoAsync(At(incident));
        await PressAsync(page, "Try the step again");
        await page.AssertCleanAsync();
        await page.KeepAsync("looks-incident-refused");
        await page.GetByLabel("Why may it go well this time?").FillAsync("The list of offences has been mended.");
        await PressAsync(page, "Try the step again");
        await page.AssertCleanAsync();
        await page.KeepAsync("looks-incident-again");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("The step went wrong again.", new() { UseInnerText = true });
    }

    /// <summary>Completes the first review of a case; gives the task's address.</summary>
    private async Task<string> ReviewAsync(IPage page, string urn, string outcome)
    {
        await page.GotoAsync(At($"/cases/{urn}"));
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "M5 Initial review", Exact = true }).First.ClickAsync();
        var task = new Uri(page.Url).AbsolutePath;
        await PressAsync(page, "Take this task");
        await page.Locator($"input[value='{outcome}']").CheckAsync();
        await PressAsync(page, "Continue");
        await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "Yes", Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "Guilty", Exact = true }).CheckAsync();
        if (outcome == "AlternativeCharge")
        {
            await page.Locator("[name=alternativeCode]").FillAsync(WholeHost.Faulty);
            await page.Locator("[name=alternativeWording]").FillAsync("On the date shown dishonestly received stolen goods.");
        }

        await PressAsync(page, "Complete the task");
        await page.WaitForURLAsync("**/tasks");
        return task;
    }

    private static Task PressAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).ClickAsync();

    private string At(string path) => new Uri(host.Url, path).AbsoluteUri;
}
