using System.Net;
using System.Text.Json.Nodes;
using Assize.Host.Tests.Coverage;
using Assize.TestKit.Definitions;
using Xunit;

namespace Assize.Host.Tests.Designer;

public sealed class VerifyPageTests(HostFixture host)
{
    private const string Page = "/designer/verify/{definitionId}";

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(Cast.Roleless, HttpStatusCode.Forbidden)]
    [TestsPage(Page, PageCase.NoRole)]
    public async Task Get_WithoutARole_IsRefused(string? subject, HttpStatusCode expected) => await ExpectAsync(expected, subject, "intake");

    [Fact]
    [TestsPage(Page, PageCase.WrongRole)]
    public async Task Get_ByASystem_IsRefused() => await ExpectAsync(HttpStatusCode.Forbidden, Cast.PoliceSystem, "intake");

    [Fact]
    [TestsPage(Page, PageCase.UnknownId)]
    public async Task Get_OfAnUnknownWorkflow_IsNotThere() => await ExpectAsync(HttpStatusCode.NotFound, Cast.ProcessOwner, "none");

    [Fact]
    [TestsPage(Page, PageCase.WrongState)]
    public async Task Get_OfABrokenDraft_NamesTheStep_TheField_AndWhatToDo()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var begun = await owner.PostFormAsync("/designer", "", ("name", $"Verified {Guid.NewGuid():n}"));
        var id = begun.Headers.Location!.OriginalString.Split('/')[^1];
        var model = await owner.LoadAsync(id);
        model["root"]!["activities"]!.AsArray().Add(new JsonObject
        {
            ["id"] = "task",
            ["type"] = "Assize.CaseTask",
            ["version"] = 1,
            ["metadata"] = new JsonObject { ["displayText"] = "Look again" },
            ["form"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "no-such-form" } },
        });
        await owner.SaveAsync(model);

        using var shown = await owner.GetAsync($"/designer/verify/{id}", TestContext.Current.CancellationToken);

        var said = (await shown.PageAsync()).QuerySelector("main")!.TextContent;
        Assert.Contains("“Look again”, Form: Expected form 'no-such-form' to be published, but it is not. Publish the form first, or choose another.", said, StringComparison.Ordinal);
        Assert.Contains("Fill it in.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_OfAnUnsoundDraft_TellsTheWayInWords_AndDrawsIt()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var begun = await owner.PostFormAsync("/designer", "", ("name", $"Unsound {Guid.NewGuid():n}"));
        var id = begun.Headers.Location!.OriginalString.Split('/')[^1];
        await owner.SaveAsync((await owner.LoadAsync(id)).Redrawn(Draw.Flowchart(
            "flow", [Draw.Fork("fork", "A", "B"), Draw.Task("one"), Draw.Task("other"), Draw.End("end")], "fork:A -> one", "fork:B -> other", "one -> end")));

        using var shown = await owner.GetAsync($"/designer/verify/{id}", TestContext.Current.CancellationToken);

        var main = (await shown.PageAsync()).QuerySelector("main")!;
        Assert.Contains("The flow ends at “end” while “other” still runs, and is cut off. Let the branches meet before the end.", main.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, main.QuerySelectorAll("ol li").Length);
        Assert.Contains("other", Assert.Single(main.QuerySelectorAll("svg .trouble")).TextContent, StringComparison.Ordinal);
        Assert.Equal(3, main.QuerySelectorAll("svg .done").Length);
        Assert.Equal(3, main.QuerySelectorAll("svg .taken").Length);
        Assert.DoesNotContain("Publish the draft", main.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage(Page, PageCase.HappyPath)]
    public async Task Get_OfAPublishedVersion_ListsEveryCheck()
    {
        using var reader = host.Client(Cast.Lawyer);

        using var shown = await reader.GetAsync("/designer/verify/mags-charged", TestContext.Current.CancellationToken);

        var keys = (await shown.PageAsync()).QuerySelectorAll("main dt").Select(key => key.TextContent).ToList();
        Assert.All((string[])["Structure", "References", "Soundness", "Rehearsal on open cases"], check => Assert.Contains(check, keys));
    }

    private async Task ExpectAsync(HttpStatusCode expected, string? subject, string id)
    {
        using var client = host.Client(subject);
        using var answer = await client.GetAsync($"/designer/verify/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
    }
}
