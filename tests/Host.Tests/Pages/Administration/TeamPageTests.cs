using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Identity.Directory;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Assize.Host.Tests.Pages.Administration.DirectoryHost;

namespace Assize.Host.Tests.Pages.Administration;

[Collection(DirectoryPages.Name)]
public sealed class TeamPageTests(DirectoryHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [TestsPage("/access/teams", PageCase.HappyPath)]
    [TestsPage("/access/teams/new", PageCase.HappyPath)]
    [TestsPage("/access/teams/{id}", PageCase.HappyPath)]
    [TestsPage("/access/teams/{id}/add", PageCase.HappyPath)]
    [TestsPage("/access/teams/{id}/name", PageCase.HappyPath)]
    [TestsPage("/access/teams/{id}/remove", PageCase.HappyPath)]
    public async Task Team_IsAdded_GetsMembers_LosesOne_IsRenamed_AndRemoved()
    {
        var (one, oneName) = await host.PersonAsync(["case-builder"], change: account => account.Name = "Wilf Teamer");
        var (two, _) = await host.PersonAsync(["case-builder"], change: account => account.Name = "Winnie Teamer");
        using var client = await host.BrowserAsync(Carol);

        var team = await AddAsync(client, "North desk");
        Assert.Contains("Nobody is in this team.", (await client.MainAsync(team)).TextContent);
        using var joined = await client.PostFormAsync($"{team}/add?search=teamer", "add?search", ("chosen", one), ("chosen", two), ("reason", Reason));
        Assert.Contains("People added: 2.", await client.BannerAsync(joined));
        using var left = await client.PostFormAsync(team, team, ("chosen", one), ("reason", Reason));
        Assert.Contains("People taken out: 1.", await client.BannerAsync(left));
        Assert.Contains("Winnie Teamer", Assert.Single(await client.RowsAsync(team)).TextContent);
        using var renamed = await client.PostFormAsync($"{team}/name", "name", ("name", "South desk"), ("reason", Reason));
        Assert.Contains("The team is called South desk now.", await client.BannerAsync(renamed));
        Assert.Contains(await client.RowsAsync("/access/teams"), row => row.TextContent.Contains("South desk", StringComparison.Ordinal));
        using var removed = await client.PostFormAsync($"{team}/remove", "remove", ("reason", Reason));
        Assert.Contains("The team South desk is removed.", await client.BannerAsync(removed));

        using var gone = await client.GetAsync(team, Stop);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Empty(await host.ReadAsync(db => db.TeamMembers.Where(member => member.Subject == two).ToListAsync(Stop)));
        Assert.NotEmpty(oneName);
    }

    [Fact]
    [TestsPage("/access/teams/new", PageCase.WrongState)]
    public async Task Team_ThatIsRefused_KeepsWhatWasTyped()
    {
        using var client = await host.BrowserAsync(Carol);
        var first = await AddAsync(client, "West desk");
        var second = await AddAsync(client, "East desk");

        using var same = await client.PostFormAsync("/access/teams/new", "new", ("name", "West desk"), ("reason", Reason));
        using var unnamed = await client.PostFormAsync("/access/teams/new", "new", ("reason", Reason));
        using var taken = await client.PostFormAsync($"{second}/name", "name", ("name", "West desk"), ("reason", Reason));
        using var nobody = await client.PostFormAsync($"{first}/add", "add?search", ("reason", Reason));
        using var unreasoned = await client.PostFormAsync($"{first}/remove", "remove");

        Assert.Equal(HttpStatusCode.Conflict, (await same.RefusedAsync()).Status);
        Assert.Equal("West desk", (await same.RefusedAsync()).Main.QuerySelector("#name")!.GetAttribute("value"));
        Assert.Equal("#name", (await unnamed.RefusedAsync()).Link);
        Assert.Equal(HttpStatusCode.Conflict, (await taken.RefusedAsync()).Status);
        Assert.Equal("#chosen", (await nobody.RefusedAsync()).Link);
        Assert.Equal("#reason", (await unreasoned.RefusedAsync()).Link);
    }

    [Fact]
    [TestsPage("/access/teams/{id}", PageCase.WrongState)]
    [TestsPage("/access/teams/{id}/add", PageCase.WrongState)]
    [TestsPage("/access/teams/{id}/name", PageCase.WrongState)]
    [TestsPage("/access/teams/{id}/remove", PageCase.WrongState)]
    public async Task Team_OfTheProvisioning_IsShown_AndNotChangedHere()
    {
        var team = new Team { Id = Guid.NewGuid().ToString("n"), AgencyId = Police, Name = "From the directory", ExternalId = "g1" };
        await host.WithAsync<Identity.Storage.IdentityDb>(async db =>
        {
            db.Add(team);
            await db.SaveChangesAsync(Stop);
        });
        using var client = await host.BrowserAsync(Carol);

        var main = await client.MainAsync($"/access/teams/{team.Id}");
        using var add = await client.GetAsync($"/access/teams/{team.Id}/add", Stop);
        using var rename = await client.PostFormAsync($"/access/teams/{team.Id}/name", "name", ("name", "Ours"), ("reason", Reason));
        using var remove = await client.PostFormAsync($"/access/teams/{team.Id}/remove", "remove", ("reason", Reason));

        Assert.DoesNotContain(main.QuerySelectorAll("a"), link => link.TextContent == "Rename");
        Assert.Equal(HttpStatusCode.Conflict, add.StatusCode);
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (rename.StatusCode, remove.StatusCode));
    }

    private static async Task<string> AddAsync(HttpClient client, string name)
    {
        using var added = await client.PostFormAsync("/access/teams/new", "new", ("name", name), ("reason", Reason));
        Assert.Equal(HttpStatusCode.Found, added.StatusCode);
        return added.Headers.Location!.OriginalString;
    }
}
