using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Host.Tests.Pages.Administration;
using Xunit;

namespace Assize.Host.Tests.Pages.Access;

/// <summary>Classification and seal by two people of the owner's agency.</summary>
[SparesPage("/access/proposals", PageCase.UnknownId, "no id in the address")]
public sealed class SealPageTests(HostFixture host)
{
    private const string Why = "An informant’s life depends on who knows of this.";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/access/proposals")]
    [InlineData("/access/proposals/x")]
    [TestsPage("/access/proposals", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/proposals/{id}", PageCase.NoRole, PageCase.WrongRole)]
    public async Task Get_WithoutTheRole_IsRefused(string path)
    {
        foreach (var subject in (string[])[Cast.Roleless, Cast.PoliceSystem, Cast.Paralegal])
        {
            using var client = host.Client(subject);
            using var answer = await client.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    [TestsPage("/access/proposals/{id}", PageCase.UnknownId)]
    public async Task Proposal_ThatIsNotThere_OrAnotherAgencys_LooksAbsent()
    {
        var urn = await host.OpenCaseAsync();
        using var builder = host.Client(Cast.CaseBuilder);
        using var lawyer = host.Client(Cast.Lawyer);
        using (await builder.PostFormAsync($"/cases/{urn}/access/classification", "", ("classification", "public"), ("reason", Why), ("step", "save")))
        {
        }

        var link = await ProposalAsync(builder, urn);

        using var unknown = await builder.GetAsync("/access/proposals/no-such-proposal", Stop);
        using var foreign = await lawyer.GetAsync(link, Stop);

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Fact]
    [TestsPage("/cases/{urn}/access", PageCase.WrongState)]
    [TestsPage("/cases/{urn}/access/classification", PageCase.WrongState, PageCase.HappyPath)]
    [TestsPage("/access/proposals", PageCase.WrongState, PageCase.HappyPath)]
    [TestsPage("/access/proposals/{id}", PageCase.WrongState, PageCase.HappyPath)]
    public async Task Classification_RaisedIsAtOnce_AndLoweredNeedsASecondPerson()
    {
        var urn = await host.OpenCaseAsync();
        using var builder = host.Client(Cast.CaseBuilder);
        using var officer = host.Client(Cast.Officer);
        using var lawyer = host.Client(Cast.Lawyer);
        var page = $"/cases/{urn}/access/classification";

        using var same = await builder.PostFormAsync(page, "", ("classification", "private"), ("reason", Why));
        using var looked = await builder.PostFormAsync(page, "", ("classification", "restricted"), ("reason", Why));
        using var lowered = await builder.PostFormAsync(page, "", ("classification", "public"), ("reason", Why), ("step", "save"));
        var link = await ProposalAsync(builder, urn);
        using var own = await builder.GetAsync(link, Stop);
        foreach (var subject in (string[])[Cast.Approver, Cast.PrivacyOfficer])
        {
            using var confirmer = host.Client(subject);
            Assert.Equal(link, await ProposalAsync(confirmer, urn));
        }

        using var confirmed = await officer.PostFormAsync(link, "", ("decision", "confirm"));
        using var decided = await officer.GetAsync(link, Stop);
        using var rest = await officer.GetAsync("/access/proposals", Stop);
        using var shown = await lawyer.GetAsync($"/cases/{urn}/access", Stop);
        using var raised = await builder.PostFormAsync(page, "", ("classification", "restricted"), ("reason", Why), ("step", "save"));
        using var shut = await lawyer.GetAsync($"/cases/{urn}/access", Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, same.StatusCode);
        Assert.Contains("Would lose access", (await looked.PageAsync()).QuerySelector(".govuk-inset-text")!.TextContent);
        Assert.Equal(HttpStatusCode.Found, lowered.StatusCode);
        Assert.Null((await own.PageAsync()).QuerySelector("main form"));
        Assert.Equal(HttpStatusCode.Found, confirmed.StatusCode);
        Assert.Null((await decided.PageAsync()).QuerySelector("main form"));
        Assert.DoesNotContain(urn, (await rest.PageAsync()).QuerySelector("main")!.TextContent);
        Assert.Contains("Public", (await shown.PageAsync()).QuerySelector("main dl")!.TextContent);
        Assert.Equal(HttpStatusCode.Found, raised.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, shut.StatusCode);
    }

    [Fact]
    [TestsPage("/cases/{urn}/access/seal", PageCase.WrongState, PageCase.HappyPath)]
    [TestsPage("/cases/{urn}/access/unseal", PageCase.WrongState, PageCase.HappyPath)]
    public async Task Seal_ByTwoPeople_LeavesTheNamedOnly_AndEndsTheSameWay()
    {
        var urn = await host.OpenCaseAsync();
        using var builder = host.Client(Cast.CaseBuilder);
        using var officer = host.Client(Cast.Officer);
        using var lawyer = host.Client(Cast.Lawyer);
        var page = $"/cases/{urn}/access";

        using var nobody = await builder.PostFormAsync($"{page}/seal", "", ("reason", Why));
        Assert.Contains("Name at least one person", (await nobody.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent);
        using var noRole = await builder.PostFormAsync($"{page}/seal", "", ("person-1", "Cas Dogwood"), ("reason", Why));
        Assert.Contains("Choose a role", (await noRole.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent);
        using var shown = await builder.PostFormAsync($"{page}/seal", "", ("person-1", "Cas Dogwood"), ("role-1", "case-builder"), ("person-2", "Oli Rowan"), ("role-2", "officer-in-case"), ("reason", Why));
        var effect = (await shown.PageAsync()).QuerySelector(".govuk-inset-text")!.TextContent;
        Assert.Contains("Would lose access", effect);
        Assert.Contains(", reviewing lawyer", effect);
        Assert.DoesNotContain("Lena Ash", effect);
        Assert.DoesNotContain("Cas Dogwood", effect);
        using var proposed = await builder.PostNextAsync(shown, ("step", "save"));
        Assert.Equal(HttpStatusCode.Found, proposed.StatusCode);
        using var before = await lawyer.GetAsync($"/cases/{urn}", Stop);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        using var asked = await officer.GetAsync(await ProposalAsync(officer, urn), Stop);
        Assert.Equal(effect, (await asked.PageAsync()).QuerySelector(".govuk-inset-text")!.TextContent);
        using var sealedNow = await officer.PostFormAsync(await ProposalAsync(officer, urn), "", ("decision", "confirm"));
        Assert.Equal(HttpStatusCode.Found, sealedNow.StatusCode);
        using var hidden = await lawyer.GetAsync($"/cases/{urn}", Stop);
        using var kept = await builder.GetAsync(page, Stop);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Contains("2 people and systems could open it now", (await kept.PageAsync()).QuerySelector("main")!.TextContent);

        using var asksIn = await builder.PostFormAsync($"{page}/agencies/bring-in", "", ("agency", "elsewhere-defence"), ("reason", Why));
        Assert.Contains("Nobody would gain or lose access.", (await asksIn.PageAsync()).QuerySelector(".govuk-inset-text")!.TextContent);
        using var bringsIn = await builder.PostNextAsync(asksIn, ("step", "save"));
        Assert.Equal(HttpStatusCode.Found, bringsIn.StatusCode);
        using var refused = await officer.PostFormAsync(await ProposalAsync(officer, urn), "", ("decision", "refuse"));
        Assert.Equal(HttpStatusCode.Found, refused.StatusCode);
        using var reopens = await builder.GetAsync($"{page}/unseal", Stop);
        Assert.Contains("Would gain access", (await reopens.PageAsync()).QuerySelector(".govuk-inset-text")!.TextContent);
        using var unsealing = await builder.PostFormAsync($"{page}/unseal", "", ("reason", "The informant has given evidence in open court."));
        Assert.Equal(HttpStatusCode.Found, unsealing.StatusCode);
        using var done = await officer.PostFormAsync(await ProposalAsync(officer, urn), "", ("decision", "confirm"));
        using var back = await lawyer.GetAsync($"/cases/{urn}", Stop);
        using var over = await builder.GetAsync($"{page}/unseal", Stop);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Equal(HttpStatusCode.Found, over.StatusCode);
    }

    private static async Task<string> ProposalAsync(HttpClient client, string urn)
    {
        using var answer = await client.GetAsync("/access/proposals", Stop);
        return (await answer.PageAsync()).QuerySelectorAll("main tbody a").First(a => a.TextContent.Contains(urn, StringComparison.Ordinal)).GetAttribute("href")!;
    }
}
