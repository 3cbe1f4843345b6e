using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Identity.Directory;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Assize.Host.Tests.Pages.Administration.DirectoryHost;

namespace Assize.Host.Tests.Pages.Administration;

[Collection(DirectoryPages.Name)]
public sealed class AgencyPageTests(DirectoryHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [TestsPage("/access/agencies", PageCase.HappyPath)]
    [TestsPage("/access/agencies/new", PageCase.HappyPath)]
    [TestsPage("/access/agencies/{id}", PageCase.HappyPath)]
    [TestsPage("/access/agencies/{id}/administrator", PageCase.HappyPath, PageCase.WrongState)]
    public async Task Agency_IsAdded_AndGetsItsFirstTwoAdministrators_FromTwo()
    {
        using var alex = await host.BrowserAsync(Alex);
        using var robin = await host.BrowserAsync(Robin);

        using var added = await alex.PostFormAsync("/access/agencies/new", "new", ("id", "wirral-police"), ("name", "Wirral Police"), ("kind", "police"), ("area", "merseyside"), ("reason", Reason));
        Assert.Contains("Wirral Police is added.", await alex.BannerAsync(added));
        Assert.Contains(await alex.RowsAsync("/access/agencies"), row => row.TextContent.Contains("Wirral Police", StringComparison.Ordinal));
        await alex.AppointAsync(robin, "wirral-police", "Fay First", "fay");
        Assert.Contains("one administrator", (await alex.MainAsync("/access/agencies/wirral-police")).TextContent);
        await robin.AppointAsync(alex, "wirral-police", "Sid Second", "sid");
        using var again = await alex.GetAsync("/access/agencies/wirral-police/administrator", Stop);

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("Agency administrator", (await alex.MainAsync("/access/agencies/wirral-police")).TextContent);
        Assert.Equal(AccountStatus.Active, await host.ReadAsync(db => db.Accounts.Where(account => account.UserName == "fay").Select(account => account.Status).SingleAsync(Stop)));
    }

    [Fact]
    [TestsPage("/access/agencies/{id}/name", PageCase.HappyPath)]
    [TestsPage("/access/agencies/{id}/status", PageCase.HappyPath, PageCase.WrongState)]
    public async Task Agency_IsRenamed_Suspended_AndRestored()
    {
        using var alex = await host.BrowserAsync(Alex);
        using var added = await alex.PostFormAsync("/access/agencies/new", "new", ("id", "sefton-court"), ("name", "Sefton Court"), ("kind", "court"), ("reason", Reason));
        Assert.Equal(HttpStatusCode.Found, added.StatusCode);

        using var renamed = await alex.PostFormAsync("/access/agencies/sefton-court/name", "name", ("name", "Sefton Magistrates"), ("reason", Reason));
        Assert.Contains("The agency is called Sefton Magistrates now.", await alex.BannerAsync(renamed));
        using var suspended = await alex.PostFormAsync("/access/agencies/sefton-court/status?to=suspended", "status", ("reason", Reason));
        Assert.Contains("is suspended.", await alex.BannerAsync(suspended));
        using var again = await alex.GetAsync("/access/agencies/sefton-court/status?to=suspended", Stop);
        using var restored = await alex.PostFormAsync("/access/agencies/sefton-court/status?to=active", "status", ("reason", Reason));
        Assert.Contains("is active again.", await alex.BannerAsync(restored));

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task Agency_BeforeItIsSuspended_IsToldByRoleAndCount_AndNobodyIsNamed()
    {
        using var alex = await host.BrowserAsync(Alex);
        using var added = await alex.PostFormAsync("/access/agencies/new", "new", ("id", "formby-court"), ("name", "Formby Court"), ("kind", "court"), ("reason", Reason));
        string urn = await host.CaseAsync("formby-court"), hidden = await host.CaseAsync("formby-court", isSealed: true);
        var (subject, name) = await host.PersonAsync(["court-administrator"], agency: "formby-court");
        await host.PersonAsync(["court-administrator"], agency: "formby-court");
        await host.PersonAsync(agency: "formby-court");
        await host.FollowAsync();

        var before = await alex.MainAsync("/access/agencies/formby-court/status?to=suspended");
        Assert.Equal("active", await StatusAsync("formby-court"));
        using var suspended = await alex.PostFormAsync("/access/agencies/formby-court/status?to=suspended", "status", ("reason", Reason));
        Assert.Contains("is suspended.", await alex.BannerAsync(suspended));
        await host.FollowAsync();
        var after = await alex.MainAsync("/access/agencies/formby-court/status?to=active");

        Assert.Matches(@"Would lose access \(2\):\s+Formby Court, court administrator \(2\)", before.QuerySelector(".govuk-inset-text")!.TextContent);
        Assert.Matches(@"Would gain access \(2\):\s+Formby Court, court administrator \(2\)", after.QuerySelector(".govuk-inset-text")!.TextContent);
        Assert.All((string[])[urn, hidden, subject, name], word => Assert.DoesNotContain(word, before.TextContent, StringComparison.Ordinal));
        Assert.Equal("suspended", await StatusAsync("formby-court"));
    }

    [Fact]
    [TestsPage("/access/agencies/new", PageCase.WrongState)]
    [TestsPage("/access/agencies/{id}/name", PageCase.WrongState)]
    public async Task Agency_ThatIsRefused_KeepsWhatWasTyped()
    {
        using var alex = await host.BrowserAsync(Alex);

        using var wrong = await alex.PostFormAsync("/access/agencies/new", "new", ("id", "Not A Code"), ("name", "Some Police"), ("reason", Reason));
        using var taken = await alex.PostFormAsync("/access/agencies/new", "new", ("id", Police), ("name", "Some Police"), ("kind", "police"), ("reason", Reason));
        using var unnamed = await alex.PostFormAsync($"/access/agencies/{Police}/name", "name", ("name", ""), ("reason", Reason));
        using var platform = await alex.GetAsync("/access/agencies/assize-platform/status?to=suspended", Stop);
        using var has = await alex.GetAsync($"/access/agencies/{Police}/administrator", Stop);

        var (status, summary, link, main) = await wrong.RefusedAsync();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "#id"), (status, link));
        Assert.Contains("Choose what kind of agency it is", summary);
        Assert.Equal("Not A Code", main.QuerySelector("#id")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Conflict, (await taken.RefusedAsync()).Status);
        Assert.Equal("#name", (await unnamed.RefusedAsync()).Link);
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (platform.StatusCode, has.StatusCode));
    }

    [Fact]
    [TestsPage("/access/agencies/link", PageCase.HappyPath, PageCase.WrongState)]
    public async Task TwoAccounts_AreLinked_AndCountAsOneHuman()
    {
        using var alex = await host.BrowserAsync(Alex);
        var (one, _) = await host.PersonAsync(agency: Police);
        var (other, _) = await host.PersonAsync(["reviewing-lawyer"], agency: "cps-mersey-cheshire");

        using var empty = await alex.PostFormAsync("/access/agencies/link", "link", ("subject", one), ("reason", Reason));
        using var same = await alex.PostFormAsync("/access/agencies/link", "link", ("subject", one), ("other", one), ("reason", Reason));
        using var unknown = await alex.PostFormAsync("/access/agencies/link", "link", ("subject", one), ("other", "nobody@cps-mersey-cheshire"), ("reason", Reason));
        using var unreasoned = await alex.PostFormAsync("/access/agencies/link", "link", ("subject", one), ("other", other), ("reason", "Same."));
        Assert.Equal(2, (await HumansAsync(one, other)).Length);
        using var linked = await alex.PostFormAsync("/access/agencies/link", "link", ("subject", $" {one} "), ("other", other), ("reason", Reason));

        Assert.Equal("#other", (await empty.RefusedAsync()).Link);
        Assert.Equal("#other", (await same.RefusedAsync()).Link);
        var (status, summary, link, main) = await unknown.RefusedAsync();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "#subject"), (status, link));
        Assert.Contains("There is no person’s account of one of these names. Nothing was changed.", summary);
        Assert.Equal((one, "nobody@cps-mersey-cheshire"), (main.QuerySelector("#subject")!.GetAttribute("value"), main.QuerySelector("#other")!.GetAttribute("value")));
        Assert.Equal("#reason", (await unreasoned.RefusedAsync()).Link);
        Assert.Contains("The two accounts count as one person from now on.", await alex.BannerAsync(linked));
        Assert.Single(await HumansAsync(one, other));
    }

    private Task<string[]> HumansAsync(params string[] subjects) =>
        host.ReadAsync(db => db.Accounts.Where(account => subjects.Contains(account.Subject)).Select(account => account.PersonId ?? account.Subject).Distinct().ToArrayAsync(Stop));

    [Fact]
    [TestsPage("/access/agencies/{id}", PageCase.WrongState)]
    public async Task Appoint_WhomTheAgencyDoesNotHave_IsRefused()
    {
        using var alex = await host.BrowserAsync(Alex);
        using var added = await alex.PostFormAsync("/access/agencies/new", "new", ("id", "knowsley-police"), ("name", "Knowsley Police"), ("kind", "police"), ("reason", Reason));

        using var unchosen = await alex.PostFormAsync("/access/agencies/knowsley-police/administrator", "administrator", ("reason", Reason));
        using var another = await alex.PostFormAsync("/access/agencies/knowsley-police/administrator", "administrator", ("who", "known"), ("subject", Sam), ("reason", Reason));

        Assert.Equal("#who", (await unchosen.RefusedAsync()).Link);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "#subject"), ((await another.RefusedAsync()).Status, (await another.RefusedAsync()).Link));
        Assert.Contains("has no administrator", (await alex.MainAsync("/access/agencies/knowsley-police")).TextContent);
    }

    [Fact]
    [TestsPage("/access/others", PageCase.HappyPath)]
    public async Task Others_AreAgencyRoleAndCount_AndNobodysName()
    {
        using var client = await host.BrowserAsync(Lena);

        var main = await client.MainAsync("/access/others");

        Assert.Contains("CPS Mersey-Cheshire", main.TextContent);
        Assert.DoesNotContain("Merseyside Police", main.TextContent);
        Assert.DoesNotContain("Helen Marsh", main.TextContent);
        var lawyers = main.QuerySelectorAll("table").Single(table => table.QuerySelector("caption")!.TextContent == "CPS Mersey-Cheshire")
            .QuerySelectorAll("tbody tr").Single(row => row.QuerySelector("th")!.TextContent == "Reviewing lawyer");
        Assert.Equal("2", lawyers.QuerySelector("td")!.TextContent);
    }

    private Task<string> StatusAsync(string agency) => host.ReadAsync(db => db.Agencies.Where(known => known.Id == agency).Select(known => known.Status).SingleAsync(Stop));
}
