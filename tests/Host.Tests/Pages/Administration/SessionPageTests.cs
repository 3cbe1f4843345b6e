using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Identity.Sessions;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Assize.Host.Tests.Pages.Administration.DirectoryHost;

namespace Assize.Host.Tests.Pages.Administration;

[Collection(DirectoryPages.Name)]
public sealed class SessionPageTests(DirectoryHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [TestsPage("/access/sessions/{id}/end", PageCase.HappyPath, PageCase.WrongState)]
    public async Task End_OneOfAPersons_SignsThatBrowserOut_AndIsShownAmongThoseThatEnded()
    {
        var (subject, name) = await host.PersonAsync(["case-builder"]);
        await host.FollowAsync();
        using var theirs = await host.NewBrowserAsync(subject);
        using var client = await host.BrowserAsync(Carol);
        var row = Assert.Single(await client.RowsAsync("/access/sessions?subject=" + subject));
        Assert.Contains("the list of names", row.TextContent);
        var link = row.QuerySelector("a[href$='/end']")!.GetAttribute("href")!;

        using var unreasoned = await client.PostFormAsync(link, "end", ("reason", "no"));
        using var done = await client.PostFormAsync(link, "end", ("reason", Reason));
        Assert.Contains($"The session of {name} has ended.", await client.BannerAsync(done));
        using var again = await client.GetAsync(link, Stop);

        Assert.Equal("#reason", (await unreasoned.RefusedAsync()).Link);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("ended", Assert.Single(await client.RowsAsync("/access/sessions?all=true&subject=" + subject)).TextContent);
        Assert.Empty(await client.RowsAsync("/access/sessions?subject=" + subject));
        Assert.Equal("An administrator ended it.", (await SessionsAsync(subject))[0].EndedBecause);
    }

    [Fact]
    public async Task Person_FindsTheirOwnSessions_FromAnyPage_EndsAnother_AndFindsTheWayBack()
    {
        var (subject, _) = await host.PersonAsync(["case-builder"]);
        await host.FollowAsync();
        using HttpClient here = await host.NewBrowserAsync(subject), elsewhere = await host.NewBrowserAsync(subject);
        using var page = await here.GetAsync("/access", Stop);
        var address = (await page.PageAsync()).QuerySelector("header a.assize-header__sessions")!.GetAttribute("href")!;

        using var shown = await here.GetAsync(address, Stop);
        var own = await shown.PageAsync();
        var form = own.QuerySelectorAll("main .govuk-summary-card").Single(card => card.TextContent.Contains("Another browser", StringComparison.Ordinal)).QuerySelector("form")!;
        using FormUrlEncodedContent content = new(form.QuerySelectorAll("input").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value")!)));
        using var ended = await here.PostAsync(new Uri(new Uri(address), form.GetAttribute("action")), content, Stop);

        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.Equal(host.Url.AbsoluteUri, own.QuerySelector("main a")!.GetAttribute("href"));
        Assert.Equal("The person ended it.", Assert.Single(await SessionsAsync(subject), session => session.EndedAt is not null).EndedBecause);
    }

    [Fact]
    [TestsPage("/access/people/{subject}/sessions/end", PageCase.HappyPath, PageCase.WrongState)]
    public async Task EndAll_OfAPerson_EndsEachOfThem_AndThenThereIsNoneToEnd()
    {
        var (subject, name) = await host.PersonAsync(["case-builder"]);
        await host.FollowAsync();
        using var one = await host.NewBrowserAsync(subject);
        using var two = await host.NewBrowserAsync(subject);
        using var client = await host.BrowserAsync(Carol);

        using var unreasoned = await client.PostFormAsync($"/access/people/{subject}/sessions/end", "end");
        using var done = await client.PostFormAsync($"/access/people/{subject}/sessions/end", "end", ("reason", Reason));
        Assert.Contains($"All sessions of {name} have ended.", await client.BannerAsync(done));
        using var none = await client.GetAsync($"/access/people/{subject}/sessions/end", Stop);

        Assert.Equal("#reason", (await unreasoned.RefusedAsync()).Link);
        Assert.Equal(HttpStatusCode.Conflict, none.StatusCode);
        Assert.All(await SessionsAsync(subject), session => Assert.NotNull(session.EndedAt));
    }

    [Fact]
    [TestsPage("/access/sessions", PageCase.HappyPath, PageCase.WrongState)]
    public async Task Get_Sessions_ShowsOwnPeoplesOnly_AndRefusesAStrangeCursor()
    {
        using var bridget = await host.BrowserAsync(Bridget);
        using var client = await host.BrowserAsync(Carol);

        var main = await client.MainAsync("/access/sessions");
        using var strange = await client.GetAsync("/access/sessions?after=nonsense", Stop);

        Assert.Contains("Carol Whitfield", main.TextContent);
        Assert.DoesNotContain("Bridget Nolan", main.TextContent);
        Assert.Equal(HttpStatusCode.BadRequest, strange.StatusCode);
    }

    private Task<List<PersonSession>> SessionsAsync(string subject) => host.ReadAsync(db => db.Sessions.AsNoTracking().Where(session => session.Subject == subject).ToListAsync(Stop));
}
