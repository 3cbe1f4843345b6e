using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Host.Tests.Pages.Administration;
using Xunit;

namespace Assize.Host.Tests.Pages.Access;

[SparesPage("/access/exclusions", PageCase.UnknownId, "no id in the address")]
[SparesPage("/access/exclusions/new", PageCase.UnknownId, "no id in the address")]
public sealed class ExclusionPageTests(HostFixture host)
{
    private const string Why = "A neighbour of mine is a witness.";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/access/exclusions")]
    [InlineData("/access/exclusions/new")]
    [InlineData("/access/exclusions/x/lift")]
    [TestsPage("/access/exclusions", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/exclusions/new", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/exclusions/{id}/lift", PageCase.NoRole, PageCase.WrongRole)]
    public async Task Get_WithoutARole_OrByASystem_IsRefused(string path)
    {
        foreach (var subject in (string[])[Cast.Roleless, Cast.PoliceSystem])
        {
            using var client = host.Client(subject);
            using var answer = await client.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    [TestsPage("/access/exclusions/{id}/lift", PageCase.UnknownId)]
    public async Task Lift_OfWhatIsNotThere_OrByWhoAdministersNobody_LooksAbsent()
    {
        using var admin = host.Client(Cast.AgencyAdmin);
        using var builder = host.Client(Cast.CaseBuilder);

        using var unknown = await admin.GetAsync("/access/exclusions/no-such-conflict/lift", Stop);
        using var other = await builder.GetAsync("/access/exclusions/no-such-conflict/lift", Stop);

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    [TestsPage("/access/exclusions", PageCase.HappyPath)]
    [TestsPage("/access/exclusions/new", PageCase.WrongState, PageCase.HappyPath)]
    [TestsPage("/access/exclusions/{id}/lift", PageCase.WrongState, PageCase.HappyPath)]
    public async Task Conflict_Declared_ClosesTheCase_AndLiftedByAnAdministrator_OpensIt()
    {
        var urn = await host.OpenCaseAsync();
        using var builder = host.Client(Cast.CaseBuilder);
        using var admin = host.Client(Cast.AgencyAdmin);

        using var looked = await builder.PostFormAsync("/access/exclusions/new", "new", ("scope", "case"), ("case", urn), ("reason", Why));
        Assert.Contains(urn, (await looked.PageAsync()).QuerySelector(".govuk-inset-text")!.TextContent);
        using var still = await builder.GetAsync($"/cases/{urn}", Stop);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        using var mute = await builder.PostFormAsync("/access/exclusions/new", "new", ("scope", "case"), ("case", urn));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mute.StatusCode);
        using var unknown = await builder.PostFormAsync("/access/exclusions/new", "new", ("scope", "case"), ("case", "05ZD0000000"), ("reason", Why), ("step", "save"));
        Assert.Contains("no case of that reference", (await unknown.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent);

        using var edited = await builder.PostNextAsync(looked, ("step", "edit"));
        Assert.Equal((urn, Why), ((await edited.PageAsync()).QuerySelector("input[name=case]")!.GetAttribute("value"), (await edited.PageAsync()).QuerySelector("textarea")!.TextContent.Trim()));

        using var declared = await builder.PostNextAsync(looked, ("step", "save"));
        Assert.Equal(HttpStatusCode.Found, declared.StatusCode);
        using var shut = await builder.GetAsync($"/cases/{urn}", Stop);
        Assert.Equal(HttpStatusCode.NotFound, shut.StatusCode);
        using var own = await builder.GetAsync("/access/exclusions", Stop);
        var mine = await own.PageAsync();
        Assert.Contains(urn, mine.QuerySelector("main table")!.TextContent);
        Assert.Empty(mine.QuerySelectorAll("main table a"));

        using var all = await admin.GetAsync("/access/exclusions", Stop);
        var lift = (await all.PageAsync()).QuerySelectorAll("main tbody tr").First(row => row.TextContent.Contains(urn, StringComparison.Ordinal)).QuerySelector("a")!.GetAttribute("href")!;
        using var shown = await admin.GetAsync(lift, Stop);
        Assert.Matches(@"Cases that they would see \(1\):\s+" + urn, (await shown.PageAsync()).QuerySelector(".govuk-inset-text")!.TextContent);
        using var stillShut = await builder.GetAsync($"/cases/{urn}", Stop);
        Assert.Equal(HttpStatusCode.NotFound, stillShut.StatusCode);
        using var short_ = await admin.PostFormAsync(lift, "", ("reason", "Over."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, short_.StatusCode);
        using var lifted = await admin.PostFormAsync(lift, "", ("reason", "The witness has moved away and is not called."));
        Assert.Equal(HttpStatusCode.Found, lifted.StatusCode);
        using var open = await builder.GetAsync($"/cases/{urn}", Stop);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        using var over = await admin.GetAsync(lift, Stop);
        Assert.Equal(HttpStatusCode.NotFound, over.StatusCode);
    }

    [Fact]
    public async Task Lift_OfAConflictWithASealedCase_NamesItToNobodyWhoDoesNotHaveIt()
    {
        var urn = await host.OpenCaseAsync();
        using var officer = host.Client(Cast.Officer);
        using var admin = host.Client(Cast.AgencyAdmin);
        using var declared = await officer.PostFormAsync("/access/exclusions/new", "new", ("scope", "case"), ("case", urn), ("reason", Why), ("step", "save"));
        using var all = await admin.GetAsync("/access/exclusions", Stop);
        var lift = (await all.PageAsync()).QuerySelectorAll("main tbody tr").First(row => row.TextContent.Contains(urn, StringComparison.Ordinal)).QuerySelector("a")!.GetAttribute("href")!;
        await host.SealAsync(urn, Cast.CaseBuilder, Cast.Officer);

        var page = await admin.GetStringAsync(lift, Stop);

        Assert.Equal(HttpStatusCode.Found, declared.StatusCode);
        Assert.Contains("A sealed case", page, StringComparison.Ordinal);
        Assert.Contains("Nobody would gain or lose access.", page, StringComparison.Ordinal);
        Assert.DoesNotContain(urn, page, StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage("/access/exclusions", PageCase.WrongState)]
    public async Task Conflict_OfOneselfAsAdministrator_IsLiftedByAnother()
    {
        using var admin = host.Client(Cast.AgencyAdmin);

        using var ambiguous = await admin.PostFormAsync("/access/exclusions/new", "new", ("person", "a"), ("scope", "all"), ("reason", Why));
        using var declared = await admin.PostFormAsync("/access/exclusions/new", "new", ("person", "abe hazel"), ("scope", "agency"), ("owner", "elsewhere-defence"), ("reason", Why), ("step", "save"));
        using var list = await admin.GetAsync("/access/exclusions", Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, ambiguous.StatusCode);
        Assert.True((await ambiguous.PageAsync()).QuerySelectorAll("input[type=radio][name=person]").Length > 1);
        Assert.Equal(HttpStatusCode.Found, declared.StatusCode);
        Assert.Contains("Another administrator lifts yours", (await list.PageAsync()).QuerySelector("main")!.TextContent);
    }
}
