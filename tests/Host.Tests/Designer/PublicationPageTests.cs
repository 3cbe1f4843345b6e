using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Assize.Host.Tests.Coverage;
using Assize.TestKit.Definitions;
using Xunit;

namespace Assize.Host.Tests.Designer;

public sealed class PublicationPageTests(HostFixture host)
{
    private const string Page = "/designer/publications/{id}";

    [Fact]
    [TestsPage(Page, PageCase.NoRole)]
    public async Task Get_WithoutSignIn_IsChallenged() => await ExpectAsync(HttpStatusCode.Unauthorized, null, await AskedAsync());

    [Fact]
    [TestsPage(Page, PageCase.WrongRole)]
    public async Task Get_ByAnotherRole_IsRefused() => await ExpectAsync(HttpStatusCode.Forbidden, Cast.Lawyer, await AskedAsync());

    [Fact]
    [TestsPage(Page, PageCase.UnknownId)]
    public async Task Get_OfAnUnknownRequest_IsNotThere() => await ExpectAsync(HttpStatusCode.NotFound, Cast.SecondOwner, "/designer/publications/none");

    [Fact]
    [TestsPage(Page, PageCase.WrongState)]
    public async Task Approve_ByWhoeverAsked_IsNotOffered_AndRefused()
    {
        var path = await AskedAsync();
        using var asker = host.Client(Cast.ProcessOwner);
        using var second = host.Client(Cast.SecondOwner);

        using var shown = await asker.GetAsync(path, TestContext.Current.CancellationToken);
        using var forged = await ForgeAsync(second, asker, path);

        Assert.Empty((await shown.PageAsync()).QuerySelectorAll("main form[action$=approve], main form[action$=refuse]"));
        Assert.Equal(HttpStatusCode.Conflict, forged.StatusCode);
        Assert.Contains("somebody else has to decide", (await forged.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage(Page, PageCase.HappyPath)]
    public async Task Approve_ByAnother_Publishes_AndIsOverThen()
    {
        var path = await AskedAsync();
        using var second = host.Client(Cast.SecondOwner);
        using var reader = host.Client(Cast.Lawyer);

        using var approved = await second.PostFormAsync(path, "approve");
        using var after = await second.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, approved.StatusCode);
        var page = await after.PageAsync();
        Assert.Contains("Published", page.QuerySelector(".govuk-tag")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main form"));
        Assert.True((await reader.LoadAsync(_id))["isPublished"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Approve_OfWhatNobodyCanProve_WaitsForAThirdPerson()
    {
        var path = await AskedAsync(Draw.Flowchart("flow", [Draw.Activity("join", "Elsa.FlowJoin", ("mode", Draw.Script("'WaitAny'"))), Draw.End("end")], "join -> end"));
        using var second = host.Client(Cast.SecondOwner);
        using var third = host.Client(Cast.ThirdOwner);
        using var reader = host.Client(Cast.Lawyer);

        using var before = await second.GetAsync(path, TestContext.Current.CancellationToken);
        using var once = await second.PostFormAsync(path, "approve");
        using var between = await second.GetAsync(path, TestContext.Current.CancellationToken);
        var waiting = await reader.AskAsync(HttpMethod.Get, $"/workflow-definitions/by-definition-id/{_id}?versionOptions=Latest");
        using var twice = await third.PostFormAsync(path, "approve");
        using var after = await third.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Contains("the mode of “join” is computed. So two process owners have to approve it", (await before.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
        var page = await between.PageAsync();
        Assert.Contains("You have approved this. Another process owner has to approve it as well.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main form[action$=approve], main form[action$=refuse]"));
        Assert.Equal(HttpStatusCode.NotFound, waiting.Status);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (once.StatusCode, twice.StatusCode));
        var published = (await after.PageAsync()).QuerySelector("main")!.TextContent;
        Assert.Contains("Otto Hazel", published, StringComparison.Ordinal);
        Assert.Contains("Tess Willow", published, StringComparison.Ordinal);
        Assert.True((await reader.LoadAsync(_id))["isPublished"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Refuse_WithoutAReason_AsksForIt_AndWithOne_IsKept()
    {
        var path = await AskedAsync();
        using var second = host.Client(Cast.SecondOwner);

        using var blank = await second.PostFormAsync(path, "refuse", ("reason", " "));
        using var refused = await second.PostFormAsync(path, "refuse", ("reason", "The listing step is missing."));
        using var after = await second.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Redirect), (blank.StatusCode, refused.StatusCode));
        Assert.Contains("The listing step is missing.", (await after.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage("/designer/versions/{definitionId}", PageCase.WrongState)]
    public async Task Versions_AfterASecondOne_SayWhatChanged_AndCanGoBack()
    {
        var path = await AskedAsync();
        using var owner = host.Client(Cast.ProcessOwner);
        using var second = host.Client(Cast.SecondOwner);
        using (await second.PostFormAsync(path, "approve"))
        {
        }

        await owner.SaveAsync((await owner.LoadAsync(_id)).Retitled("Begin here"), publish: true);
        await ApproveAsync(second, _id);
        using var versions = await owner.GetAsync($"/designer/versions/{_id}", TestContext.Current.CancellationToken);
        using var retracted = await owner.PostFormAsync($"/designer/versions/{_id}", "retract");
        using var unoffered = await owner.PostShownAsync(versions, "retract");
        using var reverted = await owner.PostFormAsync($"/designer/versions/{_id}", "revert");

        Assert.Contains("its title is now “Begin here”", (await versions.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Conflict, HttpStatusCode.Redirect), (retracted.StatusCode, unoffered.StatusCode, reverted.StatusCode));
        Assert.Equal(3, (await owner.LoadAsync(_id))["version"]!.GetValue<int>());
    }

    /// <summary>Approves what waits for a workflow.</summary>
    internal static async Task ApproveAsync(HttpClient second, string id)
    {
        using var list = await second.GetAsync("/designer/publications", TestContext.Current.CancellationToken);
        foreach (var link in (await list.PageAsync()).QuerySelectorAll("main table a").OfType<IHtmlAnchorElement>())
        {
            using var shown = await second.GetAsync(link.PathName, TestContext.Current.CancellationToken);
            if ((await shown.PageAsync()).QuerySelectorAll("main form[action$=approve]").Length == 0 || !await IsOfAsync(second, link.PathName, id))
            {
                continue;
            }

            using var approved = await second.PostFormAsync(link.PathName, "approve");
            Assert.Equal(HttpStatusCode.Redirect, approved.StatusCode);
            return;
        }

        Assert.Fail($"Expected a request for {id} to wait, but there is none.");
    }

    private string _id = "";

    private static async Task<bool> IsOfAsync(HttpClient client, string path, string id)
    {
        using var shown = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var name = (await shown.PageAsync()).QuerySelector("h1")!.TextContent;
        return id == Slug(name);
    }

    private static string Slug(string name) => string.Join('-', name.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries));

    // The page of a request that Polly made.
    private async Task<string> AskedAsync(JsonObject? flowchart = null)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var second = host.Client(Cast.SecondOwner);
        var name = $"Asked {Guid.NewGuid():n}";
        using var begun = await owner.PostFormAsync("/designer", "", ("name", name));
        _id = begun.Headers.Location!.OriginalString.Split('/')[^1];
        if (flowchart is not null)
        {
            await owner.SaveAsync((await owner.LoadAsync(_id)).Redrawn(flowchart));
        }

        var (status, body) = await owner.AskToPublishAsync(_id);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(flowchart is null ? "waits for another process owner" : "waits for two other process owners", body.Said(), StringComparison.Ordinal);
        using var list = await second.GetAsync("/designer/publications", TestContext.Current.CancellationToken);
        return (await list.PageAsync()).QuerySelectorAll("main table a").OfType<IHtmlAnchorElement>().Single(link => link.TextContent == name).PathName;
    }

    // Posts to the approval with the form that another person was shown.
    private static async Task<HttpResponseMessage> ForgeAsync(HttpClient shownTo, HttpClient sentBy, string path)
    {
        using var shown = await shownTo.GetAsync(path, TestContext.Current.CancellationToken);
        var hash = ((IHtmlInputElement)(await shown.PageAsync()).QuerySelector("input[name=hash]")!).Value;
        using var own = await sentBy.GetAsync("/designer", TestContext.Current.CancellationToken);
        var token = ((IHtmlInputElement)(await own.PageAsync()).QuerySelector("main form input[name=__RequestVerificationToken]")!).Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{path}?handler=approve")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("hash", hash), KeyValuePair.Create("__RequestVerificationToken", token)]),
        };
        return await sentBy.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task ExpectAsync(HttpStatusCode expected, string? subject, string path)
    {
        using var client = host.Client(subject);
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
    }
}
