using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests;

/// <summary>What a force does otherwise, from its first line to its publication, on pages without a script.</summary>
public sealed class OverlayTests(WholeHost host)
{
    // After all cases of these tests: none of them takes it.
    private const string Day = "2030-01-07";

    [Fact]
    [LooksAt("/designer/overlays", "/designer/overlays/differences", "/designer/overlays/{id}", "/designer/publications/{id}", "/designer/rules/{kind}/{id}/draft",
        "/designer/rules/{kind}/{id}/draft/{**path}")]
    public async Task A_force_draws_an_overlay_is_told_what_the_law_keeps_and_another_publishes_it()
    {
        var hugh = await host.SignInAsync("Hugh Aintree");
        foreach (var path in (string[])["/designer/overlays", "/designer/overlays/area-south-wales.mags-charged", "/designer/overlays/south-wales-police.mags-charged", "/designer/overlays/differences", "/designer/overlays/differences?on-day=40&on-month=1&on-year=2026"])
        {
            await hugh.GotoAsync(new Uri(host.Url, path).AbsoluteUri);
            await hugh.AssertCleanAsync();
            await hugh.KeepAsync("overlay" + path.Replace('/', '-').Replace('?', '-'));
        }

        await hugh.GotoAsync(new Uri(host.Url, "/designer/overlays").AbsoluteUri);
        await hugh.GetByLabel("Whose is it?").SelectOptionAsync("force:merseyside-police");
        await hugh.GetByLabel("Which workflow does it change?").SelectOptionAsync("mags-charged");
        await hugh.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Begin" }).ClickAsync();
        await hugh.KeepAsync("overlay-begun");
        await AddAsync(hugh, "later", "due", "m4-deadline", "on hearing");
        await hugh.AssertCleanAsync();
        await hugh.KeepAsync("overlay-draft-refused");
        await Assertions.Expect(hugh.Locator("main")).ToContainTextAsync("the law requires “Time limit for the initial details”", new() { UseInnerText = true });

        await hugh.Locator("button[name=remove]").ClickAsync();
        await AddAsync(hugh, "sooner", "due", "m7-court-preparation", "3 working days before hearing");
        await hugh.GetByLabel("Source", new PageGetByLabelOptions { Exact = true }).FillAsync("An invented agreement with the defence firms of the area");
        await hugh.Locator("[name=effectiveFrom-day]").FillAsync("7");
        await hugh.Locator("[name=effectiveFrom-month]").FillAsync("1");
        await hugh.Locator("[name=effectiveFrom-year]").FillAsync("2030");
        await hugh.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save" }).ClickAsync();
        await hugh.KeepAsync("overlay-draft");
        await PatientlyAsync(hugh, "Ask for publication", "/designer/publications/");
        var request = hugh.Url;

        var meera = await host.SignInAsync("Meera Walton");
        await meera.GotoAsync(request);
        await meera.AssertCleanAsync();
        await meera.KeepAsync("overlay-publication");
        await PatientlyAsync(meera, "Approve and publish", "/designer/publications");
        await meera.GotoAsync(new Uri(host.Url, $"/designer/overlays/differences?on-day=7&on-month=1&on-year={Day[..4]}").AbsoluteUri);
        await meera.KeepAsync("overlay-differences");
        await Assertions.Expect(meera.Locator("table").First).ToContainTextAsync("Force: merseyside-police", new() { UseInnerText = true });
    }

    private static async Task AddAsync(IPage page, string id, string does, string activity, string value)
    {
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Add an operation" }).ClickAsync();
        await page.AssertCleanAsync();
        await page.KeepAsync("overlay-operation");
        await page.GetByLabel("Short name").FillAsync(id);
        await page.GetByLabel("What it does").SelectOptionAsync(does);
        await page.Locator("[name=activity]").FillAsync(activity);
        await page.Locator("[name=value]").FillAsync(value);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save" }).ClickAsync();
    }

    // What the law's steps come to is worked out beside the request: whoever asks again a little later is told.
    private static async Task PatientlyAsync(IPage page, string button, string target)
    {
        var here = page.Url;
        for (var tries = 0; tries < 300; tries++)
        {
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button }).ClickAsync();
            if (page.Url.Contains(target, StringComparison.Ordinal) && page.Url != here && await page.Locator(".govuk-error-summary").CountAsync() == 0)
            {
                return;
            }

            await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("still being worked out", new() { UseInnerText = true });
        }

        Assert.Fail($"“{button}” was still being worked out.");
    }
}
