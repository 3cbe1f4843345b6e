using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Assize.Host.Tests.Designer.Outline;
using Assize.Host.Tests.Designer.Rules;
using Xunit;

namespace Assize.Host.Tests.Designer;

/// <summary>What belongs to another owner: shown as it is published, and changed by no route and no page.</summary>
public sealed class DraftingRightTests(HostFixture host)
{
    private const string National = "intake";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "/workflow-definitions/intake/publish")]
    [InlineData("POST", "/workflow-definitions/intake/retract")]
    [InlineData("POST", "/workflow-definitions/intake/revert/1")]
    [InlineData("DELETE", "/workflow-definitions/intake")]
    public async Task Studio_WithoutTheRight_ChangesNothing_AndIsTold(string method, string route)
    {
        using var force = host.Client(Cast.ForceOwner);
        using var owner = host.Client(Cast.ProcessOwner);
        var before = await owner.LoadAsync(National);

        var (status, body) = await force.AskAsync(new HttpMethod(method), route, new JsonObject());

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("belongs to the national baseline, and you hold no drafting right", body.Said(), StringComparison.Ordinal);
        Assert.Equal(before.ToJsonString(), (await owner.LoadAsync(National)).ToJsonString());
    }

    [Fact]
    public async Task Studio_OffersNoChange_AndRefusesSavesAndImports_WithoutTheRight()
    {
        using var force = host.Client(Cast.ForceOwner);
        var shown = await force.LoadAsync(National);

        var (saved, body) = await force.SaveAsync(shown.Retitled("Forged"));
        var (imported, _) = await force.AskAsync(HttpMethod.Post, "/workflow-definitions/import", shown.Retitled("Forged"));
        var (_, list) = await force.AskAsync(HttpMethod.Get, "/workflow-definitions?versionOptions=Latest&PageSize=100");

        Assert.Equal((0, true), (shown["links"]!.AsArray().Count, shown["isReadonly"]!.GetValue<bool>()));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (saved, imported));
        Assert.Contains("no drafting right", body.Said(), StringComparison.Ordinal);
        Assert.Empty(list!["items"]!.AsArray().Single(row => row!["definitionId"]!.GetValue<string>() == National)!["links"]!.AsArray());
        Assert.Equal(1, (await force.LoadAsync(National))["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Palette_TellsNothingOfDraftsThatMayNotBeOpened()
    {
        using var force = host.Client(Cast.ForceOwner);
        using var owner = host.Client(Cast.ProcessOwner);
        var model = await owner.LoadAsync(await host.BeginAsync("Not shown"));
        model["root"]!["activities"]!.AsArray().Add(new JsonObject { ["id"] = "odd", ["type"] = "Vendor.OfADraftAlone", ["version"] = 1 });
        await owner.SaveAsync(model);

        var (_, own) = await owner.AskAsync(HttpMethod.Get, "/descriptors/activities?Refresh=True");
        var (_, theirs) = await force.AskAsync(HttpMethod.Get, "/descriptors/activities?Refresh=True");

        Assert.Contains("Vendor.OfADraftAlone", own!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Vendor.OfADraftAlone", theirs!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("Assize.CaseTask", theirs.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_WithoutTheRight_AreLeftAsTheyAre()
    {
        using var force = host.Client(Cast.ForceOwner);
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await host.BeginAsync("Not theirs");
        JsonObject asked = new() { ["definitionIds"] = new JsonArray(id), ["ids"] = new JsonArray($"{id}@1") };

        var (_, deleted) = await force.AskAsync(HttpMethod.Post, "/bulk-actions/delete/workflow-definitions/by-definition-id", asked.DeepClone());
        var (_, versions) = await force.AskAsync(HttpMethod.Post, "/bulk-actions/delete/workflow-definitions/by-id", asked.DeepClone());
        var (_, retracted) = await force.AskAsync(HttpMethod.Post, "/bulk-actions/retract/workflow-definitions/by-definition-ids", asked.DeepClone());
        await force.AskAsync(HttpMethod.Post, "/bulk-actions/publish/workflow-definitions/by-definition-ids", asked.DeepClone());

        Assert.Equal((0, 0, 0), (deleted!["deleted"]!.GetValue<int>(), versions!["deleted"]!.GetValue<int>(), retracted!["retracted"]!.AsArray().Count));
        Assert.Equal(1, (await owner.LoadAsync(id))["version"]!.GetValue<int>());
        Assert.DoesNotContain(id, (await owner.OpenAsync("/designer/publications")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_OfAForce_IsItsOwn_AskedForAndApprovedThere_AndHiddenFromOthers()
    {
        using var force = host.Client(Cast.ForceOwner);
        using var second = host.Client(Cast.SecondForceOwner);
        using var national = host.Client(Cast.SecondOwner);
        var name = $"Force checks {Guid.NewGuid():n}";
        using var begun = await force.PostFormAsync("/designer", "", ("name", name));
        var id = begun.Headers.Location!.OriginalString.Split('/')[^1];

        var (hidden, _) = await national.AskAsync(HttpMethod.Get, $"/workflow-definitions/by-definition-id/{id}?versionOptions=Latest");
        var (export, _) = await national.AskAsync(HttpMethod.Get, $"/workflow-definitions/{id}/export");
        using var asked = await force.PostFormAsync($"/designer/outline/{id}", "request");
        using var waits = await second.GetAsync("/designer/publications", Stop);
        var request = (await waits.PageAsync()).QuerySelectorAll("main tbody a").Single(link => link.TextContent == name).GetAttribute("href")!;
        using var denied = await national.GetAsync(request, Stop);
        var forged = await ForgeAsync(national, $"{request}?handler=refuse", ("reason", "Not theirs"));
        using var approved = await second.PostFormAsync(request, "approve");
        var shown = await national.OpenAsync("/designer");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (hidden, export, denied.StatusCode, forged));
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (asked.StatusCode, approved.StatusCode));
        Assert.DoesNotContain(name, (await national.OpenAsync("/designer/publications")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Agency: merseyside-police", shown.QuerySelectorAll("main tbody tr").Single(row => row.TextContent.Contains(name, StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        Assert.Contains("merseyside-police", (await national.OpenAsync($"/designer/releases/{id}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/designer/outline/intake/workflow")]
    [InlineData("/designer/releases/intake/new?version=1")]
    public async Task Page_ThatChanges_IsClosedWithoutTheRight(string page) => await host.ExpectAsync(HttpStatusCode.Forbidden, Cast.ForceOwner, page);

    [Theory]
    [InlineData("/designer/versions/intake?handler=retract")]
    [InlineData("/designer/versions/intake?handler=revert")]
    [InlineData("/designer/releases/intake?handler=return")]
    [InlineData("/designer/outline/intake?handler=request")]
    [InlineData("/designer/rules/form/plea?handler=begin")]
    [InlineData("/designer/rules/form/plea?handler=revert")]
    [InlineData("/designer/rules/form/plea?handler=discard")]
    [InlineData("/designer/rules/form/plea?handler=import")]
    [InlineData("/designer/rules/form/plea/draft?handler=about")]
    [InlineData("/designer/rules/form/plea/draft/questions/0")]
    public async Task Post_WithoutTheRight_IsRefused(string path)
    {
        using var force = host.Client(Cast.ForceOwner);

        Assert.Equal(HttpStatusCode.Forbidden, await ForgeAsync(force, path, ("version", "1"), ("number", "1"), ("reason", "Tried")));
    }

    [Fact]
    public async Task Upload_OfACodeList_WithoutTheRight_IsRefused()
    {
        using var force = host.Client(Cast.ForceOwner);
        using var content = new MultipartFormDataContent { { new StringContent("code\nA\n"), "table", "codes.csv" } };

        Assert.Equal(HttpStatusCode.Forbidden, await ForgeAsync(force, "/designer/rules/list/court?handler=upload", content));
    }

    [Fact]
    public async Task Pages_WithoutTheRight_ShowWhatIsPublished_AndOfferNoChange()
    {
        using var force = host.Client(Cast.ForceOwner);

        foreach (var path in (string[])["/designer/versions/intake", "/designer/rules/form/plea", "/designer/outline/intake"])
        {
            // A practice case changes nothing that is drawn.
            Assert.Empty((await force.OpenAsync(path)).QuerySelectorAll("main form:not([action$='?handler=try'])"));
        }
    }

    [Fact]
    public async Task ProcessOwner_WithoutAnyRight_IsToldWhoGivesOne_AndBeginsNothing()
    {
        using var owner = host.Client(Cast.RightlessOwner);
        using var force = host.Client(Cast.ForceOwner);

        var shown = await owner.OpenAsync("/designer");
        var model = (await force.LoadAsync(National)).Retitled("New");
        (model["definitionId"], model["name"]) = ("nells-own", "Nell’s own");
        var (saved, body) = await owner.SaveAsync(model);

        Assert.Empty(shown.QuerySelectorAll("main form"));
        Assert.Contains("You hold no drafting right", shown.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, saved);
        Assert.Contains("no drafting right", body.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Begin_ForAnotherOwner_IsRefused()
    {
        using var force = host.Client(Cast.ForceOwner);

        using var begun = await force.PostFormAsync("/designer", "", ("name", $"As national {Guid.NewGuid():n}"), ("owner", "national"));
        using var unknown = await force.PostFormAsync("/designer", "", ("name", $"As nobody {Guid.NewGuid():n}"), ("owner", "nobody"));
        using var rule = await force.PostFormAsync("/designer/rules", "", ("kind", "table"), ("name", $"As national {Guid.NewGuid():n}"), ("owner", "national"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Forbidden), (begun.StatusCode, unknown.StatusCode, rule.StatusCode));
    }

    private static Task<HttpStatusCode> ForgeAsync(HttpClient client, string path, params IReadOnlyList<(string Name, string Value)> values) =>
        ForgeAsync(client, path, new FormUrlEncodedContent(values.Select(value => KeyValuePair.Create(value.Name, value.Value))));

    /// <summary>Posts what no page offers, with the token of one that the caller may use.</summary>
    private static async Task<HttpStatusCode> ForgeAsync(HttpClient client, string path, HttpContent content)
    {
        using var shown = await client.GetAsync("/designer", Stop);
        var token = (await shown.PageAsync()).QuerySelectorAll("main form input[type=hidden]").OfType<IHtmlInputElement>().Single();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("RequestVerificationToken", token.Value);
        if (shown.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0])));
        }

        using var answer = await client.SendAsync(request, Stop);
        return answer.StatusCode;
    }
}
