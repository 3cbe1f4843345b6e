using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests;

/// <summary>What people do on the pages, from signing in to seeing their work done.</summary>
public sealed class JourneyTests(WholeHost host)
{
    // Of the demonstration's small world: her first hearing was some days ago and waits for the plea.
    private const string AtCourt = "05AC0000726";
    private const string InPreparation = "05AA0000226";

    [Fact]
    public async Task ALawyer_TakesATask_CompletesIt_AndSeesItGo()
    {
        var page = await host.SignInAsync("Ewan Price");
        await page.KeepAsync("my-tasks-empty");
        await OpenTaskAsync(page, InPreparation, "M5 Initial review");
        await page.KeepAsync("task-open");

        await PressAsync(page, "Take this task");
        await page.KeepAsync("task-mine");
        await PressAsync(page, "Continue");
        await page.KeepAsync("task-no-outcome");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Choose what the outcome is" })).ToBeVisibleAsync();
        await page.GetByLabel("Continue", new PageGetByLabelOptions { Exact = true }).CheckAsync();
        await PressAsync(page, "Continue");
        await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "Yes", Exact = true }).CheckAsync();
        await PressAsync(page, "Complete the task");
        await page.KeepAsync("form-with-errors");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Choose an answer to ‘Anticipated plea’" })).ToBeVisibleAsync();
        Assert.True(await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "Yes", Exact = true }).IsCheckedAsync());
        await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "Guilty", Exact = true }).CheckAsync();
        await PressAsync(page, "Complete the task");
        await page.KeepAsync("my-tasks-after");

        await Assertions.Expect(page.GetByText("is complete: continue")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "M5 Initial review" })).ToHaveCountAsync(0);
        await page.GotoAsync(At($"/cases/{InPreparation}/history"));
        await page.KeepAsync("history");
        await Assertions.Expect(page.GetByText("Ewan Price").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task ALegalAdviser_EntersResultLines_AndSharesThem()
    {
        var page = await host.SignInAsync("Aisha Karim");
        await OpenTaskAsync(page, AtCourt, "M9 Plea");
        await CompleteAsync(page, "Guilty", async () => await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "Guilty", Exact = true }).First.CheckAsync());
        await OpenTaskAsync(page, AtCourt, "M14 Sentence");
        await CompleteAsync(page, "Sentenced", () => page.KeepAsync("form-sentence"));
        await OpenTaskAsync(page, AtCourt, "M15 Record and share the results");
        await PressAsync(page, "Take this task");
        await page.KeepAsync("results-task");
        await page.GetByLabel("Concluded", new PageGetByLabelOptions { Exact = true }).CheckAsync();
        await PressAsync(page, "Continue");
        await page.KeepAsync("results-form");

        await page.Locator("[name='results.0.amount']").FillAsync("lots");
        await page.Locator("[name='results.1.date-day']").FillAsync("31");
        await page.Locator("[name='results.1.date-month']").FillAsync("2");
        await PressAsync(page, "Complete the task");
        await page.KeepAsync("results-with-errors");
        Assert.Equal("lots", await page.Locator("[name='results.0.amount']").InputValueAsync());
        Assert.Equal(("31", "2"), (await page.Locator("[name='results.1.date-day']").InputValueAsync(), await page.Locator("[name='results.1.date-month']").InputValueAsync()));
        await page.Locator("[name='results.0.code']").SelectOptionAsync("FO");
        await page.Locator("[name='results.0.offence']").SelectOptionAsync("1");
        await page.Locator("[name='results.0.amount']").FillAsync("£1,120.50");
        await page.Locator("[name='results.1.code']").SelectOptionAsync("FCOST");
        await page.Locator("[name='results.1.amount']").FillAsync("85");
        await page.Locator("[name='results.1.date-day']").FillAsync("");
        await page.Locator("[name='results.1.date-month']").FillAsync("");
        await page.GetByLabel("Convicted and sentenced", new PageGetByLabelOptions { Exact = true }).CheckAsync();
        await PressAsync(page, "Complete the task");

        await page.KeepAsync("results-shared");
        await Assertions.Expect(page.GetByText("is complete: concluded")).ToBeVisibleAsync();
        await page.GotoAsync(At($"/cases/{AtCourt}"));
        await page.KeepAsync("case-with-results");
        await Assertions.Expect(page.GetByText("Results shared").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Merseyside Police").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task ACourtAdministrator_TakesACompletionBack()
    {
        var page = await host.SignInAsync("Martin Leigh");
        await OpenTaskAsync(page, host.Urn, "M7 Prepare the court");
        await CompleteAsync(page, "Ready", async () =>
        {
            await page.KeepAsync("form-court-preparation");
            foreach (var no in await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "No", Exact = true }).AllAsync())
            {
                await no.CheckAsync();
            }
            await page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "published" }).GetByLabel("Yes").CheckAsync();
        });
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "take it back if it was wrong" }).ClickAsync();
        await page.KeepAsync("task-completed");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "This was wrong: take it back" }).ClickAsync();
        await page.KeepAsync("take-back");
        await PressAsync(page, "Take it back");
        await page.KeepAsync("take-back-with-error");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Enter why you are taking it back" })).ToBeVisibleAsync();
        await page.GetByLabel("Why was it wrong?").FillAsync("The list was not published yet.");
        await PressAsync(page, "Take it back");

        await page.KeepAsync("taken-back");
        await Assertions.Expect(page.GetByText("The task is open again.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Take this task" })).ToBeVisibleAsync();
    }

    private async Task OpenTaskAsync(IPage page, string urn, string title)
    {
        await page.GotoAsync(At($"/cases/{urn}"));
        await page.KeepAsync($"case-{urn}");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = title, Exact = true }).First.ClickAsync();
    }

    private static async Task CompleteAsync(IPage page, string outcome, Func<Task> fill)
    {
        await PressAsync(page, "Take this task");
        await page.GetByLabel(outcome, new PageGetByLabelOptions { Exact = true }).CheckAsync();
        await PressAsync(page, "Continue");
        await fill();
        await PressAsync(page, "Complete the task");
        await page.WaitForURLAsync("**/tasks");
    }

    private static Task PressAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).ClickAsync();

    private string At(string path) => new Uri(host.Url, path).AbsoluteUri;
}
