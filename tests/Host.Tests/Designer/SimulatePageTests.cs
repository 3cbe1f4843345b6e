using System.Net;
using Assize.Host.Tests.Coverage;
using Xunit;

namespace Assize.Host.Tests.Designer;

public sealed class SimulatePageTests(HostFixture host)
{
    private const string Route = "/designer/simulate/{definitionId}";
    private const string Page = "/designer/simulate/mags-charged";

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(Cast.Roleless, HttpStatusCode.Forbidden)]
    [TestsPage(Route, PageCase.NoRole)]
    public Task Get_WithoutARole_IsRefused(string? subject, HttpStatusCode expected) => ExpectAsync(expected, subject, Page);

    [Fact]
    [TestsPage(Route, PageCase.WrongRole)]
    public Task Get_ByAnotherRole_IsRefused() => ExpectAsync(HttpStatusCode.Forbidden, Cast.Lawyer, Page);

    [Fact]
    [TestsPage(Route, PageCase.UnknownId)]
    public Task Get_OfAnUnknownWorkflow_IsNotThere() => ExpectAsync(HttpStatusCode.NotFound, Cast.ProcessOwner, "/designer/simulate/none");

    [Fact]
    [TestsPage(Route, PageCase.WrongState)]
    public async Task Run_WithTermsThatSayNothing_NamesEach_AndKeepsThem()
    {
        using var owner = host.Client(Cast.ProcessOwner);

        using var answer = await owner.GetAsync($"{Page}?run=true&cases=many&seed=-1&minutes=0&from-day=31&from-month=2&from-year=2027&known-day=0&known-month=1&known-year=2027&staff-legal-adviser=none", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.Equal(["#from-day", "#known-day", "#cases", "#seed", "#minutes", "#staff-legal-adviser"], page.QuerySelectorAll(".govuk-error-summary a").Select(link => link.GetAttribute("href")!));
        Assert.All(page.QuerySelectorAll(".govuk-error-summary a"), link => Assert.NotNull(page.QuerySelector(link.GetAttribute("href")!)));
        Assert.Equal("many", page.QuerySelector("#cases")!.GetAttribute("value"));
    }

    [Fact]
    [TestsPage(Route, PageCase.HappyPath)]
    public async Task Run_ShowsQueuesAndLateness_AsPlotsAndTables_TheSameEachTime()
    {
        using var owner = host.Client(Cast.ProcessOwner);

        using var first = await owner.GetAsync($"{Page}?run=true&cases=20&seed=3&minutes=30&staff-legal-adviser=1", TestContext.Current.CancellationToken);
        using var again = await owner.GetAsync($"{Page}?run=true&cases=20&seed=3&minutes=30&staff-legal-adviser=1", TestContext.Current.CancellationToken);

        var page = await first.PageAsync();
        Assert.Equal(3, page.QuerySelectorAll("main svg[role=img]").Length);
        Assert.Equal(53, page.QuerySelectorAll("main table")[0].QuerySelectorAll("tbody tr").Length);
        Assert.Contains("Legal adviser", page.QuerySelectorAll("main table")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal(page.QuerySelector("main")!.TextContent, (await again.PageAsync()).QuerySelector("main")!.TextContent);
    }

    private async Task ExpectAsync(HttpStatusCode expected, string? subject, string path)
    {
        using var client = host.Client(subject);
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
    }
}
