using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Host.Tests.Pages.Administration;
using Xunit;

namespace Assize.Host.Tests.Pages.Access;

/// <summary>Why somebody can see a case, and roles on one case given and ended.</summary>
[SparesPage("/access/why", PageCase.UnknownId, "no id in the address")]
public sealed class WhyPageTests(HostFixture host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [TestsPage("/access/why", PageCase.NoRole, PageCase.WrongRole)]
    public async Task Get_WithoutARole_OrByASystem_IsRefused()
    {
        foreach (var subject in (string[])[Cast.Roleless, Cast.PoliceSystem])
        {
            using var client = host.Client(subject);
            using var answer = await client.GetAsync("/access/why", Stop);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("person=Lena+Ash&case=05ZD0000000", "no such case")]
    [InlineData("person=cas@police&case=URN", "no such person")]
    [InlineData("person=Nobody+Atall&case=URN", "nobody of that name")]
    [InlineData("person=Lena+Ash&case=URN&on-day=31&on-month=2&on-year=2026", "Enter a day")]
    [InlineData("person=Lena+Ash&case=URN&on-day=1&on-month=1&on-year=2099", "a day that is past")]
    [TestsPage("/access/why", PageCase.WrongState)]
    public async Task Get_OfWhatCannotBeAsked_SaysWhy(string query, string said)
    {
        using var client = host.Client(Cast.Paralegal);

        using var answer = await client.GetAsync($"/access/why?{query.Replace("URN", host.Urn, StringComparison.Ordinal)}", Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(said, (await answer.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent);
    }

    [Fact]
    [TestsPage("/access/why", PageCase.HappyPath)]
    public async Task Get_OfAPersonAndACase_ExplainsIt_NowAndBeforeItBegan()
    {
        using var client = host.Client(Cast.Paralegal);
        var yesterday = DateTime.UtcNow.AddDays(-2);

        using var now = await client.GetAsync($"/access/why?person=Lena+Ash&case={host.Urn}", Stop);
        using var then = await client.GetAsync($"/access/why?person=Lena+Ash&case={host.Urn}&on-day={yesterday.Day}&on-month={yesterday.Month}&on-year={yesterday.Year}&time=9:00", Stop);
        using var held = await client.GetAsync("/access/why?person=Lena+Ash", Stop);

        Assert.Contains($"Lena Ash may see case {host.Urn}.", (await now.PageAsync()).QuerySelector(".govuk-inset-text")!.TextContent);
        Assert.Contains("may not see case", (await then.PageAsync()).QuerySelector(".govuk-inset-text")!.TextContent);
        Assert.Contains("By the standing role reviewing lawyer", (await held.PageAsync()).QuerySelector(".govuk-inset-text")!.TextContent);
    }

    [Fact]
    [TestsPage("/cases/{urn}/access/roles/give", PageCase.WrongState, PageCase.HappyPath)]
    public async Task Role_GivenOnACase_OpensItAtOnce_AndEnded_ClosesIt()
    {
        var urn = await host.OpenCaseAsync();
        using var admin = host.Client(Cast.OtherAdmin);
        using var far = host.Client(Cast.FarLawyer);
        var page = $"/cases/{urn}/access/roles/give";
        (string, string)[] answers = [("role", "advocate"), ("classification", "private"), ("reason", "Prosecutes at the hearing of Monday next.")];

        using var foreign = await admin.PostFormAsync(page, "", [("person", "Cas Dogwood"), .. answers]);
        using var tooHigh = await admin.PostFormAsync(page, "", [("person", "Fay Elder"), ("role", "advocate"), ("classification", "restricted"), ("reason", "Prosecutes at the hearing of Monday next."), ("step", "save")]);
        using var has = await admin.PostFormAsync(page, "", [("person", "Lena Ash"), .. answers]);
        using var rehearsed = await admin.PostFormAsync(page, "", [("person", "fay elder"), .. answers]);
        using var notYet = await far.GetAsync($"/cases/{urn}", Stop);
        using var given = await admin.PostNextAsync(rehearsed, ("step", "save"));
        using var open = await far.GetAsync($"/cases/{urn}", Stop);
        using var shown = await admin.GetAsync($"/cases/{urn}/access", Stop);
        var end = (await shown.PageAsync()).QuerySelectorAll("main tbody a").First(a => a.GetAttribute("href")!.Contains("/access/grants/", StringComparison.Ordinal)).GetAttribute("href")!;
        using var ended = await admin.PostFormAsync(end, "", ("reason", "The hearing is over."));
        using var shut = await far.GetAsync($"/cases/{urn}", Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooHigh.StatusCode);
        Assert.Contains("Nobody would gain or lose access.", (await has.PageAsync()).QuerySelector(".govuk-inset-text")!.TextContent);
        Assert.Matches(@"Would gain access \(1\):\s+Fay Elder", (await rehearsed.PageAsync()).QuerySelector(".govuk-inset-text")!.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, notYet.StatusCode);
        Assert.Equal(HttpStatusCode.Found, given.StatusCode);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        Assert.Equal(HttpStatusCode.Found, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, shut.StatusCode);
    }
}
