using System.Net;
using AngleSharp.Html.Dom;
using Assize.Host.Tests.Coverage;
using Xunit;

namespace Assize.Host.Tests.Designer.Outline;

public sealed class StepPageTests(HostFixture host)
{
    private const string Page = "/designer/outline/{definitionId}/steps/{stepId}";
    private const string Path = "/designer/outline/mags-charged/steps/m5-initial-review";

    [Fact]
    [TestsPage(Page, PageCase.NoRole)]
    public Task Get_WithoutSignIn_IsChallenged() => host.ExpectAsync(HttpStatusCode.Unauthorized, null, Path);

    [Fact]
    [TestsPage(Page, PageCase.WrongRole)]
    public async Task Post_ByAReader_IsRefused_AndTheyAreShownNoForm()
    {
        using var reader = host.Client(Cast.Lawyer);

        using var shown = await reader.GetAsync(Path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Empty((await shown.PageAsync()).QuerySelectorAll("main form"));
        await host.ExpectForgedAsync(HttpStatusCode.Forbidden, Cast.Lawyer, Path, ("title", "Mine"));
    }

    [Fact]
    [TestsPage(Page, PageCase.UnknownId)]
    public Task Get_OfAnUnknownStep_IsNotThere() => host.ExpectAsync(HttpStatusCode.NotFound, Cast.ProcessOwner, "/designer/outline/mags-charged/steps/none");

    [Fact]
    [TestsPage(Page, PageCase.WrongState)]
    public async Task Post_AfterSomebodyElseSaved_NamesThem_KeepsWhatWasTyped_AndGoesThroughThen()
    {
        var path = await StepAsync("Two at once");
        using var one = host.Client(Cast.ProcessOwner);
        using var other = host.Client(Cast.SecondOwner);
        using var shown = await other.GetAsync(path, TestContext.Current.CancellationToken);
        using (await one.PostFormAsync(path, "steps", ("title", "By Polly")))
        {
        }

        using var refused = await other.SendFormAsync(shown, path, ("title", "By Otto"));
        using var sent = await other.SendFormAsync(refused, path, ("title", "By Otto"));

        var page = await refused.PageAsync();
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Polly Gorse saved this draft", page.QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("By Otto", ((IHtmlInputElement)page.QuerySelector("#title")!).Value);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
    }

    [Fact]
    public async Task Post_WithoutATitle_AsksForIt_AndKeepsTheRest()
    {
        using var owner = host.Client(Cast.ProcessOwner);

        using var refused = await owner.PostFormAsync(await StepAsync("Untitled"), "steps", ("title", " "), ("note", "Kept"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("Kept", (await refused.PageAsync()).QuerySelector("#note")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage(Page, PageCase.HappyPath)]
    public async Task Post_OfATitleAndAnInput_ChangesThese_AndNothingElse()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await host.CopyOfAsync("mags-charged", "Renamed");
        var before = await owner.LoadAsync(id);

        using var saved = await owner.PostFormAsync($"/designer/outline/{id}/steps/m5-initial-review", "steps",
            ("title", "Review of the prosecutor"), ("note", ""), ("in-due-as", "plain"), ("in-due", "5 working days after now"));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var after = await owner.LoadAsync(id);
        var (old, now) = (before.StepOf("m5-initial-review"), after.StepOf("m5-initial-review"));
        Assert.Equal("Review of the prosecutor", now["metadata"]!["displayText"]!.GetValue<string>());
        Assert.Equal("5 working days after now", now["due"]!["expression"]!["value"]!.GetValue<string>());
        foreach (var member in (string[])["agency", "role", "form", "outcomes", "instructions"])
        {
            Assert.Equal(old[member]!.ToJsonString(), now[member]!.ToJsonString());
        }

        Assert.Equal(before.Without("m5-initial-review"), after.Without("m5-initial-review"));
    }

    /// <summary>The page of the only step of a new workflow.</summary>
    private async Task<string> StepAsync(string name) => $"/designer/outline/{await host.BeginAsync(name)}/steps/start";
}
