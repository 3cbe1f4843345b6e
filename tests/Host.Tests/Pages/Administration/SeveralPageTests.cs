using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Identity.Directory;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Assize.Host.Tests.Pages.Administration.DirectoryHost;

namespace Assize.Host.Tests.Pages.Administration;

[Collection(DirectoryPages.Name)]
public sealed class SeveralPageTests(DirectoryHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [TestsPage("/access/people/several/give", PageCase.HappyPath)]
    public async Task Give_SeveralPeopleARole_IsRehearsed_AndDoneForAll()
    {
        var (one, oneName) = await host.PersonAsync();
        var (two, twoName) = await host.PersonAsync(["warrants-officer"]);
        await host.FollowAsync();
        using var client = await host.BrowserAsync(Carol);

        using var rehearsed = await client.PostFormAsync($"/access/people/several/give?subject={one}&subject={two}", "give", ("role", "case-builder"), ("reason", Reason), ("step", "check"));
        var page = (await rehearsed.PageAsync()).QuerySelector("main")!;
        var said = page.TextContent;
        Assert.Contains("What would change", page.QuerySelector(".govuk-inset-text")!.TextContent);
        Assert.True(said.Contains(oneName, StringComparison.Ordinal) && said.Contains(twoName, StringComparison.Ordinal), said);
        Assert.DoesNotContain("Warrants officer", said);
        using var done = await client.PostNextAsync(rehearsed, ("step", "save"));

        Assert.Contains("People who have the role now: 2.", await client.BannerAsync(done));
        Assert.Equal(2, await host.ReadAsync(db => db.HomeRoles.CountAsync(role => (role.Subject == one || role.Subject == two) && role.Role == "case-builder", Stop)));
    }

    [Fact]
    [TestsPage("/access/people/several/give", PageCase.WrongState)]
    public async Task Give_WithOneWhoCannotHaveIt_GivesNobody()
    {
        var (one, _) = await host.PersonAsync();
        var (two, _) = await host.PersonAsync(status: AccountStatus.Left);
        using var client = await host.BrowserAsync(Carol);

        using var refused = await client.PostFormAsync($"/access/people/several/give?subject={one}&subject={two}", "give", ("role", "case-builder"), ("reason", Reason), ("step", "save"));

        Assert.Equal(HttpStatusCode.Conflict, (await refused.RefusedAsync()).Status);
        Assert.False(await host.ReadAsync(db => db.HomeRoles.AnyAsync(role => role.Subject == one, Stop)));
    }

    [Fact]
    [TestsPage("/access/people/several/end", PageCase.HappyPath)]
    public async Task End_ARoleOfSeveral_EndsItForThoseWhoHoldIt()
    {
        var (one, oneName) = await host.PersonAsync(["case-builder", "warrants-officer"]);
        var (two, twoName) = await host.PersonAsync(["case-builder"]);
        using var client = await host.BrowserAsync(Carol);
        var path = $"/access/people/several/end?subject={one}&subject={two}";

        using var unchosen = await client.PostFormAsync(path, "end", ("reason", Reason));
        await host.FollowAsync();
        using var shown = await client.PostFormAsync(path, "end", ("role", "case-builder"), ("reason", Reason));
        var said = (await shown.PageAsync()).QuerySelector("main")!;
        Assert.Equal(new[] { oneName, twoName }.Order(), said.QuerySelectorAll("form > ul:first-of-type li").Select(item => item.TextContent.Trim()).Order());
        Assert.Contains("What would change", said.QuerySelector(".govuk-inset-text")!.TextContent);
        Assert.Equal(3, await host.ReadAsync(db => db.HomeRoles.CountAsync(role => (role.Subject == one || role.Subject == two) && role.To == null, Stop)));
        using var edited = await client.PostNextAsync(shown, ("step", "edit"));
        Assert.Equal("case-builder", (await edited.PageAsync()).QuerySelector("input[name=role][checked]")!.GetAttribute("value"));
        using var done = await client.PostNextAsync(shown, ("step", "save"));

        Assert.Equal("#role", (await unchosen.RefusedAsync()).Link);
        Assert.Contains("Roles ended: 2.", await client.BannerAsync(done));
        Assert.Equal(["warrants-officer"], await host.ReadAsync(db => db.HomeRoles.Where(role => (role.Subject == one || role.Subject == two) && role.To == null).Select(role => role.Role).ToListAsync(Stop)));
    }

    [Fact]
    [TestsPage("/access/people/several/suspend", PageCase.HappyPath, PageCase.WrongState)]
    public async Task Suspend_Several_SuspendsAll_OrNobody()
    {
        var (one, _) = await host.PersonAsync();
        var (two, _) = await host.PersonAsync();
        var (left, _) = await host.PersonAsync(status: AccountStatus.Left);
        using var client = await host.BrowserAsync(Carol);

        using var refused = await client.PostFormAsync($"/access/people/several/suspend?subject={one}&subject={left}", "suspend", ("reason", Reason));
        await host.FollowAsync();
        Assert.Contains("Nobody would gain or lose access", (await client.MainAsync($"/access/people/several/suspend?subject={one}&subject={two}")).QuerySelector(".govuk-inset-text")!.TextContent);
        using var done = await client.PostFormAsync($"/access/people/several/suspend?subject={one}&subject={two}", "suspend", ("reason", Reason));

        Assert.Equal(HttpStatusCode.Conflict, (await refused.RefusedAsync()).Status);
        Assert.Contains("Accounts suspended: 2.", await client.BannerAsync(done));
        Assert.Equal(2, await host.ReadAsync(db => db.Accounts.CountAsync(account => (account.Subject == one || account.Subject == two) && account.Status == AccountStatus.Suspended, Stop)));
    }

    [Theory]
    [InlineData("suspend")]
    [InlineData("give")]
    [InlineData("end")]
    [TestsPage("/access/people/several/suspend", PageCase.WrongState)]
    [TestsPage("/access/people/several/give", PageCase.WrongState)]
    [TestsPage("/access/people/several/end", PageCase.WrongState)]
    public async Task Get_WithNobodyChosen_OrTooMany_SaysSo(string what)
    {
        using var client = await host.BrowserAsync(Carol);

        using var nobody = await client.GetAsync("/access/people/several/" + what, Stop);
        using var many = await client.GetAsync($"/access/people/several/{what}?" + string.Join('&', Enumerable.Range(0, 21).Select(number => $"subject=p{number}@{Police}")), Stop);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), ((await nobody.RefusedAsync()).Status, (await many.RefusedAsync()).Status));
    }
}
