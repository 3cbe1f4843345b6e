using System.Net;
using AngleSharp.Html.Dom;
using Assize.Host.Tests.Coverage;
using Assize.Host.Tests.Pages.Administration;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Pages.Access;

/// <summary>Access across agencies from the request to its end, by the people who take each step.</summary>
[SparesPage("/access/requests", PageCase.UnknownId, "no id in the address")]
[SparesPage("/access/requests/new", PageCase.UnknownId, "no id in the address")]
public sealed class RequestPageTests(HostFixture host)
{
    private const string Why = "The firm defends a linked charge of the same man.";

    private static readonly DateTime s_last = DateTime.UtcNow.Date.AddDays(10);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/access/requests")]
    [InlineData("/access/requests/new")]
    [InlineData("/access/requests/x")]
    [InlineData("/access/requests/x/change")]
    [InlineData("/access/grants/x/end")]
    [TestsPage("/access/requests", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/requests/new", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/requests/{id}", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/requests/{id}/change", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/grants/{id}/end", PageCase.NoRole, PageCase.WrongRole)]
    public async Task Get_WithoutARole_OrByASystem_IsRefused(string path)
    {
        foreach (var subject in (string[])[Cast.Roleless, Cast.PoliceSystem, Cast.OtherPrivacyOfficer])
        {
            using var client = host.Client(subject);
            using var answer = await client.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("/access/requests/no-such-grant", HttpStatusCode.NotFound)]
    [InlineData("/access/requests/no-such-grant/change", HttpStatusCode.NotFound)]
    [InlineData("/access/grants/no-such-grant/end", HttpStatusCode.NotFound)]
    [InlineData("/access/requests?cursor=nonsense", HttpStatusCode.BadRequest)]
    [TestsPage("/access/requests", PageCase.WrongState)]
    [TestsPage("/access/requests/{id}", PageCase.UnknownId)]
    [TestsPage("/access/requests/{id}/change", PageCase.UnknownId)]
    [TestsPage("/access/grants/{id}/end", PageCase.UnknownId)]
    public async Task Get_OfWhatIsNotThere_SaysSo(string path, HttpStatusCode expected)
    {
        using var client = host.Client(Cast.Approver);

        using var answer = await client.GetAsync(path, Stop);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    [TestsPage("/access/requests/new", PageCase.WrongState)]
    public async Task Ask_WithSomethingWrong_KeepsWhatWasTyped_AndSaysItBesideTheField()
    {
        using var client = host.Client(Cast.Stranger);

        using var empty = await client.PostFormAsync("/access/requests/new", "new", ("person", "Nobody Atall"), ("scope", "case"), ("classification", "private"), ("reason", "Short"));
        using var unknown = await AskAsync(client, "05ZD0000000");
        using var tooLong = await AskAsync(client, host.Urn, DateTime.UtcNow.Date.AddDays(200));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        var page = await empty.PageAsync();
        Assert.Equal(["#person", "#case", "#role", "#until-day", "#reason"], page.QuerySelectorAll(".govuk-error-summary a").Select(link => link.GetAttribute("href")));
        Assert.Equal("Short", page.QuerySelector("textarea")!.TextContent);
        Assert.Equal("Nobody Atall", page.QuerySelector("#person")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        Assert.Contains("within 30 days", (await tooLong.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent);
    }

    [Fact]
    [TestsPage("/access/requests", PageCase.HappyPath)]
    [TestsPage("/access/requests/new", PageCase.HappyPath)]
    [TestsPage("/access/requests/{id}", PageCase.WrongState, PageCase.HappyPath)]
    [TestsPage("/access/grants/{id}/end", PageCase.WrongState, PageCase.HappyPath)]
    public async Task Grant_AskedSponsoredAndConsented_OpensTheCase_AndEnded_ClosesIt()
    {
        var urn = await host.OpenCaseAsync();
        using var solicitor = host.Client(Cast.Stranger);
        using var sponsor = host.Client(Cast.OtherApprover);
        using var owner = host.Client(Cast.Approver);

        using var asked = await AskAsync(solicitor, urn);
        Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        var link = await LinkAsync(solicitor, "/access/requests", urn);
        using var own = await solicitor.GetAsync(link, Stop);
        Assert.DoesNotContain("Sponsor it", (await own.PageAsync()).QuerySelector("main")!.TextContent);
        using var early = await owner.GetAsync(link, Stop);
        Assert.DoesNotContain("Consent", Buttons(await early.PageAsync()));

        Assert.Equal(link, await LinkAsync(sponsor, "/access/requests?box=sponsor", urn));
        using var sponsored = await sponsor.PostFormAsync(link, "", ("decision", "sponsor"));
        Assert.Equal(HttpStatusCode.Found, sponsored.StatusCode);
        using var twice = await PostAsync(sponsor, link, ("decision", "sponsor"));
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        using var closed = await solicitor.GetAsync($"/cases/{urn}", Stop);
        Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);

        Assert.Equal(link, await LinkAsync(owner, "/access/requests?box=consent", urn));
        using var shown = await owner.GetAsync(link, Stop);
        var text = (await shown.PageAsync()).QuerySelector("main")!.TextContent;
        Assert.Contains("Access for Sam Fir", text);
        Assert.Contains("Somebody of elsewhere-defence", text);
        Assert.DoesNotContain("Ava Oak", text);
        Assert.Contains("Cases that they would see (1):" + urn, string.Concat((await shown.PageAsync()).QuerySelector(".govuk-inset-text")!.TextContent.Split('\n').Select(line => line.Trim())));
        using var consented = await owner.PostFormAsync(link, "", ("decision", "consent"));
        Assert.Equal(HttpStatusCode.Found, consented.StatusCode);
        using var open = await solicitor.GetAsync($"/cases/{urn}", Stop);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);

        var end = $"/access/grants/{link.Split('/')[^1]}/end";
        using var before = await owner.GetAsync(end, Stop);
        Assert.Contains(urn, (await before.PageAsync()).QuerySelector(".govuk-inset-text")!.TextContent);
        using var mute = await owner.PostFormAsync(end, "");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mute.StatusCode);
        using var ended = await owner.PostFormAsync(end, "", ("reason", "The linked charge was dropped."));
        Assert.Equal(HttpStatusCode.Found, ended.StatusCode);
        using var shut = await solicitor.GetAsync($"/cases/{urn}", Stop);
        Assert.Equal(HttpStatusCode.NotFound, shut.StatusCode);
        using var over = await owner.GetAsync(end, Stop);
        Assert.Equal(HttpStatusCode.Found, over.StatusCode);
    }

    [Fact]
    [TestsPage("/access/requests/{id}/change", PageCase.WrongState, PageCase.HappyPath)]
    public async Task Grant_Shortened_HoldsAtOnce_AndLengthened_MustBeAskedForAgain()
    {
        var urn = await host.OpenCaseAsync();
        using var solicitor = host.Client(Cast.Stranger);
        using var sponsor = host.Client(Cast.OtherApprover);
        using var owner = host.Client(Cast.Approver);
        using (await AskAsync(solicitor, urn))
        {
        }

        var link = await LinkAsync(solicitor, "/access/requests", urn);
        using (await sponsor.PostFormAsync(link, "", ("decision", "sponsor")))
        {
        }

        using (await owner.PostFormAsync(link, "", ("decision", "consent")))
        {
        }

        using var less = await ChangeAsync(owner, link, s_last.AddDays(-3), "check");
        using var more = await ChangeAsync(owner, link, s_last.AddDays(9), "check");
        using var unchanged = await solicitor.GetAsync($"/cases/{urn}", Stop);
        using var shorter = await owner.PostNextAsync(less, ("step", "save"));
        using var still = await solicitor.GetAsync($"/cases/{urn}", Stop);
        var next = await LinkAsync(owner, "/access/requests?box=live", urn);
        using var longer = await ChangeAsync(solicitor, next, s_last.AddDays(9));
        using var shut = await solicitor.GetAsync($"/cases/{urn}", Stop);
        using var changedAgain = await owner.GetAsync($"{next}/change", Stop);

        Assert.Contains("Nobody would gain or lose access.", await ToldAsync(less));
        Assert.Matches(@"Cases that they would no longer see \(1\):\s+" + urn, await ToldAsync(more));
        Assert.Equal(HttpStatusCode.OK, unchanged.StatusCode);
        Assert.Equal(HttpStatusCode.Found, shorter.StatusCode);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        Assert.NotEqual(link, next);
        Assert.Equal(HttpStatusCode.Found, longer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, shut.StatusCode);
        Assert.Equal(HttpStatusCode.Found, changedAgain.StatusCode);
    }

    [Fact]
    public async Task Grant_ThatSleepsSinceAMove_IsListedToCertify_AndWakesWithAReason()
    {
        var urn = await host.OpenCaseAsync();
        using var solicitor = host.Client(Cast.Stranger);
        using var sponsor = host.Client(Cast.OtherApprover);
        using var owner = host.Client(Cast.Approver);
        using (await AskAsync(solicitor, urn))
        {
        }

        var link = await LinkAsync(solicitor, "/access/requests", urn);
        using (await sponsor.PostFormAsync(link, "", ("decision", "sponsor")))
        {
        }

        using (await owner.PostFormAsync(link, "", ("decision", "consent")))
        {
        }

        await using (var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext())
        {
            var id = link.Split('/')[^1];
            await db.Set<AccessGrant>().Where(grant => grant.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(grant => grant.State, GrantState.Suspended).SetProperty(grant => grant.EndedAt, DateTimeOffset.UtcNow), Stop);
        }

        using var asleep = await solicitor.GetAsync($"/cases/{urn}", Stop);
        Assert.Equal(HttpStatusCode.NotFound, asleep.StatusCode);
        Assert.Equal(link, await LinkAsync(owner, "/access/requests?box=due", urn));
        using var wakes = await owner.GetAsync(link, Stop);
        Assert.Matches(@"Cases that they would see \(1\):\s+" + urn, await ToldAsync(wakes));
        using var mute = await owner.PostFormAsync(link, "", ("decision", "certify"));
        Assert.Contains("Say why it is still needed", (await mute.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent);
        using var certified = await owner.PostFormAsync(link, "", ("decision", "certify"), ("reason", "The new post is on the same operation."));
        Assert.Equal(HttpStatusCode.Found, certified.StatusCode);
        using var open = await solicitor.GetAsync($"/cases/{urn}", Stop);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
    }

    [Fact]
    public async Task Request_Refused_SaysWhyToWhoeverAsked()
    {
        var urn = await host.OpenCaseAsync();
        using var solicitor = host.Client(Cast.Stranger);
        using var owner = host.Client(Cast.Approver);
        using (await AskAsync(solicitor, urn))
        {
        }

        var link = await LinkAsync(solicitor, "/access/requests", urn);
        using var mute = await owner.PostFormAsync(link, "", ("decision", "refuse"));
        using var refused = await owner.PostFormAsync(link, "", ("decision", "refuse"), ("reason", "The charges are not linked."));
        using var told = await solicitor.GetAsync(link, Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, mute.StatusCode);
        Assert.Equal(HttpStatusCode.Found, refused.StatusCode);
        Assert.Contains("The charges are not linked.", (await told.PageAsync()).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task Ask_BeforeItIsSent_SaysTheSameOfACaseThatIsThere_OfASealedOne_AndOfNone()
    {
        var urn = await host.OpenCaseAsync();
        var hidden = await host.OpenCaseAsync();
        await host.SealAsync(hidden, Cast.CaseBuilder);
        using var solicitor = host.Client(Cast.Stranger);
        List<string> told = [];

        foreach (var reference in (string[])[urn, hidden, "05ZD0000000"])
        {
            using var shown = await AskAsync(solicitor, reference, step: "check");
            told.Add((await shown.PageAsync()).QuerySelector("main")!.TextContent.Replace(reference, "URN", StringComparison.Ordinal));
        }

        Assert.Matches(@"Cases that they would see \(1\):\s+URN", told[0]);
        Assert.Contains("not for you to look up", told[0], StringComparison.Ordinal);
        Assert.Equal(told[0], told[1]);
        Assert.Equal(told[0], told[2]);
        Assert.DoesNotContain(urn, await solicitor.GetStringAsync("/access/requests", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_BeforeItIsSent_CountsAnotherAgencysCases_NamesOnesOwn_AndIsSentFromThere()
    {
        var urn = await host.OpenCaseAsync();
        using var solicitor = host.Client(Cast.Stranger);
        using var owner = host.Client(Cast.Approver);

        using var all = await AskAsync(solicitor, "", step: "check", scope: "all");
        using var own = await AskAsync(owner, urn, step: "check", person: Cast.Stranger);
        using var sent = await owner.PostNextAsync(own, ("step", "save"));

        Assert.Matches(@"Cases that they would see \(\d+\):\s+a case of merseyside-police", await ToldAsync(all));
        Assert.DoesNotContain("05ZD", await ToldAsync(all), StringComparison.Ordinal);
        Assert.DoesNotContain("not for you to look up", await ToldAsync(all), StringComparison.Ordinal);
        Assert.Matches(@"Cases that they would see \(1\):\s+" + urn, await ToldAsync(own));
        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        Assert.Contains(urn, await owner.GetStringAsync("/access/requests", Stop), StringComparison.Ordinal);
    }

    private static async Task<string> ToldAsync(HttpResponseMessage shown) => (await shown.PageAsync()).QuerySelector(".govuk-inset-text")!.TextContent;

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, string urn, DateTime? last = null, string step = "save", string scope = "case", string person = "Sam Fir")
    {
        var day = last ?? s_last;
        return client.PostFormAsync("/access/requests/new", "new", ("person", person), ("scope", scope), ("owner", "merseyside-police"), ("case", urn), ("role", "solicitor"), ("classification", "private"),
            ("until-day", $"{day.Day}"), ("until-month", $"{day.Month}"), ("until-year", $"{day.Year}"), ("reason", Why), ("step", step));
    }

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient client, string link, DateTime day, string step = "save") => client.PostFormAsync($"{link}/change", "",
        ("until-day", $"{day.Day}"), ("until-month", $"{day.Month}"), ("until-year", $"{day.Year}"), ("classification", "private"), ("role", "solicitor"), ("reason", "The trial of the linked charge was listed anew."), ("step", step));

    /// <summary>Sends what a page that was shown before still offers.</summary>
    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string link, params IReadOnlyList<(string Name, string Value)> values) =>
        client.PostFormAsync($"{link}?", "", values);

    private static string Buttons(IHtmlDocument page) => string.Join(' ', page.QuerySelectorAll("main button").Select(button => button.TextContent));

    private static async Task<string> LinkAsync(HttpClient client, string list, string urn)
    {
        using var answer = await client.GetAsync(list, Stop);
        var row = (await answer.PageAsync()).QuerySelectorAll("main tbody tr").First(row => row.TextContent.Contains(urn, StringComparison.Ordinal));
        return row.QuerySelector("a")!.GetAttribute("href")!;
    }
}
