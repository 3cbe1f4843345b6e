using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Host.Tests.Pages.Administration;
using Xunit;

namespace Assize.Host.Tests.Pages.Access;

/// <summary>The access of a case: who takes part, who has a role, who can see it, and its protection.</summary>
public sealed class CaseAccessPageTests(HostFixture host)
{
    private const string Why = "The force and the court work on it together.";

    public static TheoryData<string> Pages =>
        ["", "/agencies/bring-in", "/agencies/cps-mersey-cheshire/withdraw", "/roles/give", "/parties/record", "/parties/1/end", "/classification", "/seal", "/unseal"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Pages))]
    [TestsPage("/cases/{urn}/access", PageCase.NoRole)]
    [TestsPage("/cases/{urn}/access/agencies/bring-in", PageCase.NoRole)]
    [TestsPage("/cases/{urn}/access/agencies/{agency}/withdraw", PageCase.NoRole)]
    [TestsPage("/cases/{urn}/access/roles/give", PageCase.NoRole)]
    [TestsPage("/cases/{urn}/access/parties/record", PageCase.NoRole)]
    [TestsPage("/cases/{urn}/access/parties/{recorded:long}/end", PageCase.NoRole)]
    [TestsPage("/cases/{urn}/access/classification", PageCase.NoRole)]
    [TestsPage("/cases/{urn}/access/seal", PageCase.NoRole)]
    [TestsPage("/cases/{urn}/access/unseal", PageCase.NoRole)]
    public async Task Get_WithoutARole_IsRefused(string page)
    {
        using var client = host.Client(Cast.Roleless);

        using var answer = await client.GetAsync($"/cases/{host.Urn}/access{page}", Stop);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    [TestsPage("/cases/{urn}/access", PageCase.WrongRole, PageCase.UnknownId)]
    [TestsPage("/cases/{urn}/access/agencies/bring-in", PageCase.WrongRole, PageCase.UnknownId)]
    [TestsPage("/cases/{urn}/access/agencies/{agency}/withdraw", PageCase.WrongRole, PageCase.UnknownId)]
    [TestsPage("/cases/{urn}/access/roles/give", PageCase.WrongRole, PageCase.UnknownId)]
    [TestsPage("/cases/{urn}/access/parties/record", PageCase.WrongRole, PageCase.UnknownId)]
    [TestsPage("/cases/{urn}/access/parties/{recorded:long}/end", PageCase.WrongRole, PageCase.UnknownId)]
    [TestsPage("/cases/{urn}/access/classification", PageCase.WrongRole, PageCase.UnknownId)]
    [TestsPage("/cases/{urn}/access/seal", PageCase.WrongRole, PageCase.UnknownId)]
    [TestsPage("/cases/{urn}/access/unseal", PageCase.WrongRole, PageCase.UnknownId)]
    public async Task Get_ByAnAgencyThatTakesNoPart_LooksLikeAnUnknownReference(string page)
    {
        using var client = host.Client(Cast.Stranger);

        using var answer = await client.GetAsync($"/cases/{host.Urn}/access{page}", Stop);
        using var unknown = await client.GetAsync($"/cases/05ZD0000000/access{page}", Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Theory]
    [InlineData("/agencies/bring-in")]
    [InlineData("/agencies/liverpool-magistrates/withdraw")]
    [InlineData("/parties/record")]
    [InlineData("/parties/1/end")]
    [InlineData("/classification")]
    [InlineData("/seal")]
    [InlineData("/unseal")]
    public async Task Get_ByAnAgencyThatDoesNotOwnIt_IsRefused(string page)
    {
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync($"/cases/{host.Urn}/access{page}", Stop);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    [TestsPage("/cases/{urn}/access", PageCase.HappyPath)]
    public async Task Get_NamesOnesOwnPeopleWithTheirPaths_AndCountsTheOthers()
    {
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync($"/cases/{host.Urn}/access", Stop);

        var text = (await answer.PageAsync()).QuerySelector("main")!.TextContent;
        Assert.Contains("Lena Ash", text);
        Assert.Contains("By the standing role reviewing lawyer", text);
        Assert.DoesNotContain("Cas Dogwood", text);
        Assert.Matches(@"merseyside-police\s+Case builder\s+1", text);
    }

    [Fact]
    [TestsPage("/cases/{urn}/access/agencies/bring-in", PageCase.WrongState, PageCase.HappyPath)]
    [TestsPage("/cases/{urn}/access/agencies/{agency}/withdraw", PageCase.WrongState, PageCase.HappyPath)]
    public async Task Agency_BroughtInAndWithdrawn_HasTheCaseAndThenHasNot()
    {
        var urn = await host.OpenCaseAsync();
        using var builder = host.Client(Cast.CaseBuilder);
        using var stranger = host.Client(Cast.Stranger);
        var page = $"/cases/{urn}/access/agencies";

        using var short_ = await builder.PostFormAsync($"{page}/bring-in", "", ("agency", "elsewhere-defence"), ("reason", "Because."));
        using var rehearsed = await builder.PostFormAsync($"{page}/bring-in", "", ("agency", "elsewhere-defence"), ("reason", Why));
        using var notYet = await stranger.GetAsync($"/cases/{urn}", Stop);
        using var edited = await builder.PostNextAsync(rehearsed, ("step", "edit"));
        using var brought = await builder.PostNextAsync(rehearsed, ("step", "save"));
        using var seen = await stranger.GetAsync($"/cases/{urn}", Stop);
        using var shown = await builder.GetAsync($"{page}/elsewhere-defence/withdraw", Stop);
        using var withdrawn = await builder.PostFormAsync($"{page}/elsewhere-defence/withdraw", "", ("reason", "Another firm defends from now on."));
        using var hidden = await stranger.GetAsync($"/cases/{urn}", Stop);
        using var again = await builder.GetAsync($"{page}/elsewhere-defence/withdraw", Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, short_.StatusCode);
        var refused = await short_.PageAsync();
        Assert.Contains("Say why, in at least 20 letters", refused.QuerySelector(".govuk-error-summary")!.TextContent);
        Assert.Equal("Because.", refused.QuerySelector("textarea")!.TextContent);
        Assert.Equal("elsewhere-defence", refused.QuerySelector("select option[selected]")!.GetAttribute("value"));
        var told = (await rehearsed.PageAsync()).QuerySelector(".govuk-inset-text")!.TextContent;
        Assert.Contains("Would gain access (2):", told);
        Assert.Contains("elsewhere-defence, solicitor (2)", told);
        Assert.DoesNotContain("Sam Fir", told);
        Assert.DoesNotContain("Would lose access", told);
        Assert.Equal(HttpStatusCode.NotFound, notYet.StatusCode);
        Assert.Equal(Why, (await edited.PageAsync()).QuerySelector("textarea")!.TextContent.Trim());
        Assert.Equal("elsewhere-defence", (await edited.PageAsync()).QuerySelector("select option[selected]")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Found, brought.StatusCode);
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        Assert.Contains("elsewhere-defence, solicitor", (await shown.PageAsync()).QuerySelector(".govuk-inset-text")!.TextContent);
        Assert.Equal(HttpStatusCode.Found, withdrawn.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    [TestsPage("/cases/{urn}/access/parties/record", PageCase.WrongState, PageCase.HappyPath)]
    [TestsPage("/cases/{urn}/access/parties/{recorded:long}/end", PageCase.WrongState, PageCase.HappyPath)]
    public async Task Party_RecordedAndEnded_HasNotTheCaseAndThenHasIt()
    {
        var urn = await host.OpenCaseAsync();
        using var builder = host.Client(Cast.CaseBuilder);
        using var lawyer = host.Client(Cast.Lawyer);
        var page = $"/cases/{urn}/access/parties";

        using var unknown = await builder.PostFormAsync($"{page}/record", "", ("person", "nobody.such@cps"), ("part", "witness"));
        using var partless = await builder.PostFormAsync($"{page}/record", "", ("person", Cast.Lawyer));
        using var rehearsed = await builder.PostFormAsync($"{page}/record", "", ("person", Cast.Lawyer), ("part", "witness"));
        using var notYet = await lawyer.GetAsync($"/cases/{urn}", Stop);
        using var edited = await builder.PostNextAsync(rehearsed, ("step", "edit"));
        using var recorded = await builder.PostNextAsync(rehearsed, ("step", "save"));
        using var hidden = await lawyer.GetAsync($"/cases/{urn}", Stop);
        using var listed = await builder.GetAsync($"/cases/{urn}/access", Stop);
        var link = (await listed.PageAsync()).QuerySelector("a[href*='/parties/'][href$='/end']")!.GetAttribute("href")!;
        using var short_ = await builder.PostFormAsync(link, "", ("reason", "Because."));
        using var ended = await builder.PostFormAsync(link, "", ("reason", "It was another of the same name."));
        using var seen = await lawyer.GetAsync($"/cases/{urn}", Stop);
        using var again = await builder.GetAsync(link, Stop);

        var refused = await unknown.PageAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        Assert.Contains("There is no account of that name", refused.QuerySelector(".govuk-error-summary")!.TextContent);
        Assert.Equal("nobody.such@cps", refused.QuerySelector("#person")!.GetAttribute("value"));
        Assert.Contains("Choose as what", (await partless.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent);
        var told = (await rehearsed.PageAsync()).QuerySelector("main")!.TextContent;
        Assert.Contains("Would lose access (1):", told);
        Assert.DoesNotContain("Lena Ash", told);
        Assert.Equal(HttpStatusCode.OK, notYet.StatusCode);
        Assert.Equal(Cast.Lawyer, (await edited.PageAsync()).QuerySelector("#person")!.GetAttribute("value"));
        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.NotFound), (recorded.StatusCode, hidden.StatusCode));
        var parties = (await listed.PageAsync()).QuerySelector("main")!.TextContent;
        Assert.Contains("Somebody of cps-mersey-cheshire", parties);
        Assert.DoesNotContain("Lena Ash", parties);
        Assert.Contains("Say why, in at least 20 letters", (await short_.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent);
        Assert.Contains("Would gain access (1):", (await short_.PageAsync()).QuerySelector("main")!.TextContent);
        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.OK, HttpStatusCode.NotFound), (ended.StatusCode, seen.StatusCode, again.StatusCode));
    }
}
