using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Assize.Host.Tests.Designer;

public sealed class DraftingTests(HostFixture host)
{
    [Fact]
    public async Task Save_OfAPublishedWorkflow_BeginsADraft_AndThePublishedVersionStands()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var reader = host.Client(Cast.Lawyer);
        var id = await PublishedAsync("Copy for a first draft");
        var before = await owner.LoadAsync(id);

        var (status, body) = await owner.SaveAsync(before.Retitled("Another title"));

        var saved = body!["workflowDefinition"]!;
        Assert.Equal((HttpStatusCode.OK, 2, true, false), (status, saved["version"]!.GetValue<int>(), saved["isLatest"]!.GetValue<bool>(), saved["isPublished"]!.GetValue<bool>()));
        Assert.Equal("publish", saved["links"]![0]!["rel"]!.GetValue<string>());
        Assert.Equal(1, (await reader.LoadAsync(id))["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Save_OfTheSameAgain_IsTheSameDraft()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var model = (await owner.LoadAsync(await BeginAsync("Saved twice"))).Retitled("Once");

        var first = await owner.SaveAsync(model);
        var second = await owner.SaveAsync(model);

        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Equal(first.Body!.ToJsonString(), second.Body!.ToJsonString());
    }

    [Fact]
    public async Task Save_AfterSomebodyElseSaved_NamesThem_AndKeepsWhatWasSent()
    {
        using var one = host.Client(Cast.ProcessOwner);
        using var other = host.Client(Cast.SecondOwner);
        var id = await BeginAsync("Two editors");
        var seen = await one.LoadAsync(id);
        await one.SaveAsync(seen.Retitled("by Polly"));

        var (status, body) = await other.SaveAsync(seen.Retitled("by Otto"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Polly Gorse saved this draft", body.Said(), StringComparison.Ordinal);
        Assert.Contains("by Polly", (await other.LoadAsync(id)).ToJsonString(), StringComparison.Ordinal);
        using var copy = await other.GetAsync($"/designer/versions/{id}?handler=copy", TestContext.Current.CancellationToken);
        Assert.Contains("by Otto", await copy.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_ByTwoPeopleAtOnce_OneStands_AndTheOtherIsTold()
    {
        using var one = host.Client(Cast.ProcessOwner);
        var seen = await one.LoadAsync(await BeginAsync("Many at once"));

        using var other = host.Client(Cast.SecondOwner);

        var answers = await Task.WhenAll(one.SaveAsync(seen.Retitled("One")), other.SaveAsync(seen.Retitled("Other")));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Save_ByTheSamePersonAgain_FollowsTheirOwn()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await BeginAsync("Stroke by stroke");
        var seen = await owner.LoadAsync(id);
        await owner.SaveAsync(seen.Retitled("First"));

        var (status, _) = await owner.SaveAsync(seen.Retitled("Second"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Second", (await owner.LoadAsync(id)).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_FromAnotherWindowOfTheSamePerson_IsTold_AndEachWindowFollowsItsOwn()
    {
        using var one = host.Client(Cast.ProcessOwner);
        using var other = host.Client(Cast.ProcessOwner);
        one.DefaultRequestHeaders.Add("X-Assize-Window", "one");
        other.DefaultRequestHeaders.Add("X-Assize-Window", "other");
        var id = await BeginAsync("Two windows");
        var seen = await one.LoadAsync(id);
        await one.SaveAsync(seen.Retitled("First"));
        var (again, _) = await one.SaveAsync(seen.Retitled("Second"));

        var (stale, body) = await other.SaveAsync(seen.Retitled("Elsewhere"));
        var (reloaded, _) = await other.SaveAsync((await other.LoadAsync(id)).Retitled("Third"));
        var (behind, _) = await one.SaveAsync(seen.Retitled("Fourth"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.BadRequest), (again, stale, reloaded, behind));
        Assert.Contains("in another window", body.Said(), StringComparison.Ordinal);
        Assert.Contains("Third", (await one.LoadAsync(id)).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_ByAReader_IsRefused()
    {
        using var reader = host.Client(Cast.Lawyer);

        var (status, _) = await reader.SaveAsync((await reader.LoadAsync("intake")).Retitled("Mine"));

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Empty((await reader.LoadAsync("intake"))["links"]!.AsArray());
    }

    [Fact]
    public async Task Publish_OfABrokenDraft_KeepsIt_AndNamesTheStep()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await BeginAsync("Broken");
        var model = await owner.LoadAsync(id);
        model["root"]!["activities"]!.AsArray().Add(new JsonObject { ["id"] = "odd", ["type"] = "Vendor.Unknown", ["version"] = 1 });

        var (status, body) = await owner.SaveAsync(model, publish: true);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("odd: ", body.Said(), StringComparison.Ordinal);
        Assert.Contains("Vendor.Unknown", (await owner.LoadAsync(id)).ToJsonString(), StringComparison.Ordinal);
        var (_, descriptors) = await owner.AskAsync(HttpMethod.Get, "/descriptors/activities");
        Assert.Contains("Vendor.Unknown", descriptors!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfWhatCannotBeDrawn_IsRefused_AndKeptAsACopy()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await BeginAsync("Imported");
        var model = await owner.LoadAsync(id);
        model["root"]!["activities"]!.AsArray().Add(model["root"]!["activities"]![0]!.DeepClone());

        var (status, body) = await owner.AskAsync(HttpMethod.Post, "/workflow-definitions/import", model);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("kept as it was sent, as your copy", body.Said(), StringComparison.Ordinal);
        Assert.Single((await owner.LoadAsync(id))["root"]!["activities"]!.AsArray());
    }

    [Fact]
    public async Task Import_OverWhatSomebodyElseDrew_KeepsTheirsAsACopy_AndSaysSo()
    {
        using var polly = host.Client(Cast.ProcessOwner);
        using var otto = host.Client(Cast.SecondOwner);
        var id = await BeginAsync("Imported over");
        var file = await otto.LoadAsync(id);
        await polly.SaveAsync(file.Retitled("by Polly"));

        using var answer = await ImportAsync(otto, file.Retitled("from a file"));

        Assert.Contains("kept as your copy", Uri.UnescapeDataString(Assert.Single(answer.Headers.GetValues("x-assize-said"))), StringComparison.Ordinal);
        Assert.Contains("from a file", (await otto.LoadAsync(id)).ToJsonString(), StringComparison.Ordinal);
        using var copy = await otto.GetAsync($"/designer/versions/{id}?handler=copy", TestContext.Current.CancellationToken);
        Assert.Contains("by Polly", await copy.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("window", "window", 1)]
    [InlineData("window", "another", 2)]
    public async Task Create_OfTheSameAgain_OverALostAnswer_IsTheSameDraft(string one, string other, int drafts)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var model = (await owner.LoadAsync(await BeginAsync("To be created"))).Retitled("New");
        (model["id"], model["definitionId"], model["name"]) = (null, null, $"Created {Guid.NewGuid():n}");

        var ids = new List<string>();
        foreach (var window in (string[])[one, other])
        {
            using var client = host.Client(Cast.ProcessOwner);
            client.DefaultRequestHeaders.Add("X-Assize-Window", $"{window} {model["name"]}"[..40]);
            ids.Add((await client.SaveAsync(model)).Body!["workflowDefinition"]!["definitionId"]!.GetValue<string>());
        }

        Assert.Equal(drafts, ids.Distinct().Count());
    }

    [Fact]
    public async Task Export_ThenImport_ThenExport_IsIdentical()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await BeginAsync("There and back");
        await owner.SaveAsync((await owner.LoadAsync(id)).Retitled("Drawn"));
        var (_, first) = await owner.AskAsync(HttpMethod.Get, $"/workflow-definitions/{id}/export?versionOptions=1");

        await owner.AskAsync(HttpMethod.Post, "/workflow-definitions/import", first);
        var (_, second) = await owner.AskAsync(HttpMethod.Get, $"/workflow-definitions/{id}/export?versionOptions=1");

        Assert.Equal(first!.ToJsonString(), second!.ToJsonString());
    }

    [Fact]
    public async Task Delete_OfAPublishedWorkflow_IsRefused_WithTheWayOut()
    {
        using var owner = host.Client(Cast.ProcessOwner);

        var (status, body) = await owner.AskAsync(HttpMethod.Delete, "/workflow-definitions/intake");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("retract", body.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ByPage_TellsOfDraftsToProcessOwnersOnly()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var reader = host.Client(Cast.Lawyer);
        var id = await BeginAsync("Only a draft");

        var (_, seen) = await owner.AskAsync(HttpMethod.Get, "/workflow-definitions?versionOptions=Latest&Page=0&PageSize=100");
        var (_, hidden) = await reader.AskAsync(HttpMethod.Get, "/workflow-definitions?versionOptions=Latest&Page=0&PageSize=100");

        Assert.Contains($"\"{id}\"", seen!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain($"\"{id}\"", hidden!.ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> ImportAsync(HttpClient client, JsonObject file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/elsa/api/workflow-definitions/import") { Content = new StringContent(file.ToJsonString(), null, "application/json") };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }

    /// <summary>A new workflow through our own page; gives its id.</summary>
    private async Task<string> BeginAsync(string name)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var begun = await owner.PostFormAsync("/designer", "", ("name", $"{name} {Guid.NewGuid():n}"));
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        return begun.Headers.Location!.OriginalString.Split('/')[^1];
    }

    private async Task<string> PublishedAsync(string name)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var second = host.Client(Cast.SecondOwner);
        var id = await BeginAsync(name);
        await owner.AskToPublishAsync(id);
        await PublicationPageTests.ApproveAsync(second, id);
        return id;
    }
}
