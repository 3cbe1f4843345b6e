using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Host.Tests.Designer.Outline;
using Xunit;

namespace Assize.Host.Tests.Designer.Rules;

[SparesPage("/designer/rules", PageCase.UnknownId, "no id in the address")]
public sealed class RulePageTests(HostFixture host)
{
    private const string Index = "/designer/rules";
    private const string File = "/designer/rules/{kind}/{id}";
    private const string Compare = "/designer/rules/{kind}/{id}/compare";
    private const string Version = "/designer/rules/{kind}/{id}/versions/{version}";
    private const string Draft = "/designer/rules/{kind}/{id}/draft";
    private const string Part = "/designer/rules/{kind}/{id}/draft/{**path}";

    public static TheoryData<string> Pages => [Index, "/designer/rules/form/plea", "/designer/rules/form/plea/compare", "/designer/rules/form/plea/versions/1"];

    public static TheoryData<string> Editors => ["/designer/rules/form/plea/draft", "/designer/rules/form/plea/draft/questions/new"];

    [Theory]
    [MemberData(nameof(Pages))]
    [MemberData(nameof(Editors))]
    [TestsPage(Index, PageCase.NoRole)]
    [TestsPage(File, PageCase.NoRole)]
    [TestsPage(Compare, PageCase.NoRole)]
    [TestsPage(Version, PageCase.NoRole)]
    [TestsPage(Draft, PageCase.NoRole)]
    [TestsPage(Part, PageCase.NoRole)]
    public async Task Get_WithoutARole_IsRefused(string page)
    {
        await host.ExpectAsync(HttpStatusCode.Unauthorized, null, page);
        await host.ExpectAsync(HttpStatusCode.Forbidden, Cast.Roleless, page);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    [TestsPage(Index, PageCase.WrongRole)]
    [TestsPage(File, PageCase.WrongRole)]
    [TestsPage(Compare, PageCase.WrongRole)]
    [TestsPage(Version, PageCase.WrongRole)]
    public async Task Get_ByASystem_IsRefused(string page) => await host.ExpectAsync(HttpStatusCode.Forbidden, Cast.PoliceSystem, page);

    [Theory]
    [MemberData(nameof(Editors))]
    [TestsPage(Draft, PageCase.WrongRole)]
    [TestsPage(Part, PageCase.WrongRole)]
    public async Task Get_OfADraft_ByAReader_IsRefused(string page) => await host.ExpectAsync(HttpStatusCode.Forbidden, Cast.Lawyer, page);

    [Theory]
    [InlineData("/designer/rules/form/none")]
    [InlineData("/designer/rules/none/plea")]
    [InlineData("/designer/rules/form/none/compare")]
    [InlineData("/designer/rules/form/plea/compare?from=77")]
    [InlineData("/designer/rules/form/plea/versions/77")]
    [InlineData("/designer/rules/form/none/draft")]
    [InlineData("/designer/rules/form/none/draft/questions/new")]
    [TestsPage(File, PageCase.UnknownId)]
    [TestsPage(Compare, PageCase.UnknownId)]
    [TestsPage(Version, PageCase.UnknownId)]
    [TestsPage(Draft, PageCase.UnknownId)]
    [TestsPage(Part, PageCase.UnknownId)]
    public async Task Get_OfWhatIsUnknown_IsNotThere(string page) => await host.ExpectAsync(HttpStatusCode.NotFound, Cast.ProcessOwner, page);

    [Fact]
    [TestsPage(Part, PageCase.UnknownId)]
    public async Task Get_OfAnEntryThatIsNotThere_IsNotThere()
    {
        var path = await host.DraftAsync("table", RuleTalk.Table);

        Assert.All(await Task.WhenAll(((string[])["rules/2", "rules/x", "none/0", "rules/0/none/0"]).Select(async entry =>
        {
            using var owner = host.Client(Cast.ProcessOwner);
            using var answer = await owner.GetAsync($"{path}/draft/{entry}", TestContext.Current.CancellationToken);
            return answer.StatusCode;
        })), status => Assert.Equal(HttpStatusCode.NotFound, status));
    }

    [Fact]
    [TestsPage(Index, PageCase.WrongState)]
    public async Task Begin_WithoutATitle_OrWithAFileThatIsNone_OrTooLarge_SaysSo()
    {
        using var owner = host.Client(Cast.ProcessOwner);

        using var blank = await owner.PostFormAsync(Index, "", ("kind", "table"), ("name", " "));
        using var torn = await owner.SendFileAsync(Index, "", "{ \"title\": ", ("kind", "table"), ("name", "Torn"));
        using var huge = await owner.SendFileAsync(Index, "", new string(' ', (4 * 1024 * 1024) + 1), ("kind", "table"), ("name", "Huge"));

        Assert.All((HttpResponseMessage[])[blank, torn, huge], answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode));
        Assert.Contains("Enter a title", (await blank.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("is no JSON object", (await torn.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("at most 4 MB", (await huge.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage(Draft, PageCase.WrongState)]
    [TestsPage(Part, PageCase.WrongState)]
    [TestsPage(Compare, PageCase.WrongState)]
    [TestsPage(Version, PageCase.WrongState)]
    public async Task Ask_ForABrokenDraft_IsRefused_AndTheDraftKept()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var path = await host.DraftAsync("table", RuleTalk.Table);

        using var saved = await owner.PostFormAsync($"{path}/draft/rules/1", "rules/1", ("when.age", "above 21"), ("from-day", "31"), ("from-month", "2"), ("from-year", "2026"));
        using var asked = await owner.PostFormAsync($"{path}/draft", "ask");
        var compared = await owner.OpenAsync($"{path}/versions/draft");
        var shown = await owner.OpenAsync($"{path}/draft/rules/1");
        using var alone = await owner.GetAsync($"{path}/compare", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Conflict), (saved.StatusCode, asked.StatusCode));
        Assert.Contains("Rule 2 “others”, First day on which it is law: “2026-02-31” is no day.", (await asked.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("31", shown.QuerySelector("#from-day")!.GetAttribute("value"));
        Assert.Contains("above 21", shown.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("above 21", compared.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing is different", (await alone.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage(File, PageCase.WrongState)]
    public async Task Begin_WhereAnotherHasBegun_ChangesNothing_AndAnOvertakenPageIsRefused()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var second = host.Client(Cast.SecondOwner);
        var path = await host.DraftAsync("table", RuleTalk.Table);
        await host.PublishAsync(path);
        using var first = await owner.PostFormAsync(path, "begin");
        using var stood = await second.GetAsync($"{path}/draft/rules/0", TestContext.Current.CancellationToken);
        using var kept = await owner.PostFormAsync($"{path}/draft/rules/0", "rules/0", ("legalReference", "Invented Act 2021"));

        using var late = await second.PostShownAsync(stood, "rules/0", ("legalReference", "Invented Act 2022"));
        var copy = await second.OpenAsync(path);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.Conflict), (first.StatusCode, kept.StatusCode, late.StatusCode));
        Assert.Contains("Polly Gorse saved this draft", (await late.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Your copy", copy.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Invented Act 2021", (await owner.OpenAsync($"{path}/draft/rules/0")).QuerySelector("#legalReference")!.GetAttribute("value"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_RevertedOrReplacedByAFile_SaysThatText_AndWhatItSaidStaysAsACopy()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var path = await host.DraftAsync("table", RuleTalk.Table);
        await host.PublishAsync(path);
        using var begun = await owner.PostFormAsync(path, "begin");
        using var changed = await owner.PostFormAsync($"{path}/draft/rules/0", "rules/0", ("legalReference", "Invented Act 2031"));

        using var reverted = await owner.PostFormAsync(path, "revert", ("version", "1"));
        var back = await owner.OpenAsync($"{path}/draft/rules/0");
        var copy = await owner.GetStringAsync($"{path}?handler=copy", TestContext.Current.CancellationToken);
        using var imported = await owner.SendFileAsync(path, "import", RuleTalk.Table.Replace("s. 1(1)", "s. 99", StringComparison.Ordinal).Replace("\"effectiveFrom\": null", "\"effectiveFrom\": \"2027-01-01\"", StringComparison.Ordinal));
        var replaced = await owner.OpenAsync($"{path}/draft/rules/0");
        using var asked = await owner.PostFormAsync($"{path}/draft", "ask");

        Assert.All((HttpResponseMessage[])[begun, changed, reverted, imported], answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal("Invented Act 2020, s. 1(1)", back.QuerySelector("#legalReference")!.GetAttribute("value"));
        Assert.Contains("Invented Act 2031", copy, StringComparison.Ordinal);
        Assert.Equal("Invented Act 2020, s. 99", replaced.QuerySelector("#legalReference")!.GetAttribute("value"));
        // A rule is no drawing: there is nothing to rehearse.
        using var second = host.Client(Cast.SecondOwner);
        Assert.Empty((await second.OpenAsync(asked.Headers.Location!.OriginalString)).QuerySelectorAll("main form[action$=rehearse]"));
    }

    [Fact]
    [TestsPage(Index, PageCase.HappyPath)]
    [TestsPage(File, PageCase.HappyPath)]
    [TestsPage(Draft, PageCase.HappyPath)]
    [TestsPage(Part, PageCase.HappyPath)]
    [TestsPage(Compare, PageCase.HappyPath)]
    [TestsPage(Version, PageCase.HappyPath)]
    public async Task Table_IsDrafted_Published_ChangedAndCompared()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var reader = host.Client(Cast.Lawyer);
        var path = await host.DraftAsync("table", RuleTalk.Table);
        await host.PublishAsync(path);
        using var begun = await owner.PostFormAsync(path, "begin");
        using var added = await owner.PostFormAsync($"{path}/draft/rules/new", "rules/new",
            ("id", "old"), ("outcome", "Long"), ("legalReference", "Invented Act 2026, s. 2"), ("when.age", "at least 70\nbelow 120"), ("from-day", "1"), ("from-month", "1"), ("from-year", "2027"));
        using var moved = await owner.PostFormAsync($"{path}/draft", "arrange", ("up", "rules/2"));
        using var about = await owner.PostFormAsync($"{path}/draft", "about", ("title.en", "Length of notice"), ("effectiveFrom-day", "1"), ("effectiveFrom-month", "1"), ("effectiveFrom-year", "2027"));
        await host.PublishAsync(path);

        var shown = await reader.OpenAsync(path);
        var compared = await reader.OpenAsync($"{path}/compare?from=1&to=2");
        var version = await reader.OpenAsync($"{path}/versions/2");
        var exported = await reader.GetStringAsync($"{path}?handler=export&version=2", TestContext.Current.CancellationToken);

        Assert.All((HttpResponseMessage[])[begun, added, moved, about], answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal(["Version 2", "Version 1"], shown.QuerySelectorAll(".govuk-summary-card__title").Select(title => string.Join(' ', title.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[..2])));
        Assert.Contains("Otto Hazel", shown.QuerySelector(".govuk-summary-card")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Rule “old” is new (Long, Invented Act 2026, s. 2).", compared.QuerySelectorAll("main li").Select(line => line.TextContent));
        Assert.Contains("at least 70 and below 120", version.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("\"from\": \"2027-01-01\"", exported, StringComparison.Ordinal);
        Assert.Contains("Length of notice", (await reader.OpenAsync(Index)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }
}
