using System.Net;
using AngleSharp.Html.Dom;
using Assize.Host.Tests.Coverage;
using Assize.Host.Tests.Designer.Rules;
using Xunit;

namespace Assize.Host.Tests.Designer.Outline;

public sealed class CasesPageTests(HostFixture host)
{
    private const string Page = "/designer/outline/{definitionId}/cases";

    [Fact]
    [TestsPage(Page, PageCase.NoRole)]
    public Task Get_WithoutSignIn_IsChallenged() => host.ExpectAsync(HttpStatusCode.Unauthorized, null, "/designer/outline/mags-charged/cases");

    [Fact]
    [TestsPage(Page, PageCase.WrongRole)]
    public Task Get_WithoutARole_IsRefused() => host.ExpectAsync(HttpStatusCode.Forbidden, Cast.Roleless, "/designer/outline/mags-charged/cases");

    [Fact]
    [TestsPage(Page, PageCase.UnknownId)]
    public Task Get_OfAnUnknownWorkflow_IsNotThere() => host.ExpectAsync(HttpStatusCode.NotFound, Cast.ProcessOwner, "/designer/outline/none/cases");

    [Fact]
    public async Task Get_ByWhoeverMayNotSeeTheCase_DoesNotShowIt()
    {
        using var stranger = host.Client(Cast.Stranger);

        var shown = await stranger.OpenAsync($"/designer/outline/mags-charged/cases?find={host.Urn}");

        Assert.DoesNotContain(host.Urn, shown.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage(Page, PageCase.WrongState)]
    public async Task Get_OfADraftThatNothingRunsOn_SaysSo()
    {
        using var owner = host.Client(Cast.ProcessOwner);

        var shown = await owner.OpenAsync($"/designer/outline/{await host.BeginAsync("Runs nowhere")}/cases");

        Assert.Contains("None of the newest cases that you may see runs on it.", shown.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage(Page, PageCase.HappyPath)]
    public async Task Get_ByWhoeverMaySeeTheCase_LeadsToWhereItStands()
    {
        using var reader = host.Client(Cast.Lawyer);

        var shown = await reader.OpenAsync($"/designer/outline/mags-charged/cases?find={host.Urn}");

        Assert.Equal($"/cases/{host.Urn}/process", shown.QuerySelector("main tbody a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Try_OfADraft_BeginsOnePracticeCase_WhoseStandingIsShown_AndListed()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var path = $"/designer/outline/{await host.CopyOfAsync("mags-charged", "Tried")}";
        using var shown = await owner.GetAsync(path, TestContext.Current.CancellationToken);

        using var begun = await owner.PostShownAsync(shown, "try");
        using var again = await owner.PostShownAsync(shown, "try");

        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        Assert.Equal(begun.Headers.Location, again.Headers.Location);
        var practice = await owner.OpenAsync(begun.Headers.Location!.OriginalString);
        Assert.NotNull(practice.QuerySelector(".assize-process svg .here"));
        Assert.Contains("Stands at:", practice.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var listed = Assert.Single((await owner.OpenAsync($"{path}/cases")).QuerySelectorAll("main tbody a").OfType<IHtmlAnchorElement>());
        Assert.Equal(begun.Headers.Location.OriginalString, listed.GetAttribute("href"));
    }

    [Theory]
    [InlineData(Cast.Lawyer)]
    [InlineData(Cast.Stranger)]
    public async Task Try_ByAReader_IsNotOffered_AndRefused(string subject)
    {
        using var reader = host.Client(subject);

        var shown = await reader.OpenAsync("/designer/outline/mags-charged");

        Assert.Empty(shown.QuerySelectorAll("main form"));
        await host.ExpectForgedAsync(HttpStatusCode.Forbidden, subject, "/designer/outline/mags-charged?handler=try");
    }
}
