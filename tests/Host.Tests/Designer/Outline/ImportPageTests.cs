using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Host.Tests.Designer.Rules;
using Xunit;

namespace Assize.Host.Tests.Designer.Outline;

public sealed class ImportPageTests(HostFixture host)
{
    private const string Page = "/designer/outline/{definitionId}/import";

    [Fact]
    [TestsPage(Page, PageCase.NoRole)]
    public Task Get_WithoutSignIn_IsChallenged() => host.ExpectAsync(HttpStatusCode.Unauthorized, null, "/designer/outline/mags-charged/import");

    [Theory]
    [InlineData(Cast.Lawyer)]
    [InlineData(Cast.RightlessOwner)]
    [TestsPage(Page, PageCase.WrongRole)]
    public async Task Get_WithoutTheRightToDraft_IsRefused(string subject)
    {
        await host.ExpectAsync(HttpStatusCode.Forbidden, subject, "/designer/outline/mags-charged/import");
        await host.ExpectForgedAsync(HttpStatusCode.Forbidden, Cast.RightlessOwner, "/designer/outline/mags-charged/import");
    }

    [Fact]
    [TestsPage(Page, PageCase.UnknownId)]
    public Task Get_OfAnUnknownWorkflow_IsNotThere() => host.ExpectAsync(HttpStatusCode.NotFound, Cast.ProcessOwner, "/designer/outline/none/import");

    [Fact]
    [TestsPage(Page, PageCase.WrongState)]
    public async Task Post_OfADraftThatAnotherSaved_IsRefused_AndTheirsStands()
    {
        var path = $"/designer/outline/{await host.BeginAsync("Brought in too late")}";
        using var one = host.Client(Cast.ProcessOwner);
        using var other = host.Client(Cast.SecondOwner);
        using var old = await other.GetAsync($"{path}/import", TestContext.Current.CancellationToken);
        using (await one.PostFormAsync($"{path}/steps/start", "steps", ("title", "By Polly")))
        {
        }

        using var refused = await other.SendFileAsync(old, "import", "{}", "file");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Polly Gorse saved this draft", (await refused.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("By Polly", (await one.OpenAsync(path)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Choose a file")]
    [InlineData("no JSON", "is no workflow that can be drawn")]
    [InlineData("""{ "definitionId": "x", "root": { "id": "a" } }""", "is no workflow that can be drawn")]
    public async Task Post_OfWhatIsNoWorkflow_SaysWhy_AndTheDraftStaysAsItWas(string sent, string said)
    {
        var id = await host.BeginAsync("Not brought in");
        using var owner = host.Client(Cast.ProcessOwner);
        var before = await owner.LoadAsync(id);

        using var refused = await owner.SendFileAsync($"/designer/outline/{id}/import", "import", sent);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(said, (await refused.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before.ToJsonString(), (await owner.LoadAsync(id)).ToJsonString());
    }

    [Fact]
    [TestsPage(Page, PageCase.HappyPath)]
    public async Task File_SavedFromOneWorkflow_AndBroughtIntoAnother_SaysThere_WhatItSaidHere()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var (from, to) = (await host.CopyOfAsync("mags-charged", "Saved"), await host.BeginAsync("Brought in"));
        var file = await FileAsync(owner, from);

        using var brought = await owner.SendFileAsync($"/designer/outline/{to}/import", "import", file);

        Assert.Equal((HttpStatusCode.Redirect, $"/designer/outline/{to}"), (brought.StatusCode, brought.Headers.Location!.OriginalString));
        Assert.Equal(Unnamed(file, from), Unnamed(await FileAsync(owner, to), to));
        using var copy = await owner.GetAsync($"/designer/versions/{to}?handler=copy", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, copy.StatusCode);
    }

    private static async Task<string> FileAsync(HttpClient owner, string id) =>
        await owner.GetStringAsync($"/designer/versions/{id}?handler=file", TestContext.Current.CancellationToken);

    // What this server gives: whose it is, its number and its revision.
    private static string Unnamed(string file, string id)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(file)!.AsObject();
        Assert.Equal(id, json["definitionId"]!.GetValue<string>());
        json.Remove("definitionId");
        json["root"]!["customProperties"]!.AsObject().Remove("revision");
        return json.ToJsonString();
    }
}
