using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Reviews;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Pages.Access;

/// <summary>Access that people take themselves, and what privacy officers say about it.</summary>
[SparesPage("/access/emergency", PageCase.UnknownId, "no id in the address")]
[SparesPage("/access/reviews", PageCase.UnknownId, "no id in the address")]
[SparesPage("/access/reviews/overdue", PageCase.UnknownId, "no id in the address")]
public sealed class SelfAccessPageTests(HostFixture host)
{
    private const string Life = "A witness has been threatened and we must find where she is.";
    private const string Why = "The lawyer on duty fell ill and the hearing is this morning.";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/cases/URN/claim")]
    [InlineData("/access/emergency")]
    [InlineData("/access/reviews")]
    [InlineData("/access/reviews/x")]
    [TestsPage("/cases/{urn}/claim", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/emergency", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/reviews", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/reviews/{id}", PageCase.NoRole, PageCase.WrongRole)]
    public async Task Get_WithoutTheRole_IsRefused(string path)
    {
        foreach (var subject in (string[])[Cast.Roleless, Cast.PoliceSystem, Cast.AgencyAdmin])
        {
            using var client = host.Client(subject);
            using var answer = await client.GetAsync(path.Replace("URN", host.Urn, StringComparison.Ordinal), Stop);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    [TestsPage("/cases/{urn}/claim", PageCase.WrongRole, PageCase.UnknownId, PageCase.WrongState)]
    public async Task Claim_OfACaseThatOneHas_OrThatIsNotThere_OrOfAnotherAgencys_IsNotOffered()
    {
        using var lawyer = host.Client(Cast.Lawyer);
        using var far = host.Client(Cast.FarLawyer);
        using var stranger = host.Client(Cast.Stranger);

        using var held = await lawyer.GetAsync($"/cases/{host.Urn}/claim", Stop);
        using var unknown = await far.GetAsync("/cases/05ZD0000000/claim", Stop);
        using var foreign = await stranger.GetAsync($"/cases/{host.Urn}/claim", Stop);

        Assert.Equal(HttpStatusCode.Found, held.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Fact]
    [TestsPage("/cases/{urn}/claim", PageCase.HappyPath)]
    [TestsPage("/access/reviews", PageCase.HappyPath)]
    [TestsPage("/access/reviews/{id}", PageCase.WrongState, PageCase.HappyPath, PageCase.UnknownId)]
    public async Task Claim_FromThePageThatRefuses_OpensTheCase_AndBothAgenciesReviewIt()
    {
        var urn = await host.OpenCaseAsync();
        using var far = host.Client(Cast.FarLawyer);
        using var officer = host.Client(Cast.PrivacyOfficer);
        using var other = host.Client(Cast.OtherPrivacyOfficer);

        using var refused = await far.GetAsync($"/cases/{urn}", Stop);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var page = await refused.PageAsync();
        Assert.DoesNotContain("Tarn", page.QuerySelector("main")!.TextContent);
        var link = page.QuerySelectorAll("main a").First(a => a.TextContent.Contains("until midnight", StringComparison.Ordinal)).GetAttribute("href")!;
        using var mute = await far.PostFormAsync(link, "claim", ("reason", Why));
        Assert.Contains("Choose what comes nearest", (await mute.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent);
        using var taken = await far.PostFormAsync(link, "claim", ("category", "urgent-hearing"), ("reason", Why));
        Assert.Equal($"/cases/{urn}", taken.Headers.Location!.ToString());
        using var open = await far.GetAsync($"/cases/{urn}", Stop);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);

        var ownersReview = await ReviewAsync(urn, "merseyside-police");
        using var shown = await officer.GetAsync(ownersReview, Stop);
        var text = (await shown.PageAsync()).QuerySelector("main")!.TextContent;
        Assert.Contains("Somebody of cps-mersey-cheshire", text);
        Assert.Contains(Why, text);
        Assert.DoesNotContain("Fay Elder", text);
        using var notTheirs = await other.GetAsync(ownersReview, Stop);
        Assert.Equal(HttpStatusCode.NotFound, notTheirs.StatusCode);
        using var unknown = await officer.GetAsync("/access/reviews/no-such-review", Stop);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var halfway = await officer.PostFormAsync(ownersReview, "", ("finding", "justified"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, halfway.StatusCode);
        using var justified = await officer.PostFormAsync(ownersReview, "", ("finding", "justified"), ("reason", "The rota bears it out."));
        Assert.Equal(HttpStatusCode.Found, justified.StatusCode);
        using var again = await officer.GetAsync(ownersReview, Stop);
        Assert.Null((await again.PageAsync()).QuerySelector("main form"));

        using var notJustified = await other.PostFormAsync(await ReviewAsync(urn, "cps-mersey-cheshire"), "", ("finding", "not-justified"), ("reason", "Another lawyer was on call."));
        Assert.Equal(HttpStatusCode.Found, notJustified.StatusCode);
        using var shut = await far.GetAsync($"/cases/{urn}", Stop);
        Assert.Equal(HttpStatusCode.Forbidden, shut.StatusCode);
        using var list = await other.GetAsync("/access/reviews", Stop);
        Assert.Contains("Not justified", (await list.PageAsync()).QuerySelector("main")!.TextContent);
    }

    [Fact]
    [TestsPage("/access/reviews", PageCase.WrongState)]
    [TestsPage("/access/reviews/overdue", PageCase.WrongState, PageCase.HappyPath)]
    public async Task Review_ThatNobodyMadeInTime_IsShownAsOverdue_AndStopsFurtherClaims()
    {
        var (urn, next) = (await host.OpenCaseAsync(), await host.OpenCaseAsync());
        using var late = host.Client(Cast.LateLawyer);
        using (await late.PostFormAsync($"/cases/{urn}/claim", "claim", ("category", "other"), ("reason", Why)))
        {
        }

        await using (var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext())
        {
            await db.Set<AccessReview>().Where(review => review.Subject == Cast.LateLawyer)
                .ExecuteUpdateAsync(set => set.SetProperty(review => review.DueAt, DateTimeOffset.UtcNow.AddHours(-1)), Stop);
            Assert.True(await host.Host.Services.GetRequiredService<EscalateReviews>().RunAsync(db, Stop) >= 2);
        }

        using var officer = host.Client(Cast.OtherPrivacyOfficer);
        using var list = await officer.GetAsync("/access/reviews", Stop);
        using var blocked = await late.PostFormAsync($"/cases/{next}/claim", "claim", ("category", "other"), ("reason", Why));

        var row = (await list.PageAsync()).QuerySelectorAll("main tbody tr").First(row => row.TextContent.Contains(urn, StringComparison.Ordinal));
        Assert.Contains("Overdue", row.TextContent);
        Assert.Contains("Lee Yew", row.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, blocked.StatusCode);
        var why = (await blocked.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent;
        Assert.Contains("has not been reviewed in time", why);
        Assert.Contains("Ask your agency’s privacy officer", why);

        // Both agencies' administrators see it, by reference only, and whose task it is.
        foreach (var (subject, who) in ((string, string)[])[(Cast.OtherAdmin, "Lee Yew"), (Cast.AgencyAdmin, "Somebody of cps-mersey-cheshire")])
        {
            Assert.Contains(who, await OverdueAsync(subject, urn));
        }

        using var once = await late.PostFormAsync("/access/emergency", "emergency", ("case", urn), ("reason", Life));
        using var twice = await late.PostFormAsync("/access/emergency", "emergency", ("case", urn), ("reason", Life));
        Assert.Equal(HttpStatusCode.Found, once.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, twice.StatusCode);
        Assert.Contains("once a day", (await twice.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent);
    }

    [Fact]
    [TestsPage("/access/reviews/overdue", PageCase.NoRole, PageCase.WrongRole)]
    public async Task Overdue_WithoutTheRole_IsRefused()
    {
        foreach (var subject in (string[])[Cast.Roleless, Cast.PoliceSystem, Cast.PrivacyOfficer])
        {
            using var client = host.Client(subject);
            using var answer = await client.GetAsync("/access/reviews/overdue", Stop);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    private async Task<string> OverdueAsync(string subject, string urn)
    {
        using var client = host.Client(subject);
        using var answer = await client.GetAsync("/access/reviews/overdue", Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var main = (await answer.PageAsync()).QuerySelector("main")!;
        Assert.Contains("Your privacy officers:", main.TextContent);
        Assert.DoesNotContain(urn, main.TextContent);
        Assert.DoesNotContain(Why, main.TextContent);
        return main.QuerySelector("table")!.TextContent;
    }

    [Fact]
    [TestsPage("/access/emergency", PageCase.WrongState, PageCase.HappyPath)]
    public async Task Emergency_OpensACaseForAnHour_AndOfAnotherAgencysSaysThatThereIsNone()
    {
        var urn = await host.OpenCaseAsync();
        using var far = host.Client(Cast.FarLawyer);
        using var stranger = host.Client(Cast.Stranger);

        using var short_ = await far.PostFormAsync("/access/emergency", "emergency", ("case", urn), ("reason", "Danger"));
        using var foreign = await stranger.PostFormAsync("/access/emergency", "emergency", ("case", urn), ("reason", Life));
        using var unknown = await stranger.PostFormAsync("/access/emergency", "emergency", ("case", "05ZD0000000"), ("reason", Life));
        using var taken = await far.PostFormAsync("/access/emergency", "emergency", ("case", urn.ToLowerInvariant()), ("reason", Life));
        using var open = await far.GetAsync($"/cases/{urn}", Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, short_.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
        Assert.Equal("/access", unknown.Headers.Location!.ToString());
        Assert.Equal($"/cases/{urn}", taken.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
    }

    [Fact]
    [TestsPage("/access/reviews/{id}", PageCase.WrongState)]
    public async Task Review_ByAnotherAccountOfWhoeverConsented_IsRefused()
    {
        var urn = await host.OpenCaseAsync();
        using var far = host.Client(Cast.FarLawyer);
        using (await far.PostFormAsync($"/cases/{urn}/claim", "claim", ("category", "other"), ("reason", Why)))
        {
        }

        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var officer = await db.Set<Person>().SingleAsync(person => person.Subject == Cast.PrivacyOfficer, Stop);
        db.Add(new Person { Subject = "consenter@police", PersonId = officer.PersonId ?? officer.Subject, Name = officer.Name, Agency = officer.Agency, IsSystem = false, Status = DirectoryStatus.Active });
        await db.SaveChangesAsync(Stop);
        await db.Set<AccessGrant>().Where(grant => db.Cases.Any(file => file.Urn == urn && file.Id == grant.CaseId))
            .ExecuteUpdateAsync(set => set.SetProperty(grant => grant.ConsentedBy, "consenter@police"), Stop);
        using var client = host.Client(Cast.PrivacyOfficer);
        using var refused = await client.PostFormAsync(await ReviewAsync(urn, "merseyside-police"), "", ("finding", "justified"), ("reason", "The rota bears it out."));

        var page = await refused.PageAsync();
        Assert.True(refused.StatusCode == HttpStatusCode.Forbidden, $"{refused.StatusCode} {page.Body!.TextContent}");
        Assert.Contains("A second account of the same person does not count", page.QuerySelector(".govuk-error-summary")!.TextContent);
    }

    private async Task<string> ReviewAsync(string urn, string agency)
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var id = await db.Set<AccessReview>().Where(review => review.Agency == agency && db.Cases.Any(file => file.Urn == urn && file.Id == review.UnitId)).Select(review => review.Id).SingleAsync(Stop);
        return $"/access/reviews/{id}";
    }
}
