using System.Net;
using Assize.Host.Tests.Coverage;
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

        using var added = await client.PostFormAsync("/access/provisioning/groups/new", "new", ("group", "Case builders"), ("role", "case-builder"), ("reason", Reason));
        Assert.Contains("The group Case builders gives the role now.", await client.BannerAsync(added));
        using var second = await client.PostFormAsync("/access/provisioning/groups/new", "new", ("group", "Warrants"), ("role", "warrants-officer"), ("reason", Reason));
        Assert.Equal(HttpStatusCode.Found, second.StatusCode);
        using var empty = await client.PostFormAsync("/access/provisioning/groups/new", "new", ("reason", Reason));
        var rows = await client.RowsAsync("/access/provisioning");
        var link = rows.Single(row => row.TextContent.Contains("Case builders", StringComparison.Ordinal)).QuerySelector("a")!.GetAttribute("href")!;
        using var unreasoned = await client.PostFormAsync(link, "remove");
        using var removed = await client.PostFormAsync(link, "remove", ("reason", Reason));
        Assert.Contains("gives the role no more.", await client.BannerAsync(removed));

        Assert.Equal("#group", (await empty.RefusedAsync()).Link);
        Assert.Equal("#reason", (await unreasoned.RefusedAsync()).Link);
        Assert.Contains(await client.RowsAsync("/access/provisioning"), row => row.TextContent.Contains("Warrants", StringComparison.Ordinal));
        Assert.DoesNotContain(await client.RowsAsync("/access/provisioning"), row => row.TextContent.Contains("Case builders", StringComparison.Ordinal));
    }
}
