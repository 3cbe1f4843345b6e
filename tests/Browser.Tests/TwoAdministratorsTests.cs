using Assize.Identity.Directory;
using Assize.Identity.Federation;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests;

/// <summary>What one administrator asked for or gave, as that one and as the other sees it, on both screens and in both languages.</summary>
public sealed class TwoAdministratorsTests(WholeHost host)
{
    private const string Police = "merseyside-police";
    private const string Why = "Agreed with the team leader, who wrote it down.";

    [Fact]
    [LooksAt("/access/leavers", "/access/leavers/{id}", "/access/people/{subject}/erase")]
    public async Task Erasure_OfSomebodyWhoLeft_FitsTheScreensOfBoth()
    {
        var subject = await ArriveAsync("Noel Kirkdale", account => account.Status = AccountStatus.Left);
        var carol = await host.SignInAsync("Carol Whitfield", "/access");
        await carol.AssertFitInBothAsync(host.Url, $"/access/people/{subject}/erase");
        await GoAsync(carol, $"/access/people/{subject}/erase");
        await RefusedAsync(carol, "Ask for it");
        await carol.GetByLabel("Why?").FillAsync(Why);
        await PressAsync(carol, "Ask for it");
        var asked = await LinkAsync(carol, "Noel Kirkdale");

        await carol.AssertFitInBothAsync(host.Url, asked, "/access/leavers");
        var imran = await host.SignInAsync("Imran Sheikh", "/access");
        await imran.AssertFitInBothAsync(host.Url, asked);
        await GoAsync(imran, asked);
        await RefusedAsync(imran, "Erase it");
        await imran.GetByLabel("Why do you decide so?").FillAsync(Why);
        await PressAsync(imran, "Erase it");
        await imran.AssertFitInBothAsync(host.Url, asked, "/access/leavers");
        await Assertions.Expect(imran.Locator("main")).ToContainTextAsync("Somebody whose name is erased", new() { UseInnerText = true });
    }

    [Fact]
    [LooksAt("/access/role-requests", "/access/role-requests/{id}")]
    public async Task Request_ForAnAdministratorsRole_FitsTheScreensOfBoth()
    {
        var subject = await ArriveAsync("Rhys Walton-Vale");
        var carol = await host.SignInAsync("Carol Whitfield", "/access");
        await GoAsync(carol, $"/access/people/{subject}/roles/give");
        await carol.GetByLabel("Agency administrator").CheckAsync();
        await carol.GetByLabel("Why?").FillAsync(Why);
        await PressAsync(carol, "See what this would change");
        await PressAsync(carol, "Ask for the role");
        await GoAsync(carol, "/access/role-requests");
        var asked = await LinkAsync(carol, "Rhys Walton-Vale");

        await carol.AssertFitInBothAsync(host.Url, asked, "/access/role-requests");
        var imran = await host.SignInAsync("Imran Sheikh", "/access");
        await imran.AssertFitInBothAsync(host.Url, asked);
        await GoAsync(imran, asked);
        await RefusedAsync(imran, "Approve: the role is given at once");
        await imran.GetByLabel("Why do you decide so?").FillAsync(Why);
        await PressAsync(imran, "Refuse");
        await imran.AssertFitInBothAsync(host.Url, asked);
    }

    [Fact]
    [LooksAt("/access/provisioning", "/access/provisioning/groups/{id}/remove")]
    public async Task Removal_OfAGroup_FitsItsScreens_AndSoDoesWhatItWouldChange()
    {
        var subject = await ArriveAsync("Ottilie Knotty-Ash");
        await host.InDirectoryAsync(async unit =>
        {
            var team = new Team { Id = "warrants-desk", AgencyId = Police, Name = "Warrants desk", ExternalId = "oid-warrants-desk" };
            unit.Db.Teams.Add(team);
            unit.Changed(team);
            unit.SetMember((await unit.FindAsync(subject, TestContext.Current.CancellationToken))!, team, true);
        });
        var carol = await host.SignInAsync("Carol Whitfield", "/access/provisioning/groups/new");
        await carol.GetByLabel("Group in your agency’s directory").FillAsync("Warrants desk");
        await carol.GetByLabel("Warrants officer").CheckAsync();
        await carol.GetByLabel("Why?").FillAsync(Why);
        await PressAsync(carol, "See what this would change");
        await PressAsync(carol, "Save");
        var remove = await LinkAsync(carol, "Warrants desk", "remove");

        await carol.AssertFitInBothAsync(host.Url, remove, "/access/provisioning");
        await GoAsync(carol, remove);
        await RefusedAsync(carol, "See what this would change");
        await carol.GetByLabel("Why?").FillAsync(Why);
        await PressAsync(carol, "See what this would change");
        await Assertions.Expect(carol.Locator("main")).ToContainTextAsync("Ottilie Knotty-Ash", new() { UseInnerText = true });
        await carol.AssertCleanAsync();
        await carol.KeepAsync("looks-group-removal-effect");
        await PressAsync(carol, "Remove");
        await Assertions.Expect(carol.Locator("main")).ToContainTextAsync("gives the role no more", new() { UseInnerText = true });
    }

    [Fact]
    [LooksAt("/access/enrolments", "/access/enrolments/upstreams/{id}/suspend")]
    public async Task Suspension_OfAnAgencysSignIn_FitsItsScreens_BeforeAndAfter()
    {
        const string Suspend = "/access/enrolments/upstreams/harbour-defence/suspend";
        await host.InDirectoryAsync(unit =>
        {
            unit.Db.Upstreams.Add(new Upstream { Id = "harbour-defence", AgencyId = "harbour-defence", Kind = UpstreamKind.OpenId, Issuer = "https://id.harbour.example/", Status = UpstreamStatus.Active });
            return Task.CompletedTask;
        });
        var robin = await host.SignInAsync("Robin Vane", "/access/enrolments");

        await robin.AssertFitInBothAsync(host.Url, Suspend, "/access/enrolments");
        await GoAsync(robin, Suspend);
        await RefusedAsync(robin, "Suspend it");
        await robin.GetByLabel("Why?").FillAsync(Why);
        await PressAsync(robin, "Suspend it");
        await robin.AssertCleanAsync();
        await robin.KeepAsync("looks-upstream-suspended");
        await robin.AssertFitInBothAsync(host.Url, Suspend, "/access/enrolments");
    }

    /// <summary>Somebody more of the police, whom no other test knows.</summary>
    private async Task<string> ArriveAsync(string name, Action<Account>? change = null)
    {
        var account = new Account { Subject = $"{name.ToLowerInvariant().Replace(' ', '.')}@{Police}", Name = name, AgencyId = Police, Title = "Officer" };
        change?.Invoke(account);
        await host.InDirectoryAsync(unit =>
        {
            unit.Add(account);
            return Task.CompletedTask;
        });
        return account.Subject;
    }

    private static async Task RefusedAsync(IPage page, string button)
    {
        await PressAsync(page, button);
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await page.AssertCleanAsync();
        await page.KeepAsync("looks-refused-" + new Uri(page.Url).AbsolutePath.Replace('/', '-'));
    }

    private static async Task<string> LinkAsync(IPage page, string row, string? to = null) =>
        (await page.Locator("main tbody tr", new PageLocatorOptions { HasText = row }).Locator(to is null ? "a" : $"a[href$='/{to}']").First.GetAttributeAsync("href"))!;

    private static Task PressAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).ClickAsync();

    private async Task GoAsync(IPage page, string path) => await page.GotoAsync(new Uri(host.Url, path).AbsoluteUri);
}
