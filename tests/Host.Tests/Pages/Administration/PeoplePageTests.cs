using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Identity.Directory;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Assize.Host.Tests.Pages.Administration.DirectoryHost;

namespace Assize.Host.Tests.Pages.Administration;

[Collection(DirectoryPages.Name)]
public sealed class PeoplePageTests(DirectoryHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [TestsPage("/access/people", PageCase.HappyPath)]
    public async Task Get_People_FindsByNameAndState_AndShowsNobodyElses()
    {
        var (subject, name) = await host.PersonAsync(["case-builder"], change: account => account.Name = "Zebedee Quill");
        using var client = await host.BrowserAsync(Carol);

        var everybody = await client.RowsAsync("/access/people?status=active");
        var found = await client.RowsAsync("/access/people?search=quill&role=case-builder");
        var none = await client.RowsAsync("/access/people?search=quill&status=left");

        Assert.DoesNotContain(everybody, row => row.TextContent.Contains("Helen Marsh", StringComparison.Ordinal));
        Assert.Contains(everybody, row => row.TextContent.Contains("Carol Whitfield", StringComparison.Ordinal));
        Assert.Contains("Zebedee Quill", Assert.Single(found).TextContent);
        Assert.Empty(none);
        Assert.NotEmpty(name);
        Assert.EndsWith(Uri.EscapeDataString(subject), Assert.Single(found).QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage("/access/people", PageCase.WrongState)]
    public async Task Get_People_WithACursorOfAnotherList_IsRefused()
    {
        using var client = await host.BrowserAsync(Carol);

        using var answer = await client.GetAsync("/access/people?after=nonsense", Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    [TestsPage("/access/people/{subject}", PageCase.HappyPath, PageCase.WrongState)]
    public async Task Get_APerson_ShowsRolesAndWhatCanBeDone_ButNotToOneself()
    {
        using var client = await host.BrowserAsync(Carol);

        var sam = await client.MainAsync("/access/people/" + Sam);
        var own = await client.MainAsync("/access/people/" + Carol);

        Assert.Contains("Case builder", sam.TextContent);
        Assert.Contains(sam.QuerySelectorAll("a"), link => link.TextContent == "Suspend");
        Assert.Contains("Another administrator changes it", own.TextContent);
        Assert.DoesNotContain(own.QuerySelectorAll("a"), link => link.TextContent == "Suspend");
    }

    [Fact]
    [TestsPage("/access/people/{subject}/status", PageCase.HappyPath)]
    public async Task Suspend_WithAReason_SignsThemOut_AndReactivationLetsThemBack()
    {
        var (subject, _) = await host.PersonAsync(["case-builder"]);
        using var client = await host.BrowserAsync(Carol);

        await host.FollowAsync();
        Assert.Contains("What would change", (await client.MainAsync($"/access/people/{subject}/status?to=suspended")).QuerySelector(".govuk-inset-text")!.TextContent);
        using var suspended = await client.PostFormAsync($"/access/people/{subject}/status?to=suspended", "status", ("reason", Reason));
        Assert.Equal(HttpStatusCode.Found, suspended.StatusCode);
        var shown = await client.MainAsync(suspended.Headers.Location!.OriginalString);
        Assert.Contains("is suspended.", shown.QuerySelector(".govuk-notification-banner--success")!.TextContent);
        Assert.Contains(shown.QuerySelectorAll("a"), link => link.TextContent == "Reactivate");
        using var back = await client.PostFormAsync($"/access/people/{subject}/status?to=active", "status", ("reason", Reason));

        Assert.Equal(HttpStatusCode.Found, back.StatusCode);
        Assert.Equal(AccountStatus.Active, await StatusAsync(subject));
    }

    [Fact]
    public async Task Suspend_WithoutAReason_KeepsWhatWasTyped_AndLinksTheError()
    {
        var (subject, _) = await host.PersonAsync();
        using var client = await host.BrowserAsync(Carol);

        using var answer = await client.PostFormAsync($"/access/people/{subject}/status?to=left", "status", ("reason", "Gone"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.Equal("Enter a reason of 10 to 500 characters", page.QuerySelector(".govuk-error-summary a[href='#reason']")!.TextContent);
        Assert.Equal("Gone", page.QuerySelector("#reason")!.TextContent);
        Assert.Equal(AccountStatus.Active, await StatusAsync(subject));
    }

    [Fact]
    [TestsPage("/access/people/{subject}/status", PageCase.WrongState)]
    public async Task Suspend_WhoeverIsSuspended_OrOneself_IsRefused()
    {
        var (subject, _) = await host.PersonAsync(status: AccountStatus.Suspended);
        using var client = await host.BrowserAsync(Carol);

        using var again = await client.GetAsync($"/access/people/{subject}/status?to=suspended", Stop);
        using var own = await client.PostFormAsync($"/access/people/{Carol}/status?to=suspended", "status", ("reason", Reason));

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Null((await again.PageAsync()).QuerySelector("main form"));
        Assert.Equal(HttpStatusCode.Forbidden, own.StatusCode);
        Assert.Contains("Nobody administers their own account", (await own.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent);
    }

    private Task<string> StatusAsync(string subject) =>
        host.ReadAsync(db => db.Accounts.Where(account => account.Subject == subject).Select(account => account.Status).SingleAsync(Stop));
}
