using System.Net;
using Assize.Host.Tests.Coverage;
using Xunit;

namespace Assize.Host.Tests.Pages.Access;

[SparesPage("/access/drafting", PageCase.UnknownId, "no id in the address")]
[SparesPage("/access/drafting/new", PageCase.UnknownId, "no id in the address")]
public sealed class DraftingRightPageTests(HostFixture host)
{
    private const string List = "/access/drafting";
    private const string New = "/access/drafting/new";
    private const string One = "/access/drafting/{id}";
    private const string Why = "Nell draws the checks that the prosecution makes.";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(List)]
    [InlineData(New)]
    [InlineData("/access/drafting/x")]
    [TestsPage(List, PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage(New, PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage(One, PageCase.NoRole, PageCase.WrongRole)]
    public async Task Get_WithoutARole_OrByAProcessOwner_IsRefused(string path)
    {
        foreach (var subject in (string[])[Cast.Roleless, Cast.ProcessOwner, Cast.PoliceSystem])
        {
            using var client = host.Client(subject);
            using var answer = await client.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    [TestsPage(One, PageCase.UnknownId)]
    public async Task Right_ThatIsNotThere_OrAnotherAgencys_LooksAbsent()
    {
        using var other = host.Client(Cast.OtherAdmin);

        using var unknown = await other.GetAsync("/access/drafting/none", Stop);
        using var theirs = await other.GetAsync($"/access/drafting/first-agency:merseyside-police-{Cast.ForceOwner}", Stop);
        using var list = await other.GetAsync(List, Stop);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (unknown.StatusCode, theirs.StatusCode));
        Assert.DoesNotContain("Frida Alder", (await list.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage(List, PageCase.WrongState)]
    [TestsPage(New, PageCase.WrongState)]
    public async Task Ask_WithoutPersonOwnerOrReason_OrForWhatOthersAdminister_IsRefused_AndKeepsWhatWasTyped()
    {
        using var admin = host.Client(Cast.AgencyAdmin);

        using var blank = await admin.PostFormAsync(New, "new", ("reason", Why), ("from-day", "31"), ("from-month", "2"), ("from-year", "2027"));
        using var mute = await admin.PostFormAsync(New, "new", ("person", Cast.ForceOwner), ("owner", "agency:merseyside-police"), ("reason", "So."));
        using var national = await admin.PostFormAsync(New, "new", ("person", Cast.ForceOwner), ("owner", "national"), ("reason", Why));
        using var stranger = await admin.PostFormAsync(New, "new", ("person", Cast.ProcessOwner), ("owner", "agency:merseyside-police"), ("reason", Why));
        using var past = await admin.PostFormAsync(New, "new", ("person", Cast.ForceOwner), ("owner", "agency:merseyside-police"), ("reason", Why), ("until-day", "1"), ("until-month", "1"), ("until-year", "2020"));
        using var cursor = await admin.GetAsync($"{List}?cursor=none", Stop);

        Assert.All((HttpResponseMessage[])[blank, mute, national, stranger, past], answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode));
        Assert.Equal(HttpStatusCode.BadRequest, cursor.StatusCode);
        var page = await blank.PageAsync();
        Assert.Equal(["Choose a person", "Choose to whom it belongs", "Enter a day, such as 27 3 2027, or leave it empty"], page.QuerySelectorAll(".govuk-error-summary li").Select(line => line.TextContent.Trim()));
        Assert.Equal("31", page.QuerySelector("#from-day")!.GetAttribute("value"));
        Assert.Contains(Why, page.QuerySelector("#reason")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage(List, PageCase.HappyPath)]
    [TestsPage(New, PageCase.HappyPath)]
    [TestsPage(One, PageCase.WrongState, PageCase.HappyPath)]
    public async Task Right_AskedForByOne_IsGivenByAnother_CountsAtOnce_AndIsEndedByEither()
    {
        using var first = host.Client(Cast.PlatformAdmin);
        using var second = host.Client(Cast.SecondPlatformAdmin);
        using var home = host.Client(Cast.OtherAdmin);
        using var owner = host.Client(Cast.RightlessOwner);

        using var asked = await first.PostFormAsync(New, "new", ("person", Cast.RightlessOwner), ("owner", "area:West Yorkshire"), ("reason", Why));
        var path = await PathAsync(second, "Nell Beech");
        using var own = await first.GetAsync(path, Stop);
        using var twice = await second.PostFormAsync(New, "new", ("person", Cast.RightlessOwner), ("owner", "area:West Yorkshire"), ("reason", Why));
        var before = await HeldAsync(owner);
        using var given = await second.PostFormAsync(path, "decide", ("decision", "give"));
        var during = await HeldAsync(owner);
        using var again = await second.GetAsync(path, Stop);
        using var ended = await home.PostFormAsync(path, "end", ("reason", "Nell has other work from this month on."));
        using var over = await second.GetAsync(path, Stop);
        var after = await HeldAsync(owner);

        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.Conflict, HttpStatusCode.Found, HttpStatusCode.Found), (asked.StatusCode, twice.StatusCode, given.StatusCode, ended.StatusCode));
        Assert.Empty((await own.PageAsync()).QuerySelectorAll("main form[action$=decide]"));
        Assert.Empty((await again.PageAsync()).QuerySelectorAll("main form[action$=decide]"));
        Assert.Empty((await over.PageAsync()).QuerySelectorAll("main form"));
        Assert.Equal((false, true, false), (before, during, after));
    }

    [Fact]
    public async Task Right_OfAnAgency_IsGivenByItsOwnAdministrators_AndDecidedByNobodyWhoAsked()
    {
        using var first = host.Client(Cast.AgencyAdmin);
        using var second = host.Client(Cast.SecondAgencyAdmin);
        using var platform = host.Client(Cast.PlatformAdmin);

        using var asked = await first.PostFormAsync(New, "new", ("person", Cast.SecondForceOwner), ("owner", "agency:merseyside-police"), ("reason", "Fergus draws the checks of the force."));
        var path = await PathAsync(first, "Fergus Aspen");
        using var others = await platform.GetAsync(path, Stop);
        using var shown = await second.GetAsync(path, Stop);
        using var self = await DecideAsOtherAsync(first, shown, path);
        using var refused = await second.PostFormAsync(path, "decide", ("decision", "refuse"));

        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.Found), (asked.StatusCode, others.StatusCode, self.StatusCode, refused.StatusCode));
    }

    private static async Task<bool> HeldAsync(HttpClient owner)
    {
        using var shown = await owner.GetAsync("/designer", Stop);
        return (await shown.PageAsync()).QuerySelector("main")!.TextContent.Contains("Area: West Yorkshire", StringComparison.Ordinal);
    }

    private static async Task<string> PathAsync(HttpClient admin, string person)
    {
        using var list = await admin.GetAsync(List, Stop);
        return (await list.PageAsync()).QuerySelectorAll("main tbody tr").First(row => row.TextContent.Contains(person, StringComparison.Ordinal) && row.TextContent.Contains("Waits", StringComparison.Ordinal))
            .QuerySelector("a")!.GetAttribute("href")!;
    }

    // With a token of their own: the form itself is shown to the other only.
    private static async Task<HttpResponseMessage> DecideAsOtherAsync(HttpClient client, HttpResponseMessage shown, string path)
    {
        Assert.NotEmpty((await shown.PageAsync()).QuerySelectorAll("main form[action$=decide]"));
        using var own = await client.GetAsync(path, Stop);
        var token = (await own.PageAsync()).QuerySelector("main form input[type=hidden]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{path}?handler=decide") { Content = new FormUrlEncodedContent([KeyValuePair.Create("decision", "give")]) };
        request.Headers.Add("RequestVerificationToken", token);
        if (own.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0])));
        }

        return await client.SendAsync(request, Stop);
    }
}
