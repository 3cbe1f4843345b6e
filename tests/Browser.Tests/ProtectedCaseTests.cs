using Assize.Identity.Directory;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests;

/// <summary>A conflict of interest, a seal and a claim, as whoever asks and as whoever decides sees them, on both screens and in both languages.</summary>
public sealed class ProtectedCaseTests(WholeHost host)
{
    private const string Why = "An informant’s life depends on who knows of this.";

    [Fact]
    [LooksAt("/access/exclusions", "/access/exclusions/{id}/lift")]
    public async Task Conflict_ToBeLifted_FitsTheScreensOfWhoLiftsIt_AndOfWhoMayNot()
    {
        var urn = await host.ChargeAsync();
        await DeclareAsync(await host.SignInAsync("Tom Rimmer", "/access/exclusions/new"), urn);
        var carol = await host.SignInAsync("Carol Whitfield", "/access/exclusions");
        var lift = await LinkAsync(carol, urn);

        await carol.AssertFitInBothAsync(host.Url, lift, "/access/exclusions");
        await GoAsync(carol, lift);
        await PressAsync(carol, "Lift it");
        await carol.AssertCleanAsync();
        await carol.KeepAsync("looks-lift-refused");
        await carol.GetByLabel("Why is it over?").FillAsync("The witness has moved away and is not called.");
        await PressAsync(carol, "Lift it");
        await Assertions.Expect(carol.Locator("main")).ToContainTextAsync("The conflict is lifted.", new() { UseInnerText = true });
    }

    [Fact]
    [LooksAt("/cases/{urn}/access", "/cases/{urn}/access/parties/record", "/cases/{urn}/access/parties/{recorded:long}/end")]
    public async Task Party_RecordedAndEnded_FitsItsScreens()
    {
        var urn = await host.ChargeAsync();
        var jo = await host.SignInAsync("Jo Halewood", $"/cases/{urn}/access/parties/record");
        await jo.AssertFitInBothAsync(host.Url, $"/cases/{urn}/access/parties/record");
        await GoAsync(jo, $"/cases/{urn}/access/parties/record");
        await jo.Locator("#person").FillAsync("Priya Nair");
        await jo.GetByLabel("Witness").CheckAsync();
        await PressAsync(jo, "Show what would change");
        await jo.AssertCleanAsync();
        await jo.KeepAsync("looks-party-effect");
        await PressAsync(jo, "Record it");
        var end = (await jo.Locator("a[href*='/parties/'][href$='/end']").GetAttributeAsync("href"))!;

        await jo.AssertFitInBothAsync(host.Url, $"/cases/{urn}/access", end);
        await GoAsync(jo, end);
        await PressAsync(jo, "They are no party");
        await jo.AssertCleanAsync();
        await jo.KeepAsync("looks-party-refused");
        await jo.GetByLabel("Why are they none?").FillAsync("It was another officer of the same name.");
        await PressAsync(jo, "They are no party");
        await Assertions.Expect(jo.Locator("main")).ToContainTextAsync("They are no party any more.", new() { UseInnerText = true });
    }

    [Fact]
    [LooksAt("/access/proposals", "/access/proposals/{id}", "/cases/{urn}/access", "/cases/{urn}/access/seal", "/cases/{urn}/access/unseal")]
    public async Task Seal_FitsTheScreensOfBoth_AndSoDoesItsEnd()
    {
        var urn = await host.ChargeAsync();
        var jo = await host.SignInAsync("Jo Halewood", $"/cases/{urn}/access/seal");
        foreach (var (name, role, line) in (ValueTuple<string, string, int>[])[("Jo Halewood", "case-builder", 1), ("Priya Nair", "officer-in-case", 2)])
        {
            await jo.Locator($"[name=person-{line}]").FillAsync(name);
            await jo.Locator($"[name=role-{line}]").SelectOptionAsync(role);
        }

        await jo.GetByLabel("Why?").FillAsync(Why);
        await PressAsync(jo, "Show what would change");
        await jo.AssertCleanAsync();
        await jo.KeepAsync("looks-seal-effect");
        await PressAsync(jo, "Propose it");
        var seal = await ProposalAsync(jo, urn);
        var priya = await host.SignInAsync("Priya Nair", "/access/proposals");
        await jo.AssertFitInBothAsync(host.Url, seal, "/access/proposals");
        await priya.AssertFitInBothAsync(host.Url, seal, "/access/proposals");
        await GoAsync(priya, seal);
        await PressAsync(priya, "Confirm");

        await jo.AssertFitInBothAsync(host.Url, $"/cases/{urn}");
        await GoAsync(jo, $"/cases/{urn}");
        await jo.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in again" }).ClickAsync();
        await jo.GetByLabel("Jo Halewood").First.CheckAsync();
        await PressAsync(jo, "Sign in");
        await jo.WaitForURLAsync(new Uri(host.Url, $"/cases/{urn}").AbsoluteUri);
        await jo.AssertFitInBothAsync(host.Url, $"/cases/{urn}/access", $"/cases/{urn}/access/unseal", $"/cases/{urn}/access/seal");
        await GoAsync(jo, $"/cases/{urn}/access/unseal");
        await PressAsync(jo, "Propose it");
        await jo.AssertCleanAsync();
        await jo.KeepAsync("looks-unseal-refused");
        await jo.GetByLabel("Why does it no longer need a seal?").FillAsync("The informant has given evidence in open court.");
        await PressAsync(jo, "Propose it");
        await jo.AssertFitInBothAsync(host.Url, await ProposalAsync(jo, urn));
    }

    [Fact]
    [LooksAt("/cases/{urn}", "/cases/{urn}/claim")]
    public async Task Claim_OfACaseElsewhere_FitsItsScreens_AndOpensTheCase()
    {
        var urn = await host.ChargeAsync();
        await host.InDirectoryAsync(unit =>
        {
            var account = new Account { Subject = "delia.frodsham@cps-mersey-cheshire", Name = "Delia Frodsham", AgencyId = "cps-mersey-cheshire", Title = "Reviewing lawyer of Cheshire" };
            var role = HomeRole.Usual(account, "reviewing-lawyer", unit.Now.AddDays(-1), unit.Now);
            role.Area = "cheshire";
            account.Roles.Add(role);
            unit.Add(account);
            return Task.CompletedTask;
        });
        var delia = await host.SignInAsync("Delia Frodsham");

        await delia.AssertFitInBothAsync(host.Url, $"/cases/{urn}", $"/cases/{urn}/claim");
        await GoAsync(delia, $"/cases/{urn}/claim");
        await PressAsync(delia, "Take access");
        await delia.AssertCleanAsync();
        await delia.KeepAsync("looks-claim-refused");
        await delia.Locator("input[name=category]").First.CheckAsync();
        await delia.GetByLabel("Why do you need it now?").FillAsync("The hearing is today and her lawyer is ill.");
        await PressAsync(delia, "Take access");
        await delia.AssertCleanAsync();
        await delia.KeepAsync("looks-claimed");
        await Assertions.Expect(delia.Locator("main")).ToContainTextAsync("You have access until midnight.", new() { UseInnerText = true });
    }

    private static async Task DeclareAsync(IPage page, string urn)
    {
        await page.GetByLabel("One case").CheckAsync();
        await page.GetByLabel("Case reference").FillAsync(urn);
        await page.GetByLabel("What is the conflict?").FillAsync("A neighbour of mine is a witness.");
        await PressAsync(page, "Show what would change");
        await PressAsync(page, "Declare it");
        await page.WaitForURLAsync("**/access/exclusions");
    }

    private async Task<string> ProposalAsync(IPage page, string urn)
    {
        await GoAsync(page, "/access/proposals");
        return await LinkAsync(page, urn);
    }

    private static async Task<string> LinkAsync(IPage page, string row) =>
        (await page.Locator("main tbody tr", new PageLocatorOptions { HasText = row }).Locator("a").First.GetAttributeAsync("href"))!;

    private static Task PressAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).ClickAsync();

    private async Task GoAsync(IPage page, string path) => await page.GotoAsync(new Uri(host.Url, path).AbsoluteUri);
}
