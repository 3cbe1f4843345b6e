using System.Security.Cryptography;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests;

/// <summary>Pages of one thing: a system and its keys, a request across agencies, a review, an erasure, an enrolment step by step. Each is made as people make it.</summary>
public sealed class AccessDetailTests(WholeHost host)
{
    private const string Why = "Agreed with the team leader, who wrote it down.";

    [Fact]
    [LooksAt("/access/audit/accounts", "/access/systems", "/access/systems/new", "/access/systems/{id}", "/access/systems/{id}/keys/{keyId}/approve",
        "/access/systems/{id}/keys/{keyId}/remove")]
    public async Task System_AndItsKeys_AreClean()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var carol = await host.SignInAsync("Carol Whitfield", "/access/systems/new");
        await carol.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync("Custody system");
        await carol.GetByLabel("Short name").FillAsync("custody");
        await PressAsync(carol, "Register the system", "system-refused");
        await carol.GetByLabel("Its public key").FillAsync(pair.ExportSubjectPublicKeyInfoPem());
        await carol.GetByLabel("Why?").FillAsync(Why);
        await PressAsync(carol, "Register the system", "system");
        await carol.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Remove" }).First.ClickAsync();
        await KeepAsync(carol, "system-key-remove");
        await GoAsync(carol, "/access/systems", "systems");

        var imran = await host.SignInAsync("Imran Sheikh", "/access/systems");
        await imran.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Custody system" }).ClickAsync();
        await imran.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Approve" }).First.ClickAsync();
        await KeepAsync(imran, "system-key-approve");
        await imran.GetByLabel("Why do you decide so?").FillAsync(Why);
        await PressAsync(imran, "Approve: it works at once", "system-works");
        await GoAsync(imran, "/access/audit/accounts?person=custody", "accounts-log");
    }

    [Fact]
    [LooksAt("/access/grants/{id}/end", "/access/requests", "/access/requests/{id}", "/access/requests/{id}/change")]
    public async Task Request_AcrossAgencies_IsClean_WhateverItsState()
    {
        var page = await host.SignInAsync("Kwame Boateng", "/access/requests/new");
        await page.GetByLabel("Who is it for?").FillAsync("Grace Adeyemi");
        await page.GetByLabel("Every case that an agency owns").CheckAsync();
        await page.GetByLabel("Agency", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Merseyside Police" });
        await page.GetByLabel("As what?").SelectOptionAsync(new SelectOptionValue { Label = "Advocate" });
        var until = DateTime.UtcNow.AddDays(20);
        foreach (var (part, value) in new[] { ("Day", until.Day), ("Month", until.Month), ("Year", until.Year) })
        {
            await page.GetByLabel(part).FillAsync(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        await page.GetByLabel("Why?").FillAsync(Why);
        await PressAsync(page, "Show what would change", "request-rehearsed");
        // Her agency takes part in these cases, so that she has them already.
        await Assertions.Expect(page.Locator("main .govuk-inset-text")).ToContainTextAsync("Nobody would gain or lose access.", new() { UseInnerText = true });
        await PressAsync(page, "Ask", "requests");
        await page.Locator("main tbody a").First.ClickAsync();
        await KeepAsync(page, "request");
        var asked = page.Url;
        foreach (var way in (string[])["change", "end"])
        {
            await page.GotoAsync(asked);
            await page.Locator($"main a[href$='/{way}']").First.ClickAsync();
            await KeepAsync(page, "request-" + way);
        }

        await GoAsync(page, "/access/requests?box=sponsor", "requests-sponsor");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Grace Adeyemi", new() { UseInnerText = true });
    }

    [Fact]
    [LooksAt("/access/reviews", "/access/reviews/{id}", "/cases/{urn}")]
    public async Task Review_OfAnEmergency_IsClean()
    {
        var priya = await host.SignInAsync("Priya Nair", "/access/emergency");
        await priya.GetByLabel("Case reference").FillAsync(host.Urn);
        await priya.GetByLabel("Whose life").FillAsync(Why);
        await PressAsync(priya, "Take access", "emergency-taken");

        var lena = await host.SignInAsync("Lena Fox", "/access/reviews");
        await KeepAsync(lena, "reviews");
        await lena.Locator("main tbody tr").Filter(new LocatorFilterOptions { HasText = "Priya Nair" }).Locator("a").First.ClickAsync();
        await KeepAsync(lena, "review");
        await Assertions.Expect(lena.Locator("main")).ToContainTextAsync("Priya Nair", new() { UseInnerText = true });
    }

    [Fact]
    [LooksAt("/access/erasures", "/access/erasures/new", "/access/erasures/{id}")]
    public async Task Erasure_IsClean_WhileItWaits()
    {
        // A case of the demonstration's world that was discontinued.
        var lena = await host.SignInAsync("Lena Fox", "/access/erasures/new?case=05AD0001126");
        await KeepAsync(lena, "erasure-new");
        await lena.Locator("input[name=basis]").First.CheckAsync();
        await lena.GetByLabel("Why?").FillAsync(Why);
        await PressAsync(lena, "Ask", "erasures");
        await lena.Locator("main tbody a").First.ClickAsync();
        await KeepAsync(lena, "erasure");
    }

    [Fact]
    [LooksAt("/access/enrolments/{id}", "/access/enrolments/{id}/checks", "/access/enrolments/{id}/proof", "/access/enrolments/{id}/test",
        "/access/enrolments/{id}/{step}")]
    public async Task Enrolment_IsClean_StepByStep_UntilItsProviderIsAsked()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var numbers = pair.ExportParameters(false).Q;
        var page = await host.SignInAsync("Robin Vane", "/access/enrolments/new");
        await page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync("Powys Police");
        await page.GetByLabel("Short name").FillAsync("powys-police");
        await page.Locator("#contact").FillAsync("Duty manager, on the number in our book");
        await page.Locator("input[value=oidc]").CheckAsync();
        await page.Locator("#issuer").FillAsync("https://id.powys.example/");
        await page.GetByText("Of an OpenID provider also").ClickAsync();
        await page.Locator("#clientId").FillAsync("assize");
        await page.Locator("input[value=private_key_jwt]").CheckAsync();
        await page.Locator("#agencyKey").FillAsync(
            $$"""{"kty":"EC","crv":"P-256","x":"{{Convert.ToBase64String(numbers.X!).TrimEnd('=').Replace('+', '-').Replace('/', '_')}}","y":"{{Convert.ToBase64String(numbers.Y!).TrimEnd('=').Replace('+', '-').Replace('/', '_')}}"}""");
        await PressAsync(page, "Keep and go on", "enrolment");
        var begun = page.Url;
        foreach (var step in (string[])["checks", "test", "proof", "propose"])
        {
            await page.GotoAsync($"{begun}/{step}");
            await KeepAsync(page, "enrolment-" + step);
        }
    }

    private static async Task PressAsync(IPage page, string button, string picture)
    {
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).ClickAsync();
        await KeepAsync(page, picture);
    }

    private async Task GoAsync(IPage page, string path, string picture)
    {
        await page.GotoAsync(new Uri(host.Url, path).AbsoluteUri);
        await KeepAsync(page, picture);
    }

    private static async Task KeepAsync(IPage page, string picture)
    {
        await page.AssertCleanAsync();
        await page.KeepAsync("detail-" + picture);
    }
}
