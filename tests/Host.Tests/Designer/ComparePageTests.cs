using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Host.Tests.Designer.Outline;
using Xunit;

namespace Assize.Host.Tests.Designer;

public sealed class ComparePageTests(HostFixture host)
{
    private const string Page = "/designer/compare/{definitionId}";

    [Fact]
    [TestsPage(Page, PageCase.NoRole)]
    public Task Get_WithoutARole_IsRefused() => host.ExpectAsync(HttpStatusCode.Forbidden, Cast.Roleless, "/designer/compare/mags-charged");

    [Fact]
    [TestsPage(Page, PageCase.WrongRole)]
    public async Task Get_OfADraft_ByAReader_IsNotThere()
    {
        var id = await host.CopyOfAsync("intake", "Compared by a reader");

        await host.ExpectAsync(HttpStatusCode.NotFound, Cast.Lawyer, $"/designer/compare/{id}");
        await host.ExpectAsync(HttpStatusCode.NotFound, Cast.Lawyer, "/designer/compare/intake?to=draft");
    }

    [Theory]
    [InlineData("/designer/compare/none")]
    [InlineData("/designer/compare/mags-charged?from=99")]
    [TestsPage(Page, PageCase.UnknownId)]
    public Task Get_OfWhatIsNotThere_IsNotFound(string path) => host.ExpectAsync(HttpStatusCode.NotFound, Cast.ProcessOwner, path);

    [Fact]
    [TestsPage(Page, PageCase.WrongState)]
    public async Task Get_OfOneVersionWithItself_SaysThatNothingIsDifferent()
    {
        using var reader = host.Client(Cast.Lawyer);

        using var shown = await reader.GetAsync("/designer/compare/mags-charged?from=2&to=2", TestContext.Current.CancellationToken);

        var page = await shown.PageAsync();
        Assert.Contains("Nothing is different.", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("svg"));
    }

    [Fact]
    [TestsPage(Page, PageCase.HappyPath)]
    public async Task Get_OfTwoVersions_DrawsWhatIsNew_AndSaysItInWords()
    {
        using var reader = host.Client(Cast.Lawyer);

        using var shown = await reader.GetAsync("/designer/compare/mags-charged?from=1&to=2", TestContext.Current.CancellationToken);

        var page = await shown.PageAsync();
        Assert.Equal(3, page.QuerySelectorAll("svg g.step.added").Length);
        Assert.All(page.QuerySelectorAll("svg g.step.added"), step => Assert.Contains("+ New", step.TextContent, StringComparison.Ordinal));
        Assert.NotEmpty(page.QuerySelectorAll("svg path.arrow.removed"));
        Assert.StartsWith("Steps: 3 new, 0 gone", page.QuerySelector("svg desc")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The step “Vacate the hearing that is listed” (x-vacate) is new.", page.QuerySelector("main ul.govuk-list--bullet")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_OfADraft_DrawsWhatIsGone_AndWhatIsChanged()
    {
        var id = await host.CopyOfAsync("intake", "Drawn anew");
        using var owner = host.Client(Cast.ProcessOwner);
        using var second = host.Client(Cast.SecondOwner);
        await owner.AskToPublishAsync(id);
        await PublicationPageTests.ApproveAsync(second, id);
        using (await owner.PostFormAsync($"/designer/outline/{id}/steps/duplicate/remove", "remove", ("onTo", "")))
        {
        }

        using (await owner.PostFormAsync($"/designer/outline/{id}/steps/validate", "steps", ("title", "Check it")))
        {
        }

        using var shown = await owner.GetAsync($"/designer/compare/{id}", TestContext.Current.CancellationToken);

        var page = await shown.PageAsync();
        Assert.Contains("− Gone", Assert.Single(page.QuerySelectorAll("svg g.step.removed")).TextContent, StringComparison.Ordinal);
        Assert.Contains("Check it", Assert.Single(page.QuerySelectorAll("svg g.step.changed")).TextContent, StringComparison.Ordinal);
    }
}
