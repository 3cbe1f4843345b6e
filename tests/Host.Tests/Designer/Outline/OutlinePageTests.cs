using System.Net;
using Assize.Host.Tests.Coverage;
using Xunit;

namespace Assize.Host.Tests.Designer.Outline;

public sealed class OutlinePageTests(HostFixture host)
{
    private const string Page = "/designer/outline/{definitionId}";

    [Fact]
    [TestsPage(Page, PageCase.NoRole)]
    public Task Get_WithoutSignIn_IsChallenged() => host.ExpectAsync(HttpStatusCode.Unauthorized, null, "/designer/outline/mags-charged");

    [Fact]
    public Task Get_WithoutARole_IsRefused() => host.ExpectAsync(HttpStatusCode.Forbidden, Cast.Roleless, "/designer/outline/mags-charged");

    [Fact]
    [TestsPage(Page, PageCase.UnknownId)]
    public Task Get_OfAnUnknownWorkflow_IsNotThere() => host.ExpectAsync(HttpStatusCode.NotFound, Cast.ProcessOwner, "/designer/outline/none");

    [Fact]
    [TestsPage(Page, PageCase.WrongRole, PageCase.WrongState)]
    public async Task Get_OfADraft_ByAReader_IsNotThere()
    {
        var id = await host.BeginAsync("Seen by owners only");

        await host.ExpectAsync(HttpStatusCode.NotFound, Cast.Lawyer, $"/designer/outline/{id}");
    }

    [Fact]
    public async Task Begin_InTheOutline_LeadsToTheOutlineOfTheNewWorkflow()
    {
        using var owner = host.Client(Cast.ProcessOwner);

        using var begun = await owner.PostFormAsync("/designer", "", ("name", $"By keyboard {Guid.NewGuid():n}"), ("in", "outline"));

        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        Assert.StartsWith("/designer/outline/by-keyboard", begun.Headers.Location!.OriginalString, StringComparison.Ordinal);
        await host.ExpectAsync(HttpStatusCode.OK, Cast.ProcessOwner, begun.Headers.Location.OriginalString);
    }

    [Fact]
    [TestsPage(Page, PageCase.HappyPath)]
    public async Task Get_OfAPublishedWorkflow_ListsItsStepsInReadingOrder_WithWhereEachLeads()
    {
        using var reader = host.Client(Cast.Lawyer);

        using var answer = await reader.GetAsync("/designer/outline/intake", TestContext.Current.CancellationToken);

        var steps = (await answer.PageAsync()).QuerySelectorAll(".assize-outline__step").ToList();
        Assert.Equal(["1", "2", "3", "4"], steps.Take(4).Select(step => step.QuerySelector(".assize-outline__number")!.TextContent));
        Assert.Equal("Prosecution received", steps[0].QuerySelector("h3 a")!.TextContent);
        Assert.Equal("2. Validate", steps[0].QuerySelector(".assize-outline__leads a")!.TextContent);
        Assert.Contains("Valid:", steps[1].TextContent, StringComparison.Ordinal);
        Assert.Empty((await answer.PageAsync()).QuerySelectorAll("main form"));
    }
}
