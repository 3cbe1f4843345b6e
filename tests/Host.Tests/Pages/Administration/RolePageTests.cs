using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Identity.Directory;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Assize.Host.Tests.Pages.Administration.DirectoryHost;

namespace Assize.Host.Tests.Pages.Administration;

[Collection(DirectoryPages.Name)]
public sealed class RolePageTests(DirectoryHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [TestsPage("/access/people/{subject}/roles/give", PageCase.HappyPath)]
    public async Task Give_IsRehearsedFirst_AndThenGivesTheRole()
    {
        var (subject, name) = await host.PersonAsync(status: AccountStatus.Pending);
        await host.FollowAsync();
        using var client = await host.BrowserAsync(Carol);

        using var rehearsed = await client.PostFormAsync($"/access/people/{subject}/roles/give", "give", ("role", "officer-in-case"), ("reach", "area"), ("classification", "restricted"), ("reason", Reason), ("step", "check"));
        Assert.Equal(HttpStatusCode.OK, rehearsed.StatusCode);
        var said = (await rehearsed.PageAsync()).QuerySelector("main")!.TextContent;
        Assert.Contains("What this would change", said);
        Assert.Contains("Officer in the case", said);
        Assert.Contains("can sign in and work from then on", said);
        Assert.Empty(await RolesAsync(subject));
        using var done = await client.PostNextAsync(rehearsed, ("step", "save"));

        Assert.Contains($"{name} has the role now.", await client.BannerAsync(done));
        var role = Assert.Single(await RolesAsync(subject));
        Assert.Equal(("officer-in-case", "merseyside", "restricted", null), (role.Role, role.Area, role.MaxClassification, role.Agency));
    }

    [Fact]
    public async Task Give_AsAChangeOfPosts_EndsTheOthers_AndSaysWhatThatSuspends()
    {
        var (subject, name) = await host.PersonAsync(["case-builder", "warrants-officer"]);
        await host.FollowAsync();
        using var client = await host.BrowserAsync(Carol);

        using var late = await client.PostFormAsync($"/access/people/{subject}/roles/give", "give", ("role", "officer-in-case"), ("as", "post"), ("first-day", "1"), ("first-month", "1"), ("first-year", "2099"), ("reason", Reason), ("step", "check"));
        using var rehearsed = await client.PostFormAsync($"/access/people/{subject}/roles/give", "give", ("role", "officer-in-case"), ("as", "post"), ("reason", Reason), ("step", "check"));
        using var done = await client.PostNextAsync(rehearsed, ("step", "save"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "#first-day"), (late.StatusCode, (await late.RefusedAsync()).Link));
        Assert.Contains("changes posts", (await rehearsed.PageAsync()).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"{name} has the role now.", await client.BannerAsync(done));
        Assert.Equal("officer-in-case", Assert.Single(await RolesAsync(subject), role => role.To is null).Role);
        Assert.Contains("Changed posts", (await client.MainAsync($"/access/people/{subject}")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage("/access/role-requests", PageCase.HappyPath)]
    [TestsPage("/access/role-requests/{id}", PageCase.HappyPath)]
    public async Task Give_AnAdministratorsRole_BecomesARequest_ThatTheSecondApproves()
    {
        var (subject, name) = await host.PersonAsync(["case-builder"]);
        using var carol = await host.BrowserAsync(Carol);
        using var imran = await host.BrowserAsync(Imran);

        using var rehearsed = await carol.PostFormAsync($"/access/people/{subject}/roles/give", "give", ("role", "agency-admin"), ("reason", Reason), ("step", "check"));
        Assert.Contains("a second administrator has to approve it", (await rehearsed.PageAsync()).QuerySelector("main")!.TextContent);
        using var asked = await carol.PostNextAsync(rehearsed, ("step", "save"));
        Assert.Contains("You asked for the role.", await carol.BannerAsync(asked));
        var link = (await carol.RowsAsync("/access/role-requests")).Single(row => row.TextContent.Contains(name, StringComparison.Ordinal)).QuerySelector("a")!.GetAttribute("href")!;
        Assert.Null((await carol.MainAsync(link)).QuerySelector("form"));
        using var unreasoned = await imran.PostFormAsync(link, "role-requests", ("decision", "approve"), ("reason", "ok"));
        using var approved = await imran.PostFormAsync(link, "role-requests", ("decision", "approve"), ("reason", Reason));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "#reason"), (unreasoned.StatusCode, (await unreasoned.RefusedAsync()).Link));
        Assert.Contains($"{name} has the role now.", await imran.BannerAsync(approved));
        Assert.Contains(await RolesAsync(subject), role => role.Role == "agency-admin");
        Assert.Null((await imran.MainAsync(link)).QuerySelector("form"));
        Assert.Contains(await imran.RowsAsync("/access/role-requests?status=approved"), row => row.TextContent.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    [TestsPage("/access/role-requests", PageCase.WrongState)]
    [TestsPage("/access/role-requests/{id}", PageCase.WrongState)]
    public async Task Requests_ThatAreDecided_CannotBeDecidedAgain()
    {
        var (subject, name) = await host.PersonAsync(["case-builder"]);
        using var carol = await host.BrowserAsync(Carol);
        using var imran = await host.BrowserAsync(Imran);
        using var rehearsed = await carol.PostFormAsync($"/access/people/{subject}/roles/give", "give", ("role", "agency-admin"), ("reason", Reason), ("step", "check"));
        using var asked = await carol.PostNextAsync(rehearsed, ("step", "save"));
        var link = (await carol.RowsAsync("/access/role-requests")).Single(row => row.TextContent.Contains(name, StringComparison.Ordinal)).QuerySelector("a")!.GetAttribute("href")!;
        using var open = await imran.GetAsync(link, Stop);

        using var refused = await imran.PostNextAsync(open, ("decision", "refuse"), ("reason", Reason));
        Assert.Contains("Nothing was given.", await imran.BannerAsync(refused));
        using var again = await imran.PostNextAsync(open, ("decision", "approve"), ("reason", Reason));

        Assert.Contains("This form was sent before", (await again.RefusedAsync()).Summary);
        Assert.DoesNotContain(await RolesAsync(subject), role => role.Role == "agency-admin");
    }

    [Fact]
    public async Task Give_WithWrongFields_KeepsThem_AndLinksEach()
    {
        var (subject, _) = await host.PersonAsync();
        using var client = await host.BrowserAsync(Carol);

        using var empty = await client.PostFormAsync($"/access/people/{subject}/roles/give", "give", ("last-day", "31"), ("last-month", "2"), ("last-year", "2030"), ("reason", Reason), ("step", "check"));
        using var past = await client.PostFormAsync($"/access/people/{subject}/roles/give", "give", ("role", "case-builder"), ("last-day", "1"), ("last-month", "2"), ("last-year", "2020"), ("reason", Reason), ("step", "check"));

        var (status, summary, link, main) = await empty.RefusedAsync();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "#role"), (status, link));
        Assert.Contains("Enter a real date", summary);
        Assert.Equal("31", main.QuerySelector("#last-day")!.GetAttribute("value"));
        Assert.Equal("#last-day", (await past.RefusedAsync()).Link);
        Assert.Equal("checked", (await past.RefusedAsync()).Main.QuerySelector("input[value=case-builder]")!.HasAttribute("checked") ? "checked" : "");
    }

    [Fact]
    [TestsPage("/access/people/{subject}/roles/give", PageCase.WrongState)]
    public async Task Give_ToWhoeverIsSuspended_IsRefused()
    {
        var (subject, _) = await host.PersonAsync(status: AccountStatus.Suspended);
        using var client = await host.BrowserAsync(Carol);

        using var answer = await client.PostFormAsync($"/access/people/{subject}/roles/give", "give", ("role", "case-builder"), ("reason", Reason), ("step", "check"));

        Assert.Equal(HttpStatusCode.Conflict, (await answer.RefusedAsync()).Status);
    }

    [Fact]
    [TestsPage("/access/people/{subject}/roles/{role}/change", PageCase.HappyPath)]
    public async Task Change_OfReachAndEnd_IsNoChangeOfPost()
    {
        var (subject, _) = await host.PersonAsync(["case-builder"]);
        var id = Assert.Single(await RolesAsync(subject)).Id;
        await host.CaseAsync(Police, "elsewhere");
        await host.FollowAsync();
        using var client = await host.BrowserAsync(Carol);
        var year = DateTime.UtcNow.Year + 1;

        using var rehearsed = await client.PostFormAsync($"/access/people/{subject}/roles/{id}/change", "change", ("reach", "area"), ("last-day", "30"), ("last-month", "6"), ("last-year", $"{year}"), ("reason", Reason), ("step", "check"));
        Assert.Contains("loses", (await rehearsed.PageAsync()).QuerySelector("main")!.TextContent);
        Assert.Matches("of the newest [0-9]+ cases of your agency, 0 would open and [1-9][0-9]* would close to them", (await rehearsed.PageAsync()).QuerySelector("main")!.TextContent);
        using var done = await client.PostNextAsync(rehearsed, ("step", "save"));

        Assert.Contains("is changed.", await client.BannerAsync(done));
        var kept = (await RolesAsync(subject)).Single(role => role.To > DateTimeOffset.UtcNow);
        Assert.Equal("merseyside", kept.Area);
        Assert.Equal(new DateTimeOffset(year, 6, 30, 23, 0, 0, TimeSpan.Zero), kept.To!.Value.ToUniversalTime());
        Assert.Null(await host.ReadAsync(db => db.Accounts.Where(account => account.Subject == subject).Select(account => account.MovedAt).SingleAsync(Stop)));
    }

    [Fact]
    [TestsPage("/access/people/{subject}/roles/{role}/end", PageCase.HappyPath, PageCase.WrongState)]
    [TestsPage("/access/people/{subject}/roles/{role}/change", PageCase.WrongState)]
    public async Task End_SaysWhatIsLost_AndEndsIt_OnlyOnce()
    {
        var (subject, _) = await host.PersonAsync(["case-builder"]);
        var id = Assert.Single(await RolesAsync(subject)).Id;
        using var client = await host.BrowserAsync(Carol);

        Assert.Contains("loses", (await client.MainAsync($"/access/people/{subject}/roles/{id}/end")).TextContent);
        using var unreasoned = await client.PostFormAsync($"/access/people/{subject}/roles/{id}/end", "end");
        using var done = await client.PostFormAsync($"/access/people/{subject}/roles/{id}/end", "end", ("reason", Reason));
        Assert.Contains("has ended.", await client.BannerAsync(done));
        using var again = await client.GetAsync($"/access/people/{subject}/roles/{id}/end", Stop);
        using var change = await client.GetAsync($"/access/people/{subject}/roles/{id}/change", Stop);

        Assert.Equal("#reason", (await unreasoned.RefusedAsync()).Link);
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (again.StatusCode, change.StatusCode));
        Assert.NotNull(Assert.Single(await RolesAsync(subject)).To);
    }

    [Fact]
    [TestsPage("/access/people/invite", PageCase.HappyPath, PageCase.WrongState)]
    public async Task Invite_MakesAPendingAccount_AndRefusesASecondOfTheName()
    {
        using var client = await host.BrowserAsync(Carol);
        (string, string)[] fields = [("name", "Ivy Newcomer"), ("userName", "ivy.newcomer"), ("externalId", "oid-ivy"), ("reason", Reason)];

        using var done = await client.PostFormAsync("/access/people/invite", "invite", fields);
        Assert.Contains("is invited, and waits for a role.", await client.BannerAsync(done));
        using var again = await client.PostFormAsync("/access/people/invite", "invite", fields);
        using var empty = await client.PostFormAsync("/access/people/invite", "invite", ("name", "Ivy Newcomer"), ("reason", Reason));

        Assert.Equal(HttpStatusCode.Conflict, (await again.RefusedAsync()).Status);
        Assert.Equal("#userName", (await empty.RefusedAsync()).Link);
        Assert.Equal(AccountStatus.Pending, await host.ReadAsync(db => db.Accounts.Where(account => account.UserName == "ivy.newcomer").Select(account => account.Status).SingleAsync(Stop)));
    }

    private Task<List<HomeRole>> RolesAsync(string subject) => host.ReadAsync(db => db.HomeRoles.AsNoTracking().Where(role => role.Subject == subject).ToListAsync(Stop));
}
