using System.Net;
using Assize.Host.Tests.Coverage;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Assize.Host.Tests.Pages.Administration.DirectoryHost;

namespace Assize.Host.Tests.Pages.Administration;

[Collection(DirectoryPages.Name)]
public sealed class ProvisioningPageTests(DirectoryHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [TestsPage("/access/provisioning", PageCase.HappyPath)]
    [TestsPage("/access/provisioning/tokens/new", PageCase.HappyPath)]
    [TestsPage("/access/provisioning/tokens/{id}/revoke", PageCase.HappyPath, PageCase.WrongState)]
    public async Task Token_IsShownOnce_AndWorks_UntilItIsRevoked()
    {
        using var client = await host.BrowserAsync(Carol);
        using var form = await client.GetAsync("/access/provisioning/tokens/new", Stop);

        using var issued = await client.PostNextAsync(form, ("label", "Entra, production"), ("reason", Reason));
        using var repeated = await client.PostNextAsync(form, ("label", "Entra, production"), ("reason", Reason));
        var token = (await issued.PageAsync()).QuerySelector("main pre")!.TextContent;
        var row = (await client.RowsAsync("/access/provisioning")).Single(row => row.TextContent.Contains("Entra, production", StringComparison.Ordinal));
        var link = row.QuerySelector("a")!.GetAttribute("href")!;

        Assert.True(issued.Headers.CacheControl!.NoStore);
        Assert.Contains("was shown before", (await repeated.PageAsync()).QuerySelector("main")!.TextContent);
        Assert.DoesNotContain(token, (await client.MainAsync("/access/provisioning")).TextContent);
        Assert.Equal(HttpStatusCode.OK, await host.ScimAsync(token));
        using var revoked = await client.PostFormAsync(link, "revoke", ("reason", Reason));
        Assert.Contains("is revoked.", await client.BannerAsync(revoked));
        Assert.Equal(HttpStatusCode.Unauthorized, await host.ScimAsync(token));
        using var again = await client.GetAsync(link, Stop);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    [TestsPage("/access/provisioning/tokens/new", PageCase.WrongState)]
    public async Task Token_WithoutALabel_OrWithStrangeDays_KeepsWhatWasTyped()
    {
        using var client = await host.BrowserAsync(Carol);

        using var days = await client.PostFormAsync("/access/provisioning/tokens/new", "new", ("label", "Ours"), ("days", "many"), ("reason", Reason));
        using var unlabelled = await client.PostFormAsync("/access/provisioning/tokens/new", "new", ("days", "30"), ("reason", Reason));

        Assert.Equal("#days", (await days.RefusedAsync()).Link);
        Assert.Equal("many", (await days.RefusedAsync()).Main.QuerySelector("#days")!.GetAttribute("value"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "#label"), ((await unlabelled.RefusedAsync()).Status, (await unlabelled.RefusedAsync()).Link));
    }

    [Fact]
    [TestsPage("/access/provisioning/groups/new", PageCase.HappyPath, PageCase.WrongState)]
    [TestsPage("/access/provisioning/groups/{id}/remove", PageCase.HappyPath, PageCase.WrongState)]
    public async Task Groups_GiveRoles_UntilTheyAreRemoved()
    {
        using var client = await host.BrowserAsync(Carol);

        using var added = await client.PostFormAsync("/access/provisioning/groups/new", "new", ("group", "Case builders"), ("role", "case-builder"), ("reason", Reason), ("step", "save"));
        Assert.Contains("The group Case builders gives the role now.", await client.BannerAsync(added));
        using var second = await client.PostFormAsync("/access/provisioning/groups/new", "new", ("group", "Warrants"), ("role", "warrants-officer"), ("reason", Reason), ("step", "save"));
        Assert.Equal(HttpStatusCode.Found, second.StatusCode);
        using var empty = await client.PostFormAsync("/access/provisioning/groups/new", "new", ("reason", Reason));
        var rows = await client.RowsAsync("/access/provisioning");
        var link = rows.Single(row => row.TextContent.Contains("Case builders", StringComparison.Ordinal)).QuerySelector("a")!.GetAttribute("href")!;
        using var unreasoned = await client.PostFormAsync(link, "remove");
        using var removed = await client.PostFormAsync(link, "remove", ("reason", Reason), ("step", "save"));
        Assert.Contains("gives the role no more.", await client.BannerAsync(removed));

        Assert.Equal("#group", (await empty.RefusedAsync()).Link);
        Assert.Equal("#reason", (await unreasoned.RefusedAsync()).Link);
        Assert.Contains(await client.RowsAsync("/access/provisioning"), row => row.TextContent.Contains("Warrants", StringComparison.Ordinal));
        Assert.DoesNotContain(await client.RowsAsync("/access/provisioning"), row => row.TextContent.Contains("Case builders", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Group_BeforeItGivesOrTakesARole_SaysWhoGetsIt_AndWhatThatOpens()
    {
        var (subject, name) = await host.PersonAsync();
        await host.GroupAsync("Night desk", subject);
        await host.FollowAsync();
        string urn = await host.CaseAsync(Police), hidden = await host.CaseAsync(Police, isSealed: true);
        using var client = await host.BrowserAsync(Carol);

        using var rehearsed = await client.PostFormAsync("/access/provisioning/groups/new", "new", ("group", "Night desk"), ("role", "officer-in-case"), ("reason", Reason));
        var gives = (await rehearsed.PageAsync()).QuerySelector("main")!.TextContent;
        Assert.Empty(await RolesAsync(subject));
        Assert.DoesNotContain("Night desk", (await client.MainAsync("/access/provisioning")).TextContent, StringComparison.Ordinal);
        using var edited = await client.PostNextAsync(rehearsed, ("step", "edit"));
        using var added = await client.PostNextAsync(rehearsed, ("step", "save"));
        Assert.Contains("The group Night desk gives the role now.", await client.BannerAsync(added));
        Assert.Equal("officer-in-case", Assert.Single(await RolesAsync(subject)).Role);

        await host.FollowAsync();
        var link = (await client.RowsAsync("/access/provisioning")).Single(row => row.TextContent.Contains("Night desk", StringComparison.Ordinal)).QuerySelector("a")!.GetAttribute("href")!;
        using var looked = await client.PostFormAsync(link, "remove", ("reason", Reason));
        var takes = (await looked.PageAsync()).QuerySelector("main")!.TextContent;
        Assert.Null(Assert.Single(await RolesAsync(subject)).To);
        using var removed = await client.PostNextAsync(looked, ("step", "save"));
        Assert.Contains("gives the role no more.", await client.BannerAsync(removed));

        Assert.Matches(@"Would get the role: 1\s+" + name + @"\s+What would change\s+Would gain access \(\d+\):\s+" + name, gives);
        Assert.Matches(@"Would lose the role: 1\s+" + name + @" \(changes posts\)[^:]+: what other agencies granted[^:]+Would lose access \(\d+\):\s+" + name, takes);
        Assert.All((string[])[urn, hidden], word => Assert.DoesNotContain(word, gives + takes, StringComparison.Ordinal));
        Assert.Equal("Night desk", (await edited.PageAsync()).QuerySelector("#group")!.GetAttribute("value"));
        Assert.NotNull(Assert.Single(await RolesAsync(subject)).To);
    }

    [Fact]
    public async Task Group_ThatNobodyIsIn_ChangesNobodysRoles()
    {
        using var client = await host.BrowserAsync(Carol);

        using var rehearsed = await client.PostFormAsync("/access/provisioning/groups/new", "new", ("group", "Nobody at all"), ("role", "officer-in-case"), ("reason", Reason));

        var main = (await rehearsed.PageAsync()).QuerySelector("main")!;
        Assert.Contains("Nobody’s roles change", main.TextContent);
        Assert.Null(main.QuerySelector(".govuk-inset-text"));
    }

    private Task<List<Identity.Directory.HomeRole>> RolesAsync(string subject) =>
        host.ReadAsync(db => db.Accounts.Where(account => account.Subject == subject).SelectMany(account => account.Roles).AsNoTracking().ToListAsync(Stop));
}
