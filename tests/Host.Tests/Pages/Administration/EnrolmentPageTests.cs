using System.Net;
using AngleSharp.Html.Dom;
using Assize.Host.Tests.Coverage;
using Xunit;
using static Assize.Host.Tests.Pages.Administration.EnrolmentHost;

namespace Assize.Host.Tests.Pages.Administration;

[Collection(EnrolmentPages.Name)]
[SparesPage(List, PageCase.UnknownId, "no id in the address")]
[SparesPage(List, PageCase.WrongState, "a list is shown whatever it holds")]
[SparesPage(New, PageCase.UnknownId, "no id in the address")]
public sealed class EnrolmentPageTests(EnrolmentHost host)
{
    private const string List = "/access/enrolments";
    private const string New = "/access/enrolments/new";
    private const string One = "/access/enrolments/{id}";
    private const string Checks = "/access/enrolments/{id}/checks";
    private const string Proof = "/access/enrolments/{id}/proof";
    private const string Test = "/access/enrolments/{id}/test";
    private const string Step = "/access/enrolments/{id}/{step}";
    private const string Suspend = "/access/enrolments/upstreams/{id}/suspend";
    private const string Nobody = "http://127.0.0.1:9";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(List)]
    [InlineData(New)]
    [InlineData(One)]
    [InlineData(Checks)]
    [InlineData(Proof)]
    [InlineData(Test)]
    [InlineData(Step)]
    [InlineData(Suspend)]
    [TestsPage(List, PageCase.WrongRole, PageCase.NoRole)]
    [TestsPage(New, PageCase.WrongRole, PageCase.NoRole)]
    [TestsPage(One, PageCase.WrongRole, PageCase.NoRole)]
    [TestsPage(Checks, PageCase.WrongRole, PageCase.NoRole)]
    [TestsPage(Proof, PageCase.WrongRole, PageCase.NoRole)]
    [TestsPage(Test, PageCase.WrongRole, PageCase.NoRole)]
    [TestsPage(Step, PageCase.WrongRole, PageCase.NoRole)]
    [TestsPage(Suspend, PageCase.WrongRole, PageCase.NoRole)]
    public async Task Get_ByWhoeverDoesNotRunThePlatform_IsRefused(string page)
    {
        var path = page.Replace("{id}", "x", StringComparison.Ordinal).Replace("{step}", "approve", StringComparison.Ordinal);
        var roleless = await host.RolelessAsync();
        foreach (var subject in (string[])[Carol, Sam, Lena, roleless])
        {
            using var client = await host.BrowserAsync(subject);
            using var answer = await client.GetAsync(path, Stop);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{subject} {path}: {answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData(One)]
    [InlineData(Checks)]
    [InlineData(Proof)]
    [InlineData(Test)]
    [InlineData(Step)]
    [InlineData(Suspend)]
    [TestsPage(One, PageCase.UnknownId)]
    [TestsPage(Checks, PageCase.UnknownId)]
    [TestsPage(Proof, PageCase.UnknownId)]
    [TestsPage(Test, PageCase.UnknownId)]
    [TestsPage(Step, PageCase.UnknownId)]
    [TestsPage(Suspend, PageCase.UnknownId)]
    public async Task Get_OfNoEnrolment_IsNotFound(string page)
    {
        using var client = await host.BrowserAsync(Alex);

        using var answer = await client.GetAsync(page.Replace("{id}", "x", StringComparison.Ordinal).Replace("{step}", "approve", StringComparison.Ordinal), Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    [TestsPage(New, PageCase.WrongState)]
    public async Task Draft_WithWrongFields_KeepsWhatWasTypedButTheSecret_AndLinksEachFault()
    {
        using var client = await host.BrowserAsync(Alex);

        using var answer = await client.PostFormAsync(New, "new", ("Typed.Agency", "Not A Name"), ("Typed.AgencyName", "Fens Police"), ("Typed.AgencyKind", "police"), ("Typed.Kind", "oidc"),
            ("Typed.Issuer", "http://8.8.8.8/"), ("Typed.ClientSecret", "a-secret-that-is-not-shown"), ("Typed.ExternalIdClaim", "email"), ("Typed.AgencyKey", "no key"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.PageAsync();
        string[] linked = [.. page.QuerySelectorAll(".govuk-error-summary a").Select(link => link.GetAttribute("href")![1..])];
        Assert.Superset(new HashSet<string> { "agency", "issuer", "clientId", "authentication", "externalIdClaim", "agencyKey" }, linked.ToHashSet());
        Assert.All(linked, id => Assert.NotNull(page.GetElementById(id)));
        Assert.Equal("Fens Police", ((IHtmlInputElement)page.GetElementById("agencyName")!).Value);
        Assert.DoesNotContain("a-secret-that-is-not-shown", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage(One, PageCase.HappyPath)]
    [TestsPage(Checks, PageCase.HappyPath)]
    public async Task Checks_OfAProviderThatDoesNotAnswer_SayWhy_AndNothingElseCanBegin()
    {
        var address = await host.DraftedAsync("silent-police", Nobody);
        using var client = await host.BrowserAsync(Alex);

        using var run = await client.PostFormAsync(address + "/checks", "checks");
        using var shown = await client.GetAsync(run.Headers.Location, Stop);
        using var list = await client.GetAsync(address, Stop);

        Assert.Contains("The provider’s metadata could not be read".Replace('’', '\''), (await shown.PageAsync()).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var tasks = (await list.PageAsync()).QuerySelectorAll(".govuk-task-list__item");
        Assert.Contains("Does not pass yet", tasks[0].TextContent, StringComparison.Ordinal);
        Assert.All(tasks.Skip(2), task => Assert.Contains("Cannot start yet", task.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    [TestsPage(Step, PageCase.WrongState)]
    [TestsPage(Test, PageCase.WrongState)]
    [TestsPage(Proof, PageCase.WrongState)]
    [TestsPage(Checks, PageCase.WrongState)]
    [TestsPage(One, PageCase.WrongState)]
    public async Task Steps_OutOfTurn_OrAfterItWasAbandoned_AreNotOffered()
    {
        var address = await host.DraftedAsync("early-police", Nobody);
        using var client = await host.BrowserAsync(Alex);
        foreach (var step in (string[])["test", "propose", "approve", "activate"])
        {
            await RefusesAsync(client, $"{address}/{step}");
        }

        using var unsigned = await client.PostFormAsync(address + "/proof", "proof", ("proof", host.Sign("another challenge")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unsigned.StatusCode);
        Assert.NotNull((await unsigned.PageAsync()).QuerySelector(".govuk-error-summary a[href='#proof']"));
        await DoAsync(client, address + "/abandon", "abandon");

        foreach (var step in (string[])["checks", "test", "proof", "propose", "approve", "activate", "abandon"])
        {
            await RefusesAsync(client, $"{address}/{step}");
        }

        using var shown = await client.GetAsync(address, Stop);
        Assert.Empty((await shown.PageAsync()).QuerySelectorAll(".govuk-task-list a"));
    }

    [Fact]
    [TestsPage(List, PageCase.HappyPath)]
    [TestsPage(New, PageCase.HappyPath)]
    [TestsPage(Proof, PageCase.HappyPath)]
    [TestsPage(Test, PageCase.HappyPath)]
    [TestsPage(Step, PageCase.HappyPath)]
    [TestsPage(Suspend, PageCase.HappyPath, PageCase.WrongState)]
    public async Task Enrolment_ByTwoAdministrators_WithATrialAndASignOut_IsInUse_AndCanBeSuspended()
    {
        const string Agency = "wiltshire-police";
        await using var provider = await host.ProviderAsync(Agency);
        using var client = await host.BrowserAsync(Alex);

        await host.EnrolAsync(Agency, provider.Ready);

        await SeesAsync(client, List, provider.Ready);
        var suspend = $"/access/enrolments/upstreams/{Agency}/suspend";
        using var unreasoned = await client.PostFormAsync(suspend, "suspend", ("reason", "No"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unreasoned.StatusCode);
        await DoAsync(client, suspend, "suspend", ("reason", Reason));
        await RefusesAsync(client, suspend);
    }

    [Fact]
    public async Task Proposal_WithoutATrial_NeedsAReason_WhichTheSecondAdministratorReads_AndNobodyApprovesTheirOwn()
    {
        const string Agency = "untried-police";
        await using var provider = await host.ProviderAsync(Agency);
        var address = await host.DraftedAsync(Agency, provider.Ready);
        using HttpClient alex = await host.BrowserAsync(Alex), robin = await host.BrowserAsync(Robin);
        await DoAsync(alex, address + "/checks", "checks");
        using (var proof = await alex.GetAsync(address + "/proof", Stop))
        {
            await DoAsync(alex, address + "/proof", "proof", ("proof", host.Sign((await proof.PageAsync()).QuerySelectorAll("code")[1].TextContent)));
        }

        using var unreasoned = await alex.PostFormAsync(address + "/propose", "propose", ("reason", ""));
        await DoAsync(alex, address + "/propose", "propose", ("reason", "Their provider opens to us on Monday."));
        using var own = await alex.PostFormAsync(address + "/approve", "approve");
        using var read = await robin.GetAsync(address + "/approve", Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, unreasoned.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, own.StatusCode);
        Assert.Contains("Another platform administrator", (await own.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Their provider opens to us on Monday.", (await read.PageAsync()).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task RefusesAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.Conflict, $"{path}: {answer.StatusCode}");
        Assert.Null((await answer.PageAsync()).QuerySelector("main form"));
    }
}
