using System.Net;
using Assize.Host.Tests.Coverage;
using Xunit;

namespace Assize.Host.Tests.Pages;

[SparesPage("/access/erasures", PageCase.UnknownId, "no id in the address")]
public sealed class ErasurePageTests(HostFixture host)
{
    private const string Reason = "The time for keeping it is over, and nobody appealed.";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/access/erasures")]
    [InlineData("/access/erasures/new?case=x")]
    [InlineData("/access/erasures/x")]
    [TestsPage("/access/erasures", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/erasures/new", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/erasures/{id}", PageCase.NoRole, PageCase.WrongRole)]
    public async Task Get_WithoutTheRole_IsRefused(string path)
    {
        foreach (var subject in (string[])[Cast.Roleless, Cast.CaseBuilder, Cast.PoliceSystem])
        {
            using var client = host.Client(subject);
            using var answer = await client.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData(Cast.PrivacyOfficer, "/access/erasures/new?case=05ZD0000000", HttpStatusCode.NotFound)]
    [InlineData(Cast.PrivacyOfficer, "/access/erasures/no-such-request", HttpStatusCode.NotFound)]
    [InlineData(Cast.PrivacyOfficer, "/access/erasures?cursor=nonsense", HttpStatusCode.BadRequest)]
    [TestsPage("/access/erasures", PageCase.WrongState)]
    [TestsPage("/access/erasures/new", PageCase.UnknownId)]
    [TestsPage("/access/erasures/{id}", PageCase.UnknownId)]
    public async Task Get_OfWhatIsNotTheirs_SaysSo(string subject, string path, HttpStatusCode expected)
    {
        using var client = host.Client(subject);

        using var answer = await client.GetAsync(path, Stop);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Get_ByAnAdministrator_WhoMayOnlyDecide_IsRefused()
    {
        using var client = host.Client(Cast.AgencyAdmin);

        using var answer = await client.GetAsync("/access/erasures/new?case=05ZD0000000", Stop);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    [TestsPage("/access/erasures/new", PageCase.WrongState)]
    public async Task Post_ForACaseThatIsWorkedOn_OrWithoutAReason_IsRefused()
    {
        using var client = host.Client(Cast.PrivacyOfficer);

        using var open = await client.PostFormAsync($"/access/erasures/new?case={host.Urn}", "new", ("whom", "everybody"), ("basis", "dpa2018-s39"), ("reason", Reason));
        using var empty = await client.PostFormAsync($"/access/erasures/new?case={host.Urn}", "new", ("whom", "everybody"));
        using var other = host.Client(Cast.OtherPrivacyOfficer);
        using var notTheirs = await other.GetAsync($"/access/erasures/new?case={host.Urn}", Stop);

        Assert.Equal(HttpStatusCode.Conflict, open.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, notTheirs.StatusCode);
    }

    [Fact]
    [TestsPage("/access/erasures", PageCase.HappyPath)]
    [TestsPage("/access/erasures/new", PageCase.HappyPath)]
    [TestsPage("/access/erasures/{id}", PageCase.WrongState, PageCase.HappyPath)]
    public async Task Erasure_AskedByOneAndApprovedByAnother_IsDone_AndEveryPageSaysErased()
    {
        var urn = await host.OpenCaseAsync();
        using var builder = host.Client(Cast.CaseBuilder);
        using var closed = await builder.PostFormAsync($"/cases/{urn}/close-in-error", "", ("reason", "Robin Tarn is another person."));
        using var officer = host.Client(Cast.PrivacyOfficer);
        using var admin = host.Client(Cast.AgencyAdmin);

        using var asked = await officer.PostFormAsync($"/access/erasures/new?case={urn}", "new", ("whom", "everybody"), ("basis", "dpa2018-s47"), ("reason", Reason));
        Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        using var list = await officer.GetAsync("/access/erasures", Stop);
        var link = (await list.PageAsync()).QuerySelectorAll("main table a").First(x => x.TextContent == urn).GetAttribute("href")!;
        using var own = await officer.GetAsync(link, Stop);
        Assert.Null((await own.PageAsync()).QuerySelector("main form"));
        using var done = await admin.PostFormAsync(link, "erasures", ("decision", "approve"));
        Assert.Equal(HttpStatusCode.Found, done.StatusCode);
        using var again = await admin.GetAsync(link, Stop);
        Assert.Null((await again.PageAsync()).QuerySelector("main form"));

        using var caseBuilder = host.Client(Cast.CaseBuilder);
        foreach (var path in (string[])[$"/cases/{urn}", $"/cases/{urn}/history", $"/cases/{urn}/process", "/cases", $"/api/v1/cases/{urn}", "/submissions"])
        {
            using var answer = await caseBuilder.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var text = await answer.Content.ReadAsStringAsync(Stop);
            Assert.DoesNotContain(path.Contains(urn, StringComparison.Ordinal) ? "Tarn" : $"{urn} Robin Tarn", text, StringComparison.OrdinalIgnoreCase);
        }

        using var page = await caseBuilder.GetAsync($"/cases/{urn}", Stop);
        Assert.Contains("[erased]", (await page.PageAsync()).QuerySelector("main")!.TextContent);
        using var log = await officer.GetAsync($"/access/audit?case={urn}", Stop);
        Assert.Contains("The reason has been erased.", (await log.PageAsync()).QuerySelector("main")!.TextContent);
    }
}
